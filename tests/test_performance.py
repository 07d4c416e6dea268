from odoo.fields import Date
from odoo.tests import tagged

from .common_transfers import StoreTransferCase

LIST_FIELDS = {
    "name": {},
    "state": {},
    "source_store_id": {"fields": {"display_name": {}}},
    "destination_store_id": {"fields": {"display_name": {}}},
    "expected_date": {},
    "is_late": {},
    "asked_quantity": {},
    "received_quantity": {},
    "activity_ids": {"fields": {}},
}


@tagged("post_install", "-at_install")
class TestPerformance(StoreTransferCase):
    """What must not grow with the number of transfers or lines."""

    def _create_transfers(self, count):
        self.env["store.transfer"].create(
            [
                {
                    "company_id": self.company.id,
                    "source_store_id": self.ec.id,
                    "destination_store_id": self.shop.id,
                    "expected_date": Date.today(),
                }
                for _number in range(count)
            ]
        )
        self.env.flush_all()

    def _count_queries_of_list(self):
        self._open_list()  # what Odoo keeps between requests is there in life
        before = self.cr.sql_log_count
        self._open_list()
        return self.cr.sql_log_count - before

    def _open_list(self):
        self.env.invalidate_all()
        transfers = self.env["store.transfer"].with_user(self.ec_staff)
        # The browser sends its time zone along.
        transfers.with_context(tz="Asia/Taipei").web_search_read(
            [("source_store_id.transfer_staff_ids", "in", [self.ec_staff.id])],
            LIST_FIELDS,
            limit=80,
        )

    def test_the_list_with_2000_transfers(self):
        self._create_transfers(200)
        few = self._count_queries_of_list()
        self._create_transfers(1800)
        self.assertEqual(self._count_queries_of_list(), few)

    def _count_queries_of_life(self, product_count):
        products = self._create_many_products(f"P{product_count}", product_count)
        self._add_stock(self.ec, products, 100)
        self.env.flush_all()
        before = self.cr.sql_log_count
        transfer = self.make_transfer(lines={product: 10 for product in products})
        self.submit(transfer)
        self.approve(transfer)
        self.ship(transfer)
        self.count(transfer, {product: 6 for product in products[::2]})
        self.receive_all(transfer)
        self.assertEqual(transfer.state, "done")
        return self.cr.sql_log_count - before

    def test_a_line_more_costs_a_handful_of_queries(self):
        """Plain Odoo takes about fifty queries per line for the same job."""
        self._count_queries_of_life(5)
        small = self._count_queries_of_life(10)
        large = self._count_queries_of_life(60)
        self.assertLess((large - small) / 50, 15)

    def _count_queries_of_scanning(self, prefix, line_count):
        products = self._create_many_products(prefix, line_count)
        self._add_stock(self.ec, products, 10)
        transfer = self.make_shipped_transfer(
            lines={product: 2 for product in products}
        )
        action = transfer.with_user(self.shop_staff).action_scan()
        counts = self.env["store.transfer.count"].with_user(self.shop_staff)
        count = counts.browse(action["params"]["count_id"])
        events = [
            {"uuid": f"{prefix}{number:08}", "kind": "scan", "barcode": f"{prefix}-1"}
            for number in range(20)
        ]
        queries = []
        for call in (count.get_screen, lambda: count.record_scans(events)):
            self.env.flush_all()
            self.env.invalidate_all()
            before = self.cr.sql_log_count
            call()
            queries.append(self.cr.sql_log_count - before)
        return queries

    def test_the_scan_screen_with_many_rows(self):
        """Neither opening it nor a scan costs more with more rows."""
        self._count_queries_of_scanning("WARM", 3)
        few = self._count_queries_of_scanning("FEW", 5)
        many = self._count_queries_of_scanning("MANY", 60)
        for few_queries, many_queries in zip(few, many, strict=True):
            self.assertLessEqual(many_queries, few_queries + 2)
