from odoo import fields, models


class StoreTransferPickContent(models.Model):
    """How much of a row was put into a carton. In the product's unit."""

    _name = "store.transfer.pick.content"
    _description = "Content of a Carton That Is Packed"
    _inherit = ["store.transfer.reach"]
    _rec_name = "carton_id"
    _order = "id"

    line_id = fields.Many2one(
        "store.transfer.pick.line",
        required=True,
        readonly=True,
        index=True,
        ondelete="cascade",
    )
    pick_id = fields.Many2one(related="line_id.pick_id", store=True, index=True)
    carton_id = fields.Many2one(
        "stock.package", required=True, readonly=True, index=True, ondelete="cascade"
    )
    quantity = fields.Float(digits="Product Unit", readonly=True)

    _once = models.UniqueIndex("(line_id, carton_id)")

    def _reduce(self, at_most):
        """Take out at most so much; return how much it was."""
        if not self or at_most <= 0:
            return 0.0
        taken = min(self.quantity, at_most)
        left = self.line_id.stock_uom_id.round(self.quantity - taken)
        if left > 0:
            self.quantity = left
        else:
            self.unlink()
        return taken


class StoreTransferPickLine(models.Model):
    _inherit = "store.transfer.pick.line"

    content_ids = fields.One2many(
        "store.transfer.pick.content", "line_id", readonly=True
    )

    def _put_into(self, carton, quantity):
        """Put so much of this row into a carton."""
        content = self._get_content_of(carton)
        if content:
            content.quantity = self.stock_uom_id.round(content.quantity + quantity)
        else:
            content.create(
                {"line_id": self.id, "carton_id": carton.id, "quantity": quantity}
            )

    def _take_out(self, carton, quantity):
        """Take out so much less of this row: out of this carton first.

        Then what is loose is taken, and what was packed last.
        """
        content = self._get_content_of(carton)
        content._reduce(quantity)
        excess = sum(self.content_ids.mapped("quantity")) - self.picked_quantity
        for other in self.content_ids.sorted("id", reverse=True):
            excess -= other._reduce(excess)

    def _get_content_of(self, carton):
        return self.content_ids.filtered(lambda content: content.carton_id == carton)

    def _get_content_to_ship(self):
        """Return ``[(carton, quantity)]``, no more in all than was picked."""
        left, goods = self.picked_quantity, []
        # One that somebody shipped in the Inventory app has left without the rest.
        for content in self.content_ids.filtered("carton_id.transfer_is_open"):
            packed = self.stock_uom_id.round(min(left, content.quantity))
            if packed > 0:
                goods.append((content.carton_id, packed))
                left -= packed
        return goods
