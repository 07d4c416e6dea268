from odoo import models

from .query import ROWS_OF_A_TRANSFER
from .work import KINDS, OF_DIFFERENCES


class StoreTransferWork(models.Model):
    """What the buttons of a row do: the steps of its transfer.

    Each of them checks who may do it. What a row is about is read off its id, so that
    the step itself can say that somebody else was faster.
    """

    _inherit = "store.transfer.work"

    def _get_transfers(self):
        """Return the transfers of these rows, also of those that are done by now."""
        ids = dict.fromkeys(row_id // ROWS_OF_A_TRANSFER for row_id in self._ids)
        return self.env["store.transfer"].browse(ids)

    def action_approve(self):
        return self._get_transfers().action_approve()

    def action_open_approve(self):
        return self._get_transfers().action_open_approve()

    def action_open_many_approve(self):
        return self._get_transfers().action_open_many_approve()

    def action_open_many_ship(self):
        return self._get_transfers().action_open_many_ship()

    def action_open_many_confirm_arrival(self):
        return self._get_transfers().action_open_many_confirm_arrival()

    def action_open_reject(self):
        return self._get_transfers().action_open_reject()

    def action_open_ship(self):
        return self._get_transfers().action_open_ship()

    def action_pick(self):
        return self._get_transfers().action_pick()

    def action_confirm_arrival(self):
        return self._get_transfers().action_confirm_arrival()

    def action_scan(self):
        return self._get_transfers().action_scan()

    def action_take_back(self):
        return self._get_transfers().action_take_back()

    def action_submit(self):
        return self._get_transfers().action_submit()

    def action_reset(self):
        return self._get_transfers().action_reset()

    def action_open_settle(self):
        return self._get_transfers().action_open_settle()

    def action_view_discrepancies(self):
        """Show the differences that somebody has to say something about."""
        transfer = self._get_transfers().ensure_one()
        action = transfer.action_view_discrepancies()
        action["context"] = {**action["context"], "search_default_unsettled": 1}
        unsettled = transfer.discrepancy_ids.filtered(
            lambda one: one.state != "settled"
        )
        if len(unsettled) != 1:
            return action
        return {**action, "views": [[False, "form"]], "res_id": unsettled.id}

    def action_open(self):
        """Open what a row is about: its differences, or the transfer."""
        self.ensure_one()
        kinds = KINDS[self.id % ROWS_OF_A_TRANSFER :]
        if kinds and kinds[0][0] in OF_DIFFERENCES:
            return self.action_view_discrepancies()
        return self._get_transfers()._get_form_action()
