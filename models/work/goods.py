from collections import defaultdict

from odoo import api, fields, models

from ...tools.quantities import format_quantity
from .work import OF_DIFFERENCES

# More of them nobody reads in a row: the others are counted.
MOST_NAMED = 2
# What the differences are that a row is about; of all others, any.
KINDS_OF_DIFFERENCES = {
    "answer": ("short", "damaged"),
    "settle": ("short", "damaged"),
    "accept": ("surplus", "unexpected"),
}


class StoreTransferWork(models.Model):
    """How much a row is about; where goods are missing or differ, which they are."""

    _inherit = "store.transfer.work"

    goods = fields.Char(compute="_compute_goods")

    @api.depends("transfer_id", "kind")
    @api.depends_context("lang", "uid")
    def _compute_goods(self):
        """Nothing is said to who counts blind."""
        if self.env.user._counts_blind():
            self.goods = False
            return
        differences, missing = self._find_differences(), self._find_missing()
        for work in self:
            if work.kind in OF_DIFFERENCES:
                key = work.transfer_id, work.kind == "decide"
                work.goods = work._name_differences(differences[key])
            elif work._is_of_the_rest():
                goods = self._name_products(missing[work.transfer_id])
                work.goods = self.env._("Missing: %s", goods)
            else:
                work.goods = work._get_quantity()

    def _is_of_the_rest(self):
        """Tell whether some of it has come, and the rest is awaited."""
        return self.kind == "count" and self.transfer_id.state == "partial"

    def _get_quantity(self):
        transfer = self.transfer_id
        if self.kind == "ship" or (self.kind == "count" and transfer.kind == "receipt"):
            return transfer.to_ship_by_unit
        if self.kind in ("count", "take_back"):
            return transfer.in_transit_by_unit
        return transfer.asked_by_unit

    def _find_differences(self):
        """Return what is not settled: by transfer, whether disputed, and kind.

        :return: ``{(transfer, is disputed): {kind: [(product, quantity)]}}``
        """
        works = self.filtered(lambda work: work.kind in OF_DIFFERENCES)
        found = defaultdict(lambda: defaultdict(list))
        for transfer, is_disputed, kind, product, quantity in self.env[
            "store.transfer.discrepancy"
        ]._read_group(
            [("transfer_id", "in", works.transfer_id.ids), ("state", "!=", "settled")],
            ["transfer_id", "is_disputed", "kind", "product_id"],
            ["quantity:sum"],
        ):
            found[transfer, bool(is_disputed)][kind].append((product, quantity))
        return found

    def _find_missing(self):
        """Return ``{transfer: [(product, quantity)]}`` of what has still to come."""
        transfers = self.filtered(lambda work: work._is_of_the_rest()).transfer_id
        found = defaultdict(list)
        for transfer, product, on_its_way, announced in self.env[
            "store.transfer.line"
        ]._read_group(
            [("transfer_id", "in", transfers.ids)],
            ["transfer_id", "product_id"],
            ["in_transit_quantity:sum", "to_ship_quantity:sum"],
        ):
            quantity = announced if transfer.kind == "receipt" else on_its_way
            if quantity:
                found[transfer].append((product, quantity))
        return found

    def _name_differences(self, differences):
        kinds = KINDS_OF_DIFFERENCES.get(self.kind, differences)
        labels = dict(
            self.env["store.transfer.discrepancy"]
            ._fields["kind"]
            ._description_selection(self.env)
        )
        return "; ".join(
            f"{labels[kind]}: {self._name_products(differences[kind])}"
            for kind in kinds
            if differences.get(kind)
        )

    @api.model
    def _name_products(self, goods):
        """Return ``1 Unit × Oolong Tea, 2 Units × Clay Mug, 3 more``.

        :param goods: ``[(product, quantity in its unit)]``
        """
        names = []
        for product, quantity in goods[:MOST_NAMED]:
            named = product.with_context(display_default_code=False)
            text = format_quantity(self.env, quantity, product.uom_id)
            names.append(f"{text} × {named.display_name}")
        if more := len(goods) - len(names):
            names.append(self.env._("%s more", more))
        return ", ".join(names)
