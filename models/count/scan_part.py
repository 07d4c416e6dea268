from odoo import fields, models


class StoreTransferCountScanPart(models.Model):
    """What one event has counted on each of several rows: those of a carton."""

    _name = "store.transfer.count.scan.part"
    _description = "Part of a Store Transfer Count Scan"
    _inherit = ["store.transfer.reach"]
    _rec_name = "line_id"

    scan_id = fields.Many2one(
        "store.transfer.count.scan",
        required=True,
        readonly=True,
        index=True,
        ondelete="cascade",
    )
    line_id = fields.Many2one(
        "store.transfer.count.line",
        required=True,
        readonly=True,
        index=True,
        ondelete="cascade",
    )
    quantity = fields.Float(digits="Product Unit", readonly=True)
    was_counted = fields.Boolean(readonly=True)

    def _prepare_part(self):
        """Return this part as the event wrote it down."""
        return {
            "line_id": self.line_id.id,
            "quantity": self.quantity,
            "was_counted": self.was_counted,
        }
