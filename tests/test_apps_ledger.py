from datetime import timedelta

from odoo import fields
from odoo.tests import tagged

from .common_apps import AppsCase
from .common_ledger_machine import LedgerMachineCase


@tagged("post_install", "-at_install")
class TestLedgerBesideApps(LedgerMachineCase, AppsCase):
    """The same where goods have costs, and lots expire."""

    runs = 5

    @classmethod
    def _create_product(cls, name, sku, **values):
        values.setdefault("categ_id", cls.categories["fifo", "real_time"].id)
        return super()._create_product(name, sku, **values)

    @classmethod
    def _add_stock(cls, store, products, quantity, lot=None, package=None):
        if package:
            super()._add_stock(store, products, quantity, lot=lot, package=package)
            return
        for product in products:
            cls._buy(store, product, quantity, 5, lot=lot)

    @classmethod
    def _make_lots(cls, product, quantities, store=None):
        """The first lot of each has expired, the others will."""
        if product.tracking == "lot":
            product.use_expiration_date = True
        lots = super()._make_lots(product, quantities, store=store)
        if product.tracking == "lot":
            now = fields.Datetime.now()
            lots.expiration_date = now + timedelta(days=30)
            lots[:1].expiration_date = now - timedelta(days=1)
        return lots

    def test_random_actions_of_all_roles(self):
        self.run_at_random()
