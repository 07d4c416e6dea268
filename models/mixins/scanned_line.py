from odoo import api, fields, models


class StoreTransferScannedLine(models.AbstractModel):
    """A row of what is filled by scanning: of one product, or of one of its lots.

    In the product's unit.
    """

    _name = "store.transfer.scanned.line"
    _description = "Row of what is filled by scanning"
    _inherit = ["store.transfer.guard"]
    _rec_name = "product_id"

    transfer_line_id = fields.Many2one(
        "store.transfer.line", index=True, readonly=True, ondelete="cascade"
    )
    product_id = fields.Many2one(
        "product.product", required=True, readonly=True, ondelete="restrict"
    )
    default_code = fields.Char(related="product_id.default_code", string="SKU")
    barcode = fields.Char(related="product_id.barcode")
    stock_uom_id = fields.Many2one(related="product_id.uom_id", string="Unit")
    lot_id = fields.Many2one("stock.lot", readonly=True)
    expected_quantity = fields.Float(digits="Product Unit", readonly=True)
    is_counted = fields.Boolean(
        string="Entered",
        help="The quantity was entered, zero too, and not only scanned piece by piece.",
    )

    def _get_done_quantity(self):
        """Return how much was scanned or entered on this row."""
        raise NotImplementedError

    def _get_lot_name(self):
        return self.lot_id.name or ""

    def _is_sent_without_lot(self):
        """Tell whether this is of a product with lots that has none written on it."""
        return not self._get_lot_name()

    def _has_room(self):
        """Tell whether less was scanned on this row than is expected of it."""
        missing = self.expected_quantity - self._get_done_quantity()
        return self.stock_uom_id.compare(missing, 0) > 0

    def _filter_shown(self):
        """Return those of these lines that the user sees, in sudo."""
        return self.sudo(False)._filtered_access("read").sudo()

    @api.model
    def _find_lot_domain(self, name):
        """Return the domain of the rows of a lot or serial number."""
        return [("lot_id.name", "=", name)]

    def _prepare_row(self):
        """Return this line as the scan screen shows it."""
        product = self.product_id
        return {
            "id": self.id,
            "product_id": product.id,
            "name": product.display_name,
            "sku": product.default_code or "",
            "unit": self.stock_uom_id.name,
            # All quantities are multiples of it.
            "step": 1 if product.tracking == "serial" else self.stock_uom_id.rounding,
            "tracking": product.tracking,
            "lot": self._get_lot_name(),
            "expected": self.expected_quantity,
            "came": self.stock_uom_id.round(self._get_done_quantity()),
            "is_counted": self.is_counted,
        }
