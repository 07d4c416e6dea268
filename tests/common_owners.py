"""Goods that stand in the stores, and belong to somebody else."""

from .common_discrepancies import SettledCase


class OwnersCase(SettledCase):
    """Goods that are in the chain's stores, and belong to somebody else."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.potter = cls.env["res.partner"].create({"name": "Yingge Potter"})
        cls.weaver = cls.env["res.partner"].create({"name": "Lukang Weaver"})
        cls.nobody = cls.env["res.partner"]
        cls.bowl = cls._create_product("Celadon Bowl", "BWL-001")
        cls._consign(cls.ec, cls.bowl, 10, cls.potter)

    @classmethod
    def _consign(cls, store, product, quantity, owner, lot=None):
        cls.env["stock.quant"]._update_available_quantity(
            product, store.lot_stock_id, quantity, lot_id=lot, owner_id=owner
        )

    def get_owned(self, location, product=None):
        """Return ``{owner: quantity}`` of a product at a location."""
        quants = self.env["stock.quant"].search(
            [
                ("location_id", "=", location.id),
                ("product_id", "=", (product or self.bowl).id),
                ("quantity", "!=", 0),
            ]
        )
        return {
            owner: sum(of_owner.mapped("quantity"))
            for owner, of_owner in quants.grouped("owner_id").items()
        }

    def make_owned_discrepancy(self, lines=None, counted=7):
        """Ship ten bowls, count seven; return the transfer and its discrepancy."""
        transfer = self.make_shipped_transfer(lines or {self.bowl: 10})
        self.count(transfer, dict.fromkeys(transfer.line_ids.product_id, counted))
        return transfer, self.get_discrepancies(transfer)

    def expect_again(self, outcome, **lines):
        transfer, discrepancy = self.make_owned_discrepancy(**lines)
        self.settle(transfer, outcome)
        for discrepancy in self.get_discrepancies(transfer):
            self.answer(discrepancy, "That can't be.", step="action_dispute")
            self.decide_otherwise(discrepancy, "expected")
        return transfer
