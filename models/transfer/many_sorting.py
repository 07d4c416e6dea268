from collections import defaultdict

from odoo import models

from ...tools.quantities import format_quantities
from .many import Verdict


class StoreTransfer(models.Model):
    """What a step could do to each of many transfers, once it is allowed."""

    _inherit = "store.transfer"

    def _sort_out_arrival(self):
        return dict.fromkeys(self, Verdict("ready"))

    def _sort_out_approval(self):
        """Approve as long as the sources have enough: what is due first comes first."""
        verdicts = {}
        in_turn = self.sorted(
            lambda transfer: (
                -int(transfer.priority or 0),
                transfer.expected_date,
                transfer.id,
            )
        )
        for store, transfers in in_turn.grouped("source_store_id").items():
            lines = transfers.line_ids
            stock = lines._get_stock_by_product(store, lines.product_id)
            free = {product: stock[product.id][0] for product in lines.product_id}
            for transfer in transfers:
                verdicts[transfer] = transfer._sort_out_by_stock(free)
        return verdicts

    def _sort_out_by_stock(self, free):
        """Return the ``Verdict`` on approving this, and take what it asks for.

        :param free: ``{product: what the source has left of it}``; what this asks for
            is subtracted where there is enough of all
        """
        asked = {
            product: sum(lines.mapped("asked_quantity"))
            for product, lines in self.line_ids.grouped("product_id").items()
        }
        shortages = [
            (product, quantity, free[product])
            for product, quantity in asked.items()
            if product.uom_id.compare(quantity, free[product]) > 0
        ]
        if shortages:
            return Verdict("look", "short", self._tell_shortages(shortages))
        for product, quantity in asked.items():
            free[product] -= quantity
        return Verdict("ready", quantity=self.asked_by_unit)

    def _tell_shortages(self, shortages):
        return self.env._(
            "%(transfer)s: %(store)s has not enough left for it, once those that are "
            "due before it have theirs: %(products)s.",
            transfer=self.name,
            store=self.source_store_id.name,
            products=self._format_shortages(shortages),
        )

    def _sort_out_shipping(self):
        """Ship what is reserved in full, and of others what is there, if wanted."""
        # Nobody picks meanwhile. Before anything is reserved: see LOCK_ORDER.
        self._find_open_picks()._wait_for_scans()
        self._reserve_to_ship()
        reserved = self._get_reserved_to_ship()
        of_lots = self._get_sentences_of_lots(reserved)
        begun = self._get_begun_picks().grouped("transfer_id")
        return {
            transfer: transfer._tell_picking(begun[transfer])
            if transfer in begun
            else transfer._sort_out_by_reserved(reserved, of_lots.get(transfer))
            for transfer in self
        }

    def _get_sentences_of_lots(self, reserved):
        """Return what is to know of the lots of those that have too few of some."""
        short = self.line_ids._filter_short(reserved)
        tracked = short.filtered(lambda line: line.tracking != "none")
        return tracked.transfer_id._get_source_stock_sentences()

    def _tell_picking(self, pick):
        """What was picked is what leaves: nobody ships all of it instead."""
        sentence = self.env._(
            "%(transfer)s: %(user)s has begun to pick it. Ship what was picked there.",
            transfer=self.name,
            user=pick.user_id.name,
        )
        return Verdict("look", "picking", sentence)

    def _sort_out_by_reserved(self, reserved, of_lots):
        """Return the ``Verdict`` on shipping this.

        :param reserved: ``LotQuantities`` of the lines of many transfers
        :param of_lots: sentences that say why somebody has to choose lots
        """
        to_ship = self.line_ids.filtered("to_ship_quantity")
        quantity = self._describe_reserved(to_ship, reserved)
        if not to_ship._filter_short(reserved):
            return Verdict("ready", quantity=quantity)
        if of_lots:
            return Verdict("look", "lots", f"{self.name}: {' '.join(of_lots)}")
        if not any(reserved.total(line) for line in to_ship):
            return Verdict("look", "none", self._tell_nothing_reserved())
        return Verdict("part", "part", self._tell_partly_reserved(quantity), quantity)

    def _describe_reserved(self, lines, reserved):
        """Return how much is reserved for lines, as ``49 Units, 2.5 kg``."""
        sums = defaultdict(float)
        for line in lines:
            sums[line.stock_uom_id] += reserved.total(line)
        return format_quantities(self.env, sums)

    def _tell_nothing_reserved(self):
        return self.env._(
            "%(transfer)s: nothing of it is there at %(store)s.",
            transfer=self.name,
            store=self.source_store_id.name,
        )

    def _tell_partly_reserved(self, quantity):
        return self.env._(
            "%(transfer)s: %(quantity)s of %(to_ship)s are there.",
            transfer=self.name,
            quantity=quantity,
            to_ship=self.to_ship_by_unit,
        )
