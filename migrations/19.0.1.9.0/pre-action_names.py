"""Actions have one kind of name, so that whoever knows one finds the others.

What users have put on their home screens, in their favourites and shortcuts is kept:
the actions are the same, under another name.
"""

# In this order: one takes the name of another.
NAMES = {
    "action_store_transfer_overview": "action_store_transfer_all",
    "action_overview": "action_store_transfer_overview",
    "action_all_work": "action_store_transfer_work_of_all",
    "action_ask": "action_store_transfer_ask",
    "action_import": "action_store_transfer_import",
    "action_in_transit": "action_store_transfer_in_transit",
    "action_lane": "action_store_transfer_lane",
    "action_lane_rule": "action_store_transfer_lane_rule",
    "action_lead_time": "action_store_transfer_lead_time",
    "action_ledger_check": "action_store_transfer_ledger_check",
    "action_ledger_finding": "action_store_transfer_ledger_finding",
    "action_my_work": "action_store_transfer_work",
    "action_pick": "action_store_transfer_pick",
    "action_scan": "action_store_transfer_scan",
    "action_send": "action_store_transfer_send",
    "action_store": "action_store_transfer_store",
    "action_stores_stock": "action_store_transfer_stores_stock",
}


def migrate(cr, version):
    for old, new in NAMES.items():
        cr.execute(
            """
            UPDATE ir_model_data SET name = %s
             WHERE module = 'store_transfer' AND name = %s
               AND model LIKE 'ir.actions.%%'
            """,
            (new, old),
        )
