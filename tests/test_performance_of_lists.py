from collections import defaultdict

from lxml import etree

from odoo.fields import Command
from odoo.tests import tagged

from .common_transfers import StoreTransferCase


class ListPerformanceCase(StoreTransferCase):
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

    def make_drafts(self, products, quantity):
        """Make a transfer of each of these products."""
        first = self.make_transfer(lines={products[0]: quantity})
        # At once, as a file makes them.
        others = [
            {**values, "line_ids": [Command.create({**line, "product_id": product.id})]}
            for product in products[1:]
            for values in first.copy_data()
            for _command, _id, line in values["line_ids"]
        ]
        return first + first.create(others)

    def make_shipped_ones(self, products):
        transfers = self.make_drafts(products, 2)
        self.submit(transfers)
        self.approve(transfers)
        transfers.with_user(self.ec_staff).ship_many()
        self.assertEqual(set(transfers.mapped("state")), {"in_transit"})
        return transfers


@tagged("post_install", "-at_install")
class TestPerformanceOfLists(ListPerformanceCase):
    """Lists of a transfer of many lines, of which each is one piece short."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        case = cls()
        transfer = case.make_shipped_transfer(dict.fromkeys(cls.products, 2))
        case.count(transfer, dict.fromkeys(cls.products, 1))

    def test_lines(self):
        for user in (self.ec_staff, self.shop_staff, self.head_office):
            self.assertSameQueries("store.transfer.line", user)

    def test_differences(self):
        for user in (self.ec_staff, self.shop_approver, self.head_office):
            self.assertSameQueries("store.transfer.discrepancy", user)


@tagged("post_install", "-at_install")
class TestPerformanceOfListsOfTransfers(ListPerformanceCase):
    """Lists of transfers, as wide as those who see them."""

    def test_transfers(self):
        self.make_drafts(self.products, 1)
        for user in (self.ec_staff, self.head_office):
            self.assertSameQueries("store.transfer", user)

    def make_shorts(self, products):
        """Make a transfer of each of these products, and count one piece less."""
        transfers = self.make_shipped_ones(products)
        for transfer in transfers:
            count = self.start_count(transfer)
            count.line_ids.counted_quantity = 1
            count.action_submit()
        self.assertLedger(transfers)

    def test_work(self):
        """Each row has its next step's button, asked from the table of steps."""
        queries = defaultdict(list)
        # Of each kind few, then many: what one kind asks for is asked once for all.
        for products in (self.products[:3], self.products[3:30]):
            self.make_drafts(products, 1)
            self.submit(self.make_drafts(products, 1))
            self.make_shorts(products)
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
            self.make_shipped_ones(products)
            receiving.get_transfers_to_count()
            self.flush_tracking()
            self.env.invalidate_all()
            before = self.cr.sql_log_count
            receiving.get_transfers_to_count()
            queries.append(self.cr.sql_log_count - before)
        self.assertLessEqual(queries[1], queries[0])
