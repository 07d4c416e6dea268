"""The products of random histories beside the apps: bought, and some of them expire."""

from datetime import timedelta

from odoo import fields

from .common_apps import AppsCase
from .common_ledger_machine import LedgerMachineCase


class BoughtLedgerProducts(LedgerMachineCase, AppsCase):
    """Their stock was bought, but for what stands in packages."""

    @classmethod
    def _create_product(cls, name, sku, **values):
        values.setdefault("categ_id", cls._choose_category().id)
        return super()._create_product(name, sku, **values)

    @classmethod
    def _choose_category(cls):
        return cls.categories["fifo", "real_time"]

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
