from odoo import api, fields, models
from odoo.exceptions import UserError
from odoo.fields import Command

# What becomes of a transfer, or has become of it: see ``Verdict``.
OUTCOMES = [
    ("ready", "Ready"),
    ("part", "Only a part is there"),
    ("look", "Look at it yourself"),
    ("refused", "Not possible"),
    ("done", "Done"),
]
REASONS = [
    ("part", "Only a part is there"),
    ("short", "The source has not enough: approve less, or reject"),
    ("none", "Nothing is there to ship: correct the stock, or close the rest"),
    ("lots", "Lots have to be chosen, or written down"),
    ("picking", "Somebody is picking: go on with that list"),
    ("other", "It failed"),
    ("busy", "Somebody else is working on them"),
    ("nothing", "There is nothing to do"),
    ("state", "Not possible where they stand"),
    ("role", "Not up to you"),
]
# Of so many at most each is shown without a press.
MOST_OPEN = 10


class StoreTransferMany(models.TransientModel):
    """Do a step to many transfers: what will be done, what not, and why.

    It is made by the step itself, and asks once. What was not announced is not done,
    even if it has become possible meanwhile.
    """

    _name = "store.transfer.many"
    _description = "Question about Many Store Transfers"
    _inherit = ["store.transfer.guard"]
    _step_fields = frozenset({"step", "row_ids", "is_done"})

    step = fields.Selection(
        [
            ("approve", "Approve"),
            ("ship", "Ship"),
            ("confirm_arrival", "Confirm Arrival"),
        ],
        required=True,
        readonly=True,
    )
    row_ids = fields.One2many("store.transfer.many.row", "many_id", readonly=True)
    with_partly = fields.Boolean(
        string="Also ship what is there of them; the rest stays to ship"
    )
    is_done = fields.Boolean(readonly=True)
    part_count = fields.Integer(compute="_compute_counts")
    left_count = fields.Integer(compute="_compute_counts")
    can_do = fields.Boolean(compute="_compute_counts")
    headline = fields.Char(compute="_compute_counts")
    chosen_summary = fields.Html(compute="_compute_summaries", sanitize=False)
    left_summary = fields.Html(compute="_compute_summaries", sanitize=False)

    @api.model
    def _ask(self, step, verdicts):
        """Return the question about a step.

        :param verdicts: ``{transfer: Verdict}``
        """
        rows = self.row_ids._prepare_rows(verdicts)
        return self.create(
            {"step": step, "row_ids": [Command.create(values) for values in rows]}
        )

    @api.depends("row_ids.outcome", "with_partly", "is_done")
    def _compute_counts(self):
        for many in self:
            chosen = many._get_chosen_rows()
            many.part_count = len(many._get_rows("part"))
            many.left_count = len(many.row_ids - chosen)
            many.can_do = bool(chosen) and not many.is_done
            many.headline = many._get_headline(len(chosen))

    def _get_headline(self, number):
        values = {"number": number, "all": len(self.row_ids)}
        if self.is_done:
            return {
                "approve": self.env._("Approved: %(number)s of %(all)s", **values),
                "ship": self.env._("Shipped: %(number)s of %(all)s", **values),
                "confirm_arrival": self.env._(
                    "Arrived: %(number)s of %(all)s", **values
                ),
            }[self.step]
        return {
            "approve": self.env._("Approve %(number)s of %(all)s", **values),
            "ship": self.env._("Ship %(number)s of %(all)s", **values),
            "confirm_arrival": self.env._(
                "Confirm the arrival of %(number)s of %(all)s", **values
            ),
        }[self.step]

    @api.depends("row_ids.outcome", "with_partly", "is_done")
    @api.depends_context("lang")
    def _compute_summaries(self):
        for many in self:
            chosen = many._get_chosen_rows()
            many.chosen_summary = bool(chosen) and many._render(
                "store_transfer.many_chosen", rows=chosen, most_open=MOST_OPEN
            )
            left = many.row_ids - chosen
            many.left_summary = bool(left) and many._render(
                "store_transfer.many_left", groups=left._group_by_reason()
            )

    def _render(self, template, **values):
        # In sudo: who may read no templates is shown them all the same.
        return self.env["ir.qweb"].sudo()._render(template, values)

    def _get_rows(self, *outcomes):
        return self.row_ids.filtered(lambda row: row.outcome in outcomes)

    def _get_chosen_rows(self):
        """Return the rows of those that it is done to, or was."""
        if self.is_done:
            return self._get_rows("done")
        return self._get_rows("ready", *(("part",) if self.with_partly else ()))

    def action_do(self):
        """Do it, and say of which transfers it was not possible after all."""
        self.ensure_one()
        if self.is_done:
            raise UserError(self.env._("This was done already. Close this window."))
        chosen = self._get_chosen_rows()
        if not chosen:
            raise UserError(
                self.env._("None of these transfers is ready. Close this window.")
            )
        question = self.sudo()
        question.is_done = True
        # Whoever presses a second time waits here, and is told so then.
        question.flush_recordset()
        done, left, work = chosen.transfer_id._do_many(self.step, self.with_partly)
        question.row_ids._write_what_became(done, left)
        then = self._get_action() if left else self._get_notification()
        return done._get_print_action(work, then=then) or then

    def action_show_left(self):
        """Show the transfers that somebody has to look at, in a list."""
        self.ensure_one()
        left = (self.row_ids - self._get_chosen_rows()).transfer_id
        return {
            "type": "ir.actions.act_window",
            "name": self.env._("Left Over"),
            "res_model": "store.transfer",
            "views": [[False, "list"], [False, "kanban"], [False, "form"]],
            "domain": [("id", "in", left.ids)],
            "target": "current",
        }

    def _get_action(self):
        names = dict(self._fields["step"]._description_selection(self.env))
        return {
            "type": "ir.actions.act_window",
            "name": names[self.step],
            "res_model": self._name,
            "res_id": self.id,
            "views": [[False, "form"]],
            "target": "new",
        }

    def _get_notification(self):
        return {
            "type": "ir.actions.client",
            "tag": "display_notification",
            "params": {
                "type": "success",
                "message": self.headline,
                "next": {"type": "ir.actions.act_window_close"},
            },
        }


