from odoo import api, fields, models

from ...tools.quantities import format_by_carton


class StoreTransferLine(models.Model):
    """What the two stores have of a line's product, as who asks for it counts it."""

    _inherit = "store.transfer.line"

    source_stock = fields.Char(
        string="Free at Source by Carton",
        compute="_compute_stock_by_carton",
        help="What the source has and has not reserved; of what is asked for in "
        "cartons, in cartons and pieces.",
    )
    destination_stock = fields.Char(
        string="At Destination by Carton",
        compute="_compute_stock_by_carton",
        help="What the destination has on hand; of what is asked for in cartons, in "
        "cartons and pieces.",
    )

    @api.depends("source_free_quantity", "destination_quantity", "product_uom_id")
    @api.depends_context("lang")
    def _compute_stock_by_carton(self):
        for line in self:
            unit = line.stock_uom_id._origin
            units = (line.product_uom_id._origin or unit, unit)
            line.source_stock = format_by_carton(
                self.env, line.source_free_quantity, *units
            )
            line.destination_stock = format_by_carton(
                self.env, line.destination_quantity, *units
            )

    def _filter_short(self, reserved):
        """Return those of these of which less is set aside than is to ship.

        :param reserved: ``LotQuantities`` of lines
        """
        return self.filtered(
            lambda line: (
                line.stock_uom_id.compare(reserved.total(line), line.to_ship_quantity)
                < 0
            )
        )
