from odoo.tests import tagged

from .common_till import TillCase


@tagged("post_install", "-at_install")
class TestLookUp(TillCase):
    """Where a product is, and what of it comes."""

    def look_up(self, product_or_code=None, **options):
        return self.at_till("get_product", product_or_code or self.tea.id, **options)

    def get_row(self, of_store, **options):
        rows = self.look_up(**options)["stores"]
        return next(row for row in rows if row["id"] == of_store.id)

    def test_a_product_by_id_and_by_code(self):
        for product_or_code in (self.tea.id, "TEA-001"):
            found = self.look_up(product_or_code)
            self.assertEqual(found["product"]["id"], self.tea.id)
            self.assertEqual(found["product"]["unit"], "Units")
        for nothing in ("nobody knows it", "", 2**30):
            self.assertFalse(self.at_till("get_product", nothing))
        for garbage in (None, [1], {"id": 1}, 0, True):
            with self.assertRefused("Choose a product"):
                self.at_till("get_product", garbage)

    def test_ones_own_store_comes_first_then_where_most_is_free(self):
        self._add_stock(self.shop_south, self.tea, 5)
        stores = [row["id"] for row in self.look_up()["stores"]]
        self.assertEqual(stores, [self.shop.id, self.ec.id, self.shop_south.id])

    def test_free_is_what_is_not_reserved_on_any_shelf(self):
        shelf = self._create_location("Shelf", self.ec.lot_stock_id)
        self.env["stock.quant"]._update_available_quantity(self.tea, shelf, 7)
        beside = self._create_location("Beside", self.ec.view_location_id)
        self.env["stock.quant"]._update_available_quantity(self.tea, beside, 50)
        self.make_approved({self.tea: 10})
        row = self.get_row(self.ec)
        self.assertEqual((row["on_hand"], row["free"]), (107, 97))

    def test_what_comes_says_from_where_and_when(self):
        shipped = self.make_shipped_transfer({self.tea: 4})
        approved = self.make_approved({self.tea: 3})
        waiting = self.make_waiting({self.tea: 2})
        self.make_transfer(lines={self.tea: 99})
        coming = self.get_row(self.shop)["coming"]
        self.assertCountEqual(
            [
                (one["kind"], one["quantity"], one["from"], one["transfer"])
                for one in coming
            ],
            [
                ("in_transit", 4, "EC Warehouse", shipped.name),
                ("to_ship", 3, "EC Warehouse", approved.name),
                ("waiting", 2, "EC Warehouse", waiting.name),
            ],
        )
        self.assertEqual(coming[0]["date"], str(shipped.expected_date))

    def test_what_goes_back_does_not_come(self):
        transfer = self.make_shipped_transfer({self.tea: 4})
        self.count(transfer, {self.tea: 3})
        self.settle_all(transfer, "returned")
        self.assertFalse(self.get_row(self.shop)["coming"])

    def test_nobody_is_told_how_much_comes_where_it_is_counted_blind(self):
        self.shop.transfer_blind_count = True
        self.make_shipped_transfer({self.tea: 4})
        for user in (self.shop_staff, self.south_staff):
            store = self.shop if user == self.shop_staff else self.shop_south
            [one] = self.get_row(self.shop, user=user, store=store)["coming"]
            self.assertIs(one["quantity"], False)
        [one] = self.get_row(self.shop, user=self.shop_approver)["coming"]
        self.assertEqual(one["quantity"], 4)

    def test_another_companys_stores_are_not_shown(self):
        company = self.env["res.company"].create({"name": "Other"})
        other = self._create_shop("Elsewhere", "ELS", company)
        ids = [row["id"] for row in self.look_up()["stores"]]
        self.assertNotIn(other.id, ids)

    def test_more_stores_cost_no_query_more(self):
        queries = []
        for number in range(2):
            for more in range(5):
                shop = self._create_shop(f"Shop {number}{more}", f"X{number}{more}")
                self._add_stock(shop, self.tea, 1)
                transfer = self.make_transfer(destination_store_id=shop.id)
                self.submit(transfer)
                self.approve(transfer, self.head_office)
                self.ship(transfer)
            self.look_up()
            self.flush_tracking()
            self.env.invalidate_all()
            before = self.cr.sql_log_count
            self.look_up()
            queries.append(self.cr.sql_log_count - before)
        self.assertLessEqual(queries[1], queries[0])
