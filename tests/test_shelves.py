from odoo.tests import tagged

from .common_transfers import StoreTransferCase


@tagged("post_install", "-at_install")
class TestShelves(StoreTransferCase):
    """Goods go to the shelf that Odoo's putaway rules say, however they come."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.cans = cls._create_product("Green Tea", "TEA-LOT", tracking="lot")
        cls.lot = cls.env["stock.lot"].create(
            {"name": "A", "product_id": cls.cans.id, "company_id": cls.company.id}
        )
        cls._add_stock(cls.ec, cls.cans, 20, lot=cls.lot)
        cls.shelves = {
            store: cls._create_shelf(store, cls.tea | cls.cans)
            for store in (cls.ec, cls.shop)
        }

    def get_on_shelf(self, store):
        """Return ``{product: quantity}``."""
        quants = self.env["stock.quant"]._read_group(
            [("location_id", "=", self.shelves[store].id)],
            ["product_id"],
            ["quantity:sum"],
        )
        return dict(quants)

    def settle(self, transfer, outcome):
        self.open_wizard(
            transfer,
            self.shop_approver,
            "action_open_settle",
            outcome=outcome,
            reason_id=self.env.ref("store_transfer.reason_left_behind").id,
        ).action_settle()
        self.assertLedger(transfer)

    def make_short_transfer(self):
        transfer = self.make_shipped_transfer(lines={self.tea: 10, self.cans: 10})
        self.count(transfer, {self.tea: 7, self.cans: 8})
        self.assertEqual(self.get_on_shelf(self.shop), {self.tea: 7, self.cans: 8})
        return transfer

    def test_not_sent(self):
        transfer = self.make_short_transfer()
        self.settle(transfer, "not_sent")
        self.assertEqual(self.get_on_shelf(self.ec), {self.tea: 3, self.cans: 2})

    def test_returned(self):
        transfer = self.make_short_transfer()
        self.settle(transfer, "returned")
        transfer.with_user(self.ec_staff).action_take_back()
        self.assertLedger(transfer)
        self.assertEqual(self.get_on_shelf(self.ec), {self.tea: 3, self.cans: 2})

    def test_lots_of_a_third_party(self):
        transfer = self.make_transfer(
            self.shop_staff, {self.tea: 5, self.cans: 5}, kind="receipt"
        )
        self.submit(transfer, self.shop_staff)
        action = transfer.with_user(self.shop_staff).action_start_count()
        count = self.env["store.transfer.count"].browse(action["res_id"])
        count = count.with_user(self.shop_staff)
        for line in count.line_ids:
            line.counted_quantity = 5
            if line.product_id == self.cans:
                line.lot_name = "B"
        count.action_submit()
        self.assertLedger(transfer)
        self.assertEqual(self.get_on_shelf(self.shop), {self.tea: 5, self.cans: 5})
