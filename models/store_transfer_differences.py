from collections import defaultdict
from dataclasses import dataclass

from odoo import models
from odoo.exceptions import UserError

from .quantities import format_quantities, format_quantity
from .store_transfer_access import GROUP_APPROVER


@dataclass
class Decision:
    """What happens to the surplus on a line of a count, and how that is said."""

    quantity: float
    # "accept", "hold" (an approver decides later) or "refuse".
    verdict: str
    label: str
    # What was put aside before has its cases already: which, and how much it is.
    held: models.Model | None = None
    known: float = 0.0


class StoreTransferDifferences(models.AbstractModel):
    """What a count does about everything that did not simply arrive.

    What is short stays expected, what is damaged goes beside sellable stock, and a
    surplus is accepted, held until an approver decides, or refused, as the store's
    policy says. For each of them a case is opened.
    """

    _name = "store.transfer.count.differences"
    _description = "Differences of a count"

    def _get_differences(self):
        """Return ``{line: what came less what was expected}`` of the whole count."""
        # In sudo: who counts blind may not read what was expected.
        return self.sudo().line_ids._get_differences()

    def _get_summary(self):
        """Say what submitting the count books; of a blind count, only in general."""
        if self._is_blind():
            return self.env._(
                "Good pieces that were expected go into stock, and damaged ones are "
                "kept apart. On what came too much, the rules of the store decide. "
                "Your approver sees the differences."
            )
        amounts = self._get_amounts()
        labels = {
            "stock": self.env._("Into stock: %s."),
            "damaged": self.env._("Damaged and kept apart: %s."),
            "aside": self.env._("Put aside: %s."),
            "missing": self.env._("Still expected: %s."),
        }
        return " ".join(
            label % self._format_amounts(amounts[name])
            for name, label in labels.items()
            if amounts[name] or name == "stock"
        )

    def _get_amounts(self):
        """Return how much becomes what: ``{what: {unit: quantity}}``."""
        decisions = self._decide_on_surplus()
        differences = self._get_differences()
        amounts = {
            name: defaultdict(float)
            for name in ("stock", "damaged", "aside", "missing")
        }
        # In sudo: lots are out of reach of store staff.
        for line in self.sudo().line_ids:
            unit, decision = line.stock_uom_id, decisions.get(line)
            good, damaged = line._get_quantities_to_receive(decision)
            is_taken = line._is_taken(decision)
            amounts["stock"][unit] += good
            amounts["damaged"][unit] += damaged
            amounts["aside"][unit] += 0 if is_taken else decision.quantity
            amounts["missing"][unit] += max(0.0, -differences[line])
        return {
            name: {unit: amount for unit, amount in by_unit.items() if amount}
            for name, by_unit in amounts.items()
        }

    def _format_amounts(self, by_unit):
        """Write quantities of several units, which have no sum."""
        if not by_unit:
            return self.env._("nothing")
        return format_quantities(self.env, by_unit)

    # --- Surplus ---

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
        free, accepted = {}, defaultdict(float)
        if surplus and self.transfer_id.kind == "between":
            # Lots and quants are out of reach of store staff.
            lines = self.sudo().line_ids.filtered(lambda line: line in surplus)
            free = lines._get_free_at_source()
        held = self._get_held_surplus()
        decisions = {}
        for line, quantity in surplus.items():
            # Each is known once, on whichever row it is found again.
            cases = held.pop(line._get_goods_key(), held[None])
            decision = self._decide_on(line, quantity, free, accepted, cases)
            decision.held = cases
            decision.known = min(quantity, sum(cases.mapped("quantity")))
            decision.label = self._get_label_of_known(line, decision)
            decisions[line] = decision
        return decisions

    def _get_held_surplus(self):
        """Return the cases of what was put aside before, and nobody decided on.

        :return: ``{(product, lot, lot name): cases}``; none of them for None
        """
        # In sudo: lots are out of reach of store staff.
        cases = self.transfer_id.sudo().discrepancy_ids
        held = cases.filtered(lambda case: case._is_held())
        return {
            None: cases.browse(),
            **held.grouped(
                lambda case: (case.product_id, case.lot_id, case.lot_name or False)
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

        :param free: ``{(product, lot): quantity}`` that the source has left, reduced
        :param accepted: ``{product: quantity}`` of its other rows, filled here
        :param held: the cases of what was put aside of it before
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
            lambda each: each.product_id == line.product_id
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

    def _get_parts_to_receive(self, decisions):
        """Return what of each row is received on which line of the transfer.

        :return: list of ``(row, row whose line it is, good, damaged)``
        """
        parts = []
        for lines in self.line_ids.filtered("transfer_line_id")._group_by_goods():
            room, received = {}, {}
            for line in lines:
                decision = decisions.get(line)
                is_brought = decision and decision.verdict == "accept"
                brought = decision.quantity if is_brought else 0
                room[line] = line.expected_quantity + brought
                received[line] = line._get_quantities_to_receive(decision)
            parts += lines._allot(received, room)
        return parts

    def _get_goods_to_receive(self, parts):
        """Return what goes into stock, and what beside it.

        :return: twice ``{(transfer line, lot, lot name): quantity}``
        """
        good, damaged = defaultdict(float), defaultdict(float)
        for row, home, good_part, damaged_part in parts:
            key = (home.transfer_line_id, row.lot_id, row.lot_name)
            good[key] += good_part
            if damaged_part:
                damaged[key] += damaged_part
        return good, damaged

    # --- Cases ---

    def _create_discrepancies(self, decisions, parts):
        """Open a case for everything that did not simply arrive.

        :param parts: what was received on which line, see ``_get_parts_to_receive``
        """
        self.ensure_one()
        cases = self.env["store.transfer.discrepancy"]
        held = self._take_held_surplus(decisions)
        held._settle_as_said("accepted")
        outcomes = {"accept": "accepted", "refuse": "refused"}
        opened = cases._open(
            [
                *(
                    {**values, **cases._prepare_settled_values(outcome)}
                    for verdict, outcome in outcomes.items()
                    for values in self._prepare_surplus(decisions, verdict)
                ),
                *self._prepare_shorts(),
                *self._prepare_damaged(parts),
                *self._prepare_surplus(decisions, "hold"),
            ]
        )
        self._note_damage_of_held(decisions)
        decided = opened.filtered(lambda case: case.outcome in outcomes.values())
        (held | decided)._notify_source()

    def _take_held_surplus(self, decisions):
        """Return the cases of what was put aside before, and is accepted now."""
        parts, damaged = {}, {}
        self.line_ids.mapped("damaged_quantity")  # read at once
        for line, decision in decisions.items():
            if decision.verdict != "accept":
                continue
            left, left_damaged = decision.known, line.damaged_quantity
            for case in decision.held.with_env(self.env).sorted("id"):
                quantity = case.stock_uom_id.round(min(left, case.quantity))
                if quantity > 0:
                    left -= quantity
                    case.line_id = line.sudo().transfer_line_id
                    parts[case] = quantity
                    damaged[case] = min(left_damaged, quantity)
                    left_damaged -= damaged[case]
        cases = self.env["store.transfer.discrepancy"]
        return cases.union(*cases._split(parts, damaged).values())

    def _note_damage_of_held(self, decisions):
        """Write down what is damaged of goods that were put aside as good before."""
        for line, decision in decisions.items():
            more = self._get_damage_of_held(line, decision)[1]
            for case in decision.held.with_env(self.env):
                added = min(more, case.quantity - case.damaged_quantity)
                if case.stock_uom_id.compare(added, 0) > 0:
                    case.damaged_quantity += added
                    more -= added

    def _get_damage_of_held(self, line, decision):
        """Return how much is damaged of what is put aside, and was not known as such.

        :return: of what is put aside now, and of what was before
        """
        damaged = line._get_damaged_put_aside(decision)
        if decision.known:
            damaged -= sum(decision.held.mapped("damaged_quantity"))
        damaged = max(0.0, damaged)
        new = min(damaged, decision.quantity - decision.known)
        return line.stock_uom_id.round(new), line.stock_uom_id.round(damaged - new)

    def _prepare_shorts(self):
        cases = self.env["store.transfer.discrepancy"]
        known = self.transfer_id._get_open_shorts()._get_quantity_by_line(by_lot=True)
        values = []
        for line, difference in self._get_differences().items():
            # What was short before, and still is, has its case already.
            already = known[line.transfer_line_id, line.lot_id]
            short = line.stock_uom_id.round(-difference - already)
            if short > 0:
                values.append(cases._prepare_counted_values(line, "short", short))
        return values

    def _prepare_damaged(self, parts):
        cases = self.env["store.transfer.discrepancy"]
        return [
            {
                **cases._prepare_counted_values(row, "damaged", damaged),
                "line_id": home.transfer_line_id.id,
            }
            for row, home, _good, damaged in parts
            if damaged
        ]

    def _prepare_surplus(self, decisions, verdict):
        cases = self.env["store.transfer.discrepancy"]
        lines = self.line_ids.browse(line.id for line in decisions)
        return [
            {
                **cases._prepare_counted_values(
                    line,
                    "surplus" if self._was_on_transfer(line) else "unexpected",
                    line.stock_uom_id.round(
                        decisions[line].quantity - decisions[line].known
                    ),
                ),
                "damaged_quantity": self._get_damage_of_held(line, decisions[line])[0],
            }
            for line in lines
            if decisions[line].verdict == verdict
            and line.stock_uom_id.compare(
                decisions[line].quantity, decisions[line].known
            )
            > 0
        ]

    def _was_on_transfer(self, line):
        """Tell whether anybody had asked for the product of a line."""
        return bool(line.transfer_line_id.quantity)
