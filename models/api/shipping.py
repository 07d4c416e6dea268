from odoo import api, models
from odoo.exceptions import UserError

from ...tools.given import LONGEST_SHORT_TEXT, Given

RESTS = ("keep", "close")
GOODS = ("sku", "quantity", "lot", "carton")


class StoreTransferApi(models.AbstractModel):
    """What another system ships."""

    _inherit = "store.transfer.api"

    @api.model
    def ship(self, transfer, key, lines=None, rest=None, reason=None, note=None):
        """Ship goods of a transfer.

        :param lines: list of ``{"sku", "quantity"}``, in the product's unit, with
            ``lot`` (lot or serial number) and ``carton`` (any name: what has the same
            one is packed together) where they are known; what is not named stays.
            Without any list all that is set aside goes
        :param rest: what becomes of what stays: ``"keep"`` (it is shipped later) or
            ``"close"`` (the destination stops waiting)
        :param reason: why the rest is closed: name or XML id
        """
        self = self._begin()
        why = self._read_why(reason, note)
        end = Given.of(self.env, rest=rest).choice("rest", RESTS, "keep")
        content = {"lines": lines, "rest": end, **why.values}
        with self._once("ship", transfer, key, **content) as found:
            if found:
                self._ship(found, lines, end, why)
        return self._show(transfer)

    def _ship(self, transfer, lines, rest, why):
        reason = self._read_reason_of_rest(why, rest, transfer)
        working = transfer._start_step("ship")
        self._check_nobody_picks(working)
        pick = working._find_or_start_picks()
        # Before anything is reserved for it: see LOCK_ORDER.
        pick._wait_for_scans()
        pick._sync_lines()
        if lines is None:
            pick._pick_all()
        else:
            self._pick(pick, lines)
        as_user = pick.with_env(transfer.env)
        as_user._ship(pick, rest, reason, why.text("note"))

    def _read_reason_of_rest(self, why, rest, transfer):
        if rest == "keep" and self._says_why(why):
            raise UserError(
                self.env._(
                    "reason and note say why the rest is closed. Send rest as "
                    '"close", or leave them out.'
                )
            )
        return self._read_reason(why, "close", transfer)

    def _check_nobody_picks(self, transfer):
        if picks := transfer._get_begun_picks():
            raise UserError(
                self.env._(
                    "%(transfer)s: %(user)s has begun to pick it. Let them ship it, or "
                    "take back what was picked.",
                    transfer=transfer.name,
                    user=picks[0].user_id.name,
                )
            )

    def _pick(self, pick, lines):
        given = self._read_lines(lines, GOODS)
        products = self._find_goods(given, pick.transfer_id)
        pick._pick_named(
            self._read_each_line(
                given, lambda line: self._read_goods(pick, line, products)
            )
        )

    def _read_goods(self, pick, line, products):
        product = self._get_product(products, line.code("sku")).with_env(pick.env)
        return pick._name_goods(
            product,
            line.quantity("quantity"),
            self._read_lot(line, product),
            line.text("carton", LONGEST_SHORT_TEXT),
        )
