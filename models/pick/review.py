from collections import defaultdict

from odoo import models

from ...tools.quantities import format_quantities, format_quantity


class StoreTransferPick(models.Model):
    """What submitting a pick list is going to do, before anybody does it."""

    _inherit = "store.transfer.pick"

    def get_review(self):
        """Say what submitting the pick list will do.

        :return: dict with ``summary`` (in words: what leaves, what stays), ``matching``
            (the number of rows that were picked as wanted), ``rows`` (the others, with
            their ``difference``), ``outcomes`` (list of dicts: a row's id and one
            sentence that says what becomes of its difference), ``expired`` (what leaves
            past its date, as a text), ``is_partial`` (something stays), ``can_close``,
            ``reasons`` and ``nothing`` (nothing was picked)
        """
        self.ensure_one()
        self._check_step("pick")
        pick = self.sudo()
        pick._sync_lines()
        differing = pick.line_ids.filtered(lambda line: line._get_difference())
        return {
            "summary": pick._get_summary(),
            "matching": len(pick.line_ids.filtered("expected_quantity") - differing),
            "expired": pick._get_expired_message(),
            "rows": [
                {**row, "difference": line._get_difference()}
                for line, row in zip(
                    differing, self._prepare_rows(differing), strict=True
                )
            ],
            "outcomes": [
                {"line_id": line.id, "sentence": line._get_consequence()}
                for line in differing
            ],
            "is_partial": bool(pick._get_staying()),
            "can_close": self._may_close(),
            "reasons": self._get_reasons(),
            "nothing": not pick._is_begun(),
        }

    def _is_begun(self):
        return any(self.line_ids.mapped("picked_quantity"))

    def _get_staying(self):
        """Return ``{line of the transfer: how much of it stays}``, where any does."""
        picked = self.line_ids._get_picked_of_lines()
        staying = {
            line: line.product_id.uom_id.round(
                line.to_ship_quantity - picked.get(line, 0.0)
            )
            for line in self.transfer_id.line_ids
        }
        return {line: quantity for line, quantity in staying.items() if quantity > 0}

    def _get_summary(self):
        leaving, staying = defaultdict(float), defaultdict(float)
        for line in self.line_ids:
            leaving[line.stock_uom_id] += line.picked_quantity
        for line, quantity in self._get_staying().items():
            staying[line.product_id.uom_id] += quantity
        sentences = [
            self.env._("Leaves: %s.", format_quantities(self.env, leaving)),
        ]
        if staying:
            stays = format_quantities(self.env, staying)
            sentences.append(self.env._("Stays here: %s.", stays))
        return " ".join(sentences)


class StoreTransferPickLine(models.Model):
    _inherit = "store.transfer.pick.line"

    def _get_difference(self):
        """Return what was picked less what was to be picked here."""
        difference = self.picked_quantity - self.expected_quantity
        return self.stock_uom_id.round(difference)

    def _get_consequence(self):
        """Say in words what becomes of what was not picked, or is not there."""
        difference = self._get_difference()
        if difference > 0:
            gone = format_quantity(self.env, difference, self.stock_uom_id)
            return self.env._("%s are not there for this transfer any more", gone)
        stays = format_quantity(self.env, -difference, self.stock_uom_id)
        if self._is_missing():
            return self.env._("%s are not in stock, and stay to be shipped", stays)
        return self.env._("%s stay here", stays)
