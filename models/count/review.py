from collections import defaultdict

from odoo import models
from odoo.exceptions import UserError

from ...tools.quantities import format_quantities


class StoreTransferCount(models.Model):
    """What submitting a count is going to do, before anybody does it."""

    _inherit = "store.transfer.count"

    def get_review(self):
        """Check the count, and return what submitting it will do.

        :return: dict with ``summary`` (in words, what is booked), ``matching`` (the
            number of rows that match), ``missing_cartons`` (their numbers, as a text),
            ``rows`` (those that differ, with their ``difference``), ``outcomes`` (list
            of dicts: a row's id and one sentence that says what becomes of its
            difference) and ``expired`` (what is past its date, as a text)
        :raise UserError: naming what has to be counted first
        """
        self.ensure_one()
        self.action_review()
        # In sudo the differences of a blind count would be there, too.
        differences = self.difference_line_ids.sudo()
        return {
            "summary": self.summary,
            "matching": len(self.line_ids - differences),
            "missing_cartons": self.missing_cartons or "",
            "expired": self.expired_message or "",
            "rows": [
                {**row, "difference": line.difference_quantity}
                for line, row in zip(
                    differences, self._prepare_rows(differences), strict=True
                )
            ],
            "outcomes": [
                {"line_id": line.id, "sentence": sentence}
                for line, sentence in self._get_outcomes(differences).items()
                if sentence
            ],
        }

    def _get_outcomes(self, lines):
        """Return ``{line: what becomes of its difference}``.

        Asked as the user: an approver may accept more than other staff.
        """
        decisions = self._decide_on_surplus()
        return {line: line._get_consequence(decisions.get(line)) for line in lines}

    def _check_every_line(self):
        """Where the store asks for it, demand that zero was entered, not assumed."""
        for count in self:
            store = count.transfer_id.destination_store_id
            if not store.transfer_require_every_line:
                continue
            if left := count._get_shown_lines()._filter_left():
                count._refuse_lines_left(left)

    def _get_shown_lines(self):
        """Return what the user sees; of a blind count, no lot before it came."""
        return self.line_ids._filter_shown()

    def _refuse_lines_left(self, lines):
        raise UserError(
            self.env._(
                "%(transfer)s: rows not counted yet (%(number)s). Count them; "
                "where nothing came, enter 0.\n%(products)s",
                transfer=self.transfer_id.name,
                number=len(lines),
                products="\n".join(lines[:10].product_id.mapped("display_name")),
            )
        )

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
        sentences = [
            label % format_quantities(self.env, amounts[name])
            for name, label in labels.items()
            if amounts[name] or name == "stock"
        ]
        return " ".join([*sentences, *self._get_rule_sentences(amounts)])

    def _get_rule_sentences(self, amounts):
        """Say that little may be settled by rule, where something is missing.

        Not how little: who counts would know how much nobody asks for.
        """
        transfer = self.transfer_id
        if not amounts["missing"] or not transfer._is_over(self.missing_cartons):
            return []
        if not self.env["store.transfer.lane"]._find_small_rule(transfer):
            return []
        return [
            self.env._(
                "If it is little that is missing, a rule of head office may settle it "
                "at once."
            )
        ]

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
