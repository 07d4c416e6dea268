from odoo import models


class StoreTransferCount(models.Model):
    """The discrepancies that a count opens."""

    _inherit = "store.transfer.count"

    def _create_discrepancies(self, decisions, parts):
        """Open a discrepancy for everything that did not simply arrive.

        :param parts: what was received on which line, see ``_get_parts_to_receive``
        """
        self.ensure_one()
        discrepancies = self.env["store.transfer.discrepancy"]
        held = self._take_held_surplus(decisions)
        held._settle_as_said("accepted")
        outcomes = {"accept": "accepted", "refuse": "refused"}
        opened = discrepancies._open(
            [
                *(
                    {**values, **discrepancies._prepare_settled_values(outcome)}
                    for verdict, outcome in outcomes.items()
                    for values in self._prepare_surplus(decisions, verdict)
                ),
                *self._prepare_shorts(),
                *self._prepare_damaged(parts),
                *self._prepare_surplus(decisions, "hold"),
            ]
        )
        self._note_damage_of_held(decisions)
        decided = opened.filtered(
            lambda discrepancy: discrepancy.outcome in outcomes.values()
        )
        (held | decided)._notify_source()

    def _take_held_surplus(self, decisions):
        """Return the discrepancies about what was put aside, and is accepted now."""
        parts, damaged = {}, {}
        self.line_ids.mapped("damaged_quantity")  # read at once
        for line, decision in decisions.items():
            if decision.verdict != "accept":
                continue
            left, left_damaged = decision.known, line.damaged_quantity
            for discrepancy in decision.held.with_env(self.env).sorted("id"):
                quantity = discrepancy.stock_uom_id.round(
                    min(left, discrepancy.quantity)
                )
                if quantity > 0:
                    left -= quantity
                    discrepancy.line_id = line.sudo().transfer_line_id
                    parts[discrepancy] = quantity
                    damaged[discrepancy] = min(left_damaged, quantity)
                    left_damaged -= damaged[discrepancy]
        discrepancies = self.env["store.transfer.discrepancy"]
        return discrepancies.union(*discrepancies._split(parts, damaged).values())

    def _note_damage_of_held(self, decisions):
        """Write down what is damaged of goods that were put aside as good before."""
        for line, decision in decisions.items():
            more = self._get_damage_of_held(line, decision)[1]
            for discrepancy in decision.held.with_env(self.env):
                added = min(more, discrepancy.quantity - discrepancy.damaged_quantity)
                if discrepancy.stock_uom_id.compare(added, 0) > 0:
                    discrepancy.damaged_quantity += added
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
        discrepancies = self.env["store.transfer.discrepancy"]
        known = self.transfer_id._get_open_shorts()._get_goods()
        values = []
        for line, difference in self._get_differences().items():
            # What was short before, and still is, has its discrepancy already.
            already = known.total(line.transfer_line_id, line.lot_id)
            short = line.stock_uom_id.round(-difference - already)
            if short > 0:
                values.append(
                    discrepancies._prepare_counted_values(line, "short", short)
                )
        return values

    def _prepare_damaged(self, parts):
        discrepancies = self.env["store.transfer.discrepancy"]
        return [
            {
                **discrepancies._prepare_counted_values(row, "damaged", damaged),
                "line_id": home.transfer_line_id.id,
            }
            for row, home, _good, damaged in parts
            if damaged
        ]

    def _prepare_surplus(self, decisions, verdict):
        discrepancies = self.env["store.transfer.discrepancy"]
        lines = self.line_ids.browse(line.id for line in decisions)
        return [
            {
                **discrepancies._prepare_counted_values(
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
