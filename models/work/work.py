from odoo import api, fields, models

# What there is to do. The id of a row is made of its place in here: add at the end.
KINDS = [
    ("approve", "To Approve"),
    ("ship", "To Ship"),
    ("count", "To Receive"),
    ("take_back", "To Take Back"),
    ("submit", "To Submit"),
    ("correct", "Rejected"),
    ("answer", "To Answer"),
    ("settle", "To Settle"),
    ("accept", "To Decide"),
    ("decide", "Disputed"),
    ("substitute", "Substitute Proposed"),
]
ROLES = [
    ("staff", "Store Staff"),
    ("approver", "Store Approver"),
    ("head_office", "Head Office"),
]
# The steps whose buttons a row has, by what there is to do.
STEPS = {
    "approve": ("approve", "reject"),
    "ship": ("ship",),
    "count": ("confirm_arrival", "count"),
    "take_back": ("take_back",),
    "submit": ("submit",),
    "correct": ("reset",),
    "settle": ("settle",),
}
# What is about differences, and done where they are.
OF_DIFFERENCES = ("answer", "settle", "accept", "decide")


class StoreTransferWork(models.Model):
    """What waits for somebody: a row for each transfer and what is to be done with it.

    Nobody writes it: it is read off the transfers and their differences (``query``).
    """

    _name = "store.transfer.work"
    _description = "Work in Store Transfer"
    _inherit = [
        "store.transfer.reach",
        "store.transfer.tabs",
        "store.transfer.own.store",
    ]
    _auto = False
    _rec_name = "transfer_id"
    # What is late is due before all else.
    _order = "due_date, priority desc, id"

    kind = fields.Selection(KINDS, string="What to Do", readonly=True)
    transfer_id = fields.Many2one("store.transfer", readonly=True)
    store_id = fields.Many2one("stock.warehouse", readonly=True)
    company_id = fields.Many2one("res.company", readonly=True)
    role = fields.Selection(
        ROLES, readonly=True, help="Who does it; where a store has nobody, head office."
    )
    due_date = fields.Date(string="Due", readonly=True)
    priority = fields.Selection([("0", "Normal"), ("1", "Urgent")], readonly=True)
    number_of_differences = fields.Integer(string="Differences", readonly=True)

    source_store_id = fields.Many2one(related="transfer_id.source_store_id")
    destination_store_id = fields.Many2one(related="transfer_id.destination_store_id")
    partner_id = fields.Many2one(related="transfer_id.partner_id")
    remark = fields.Text(related="transfer_id.remark")
    state = fields.Selection(related="transfer_id.state")
    line_count = fields.Integer(related="transfer_id.line_count")
    other_side = fields.Char(compute="_compute_other_side")
    is_late = fields.Boolean(compute="_compute_is_late", search="_search_is_late")
    can_approve = fields.Boolean(compute="_compute_can")
    can_reject = fields.Boolean(compute="_compute_can")
    can_ship = fields.Boolean(compute="_compute_can")
    can_confirm_arrival = fields.Boolean(compute="_compute_can")
    can_count = fields.Boolean(compute="_compute_can")
    can_take_back = fields.Boolean(compute="_compute_can")
    can_submit = fields.Boolean(compute="_compute_can")
    can_reset = fields.Boolean(compute="_compute_can")
    can_settle = fields.Boolean(compute="_compute_can")
    shows_store = fields.Boolean(compute="_compute_shows_store")
    is_to_answer = fields.Boolean(compute="_compute_is_to_say")
    is_to_decide = fields.Boolean(compute="_compute_is_to_say")

    @api.depends("transfer_id", "store_id")
    @api.depends_context("lang")
    def _compute_other_side(self):
        for work in self:
            work.other_side = work.transfer_id._get_other_side_name(work.store_id)

    @api.depends("due_date", "store_id")
    def _compute_is_late(self):
        for store, works in self.grouped("store_id").items():
            today = store._get_today()
            for work in works:
                work.is_late = bool(work.due_date and work.due_date < today)

    @api.depends("kind", "transfer_id")
    @api.depends_context("uid")
    def _compute_can(self):
        steps = sorted({step for steps in STEPS.values() for step in steps})
        for work in self:
            for step in steps:
                work[f"can_{step}"] = work._can(step)

    def _can(self, step):
        """Tell whether the row has the button of a step."""
        transfer = self.transfer_id
        return (
            step in STEPS.get(self.kind, ())
            and not transfer._get_refusal(step)
            and not (step == "confirm_arrival" and transfer.arrival_date)
        )

    @api.depends("kind", "can_settle")
    def _compute_is_to_say(self):
        """Tell what is done where the differences are."""
        for work in self:
            work.is_to_answer = work.kind == "answer"
            work.is_to_decide = (
                work.kind in ("settle", "accept", "decide") and not work.can_settle
            )

    @api.depends_context("uid")
    def _compute_shows_store(self):
        self.shows_store = not self.env.user._works_in_one_store()
