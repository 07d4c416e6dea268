from collections import defaultdict
from dataclasses import dataclass

from odoo import models
from odoo.exceptions import UserError

from .store_transfer_access import GROUP_APPROVER


@dataclass
class Decision:
    """What happens to the surplus on a line of a count, and how that is said."""

    quantity: float
    # "accept", "hold" (an approver decides later) or "refuse".
    verdict: str
    label: str


class StoreTransferDifferences(models.AbstractModel):
    """What a count does about everything that did not simply arrive.

    What is short stays expected, what is damaged goes beside sellable stock, and a
    surplus is accepted, held until an approver decides, or refused, as the store's
    policy says. For each of them a case is opened.
    """

    _name = "store.transfer.count.differences"
    _description = "Differences of a count"

    def _get_differences(self):
        """Return what came less what was expected: list of ``(line, difference)``.

        Of lots that a third party brings, only the sum was known before.
        """
        # In sudo: who counts blind may not read what was expected.
        all_lines = self.sudo().line_ids
        if self.transfer_id.kind != "receipt":
            return [(line, line.difference_quantity) for line in all_lines]
        by_product = all_lines.grouped(
            lambda line: (line.transfer_line_id, line.product_id)
        )
        return [
            (lines[0], sum(lines.mapped("difference_quantity")))
            for lines in by_product.values()
        ]

    # --- Surplus ---

    def _decide_on_surplus(self):
        """Return ``{line: Decision}`` for what came beyond what is on its way.

        As the user: an approver may accept more than other staff.
        """
        self.ensure_one()
        surplus = {
            line: line.stock_uom_id.round(difference)
            for line, difference in self._get_differences()
            if line.stock_uom_id.compare(difference, 0) > 0
        }
        free, accepted = {}, defaultdict(float)
        if surplus and self.transfer_id.kind == "between":
            # Lots and quants are out of reach of store staff.
            lines = self.sudo().line_ids.filtered(lambda line: line in surplus)
            free = lines._get_free_at_source()
        return {
            line: self._decide_on(line, quantity, free, accepted)
            for line, quantity in surplus.items()
        }

    def _decide_on(self, line, quantity, free, accepted):
        """Return the decision on a surplus of ``quantity``.

        :param free: ``{(product, lot): quantity}`` that the source has left, reduced
        :param accepted: ``{transfer line: quantity}`` of its other lots, filled here
        """
        of_transfer = line.sudo().transfer_line_id
        if self.transfer_id.kind == "receipt":
            return Decision(quantity, "accept", self.env._("received as well"))
        if self._is_refused():
            return Decision(quantity, "refuse", self.env._("refused: put it aside"))
        if not self._may_accept(line, quantity + accepted[of_transfer]):
            return Decision(
                quantity,
                "hold",
                self.env._("put it aside: an approver decides on it"),
            )
        left = line.sudo()._take_free_at_source(quantity, free)
        if left < 0:
            return Decision(
                quantity,
                "hold",
                self.env._("put it aside: the source does not have it on record"),
            )
        accepted[of_transfer] += quantity
        return Decision(
            quantity, "accept", self.env._("accepted: out of the source's stock")
        )

    def _is_refused(self):
        store = self.transfer_id.sudo().destination_store_id
        return store._get_surplus_policy()[0] == "refuse"

    def _may_accept(self, line, quantity):
        """Tell whether the user may accept so much more than is on its way."""
        transfer = self.transfer_id
        if not transfer._get_side_refusal("destination", GROUP_APPROVER):
            return True
        policy, *limits = transfer.sudo().destination_store_id._get_surplus_policy()
        # A product that nobody sent is no rounding error: somebody looks at it.
        of_transfer = line.sudo().transfer_line_id
        return (
            policy == "tolerance"
            and bool(of_transfer)
            and of_transfer._is_within_tolerance(quantity, *limits)
        )

    def _check_nothing_refused(self):
        """Refuse a count with a surplus, where the store does not take any."""
        refused = [
            self.env._(
                "%(product)s: %(quantity)g %(unit)s more than expected",
                product=line._get_goods_name(),
                quantity=decision.quantity,
                unit=line.stock_uom_id.name,
            )
            for line, decision in self._decide_on_surplus().items()
            if decision.verdict == "refuse"
        ]
        if refused and self._is_blind():
            raise UserError(
                self.env._(
                    "%s: not all that was counted can be received. Count it again, or "
                    "ask an approver.",
                    self.transfer_id.name,
                )
            )
        if refused:
            raise UserError(
                self.env._(
                    "%(transfer)s: more was counted than is on its way. Put the "
                    "surplus aside, correct the count and tell the sender.\n%(lines)s",
                    transfer=self.transfer_id.name,
                    lines="\n".join(refused),
                )
            )

    def _accept_surplus(self, decisions):
        """Return the surplus to bring: ``{line: {(lot, lot name): quantity}}``.

        Products that nobody sent are put on the transfer.
        """
        goods = defaultdict(lambda: defaultdict(float))
        for line in self.line_ids:
            decision = decisions.get(line)
            if not decision or decision.verdict != "accept":
                continue
            if not line.transfer_line_id:
                # Its other lots, which a third party brought, are received there too.
                self._get_lines_nobody_sent(
                    line.product_id
                ).transfer_line_id = self.transfer_id._add_line_nobody_sent(
                    line.product_id, decision.quantity
                )
            key = (line.lot_id, line.lot_name or False)
            goods[line.transfer_line_id][key] += decision.quantity
        return goods

    def _get_lines_nobody_sent(self, product):
        return self.line_ids.filtered(
            lambda line: line.product_id == product and not line.transfer_line_id
        )

    def _get_goods_to_receive(self, decisions):
        """Return what goes into stock, and what beside it.

        :return: twice ``{(transfer line, lot, lot name): quantity}``
        """
        good, damaged = defaultdict(float), defaultdict(float)
        for line in self.line_ids.filtered("transfer_line_id"):
            key = (line.transfer_line_id, line.lot_id, line.lot_name)
            quantities = line._get_quantities_to_receive(decisions.get(line))
            good[key] += quantities[0]
            if quantities[1]:
                damaged[key] += quantities[1]
        return good, damaged

    # --- Cases ---

    def _create_discrepancies(self, decisions):
        """Open a case for everything that did not simply arrive."""
        self.ensure_one()
        settled = self.env["store.transfer.discrepancy"]._prepare_settled_values(
            "accepted"
        )
        cases = self.env["store.transfer.discrepancy"]._open(
            [
                *(
                    {**values, **settled}
                    for values in self._prepare_surplus(decisions, "accept")
                ),
                *self._prepare_shorts(),
                *self._prepare_damaged(decisions),
                *self._prepare_surplus(decisions, "hold"),
            ]
        )
        cases.filtered(lambda case: case.outcome == "accepted")._notify_source()

    def _prepare_shorts(self):
        cases = self.env["store.transfer.discrepancy"]
        known = self.transfer_id._get_open_shorts()._get_quantity_by_line(by_lot=True)
        values = []
        for line, difference in self._get_differences():
            # What was short before, and still is, has its case already.
            already = known[line.transfer_line_id, line.lot_id]
            short = line.stock_uom_id.round(-difference - already)
            if short > 0:
                values.append(cases._prepare_counted_values(line, "short", short))
        return values

    def _prepare_damaged(self, decisions):
        cases = self.env["store.transfer.discrepancy"]
        values = []
        for line in self.line_ids.filtered("damaged_quantity"):
            _good, damaged = line._get_quantities_to_receive(decisions.get(line))
            if damaged and line.transfer_line_id:
                values.append(cases._prepare_counted_values(line, "damaged", damaged))
        return values

    def _prepare_surplus(self, decisions, verdict):
        cases = self.env["store.transfer.discrepancy"]
        lines = self.line_ids.browse(line.id for line in decisions)
        return [
            {
                **cases._prepare_counted_values(
                    line,
                    "surplus" if self._was_on_transfer(line) else "unexpected",
                    decisions[line].quantity,
                ),
                "damaged_quantity": line._get_damaged_put_aside(decisions[line]),
            }
            for line in lines
            if decisions[line].verdict == verdict
        ]

    def _was_on_transfer(self, line):
        """Tell whether anybody had asked for the product of a line."""
        return bool(line.transfer_line_id.quantity)
