from collections import defaultdict
from dataclasses import dataclass

from odoo import models
from odoo.exceptions import UserError

from ...tools.lot_quantities import LotQuantities
from ...tools.quantities import format_quantity
from ...tools.roles import GROUP_APPROVER


@dataclass
class Decision:
    """What happens to the surplus on a line of a count, and how that is said."""

    quantity: float
    # "accept", "hold" (an approver decides later) or "refuse".
    verdict: str
    label: str
    # What was put aside before has its discrepancies already: which, and how much.
    held: models.Model | None = None
    known: float = 0.0


class StoreTransferCount(models.Model):
    """What a count does about everything that did not simply arrive.

    What is short stays expected, what is damaged goes beside sellable stock, and a
    surplus is accepted, held until an approver decides, or refused, as the store's
    policy says. For each of them a discrepancy is opened.
    """

    _inherit = "store.transfer.count"

    def _decide_on_surplus(self):
        """Return ``{line: Decision}`` for what came beyond what is on its way.

        As the user: an approver may accept more than other staff.
        """
        self.ensure_one()
        surplus = {
            line: difference
            for line, difference in self._get_differences().items()
            if line.stock_uom_id.compare(difference, 0) > 0
        }
        free, accepted = LotQuantities(), defaultdict(float)
        if surplus and self.transfer_id.kind == "between":
            # Lots and quants are out of reach of store staff.
            lines = self.sudo().line_ids.filtered(lambda line: line in surplus)
            free = lines._get_free_at_source()
        held = self._get_held_surplus()
        decisions = {}
        for line, quantity in surplus.items():
            # Each is known once, on whichever row it is found again.
            discrepancies = held.pop(line._get_goods_key(), held[None])
            decision = self._decide_on(line, quantity, free, accepted, discrepancies)
            decision.held = discrepancies
            decision.known = min(quantity, sum(discrepancies.mapped("quantity")))
            decision.label = self._get_label_of_known(line, decision)
            decisions[line] = decision
        return decisions

    def _get_held_surplus(self):
        """Return the discrepancies of what was put aside before, and nobody decided on.

        :return: ``{(product, lot, lot name): discrepancies}``; none of them for None
        """
        # In sudo: lots are out of reach of store staff.
        discrepancies = self.transfer_id.sudo().discrepancy_ids
        held = discrepancies.filtered(lambda discrepancy: discrepancy._is_held())
        return {
            None: discrepancies.browse(),
            **held.grouped(
                lambda discrepancy: (
                    discrepancy.product_id,
                    discrepancy.lot_id,
                    discrepancy.lot_name or False,
                )
            ),
        }

    def _get_label_of_known(self, line, decision):
        """Return the label of a decision, with how much of it is known already."""
        if not decision.known:
            return decision.label
        if line.stock_uom_id.compare(decision.known, decision.quantity) == 0:
            return self.env._(
                "%s (known already, from an earlier count)", decision.label
            )
        return self.env._(
            "%(outcome)s (%(quantity)s of it are known already, from an earlier count)",
            outcome=decision.label,
            quantity=format_quantity(self.env, decision.known, line.stock_uom_id),
        )

    def _decide_on(self, line, quantity, free, accepted, held):
        """Return the decision on a surplus of ``quantity``.

        :param free: ``LotQuantities`` of products that the source has left, reduced
        :param accepted: ``{product: quantity}`` of its other rows, filled here
        :param held: the discrepancies of what was put aside of it before
        """
        product = line.product_id
        if self.transfer_id.kind == "receipt":
            return Decision(quantity, "accept", self.env._("received as well"))
        if self._is_refused():
            return Decision(quantity, "refuse", self.env._("refused: put it aside"))
        if held._is_up_to_head_office(self.env.user):
            return Decision(
                quantity,
                "hold",
                self.env._("put it aside: head office decides on it"),
            )
        # What was too much for the tolerance is so when some of it is found again.
        all_of_it = max(quantity, sum(held.mapped("quantity")))
        if not self._may_accept(line, all_of_it + accepted[product]):
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
        accepted[product] += quantity
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
        if policy != "tolerance" or not line.sudo().transfer_line_id:
            return False
        # On however many lines of the transfer the product is.
        of_product = transfer.sudo().line_ids.filtered(
            lambda other: other.product_id == line.product_id
        )
        return of_product._is_within_tolerance(quantity, *limits)

    def _check_nothing_refused(self):
        """Refuse a count with a surplus, where the store does not take any.

        In a blind count it is put aside instead: asked again and again, a refusal would
        tell how much is expected.
        """
        if self._is_blind():
            return
        refused = [
            self.env._(
                "%(product)s: %(quantity)s more than expected",
                product=line._get_goods_name(),
                quantity=format_quantity(
                    self.env, decision.quantity, line.stock_uom_id
                ),
            )
            for line, decision in self._decide_on_surplus().items()
            if decision.verdict == "refuse"
        ]
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
        """Return the ``LotQuantities`` of the surplus to bring.

        Products that nobody sent are put on the transfer.
        """
        goods = LotQuantities()
        for line in self.line_ids:
            decision = decisions.get(line)
            if not decision or decision.verdict != "accept":
                continue
            if not line.transfer_line_id:
                # Its other lots, which a third party brought, are received there too.
                self._get_unexpected_lines(
                    line.product_id
                ).transfer_line_id = self.transfer_id._add_unexpected_line(
                    line.product_id, decision.quantity
                )
            goods.add(line._get_lot_key(line.transfer_line_id), decision.quantity)
        return goods

    def _get_unexpected_lines(self, product):
        return self.line_ids.filtered(
            lambda line: line.product_id == product and not line.transfer_line_id
        )
