from collections import defaultdict

from odoo import api, models


class StoreTransferDiscrepancy(models.Model):
    """Discrepancies follow what is missing: settled when it came, else opened again."""

    _inherit = "store.transfer.discrepancy"

    def _settle_what_is_not_missing(self, done):
        """Settle of the shorts what left transit in another way, e.g. has arrived.

        To be called on what is not settled.

        :param done: the moves that were done just now
        """
        shorts = self.filtered(lambda case: case.kind == "short" and case.line_id)
        moves = done.sudo().grouped("transfer_line_id")
        expected = shorts.line_id._get_expected_by_lot()
        quantities, outcomes = {}, {}
        for line, cases in shorts.grouped("line_id").items():
            excess = sum(cases.mapped("quantity")) - line._get_missing_quantity()
            if line.product_id.uom_id.compare(excess, 0) > 0:
                quantities |= cases._take_oldest(excess, expected[line])
                of_line = moves.get(line, done.browse())
                outcomes[line] = of_line._get_outcome_of_discrepancy()
        parts = self.browse().union(*self._split(quantities).values())
        for outcome, cases in parts.grouped(
            lambda case: outcomes[case.line_id]
        ).items():
            cases._settle(outcome)

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
