from odoo import api, models


class StockMoveLine(models.Model):
    _inherit = "stock.move.line"

    @api.model_create_multi
    def create(self, vals_list):
        move_lines = super().create(vals_list)
        move_lines._sync_transfers_of_done_moves()
        return move_lines

    def write(self, vals):
        result = super().write(vals)
        if vals.keys() & {"quantity", "location_id", "location_dest_id"}:
            self._sync_transfers_of_done_moves()
        return result

    def _sync_transfers_of_done_moves(self):
        """Bring transfers in line after somebody corrected what was already done."""
        if self.env.context.get("store_transfer_work"):
            return
        done_moves = self.move_id.filtered(
            lambda move: move.transfer_line_id and move.state == "done"
        )
        if done_moves:
            transfers = done_moves._get_transfers()
            transfers._lock()
            transfers._sync_legs()

    def _log_message(self, record, move, template, vals):
        # A step of a transfer writes one message for all lines, not one for each.
        if self.env.context.get("store_transfer_work") and record.transfer_id:
            return None
        return super()._log_message(record, move, template, vals)
