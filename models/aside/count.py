from odoo import models


class StoreTransferCount(models.Model):
    _inherit = "store.transfer.count"

    def _do_undo(self, transfer):
        """Put back first what this count has set aside, and is not released yet."""
        moves = self.picking_ids.move_ids
        asides = self.env["store.transfer.aside"].search(
            [("move_id", "in", moves.ids), ("is_held", "=", True)]
        )
        asides._put_back()
        asides._write_release("taken_back")
        return super()._do_undo(transfer)
