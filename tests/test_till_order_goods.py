from odoo.tests import tagged

from .common_till import TillCase


@tagged("post_install", "-at_install")
class TestOrderGoods(TillCase):
    """What is shown beside an order that is being written at the till."""

    def get_goods(self, *products, **options):
        ids = [product.id for product in products]
        return self.at_till("get_order_goods", ids, **options)

    def get_free(self, product, store):
        [found] = self.get_goods(product)["products"]
        return found["free"].get(str(store.id), 0)

    def test_what_each_store_has_free(self):
        self.make_approved({self.tea: 10})
        self._add_stock(self.shop_south, self.tea, 5)
        self.assertEqual(self.get_free(self.tea, self.ec), 90)
        self.assertEqual(self.get_free(self.tea, self.shop_south), 5)
        self.assertEqual(self.get_free(self.tea, self.shop), 0)

    def test_it_says_the_same_as_the_look_up(self):
        self.make_approved({self.tea: 10, self.mug: 3})
        for product in self.tea | self.mug:
            looked_up = self.at_till("get_product", product.id)["stores"]
            for row in looked_up:
                store = self.env["stock.warehouse"].browse(row["id"])
                self.assertEqual(self.get_free(product, store), row["free"])

    def test_all_stores_of_the_company_and_which_is_ones_own(self):
        company = self.env["res.company"].create({"name": "Other"})
        self._create_shop("Elsewhere", "ELS", company)
        stores = self.get_goods()["stores"]
        self.assertCountEqual(
            [(store["id"], store["is_own"]) for store in stores],
            [(self.shop.id, True), (self.ec.id, False), (self.shop_south.id, False)],
        )

    def test_what_is_no_product_is_refused_or_left_out(self):
        for garbage in (None, "1", [None], ["1"], [0], [True], [1] * 501):
            with self.assertRefused("Choose products"):
                self.at_till("get_order_goods", garbage)
        self.assertFalse(self.at_till("get_order_goods", [2**30])["products"])

    def test_more_products_and_stores_cost_no_query_more(self):
        products = self.tea | self.mug
        queries = []
        for number in range(2):
            for more in range(5):
                shop = self._create_shop(f"Shop {number}{more}", f"X{number}{more}")
                self._add_stock(shop, self.tea, 1)
                products += self._create_product(f"P{number}{more}", f"P{number}{more}")
            # The first time, rules and the like are read as well.
            for _time in range(2):
                self.flush_tracking()
                self.env.invalidate_all()
                before = self.cr.sql_log_count
                self.get_goods(*products)
            queries.append(self.cr.sql_log_count - before)
        self.assertLessEqual(queries[1], queries[0])
