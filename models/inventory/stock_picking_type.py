from odoo import api, fields, models
from odoo.exceptions import ValidationError
from odoo.tools import SQL


class StockPickingType(models.Model):
    """The operation types of transfers are never the first: that is a default.

    Odoo and its apps take the first operation type of a company and kind, e.g. where a
    purchase is delivered to, and a star or a place in the overview makes it the first.
    """

    _inherit = "stock.picking.type"

    _order = "is_of_transfers, is_favorite desc, sequence, id"

    is_of_transfers = fields.Boolean(compute="_compute_is_of_transfers")

    def _compute_is_of_transfers(self):
        stores = self.env["stock.warehouse"].sudo().with_context(active_test=False)
        of_transfers = stores.search(
            [
                "|",
                ("transfer_out_type_id", "in", self.ids),
                ("transfer_in_type_id", "in", self.ids),
            ]
        )._get_transfer_types()
        for picking_type in self:
            picking_type.is_of_transfers = picking_type._origin in of_transfers

    def _order_field_to_sql(self, alias, field_name, direction, nulls, query):
        if field_name != "is_of_transfers":
            return super()._order_field_to_sql(
                alias, field_name, direction, nulls, query
            )
        stores = self.env["stock.warehouse"]._fields
        own = [
            SQL(
                "SELECT %s FROM stock_warehouse WHERE %s IS NOT NULL",
                SQL.identifier(name, to_flush=stores[name]),
                SQL.identifier(name),
            )
            for name in ("transfer_out_type_id", "transfer_in_type_id")
        ]
        return SQL(
            "%s IN (%s) %s %s",
            SQL.identifier(alias, "id"),
            SQL(" UNION ALL ").join(own),
            direction,
            nulls,
        )

    @api.constrains("create_backorder")
    def _check_transfer_backorder(self):
        """What was not shipped or counted stays open, until somebody closes it."""
        never = self.filtered(
            lambda picking_type: picking_type.create_backorder == "never"
        )
        stores = self.env["stock.warehouse"].sudo()
        if never and stores.search_count(
            [
                "|",
                ("transfer_out_type_id", "in", never.ids),
                ("transfer_in_type_id", "in", never.ids),
            ],
            limit=1,
        ):
            raise ValidationError(
                self.env._(
                    "Store transfers keep what is not done: choose to ask for "
                    "backorders or to make them always."
                )
            )
