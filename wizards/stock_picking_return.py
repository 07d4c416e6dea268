from odoo import models
from odoo.exceptions import UserError

from ..tools.flows import FLOWS
from ..tools.permission import PERMISSION


class StockReturnPickingLine(models.TransientModel):
    _inherit = "stock.return.picking.line"

    def _prepare_move_default_values(self, new_picking):
        values = super()._prepare_move_default_values(new_picking)
        line = self._get_transfer_line()
        values["transfer_line_id"] = line.id
        values["transfer_flow"] = bool(line) and self._get_flow_of_new_move(new_picking)
        return values

    def _get_transfer_line(self):
        """Return the transfer line whose goods go back, if any."""
        is_returned = (
            self.move_id.picking_id == self.wizard_id.picking_id
            and self.product_id == self.move_id.product_id
        )
        # Of another picking, or another product, it is not of the transfer either.
        lines = self.move_id.transfer_line_id
        return lines if is_returned else lines.browse()

    def _get_flow_of_new_move(self, new_picking):
        """Return what is done by the move of a return, or of the exchange after it."""
        flow = self.move_id.transfer_flow
        if new_picking.return_id != self.wizard_id.picking_id:
            return flow
        if not FLOWS[flow].undone_by:
            picking = self.wizard_id.picking_id
            raise UserError(
                self.env._(
                    "%(picking)s has undone a step of %(transfer)s, and can't be "
                    "returned. Do that step once more on the transfer.",
                    picking=picking.name,
                    transfer=picking.sudo().transfer_id.name,
                )
            )
        return FLOWS[flow].undone_by


class StockReturnPicking(models.TransientModel):
    _inherit = "stock.return.picking"

    def _prepare_picking_default_values_based_on(self, picking):
        values = super()._prepare_picking_default_values_based_on(picking)
        values["transfer_id"] = picking.transfer_id.id
        return values

    def _create_return(self):
        # A return of a leg belongs to the transfer of that leg.
        picking = super(StockReturnPicking, self._with_permission())._create_return()
        return picking.with_env(self.env)

    def _create_exchange(self, return_picking):
        picking = super(StockReturnPicking, self._with_permission())._create_exchange(
            return_picking
        )
        return picking.with_env(self.env)

    def _with_permission(self):
        if not self.picking_id.transfer_id:
            return self
        return self.with_context(**PERMISSION.context)

    def action_create_exchanges(self):
        # Odoo writes of which return the exchange is one, too.
        action = super(
            StockReturnPicking, self._with_permission()
        ).action_create_exchanges()
        return {**action, "context": self.env.context}
