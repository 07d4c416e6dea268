from odoo import api, models

from ...tools.marks import DONE_AT_ONCE, REARRANGES
from ...tools.permission import PERMISSION


class StockMove(models.Model):
    _inherit = "stock.move"

    @api.model_create_multi
    def create(self, vals_list):
        moves = super().create(vals_list)
        moves._link_picking_to_transfer()
        return moves

    def write(self, vals):
        result = super().write(vals)
        if vals.get("picking_id"):
            self._link_picking_to_transfer()
        return result

    def _link_picking_to_transfer(self):
        for picking, moves in (
            self.filtered("transfer_line_id").grouped("picking_id").items()
        ):
            transfer = moves._get_transfers()
            if picking and not picking.transfer_id and len(transfer) == 1:
                # The link is ours; who splits a picking can't write it.
                picking.sudo().transfer_id = transfer


class StockMoveLine(models.Model):
    _inherit = "stock.move.line"

    def _add_to_wave(self, wave=False, description=False):
        """Let pickers take some of a transfer's goods into a picking of their own."""
        lines = self.with_context(**PERMISSION.context, **REARRANGES.context)
        return super(StockMoveLine, lines)._add_to_wave(wave, description)

    def _is_auto_waveable(self):
        if DONE_AT_ONCE.is_on(self.env):
            return False
        return super()._is_auto_waveable()

    def _find_waves(self):
        """Sort what was reserved into waves, where the app for them is installed."""
        if hasattr(self, "_auto_wave"):
            self._auto_wave()


class ReceptionReport(models.AbstractModel):
    _inherit = "report.stock.report_reception"

    def action_assign(self, move_ids, qtys, in_ids):
        report = self._with_splits(self.env["stock.move"].browse(move_ids))
        return super(ReceptionReport, report).action_assign(move_ids, qtys, in_ids)

    def action_unassign(self, move_id, qty, in_ids):
        report = self._with_splits(self.env["stock.move"].browse(move_id))
        return super(ReceptionReport, report).action_unassign(move_id, qty, in_ids)

    def _with_splits(self, moves):
        """Let moves that leave a store be split in two: both belong to their line."""
        usages = set(moves.location_id.mapped("usage"))
        if usages != {"internal"} or not moves.transfer_line_id:
            return self
        return self.with_context(**PERMISSION.context, **REARRANGES.context)
