from collections import defaultdict

from lxml import etree

from odoo.tests import tagged

from .common_performance import PerformanceCase


@tagged("post_install", "-at_install")
class TestPerformanceOfLists(PerformanceCase):
    """A row more in a list costs no query more."""

    FEW_ROWS, MANY_ROWS = 10, 80

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        products = cls._create_many_products("L", cls.MANY_ROWS)
        cls._add_stock(cls.ec, products, 10)
        cls.products = products

    def assertSameQueries(self, model, user):
        rows = self.env[model].with_user(user)
        spec = self._get_spec(rows)
        self._count_queries(rows, spec, 1)  # what Odoo keeps between requests
        few = self._count_queries(rows, spec, self.FEW_ROWS)
        many = self._count_queries(rows, spec, self.MANY_ROWS)
        self.assertLessEqual(many, few)

    def _get_spec(self, rows):
        """Return what the browser asks for, to show the list of a model."""
        arch = rows.get_views([(False, "list")])["views"]["list"]["arch"]
        names = {node.get("name") for node in etree.fromstring(arch).iter("field")}
        named = {"fields": {"display_name": {}}}
        return {
            name: named if rows._fields[name].type == "many2one" else {}
            for name in names
        }

    def _count_queries(self, rows, spec, limit):
        self.flush_tracking()
        self.env.invalidate_all()
        before = self.cr.sql_log_count
        result = rows.web_search_read([], spec, limit=limit)
        self.assertEqual(len(result["records"]), limit)
        return self.cr.sql_log_count - before

    def make_transfers(self):
        for product in self.products:
            transfer = self.make_transfer(lines={product: 1})
        return transfer

    def make_shorts(self):
        """Make a transfer of many lines, and count one piece less of each."""
        transfer = self.make_shipped_transfer({product: 2 for product in self.products})
        self.count(transfer, dict.fromkeys(self.products, 1))
        return transfer

    def make_short_of(self, product):
        self.count(self.make_shipped_transfer({product: 2}), {product: 1})

    def test_transfers(self):
        self.make_transfers()
        for user in (self.ec_staff, self.head_office):
            self.assertSameQueries("store.transfer", user)

    def test_lines(self):
        self.make_shorts()
        for user in (self.ec_staff, self.shop_staff, self.head_office):
            self.assertSameQueries("store.transfer.line", user)

    def test_differences(self):
        self.make_shorts()
        for user in (self.ec_staff, self.shop_approver, self.head_office):
            self.assertSameQueries("store.transfer.discrepancy", user)

    def test_work(self):
        """Each row has its next step's button, asked from the table of steps."""
        queries = defaultdict(list)
        # Of each kind few, then many: what one kind asks for is asked once for all.
        for products in (self.products[:3], self.products[3:30]):
            for product in products:
                self.make_transfer(lines={product: 1})
                self.submit(self.make_transfer(lines={product: 1}))
                self.make_short_of(product)
            for user in (self.ec_staff, self.shop_approver, self.head_office):
                rows = self.env["store.transfer.work"].with_user(user)
                number = rows.search_count([])
                self._count_queries(rows, self._get_spec(rows), number)
                queries[user].append(
                    self._count_queries(rows, self._get_spec(rows), number)
                )
        for few, many in queries.values():
            self.assertLessEqual(many, few)

    def test_what_can_be_received(self):
        """The list of the scan screen."""
        receiving = self.env["store.transfer"].with_user(self.shop_staff)
        queries = []
        for products in (self.products[:2], self.products[2:8]):
            for product in products:
                self.make_shipped_transfer({product: 2})
            receiving.get_transfers_to_count()
            self.flush_tracking()
            self.env.invalidate_all()
            before = self.cr.sql_log_count
            receiving.get_transfers_to_count()
            queries.append(self.cr.sql_log_count - before)
        self.assertLessEqual(queries[1], queries[0])
