# What our own reasons usually mean; a company's own are left to whoever settles.
USUALLY = {
    "reason_left_behind": "not_sent",
    "reason_not_delivered": "not_sent",
    "reason_lost_on_the_way": "lost",
    "reason_stolen": "lost",
    "reason_broken_on_the_way": "damaged",
}


def migrate(cr, _version):
    for name, outcome in USUALLY.items():
        cr.execute(
            """
            UPDATE store_transfer_reason reason
               SET outcome = %s
              FROM ir_model_data data
             WHERE data.module = 'store_transfer'
               AND data.name = %s
               AND data.model = 'store.transfer.reason'
               AND data.res_id = reason.id
               AND reason.outcome IS NULL
               AND reason.usage = 'short'
            """,
            [outcome, name],
        )
