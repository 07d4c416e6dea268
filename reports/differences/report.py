from odoo import fields, models

from ..selections import selection_of


class StoreTransferDiscrepancyReport(models.Model):
    """Differences to be counted: who, what, why, how much it is worth, how old it is.

    Nobody writes it: it is read off the differences (``query``).
    """

    _name = "store.transfer.discrepancy.report"
    _description = "Store Transfer Analysis of Differences"
    _inherit = ["store.transfer.reach"]
    _auto = False
    _rec_name = "discrepancy_id"
    _order = "open_day desc, id desc"

    discrepancy_id = fields.Many2one(
        "store.transfer.discrepancy", string="Difference", readonly=True
    )
    transfer_id = fields.Many2one("store.transfer", readonly=True)
    company_id = fields.Many2one("res.company", readonly=True)
    currency_id = fields.Many2one("res.currency", readonly=True)
    source_name = fields.Char(string="Sender", readonly=True)
    destination_name = fields.Char(string="Receiver", readonly=True)
    lane = fields.Char(readonly=True, help="From where to where.")
    source_store_id = fields.Many2one("stock.warehouse", readonly=True)
    destination_store_id = fields.Many2one("stock.warehouse", readonly=True)
    partner_id = fields.Many2one("res.partner", string="Third Party", readonly=True)
    product_id = fields.Many2one("product.product", readonly=True)
    categ_id = fields.Many2one(
        "product.category", string="Product Category", readonly=True
    )
    stock_uom_id = fields.Many2one("uom.uom", string="Unit", readonly=True)
    kind = fields.Selection(
        selection_of("store.transfer.discrepancy", "kind"), readonly=True
    )
    state = fields.Selection(
        selection_of("store.transfer.discrepancy", "state"), readonly=True
    )
    outcome = fields.Selection(
        selection_of("store.transfer.discrepancy", "outcome"), readonly=True
    )
    reason_id = fields.Many2one("store.transfer.reason", readonly=True)
    is_disputed = fields.Boolean(string="Disputed", readonly=True)
    is_overdue = fields.Boolean(
        string="Past Its Deadline",
        readonly=True,
        help="It is not settled, and its deadline is over where the goods went: the "
        "list of differences calls it late.",
    )
    count_user_id = fields.Many2one("res.users", string="Counted By", readonly=True)
    settle_user_id = fields.Many2one("res.users", string="Settled By", readonly=True)
    is_by_rule = fields.Boolean(
        string="Settled by Rule",
        readonly=True,
        help="Nobody has decided on it: it was little enough for the rule of its lane.",
    )
    open_day = fields.Date(
        string="Found On", readonly=True, help="The day is the one at the receiver."
    )
    settle_date = fields.Datetime(string="Settled On", readonly=True)
    deadline = fields.Date(readonly=True)

    number_of_differences = fields.Integer(string="Differences", readonly=True)
    number_overdue = fields.Integer(
        string="Past Their Deadline",
        readonly=True,
        help="How many are not settled, and their deadline is over.",
    )
    quantity = fields.Float(digits="Product Unit", readonly=True)
    value = fields.Monetary(
        string="Value at Cost",
        readonly=True,
        help="What the goods cost when the difference was found.",
    )
    open_value = fields.Monetary(
        string="Open: Value",
        readonly=True,
        help="Of what is not settled yet, at what it cost when it was found.",
    )
    lost_value = fields.Monetary(
        string="Lost: Value",
        readonly=True,
        help="Of what was settled as lost, at what it cost when it was found.",
    )
    unexplained_value = fields.Monetary(
        string="Unexplained: Value",
        readonly=True,
        help="Of what was settled as lost without a reason, at what it cost when it "
        "was found: the goal is 0.",
    )
    age_days = fields.Float(
        string="Age (Days)",
        digits=(16, 1),
        aggregator="avg",
        readonly=True,
        help="From the day it was found to the one it was settled, or to now: days ÷ "
        "differences.",
    )

    def action_open_difference(self):
        """Open the difference that this row is about."""
        self.ensure_one()
        return {
            "type": "ir.actions.act_window",
            "res_model": "store.transfer.discrepancy",
            "res_id": self.discrepancy_id.id,
            "view_mode": "form",
        }
