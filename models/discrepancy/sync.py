from collections import defaultdict

from odoo import api, models


class StoreTransferDiscrepancy(models.Model):
    """Discrepancies follow what is missing: settled when it came, else opened again."""

    _inherit = "store.transfer.discrepancy"

    def _settle_what_is_not_missing(self, done):
        """Settle of the shorts what left transit in another way, e.g. has arrived.

        To be called on what is not settled.

        :param done: the moves that were done in this step
        """
        shorts = self.filtered(lambda case: case.kind == "short" and case.line_id)
        moves = done.sudo().grouped("transfer_line_id")
        ways = {
            line: moves.get(line, done.browse())._get_lots_by_outcome()
            for line, cases in shorts.grouped("line_id").items()
            if line.product_id.uom_id.compare(cases._get_excess(), 0) > 0
        }
        if not ways:
            return
        lines = self.env["store.transfer.line"].union(*ways)
        expected = lines._get_expected_by_lot()
        # One way after the other, as the goods left.
        while ways:
            shorts = shorts._settle_first_way(ways, expected)
            ways = {line: later for line, (_first, *later) in ways.items() if later}

    def _settle_first_way(self, ways, expected):
        """Settle what left transit in the way that is named first for its line.

        :param ways: ``{line: [(outcome, {lot: quantity}), …]}``
        :param expected: ``{line: {lot: quantity}}`` that the destination expects now
        :return: those that are not settled
        """
        quantities = defaultdict(dict)
        for line, cases in self.grouped("line_id").items():
            if line in ways:
                (outcome, _lots), *later = ways[line]
                quantities[outcome] |= cases._take_before(later, expected[line])
        for outcome, of_outcome in quantities.items():
            self.browse().union(*self._split(of_outcome).values())._settle(outcome)
        return self.filtered(lambda case: case.state != "settled")

    def _take_before(self, later, expected):
        """Return how much of which of one line's cases left before others did.

        :param later: how other goods left after that: ``[(outcome, {lot: quantity})]``
        :param expected: ``{lot: quantity}`` that the destination expects now
        :return: ``{case: quantity}``
        """
        # What left later was still expected at that time.
        still = defaultdict(float, expected)
        excess = self._get_excess()
        for _outcome, by_lot in later:
            for lot, quantity in by_lot.items():
                still[lot] += quantity
                excess -= quantity
        return self._take_oldest(max(0.0, excess), still)

    def _get_excess(self):
        """Return how much more these of one line say is short than is missing."""
        return sum(self.mapped("quantity")) - self.line_id._get_missing_quantity()

    def _take_oldest(self, excess, expected):
        """Return how much of which of one line's cases, lots nobody expects first.

        :param expected: ``{lot: quantity}`` that is set aside for the destination
        :return: ``{case: quantity}``
        """
        beyond = defaultdict(float)
        for case in self:
            beyond[case.lot_id] += case.quantity
        for lot in beyond:
            beyond[lot] -= expected[lot]
        taken = defaultdict(float)
        cases = self.sorted(lambda case: (expected[case.lot_id], case.id))
        # Of each lot what nobody expects of it; only then whatever is left.
        for is_beyond in (True, False):
            for case in cases:
                quantity = min(excess, case.quantity - taken[case])
                if is_beyond:
                    quantity = max(0.0, min(quantity, beyond[case.lot_id]))
                    beyond[case.lot_id] -= quantity
                taken[case] += quantity
                excess -= quantity
        return {
            case: case.stock_uom_id.round(quantity)
            for case, quantity in taken.items()
            if case.stock_uom_id.compare(quantity, 0) > 0
        }

    @api.model
    def _reopen_what_is_missing_again(self, done):
        """Open the cases of goods that were settled, and are on their way again.

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
        reopened._log_each(lambda case: text)
        reopened._sync_activities()

    def _choose_to_reopen(self, line, outcome, booked):
        """Return how much of these cases of a line is on its way again.

        The newest first, lots that are booked too little before others.

        :param booked: ``{lot: quantity}`` that the moves say has that outcome
        :return: ``{case: quantity}``
        """
        shorts = self.filtered(lambda case: case.kind == "short")
        settled = shorts.filtered(lambda case: case.outcome == outcome)
        missing = shorts.filtered(
            lambda case: not case.outcome and case.state != "settled"
        )
        too_little = defaultdict(float)
        for case in settled:
            too_little[case.lot_id] += case.quantity
        for lot, quantity in booked.items():
            too_little[lot] -= quantity
        left = min(
            sum(too_little.values()),
            line._get_missing_quantity() - sum(missing.mapped("quantity")),
        )
        parts = {}
        for case in settled.sorted(
            lambda case: (too_little[case.lot_id] > 0, case.settle_date, case.id),
            reverse=True,
        ):
            quantity = case.stock_uom_id.round(min(left, case.quantity))
            if case.stock_uom_id.compare(quantity, 0) > 0:
                parts[case] = quantity
                left -= quantity
        return parts

    def _get_quantity_by_line(self, by_lot=False):
        """Return ``{line: quantity}``, or ``{(line, lot): quantity}``, of cases."""
        quantities = defaultdict(float)
        for case in self:
            key = (case.line_id, case.lot_id) if by_lot else case.line_id
            quantities[key] += case.quantity
        return quantities
