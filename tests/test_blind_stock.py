from odoo.exceptions import AccessError
from odoo.tests import tagged

from .common_scan import ScanCase


@tagged("post_install", "-at_install")
class TestBlindStock(ScanCase):
    """Store staff learn nothing of goods on their way from Odoo's own records."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.shop.transfer_blind_count = True
        cls.bike = cls._create_product("Bicycle", "BIKE-001", tracking="serial")
        cls.bike.weight = 11
        cls.lots = cls.env["stock.lot"].create(
            [{"name": f"B-{number}", "product_id": cls.bike.id} for number in (1, 2)]
        )
        for lot in cls.lots:
            cls._add_stock(cls.ec, cls.bike, 1, lot=lot)
        cls._add_stock(cls.shop, cls.mug, 5)

    def get_records_of_others(self):
        """Return what Odoo keeps about goods in transit and in other stores."""
        self.make_shipped_transfer(lines={self.tea: 7, self.bike: 2})
        self.env.flush_all()
        products = ("product_id", "in", (self.tea | self.bike).ids)
        return {
            name: self.env[name].search([products])
            for name in (
                "stock.quant",
                "stock.move.line",
                "report.stock.quantity",
                "stock.lot",
            )
        }

    def test_what_is_on_its_way_is_not_read(self):
        records = self.get_records_of_others()
        for user in (self.shop_staff, self.south_staff):
            for name, found in records.items():
                with self.subTest(name, user=user.login):
                    self.assertTrue(found)
                    as_user, these = found.with_user(user), [("id", "in", found.ids)]
                    self.assertFalse(as_user.search(these))
                    self.assertFalse(as_user._read_group(these, ["product_id"]))
                    for operation in ("read", "write", "unlink"):
                        with self.assertRaises(AccessError):
                            as_user.check_access(operation)

    def test_an_approver_reads_no_stock_of_others_either(self):
        records = self.get_records_of_others()
        for name in ("stock.quant", "stock.move.line", "report.stock.quantity"):
            found = records[name].with_user(self.shop_approver)
            self.assertFalse(found.search([("id", "in", found.ids)]), name)

    def test_nothing_adds_it_up(self):
        self.get_records_of_others()
        product = self.bike.with_user(self.shop_staff)
        place = self.transit.with_user(self.shop_staff)
        self.env.invalidate_all()
        self.assertFalse(place.quant_ids)
        self.assertFalse(place.net_weight or place.forecast_weight)
        self.assertFalse(product.stock_quant_ids)
        self.assertFalse(product.nbr_moves_in or product.nbr_moves_out)
        in_transit = product.with_context(location=self.transit.id)
        for ask in (
            lambda: in_transit.qty_available,
            lambda: in_transit.product_tmpl_id.qty_available,
        ):
            with self.assertRaises(AccessError):
                ask()
        self.assertNotIn(product.id, in_transit.search([("qty_available", ">", 0)]).ids)

    def test_who_has_other_rights_reads_as_before(self):
        records = self.get_records_of_others()
        self.shop_staff.group_ids += self.env.ref("stock.group_stock_user")
        for user in (self.shop_staff, self.inventory_user):
            for name, found in records.items():
                with self.subTest(name, user=user.login):
                    self.assertEqual(found.with_user(user).search([]) & found, found)
        self.shop_staff.group_ids -= self.env.ref("stock.group_stock_user")
        quants = records["stock.quant"].with_user(self.shop_staff)
        self.assertFalse(quants.search([("id", "in", quants.ids)]))

    def test_users_of_other_apps_read_as_before(self):
        records = self.get_records_of_others()
        self.shop_staff.group_ids = self.env.ref("base.group_user")
        found = records["stock.quant"].with_user(self.shop_staff)
        self.assertEqual(found.search([]) & found, found)

    def test_the_stock_of_ones_own_store_is_read(self):
        quants = self.env["stock.quant"].with_user(self.shop_staff).search([])
        self.assertEqual(quants.product_id, self.mug)
        self.assertEqual(quants.quantity, 5)

    def test_lots_are_read_when_they_are_here(self):
        transfer = self.make_shipped_transfer(lines={self.bike: 2})
        lots = self.lots.with_user(self.shop_staff)
        count = self.start(transfer)
        self.scan(count, "B-1")
        self.assertFalse(lots.search([("id", "in", lots.ids)]))
        count.action_submit()
        self.assertLedger(transfer)
        self.assertEqual(lots.search([("id", "in", lots.ids)]).name, "B-1")