class StoreTransferManyRow(models.TransientModel):
    _name = "store.transfer.many.row"
    _description = "Transfer among Many"
    _inherit = ["store.transfer.guard"]
    _step_fields = frozenset(
        {"many_id", "transfer_id", "outcome", "reason", "sentence", "quantity"}
    )

    many_id = fields.Many2one(
        "store.transfer.many", required=True, readonly=True, ondelete="cascade"
    )
    transfer_id = fields.Many2one(
        "store.transfer", required=True, readonly=True, ondelete="cascade"
    )
    outcome = fields.Selection(OUTCOMES, required=True, readonly=True)
    reason = fields.Selection(REASONS, readonly=True)
    sentence = fields.Text(readonly=True)
    quantity = fields.Char(readonly=True)

    @api.model
    def _prepare_rows(self, verdicts):
        return [
            {"transfer_id": transfer.id, **verdict._asdict()}
            for transfer, verdict in verdicts.items()
        ]

    def _describe_chosen(self):
        """Say where it goes, and how much of it."""
        transfer = self.transfer_id
        store = transfer.destination_store_id.name or transfer.third_party_name
        if not self.quantity:
            return self.env._("to %s", store)
        return self.env._(
            "to %(store)s: %(quantity)s", store=store, quantity=self.quantity
        )

    def _group_by_reason(self):
        """Return ``[(heading, rows)]``, in the order of the reasons."""
        rows = self.grouped("reason")
        headings = self._fields["reason"]._description_selection(self.env)
        return [
            (heading, rows[reason]) for reason, heading in headings if reason in rows
        ]

    def _write_what_became(self, done, left):
        """Write down to which transfers it was done, and why not to others."""
        by_transfer = self.grouped("transfer_id")
        for transfer in done:
            by_transfer[transfer].outcome = "done"
        for transfer, verdict in left.items():
            by_transfer[transfer].write(verdict._asdict())
