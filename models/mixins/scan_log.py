from odoo import fields, models


class StoreTransferScanLog(models.AbstractModel):
    """One thing that somebody did on the scan screen, and what became of it.

    Each has an id that the device made. What is sent twice, because the answer got
    lost on its way, is found by it and counts once. Of what ``kind`` it is, and of
    which ``line_id``, says each model that inherits this.
    """

    _name = "store.transfer.scan.log"
    _description = "What was done on a scan screen"
    _inherit = ["store.transfer.reach"]
    _order = "id desc"
    _rec_name = "barcode"

    uuid = fields.Char(string="Device's Id", required=True, readonly=True)
    barcode = fields.Char(readonly=True)
    quantity = fields.Float(
        digits="Product Unit",
        readonly=True,
        help="By how much this changed the row's quantity, in the product's unit.",
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
    cashier = fields.Char(
        string="At the Till", readonly=True, help="Who it was, as the till says."
    )
    device = fields.Char(readonly=True)
    device_date = fields.Datetime(
        string="Scanned On", readonly=True, help="By the clock of the device."
    )

    def _get_change(self):
        """Return what was written down, as a document's ``_apply`` said it."""
        return {
            "uuid": self.uuid,
            "kind": self.kind,
            "barcode": self.barcode,
            "status": self.status,
            "message": self.message,
            "line_id": self.line_id.id,
            "quantity": self.quantity,
            "was_counted": self.was_counted,
        }
