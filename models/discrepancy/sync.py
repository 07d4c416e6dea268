from collections import defaultdict

from odoo import api, models


class StoreTransferDiscrepancy(models.Model):
    """Discrepancies follow what is missing: settled when it came, else opened again."""

    _inherit = "store.transfer.discrepancy"

    def _settle_found(self, done):
        """Settle of the shorts what left transit in another way, e.g. has arrived.

        To be called on what is not settled.

        :param done: the moves that were done in this step
        """
        shorts = self.filtered(
            lambda discrepancy: discrepancy.kind == "short" and discrepancy.line_id
        )
        moves = done.sudo().grouped("transfer_line_id")
        ways = {
            line: moves.get(line, done.browse())._get_goods_by_outcome()
            for line, discrepancies in shorts.grouped("line_id").items()
            if line.product_id.uom_id.compare(discrepancies._get_excess(), 0) > 0
        }
        if not ways:
            return
        expected = shorts.transfer_id._get_open_moves("receive")
        reserved = expected.move_line_ids._get_goods()
        # One way after the other, as the goods left.
        while ways:
            shorts = shorts._settle_first_way(ways, reserved)
            ways = {line: later for line, (_first, *later) in ways.items() if later}

    def _settle_first_way(self, ways, expected):
        """Settle what left transit in the way that is named first for its line.

        :param ways: ``{line: [(outcome, LotQuantities), …]}``
        :param expected: ``LotQuantities`` that are set aside for the destination now
        :return: those that are not settled
        """
        quantities = defaultdict(dict)
        for line, discrepancies in self.grouped("line_id").items():
            if line in ways:
                (outcome, _goods), *later = ways[line]
                quantities[outcome] |= discrepancies._take_before(
                    later, expected.of_line(line)
                )
        for outcome, of_outcome in quantities.items():
            self.browse().union(*self._split(of_outcome).values())._settle(outcome)
        return self.filtered(lambda discrepancy: discrepancy.state != "settled")

    def _take_before(self, later, expected):
        """Return how much of which of a line's discrepancies left before others did.

        :param later: how other goods left after that: ``[(outcome, LotQuantities)]``
        :param expected: ``LotQuantities`` of the line that are set aside now
        :return: ``{discrepancy: quantity}``
        """
        # What left later was still expected at that time.
        excess = self._get_excess()
        for _outcome, goods in later:
            for key, quantity in goods.items():
                expected.add(key, quantity)
                excess -= quantity
        return self._take_oldest(max(0.0, excess), expected)

    def _get_excess(self):
        """Return how much more these of one line say is short than is missing."""
        return sum(self.mapped("quantity")) - self.line_id._get_missing_quantity()

    def _take_oldest(self, excess, expected):
        """Return how much of which of a line's discrepancies, unexpected lots first.

        :param expected: ``LotQuantities`` that are set aside for the destination
        :return: ``{discrepancy: quantity}``
        """
        beyond = self._get_goods() - expected
        taken = defaultdict(float)
        discrepancies = self.sorted(
            lambda discrepancy: (expected[discrepancy._get_lot_key()], discrepancy.id)
        )
        # Of each lot what nobody expects of it; only then whatever is left.
        for is_beyond in (True, False):
            for discrepancy in discrepancies:
                quantity = min(excess, discrepancy.quantity - taken[discrepancy])
                if is_beyond:
                    quantity = beyond.take(discrepancy._get_lot_key(), quantity)
                taken[discrepancy] += quantity
                excess -= quantity
        return {
            discrepancy: discrepancy.stock_uom_id.round(quantity)
            for discrepancy, quantity in taken.items()
            if discrepancy.stock_uom_id.compare(quantity, 0) > 0
        }

    @api.model
    def _reopen_missing(self, done):
        """Open again what was settled about goods that are on their way again.

        :param done: the moves that were done or corrected just now; what is true is
            read off all the moves of their lines
        """
        booked = done.sudo()._get_booked_outcomes()
        if not booked:
            return
        lines = done.transfer_line_id
        of_lines = self.search([("line_id", "in", lines.ids)])
        of_lines.mapped("stock_uom_id")  # read at once
        by_line = of_lines.grouped("line_id")
        parts = {}
        for (line, outcome), quantities in booked.items():
            of_line = by_line.get(line, self.browse())
            parts.update(of_line._choose_to_reopen(line, outcome, quantities))
        reopened = self.browse().union(*self._split(parts).values())
        reopened._untracked()._expect_again()
        text = self.env._(
            "What was settled was undone: the goods are on their way again."
        )
        reopened._log_each(lambda discrepancy: text)
        reopened._sync_activities()

    def _tell_count_undone(self):
        """Say that these are open again, and whose turn it is."""
        text = self.env._("The count that settled it was undone.")
        self._log_each(lambda discrepancy: text)
        self._sync_activities()

    def _choose_to_reopen(self, line, outcome, booked):
        """Return how much of these discrepancies of a line is on its way again.

        The newest first, lots that are booked too little before others.

        :param booked: ``LotQuantities`` that the moves say have that outcome
        :return: ``{discrepancy: quantity}``
        """
        shorts = self.filtered(lambda discrepancy: discrepancy.kind == "short")
        settled = shorts.filtered(lambda discrepancy: discrepancy.outcome == outcome)
        missing = shorts.filtered(
            lambda discrepancy: (
                not discrepancy.outcome and discrepancy.state != "settled"
            )
        )
        too_little = settled._get_goods() - booked
        left = min(
            too_little.total(line),
            line._get_missing_quantity() - sum(missing.mapped("quantity")),
        )
        parts = {}
        for discrepancy in settled.sorted(
            lambda discrepancy: (
                too_little.total(line, discrepancy.lot_id) > 0,
                discrepancy.settle_date,
                discrepancy.id,
            ),
            reverse=True,
        ):
            quantity = discrepancy.stock_uom_id.round(min(left, discrepancy.quantity))
            if discrepancy.stock_uom_id.compare(quantity, 0) > 0:
                parts[discrepancy] = quantity
                left -= quantity
        return parts
