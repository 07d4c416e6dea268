from odoo import fields, models

from ..selections import selection_of


def _pieces(label, text):
    return fields.Float(label, digits="Product Unit", readonly=True, help=text)


def _value(label, text):
    return fields.Monetary(
        label,
        currency_field="currency_id",
        readonly=True,
        help=f"{text}, at what it cost when it was first shipped.",
    )


class StoreTransferReport(models.Model):
    """What became of what was asked for: a row for each line that was submitted.

    Nobody writes it: it is read off the transfers (``query``). Its rates are in
    ``ratios``; what each of them means is in docs/users/reporting.md.
    """

    _name = "store.transfer.report"
    _description = "Store Transfer Analysis"
    _inherit = ["store.transfer.reach"]
    _auto = False
    _rec_name = "transfer_id"
    _order = "submit_day desc, id desc"

    transfer_id = fields.Many2one("store.transfer", readonly=True)
    company_id = fields.Many2one("res.company", readonly=True)
    currency_id = fields.Many2one("res.currency", readonly=True)
    kind = fields.Selection(selection_of("store.transfer", "kind"), readonly=True)
    initiator = fields.Selection(
        selection_of("store.transfer", "initiator"), string="Started By", readonly=True
    )
    state = fields.Selection(selection_of("store.transfer", "state"), readonly=True)
    # Names, since a third party is no store: its column would say "None".
    source_name = fields.Char(string="From", readonly=True)
    destination_name = fields.Char(string="To", readonly=True)
    lane = fields.Char(readonly=True, help="From where to where.")
    source_store_id = fields.Many2one("stock.warehouse", readonly=True)
    destination_store_id = fields.Many2one("stock.warehouse", readonly=True)
    partner_id = fields.Many2one("res.partner", string="Third Party", readonly=True)
    carrier = fields.Char(readonly=True, help="Who brought the goods.")
    product_id = fields.Many2one("product.product", readonly=True)
    categ_id = fields.Many2one(
        "product.category", string="Product Category", readonly=True
    )
    stock_uom_id = fields.Many2one("uom.uom", string="Unit", readonly=True)
    not_approved_reason_id = fields.Many2one(
        "store.transfer.reason", string="Not Approved Because", readonly=True
    )
    close_reason_id = fields.Many2one(
        "store.transfer.reason", string="Closed Because", readonly=True
    )
    create_user_id = fields.Many2one("res.users", string="Created By", readonly=True)
    approval_user_id = fields.Many2one("res.users", string="Approved By", readonly=True)
    ship_user_id = fields.Many2one(
        "res.users",
        string="Shipped By",
        readonly=True,
        help="Who picked what was shipped last. Not known where it was shipped in the "
        "Inventory app.",
    )
    count_user_id = fields.Many2one(
        "res.users",
        string="Counted By",
        readonly=True,
        help="Who submitted the last count. Not known where it was received in the "
        "Inventory app.",
    )
    submit_day = fields.Date(string="Asked On", readonly=True)
    promised_date = fields.Date(string="First Promised", readonly=True)
    ship_date = fields.Datetime(string="Shipped On", readonly=True)
    last_count_date = fields.Datetime(string="Received On", readonly=True)

    is_late = fields.Boolean(
        string="Promise Missed",
        readonly=True,
        help="It was not there in full by the day that was promised first, and that "
        "day is over. What is late, as lists and the overview say, is what is still "
        "open after the day on which it is expected now.",
    )
    is_cut = fields.Boolean(
        string="Cut",
        readonly=True,
        help="The transfer is over, and less was received than was asked for.",
    )
    is_wrong = fields.Boolean(
        string="Wrong Quantity",
        readonly=True,
        help="Something else was counted than had been shipped.",
    )
    is_for_customer = fields.Boolean(
        string="For a Customer",
        readonly=True,
        help="A customer waits for it, whose name is on the line.",
    )

    asked = _pieces("Asked", "What was asked for, without what came beyond it.")
    approved = _pieces("Approved", "What the other side approved of it.")
    to_ship = _pieces(
        "To Ship", "What was approved and has neither left nor is closed."
    )
    shipped = _pieces("Shipped", "What left the source and was not taken back to it.")
    in_transit = _pieces("In Transit", "What left and was not counted or settled yet.")
    received = _pieces("Received", "What came in good state, surplus included.")
    short = _pieces("Short", "What was counted as missing and is still expected.")
    surplus = _pieces("Surplus", "What came beyond what was asked for, and was kept.")
    damaged = _pieces("Damaged", "What came damaged, or was settled as damaged.")
    lost = _pieces("Lost", "What was settled as lost.")
    returned = _pieces("Returned", "What went back to the source.")
    closed = _pieces("Closed Unshipped", "What was approved and will not be shipped.")

    to_ship_days = fields.Integer(
        string="To Ship: Oldest (Days)",
        readonly=True,
        aggregator="max",
        help="For how many days the source has owed it since it was approved; of "
        "several, the most.",
    )
    promise_changes = fields.Integer(
        string="Changes of the Promise",
        readonly=True,
        help="How often the expected date was changed after it was submitted. Each "
        "transfer counts once, however many lines it has.",
    )

    asked_value = _value("Asked: Value", "What was asked for")
    approved_value = _value("Approved: Value", "What was approved")
    to_ship_value = _value("To Ship: Value", "What is still to ship")
    shipped_value = _value("Shipped: Value", "What was shipped")
    in_transit_value = _value("In Transit: Value", "What is on its way")
    received_value = _value("Received: Value", "What was received")
    short_value = _value("Short: Value", "What is short")
    surplus_value = _value("Surplus: Value", "What came beyond what was asked for")
    damaged_value = _value("Damaged: Value", "What was damaged")
    lost_value = _value("Lost: Value", "What was lost")
    returned_value = _value("Returned: Value", "What was returned")
    closed_value = _value("Closed Unshipped: Value", "What was closed")
    unexplained_value = _value(
        "Unexplained: Value",
        "What was lost without a reason (the goal is 0)",
    )
    shipped_between_value = _value(
        "Shipped Between Stores: Value", "What was shipped from one store to another"
    )
    shipped_lately_value = _value(
        "Shipped in 30 Days: Value",
        "What was shipped between stores, the last of it within 30 days",
    )

    def action_open_transfer(self):
        """Open the transfer that this row is about."""
        self.ensure_one()
        return self.transfer_id._get_form_action()
