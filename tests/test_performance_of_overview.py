from lxml import etree

from odoo.tests import tagged

from .common_overview import OverviewCase


@tagged("post_install", "-at_install")
class TestPerformanceOfOverview(OverviewCase):
    """The overview costs as many queries for a chain of twenty as for one of two."""

    def test_more_stores_and_more_transfers_cost_no_query_more(self):
        self.make_some_of_each()
        few = self._count_queries(3)
        shops = self.env["stock.warehouse"].create(
            [
                {"name": f"Shop {number}", "code": f"N{number}"}
                | {"company_id": self.company.id}
                for number in range(17)
            ]
        )
        self.ec_staff.transfer_store_ids += shops
        for shop in shops:
            transfer = self.make_transfer(
                lines={self.lamp: 1}, destination_store_id=shop.id
            )
            self.submit(transfer)
        for _time in range(3):
            self.make_some_of_each()
        self.assertLessEqual(self._count_queries(20), few)

    def _count_queries(self, stores):
        """Return how many it takes to open it, as head office and as staff."""
        return sum(
            self._open(user, number)
            for user, number in (
                (self.head_office, stores + 1),
                (self.ec_staff, max(1, stores - 2)),
            )
        )

    def _open(self, user, number):
        cards = self.env["store.transfer.overview"].with_user(user)
        arch = cards.get_views([(False, "kanban")])["views"]["kanban"]["arch"]
        names = {node.get("name") for node in etree.fromstring(arch).iter("field")}
        named = {"fields": {"display_name": {}}}
        spec = {
            name: named if cards._fields[name].type == "many2one" else {}
            for name in names
        }
        for _time in range(2):
            # What Odoo keeps between requests is there the second time, as in life.
            self.flush_tracking()
            self.env.invalidate_all()
            before = self.cr.sql_log_count
            found = cards.web_search_read([], spec)
            self.assertEqual(len(found["records"]), number)
        return self.cr.sql_log_count - before
