from odoo import fields, models
from odoo.exceptions import UserError

from ...tools.lot_quantities import LotQuantities
from ...tools.person import get_cashier, get_person


class StoreTransferPick(models.Model):
    """What submitting a pick list does: the one place that ships."""

    _inherit = "store.transfer.pick"

    def action_submit(self, rest="keep", reason_id=False, note=False):
        """Ship what was picked.

        :param rest: what becomes of what stays: ``"keep"`` (it is shipped later) or
            ``"close"`` (the destination stops waiting for it)
        :param reason_id: why the rest is closed
        :param note: more about that, in words
        :raise UserError: when nothing was picked, or it is not there any more
        """
        self.ensure_one()
        pick = self._start_step("submit")
        pick._sync_lines()
        reason = self.env["store.transfer.reason"]
        if rest == "close":
            reason = reason._find_chosen(reason_id)
        elif rest != "keep":
            raise UserError(self.env._("Choose what becomes of what stays here."))
        return self._ship(pick, rest, reason, note if isinstance(note, str) else "")

    def _ship(self, pick, rest, reason, note):
        """Ship what was picked, and perhaps close the rest.

        :param pick: this pick list, ready for the step
        """
        pick._check_something_picked()
        pick._check_all_is_approved()
        pick._check_all_is_set_aside()
        closes_rest = rest == "close" and bool(pick._get_staying())
        if closes_rest:
            self._check_may_close_rest(reason)
        transfer = pick.transfer_id
        with transfer._stock_work("ship") as working:
            pick.with_env(working.env)._do_submit(working)
            if closes_rest:
                working._do_close(reason.with_env(working.env), note)
        done = {"type": "ir.actions.act_window_close"}
        return self.transfer_id._get_print_action(transfer, then=done) or done

    def _check_something_picked(self):
        if not self._is_begun():
            raise UserError(
                self.env._("Nothing would leave: pick or enter what you ship first.")
            )

    def _check_may_close_rest(self, reason):
        self.transfer_id._check_allows("close")
        if not reason:
            raise UserError(self.env._("Choose why the rest will not be shipped."))
        reason._check_usable("close", self.transfer_id.company_id)

    def _do_submit(self, transfers):
        """Ship what was picked on these lists.

        :param transfers: what was picked for, as the step works on them
        """
        self.write(
            {
                "state": "done",
                "submit_date": fields.Datetime.now(),
                "user_id": get_person(self.env).id,
                "cashier": get_cashier(self.env),
            }
        )
        transfers._do_ship(self._get_picked_goods(), self._get_content_to_ship())

    def _get_picked_goods(self):
        """Return the ``LotQuantities`` that were picked, by place."""
        return LotQuantities(
            (line._get_place_key(), line.picked_quantity) for line in self.line_ids
        )

    def _pick_all(self):
        """Pick all that is set aside."""
        on_shelves = self.line_ids.filtered("location_id")
        self._write_picked({line: line.expected_quantity for line in on_shelves})


class StoreTransfer(models.Model):
    _inherit = "store.transfer"

    def _do_ship_reserved(self):
        """Pick and ship all that is set aside for these; their rest stays to ship.

        Nobody else picks for them: see ``_sort_out_shipping``.
        """
        for transfers in self.grouped("company_id").values():
            with transfers._stock_work("ship") as working:
                picks = working._find_or_start_picks()
                picks._match_lines()
                picks._pick_all()
                picks._do_submit(working)
