from odoo import fields, models

SCAN_KINDS = [
    ("scan", "Scan"),
    ("set", "Quantity Entered"),
    ("all_came", "All of the Row Came"),
    ("damaged", "Damaged"),
    ("remark", "Remark"),
    ("photo", "Photo"),
    ("undo", "Undo"),
]
UNDOABLE_KINDS = ("scan", "set", "all_came", "damaged")


class StoreTransferCountScan(models.Model):
    """One thing that somebody did on the scan screen, and what became of it.

    Each has an id that the device made. What is sent twice, because the answer got
    lost on its way, is found by it and counts once.
    """

    _name = "store.transfer.count.scan"
    _description = "Store Transfer Count Scan"
    _inherit = ["store.transfer.reach"]
    _order = "id desc"
    _rec_name = "barcode"

    count_id = fields.Many2one(
        "store.transfer.count",
        required=True,
        readonly=True,
        index=True,
        ondelete="cascade",
    )
    company_id = fields.Many2one(related="count_id.company_id", store=True)
    line_id = fields.Many2one(
        "store.transfer.count.line",
        readonly=True,
        index="btree_not_null",
        ondelete="cascade",
    )
    product_id = fields.Many2one(related="line_id.product_id")
    uuid = fields.Char(string="Device's Id", required=True, readonly=True)
    kind = fields.Selection(SCAN_KINDS, required=True, readonly=True)
    barcode = fields.Char(readonly=True)
    quantity = fields.Float(
        digits="Product Unit",
        readonly=True,
        help="By how much this changed what was counted, in the product's unit.",
    )
    damaged_quantity = fields.Float(
        string="Damaged",
        digits="Product Unit",
        readonly=True,
        help="By how much this changed what is damaged.",
    )
    was_counted = fields.Boolean(
        readonly=True, help="The line's quantity had been entered before."
    )
    status = fields.Selection(
        [
            ("counted", "Counted"),
            ("unknown", "Unknown Barcode"),
            ("asks_lot", "Asked for Its Lot"),
            ("asks_product", "Asked for Its Product"),
            ("refused", "Refused"),
            ("undone", "Undone"),
        ],
        required=True,
        readonly=True,
    )
    message = fields.Char(readonly=True)
    user_id = fields.Many2one(
        "res.users",
        string="Scanned By",
        required=True,
        readonly=True,
        default=lambda self: self.env.user,
    )
    device = fields.Char(readonly=True)
    device_date = fields.Datetime(
        string="Scanned On", readonly=True, help="By the clock of the device."
    )

    _uuid_once = models.UniqueIndex("(count_id, uuid)")
