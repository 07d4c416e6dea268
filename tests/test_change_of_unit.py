from odoo.tests import tagged

from .common_transfers import StoreTransferCase


@tagged("post_install", "-at_install")
class TestChangeOfUnit(StoreTransferCase):
    """A product's unit is what its transfers are counted in."""

    def assertUnitStays(self, message):
        for product in (self.tea, self.tea.product_tmpl_id):
            with self.assertRefused(message):
                product.uom_id = self.env.ref("uom.product_uom_dozen")
            self.env.invalidate_all()
            self.assertEqual(self.tea.uom_id, self.env.ref("uom.product_uom_unit"))

    def test_while_it_is_on_its_way(self):
        self.make_shipped_transfer()
        self.assertUnitStays("Finish that first")

    def test_after_its_transfers_are_done(self):
        transfer = self.make_shipped_transfer()
        self.receive_all(transfer)
        self.assertEqual(transfer.state, "done")
        self.assertUnitStays(f"was on store transfer {transfer.name}, in Units")

    def test_before_anything_was_moved(self):
        product = self._create_product("Tray", "TRAY-001")
        self.make_transfer(lines={product: 3})
        product.uom_id = self.env.ref("uom.product_uom_dozen")
        self.assertEqual(product.uom_id, self.env.ref("uom.product_uom_dozen"))
