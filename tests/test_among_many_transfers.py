from odoo.tests import tagged
from odoo.tools import SQL

from .common_transfers import StoreTransferCase

DONE = 20_000
OPEN = 100
PAGE = 80


@tagged("post_install", "-at_install")
class TestAmongManyTransfers(StoreTransferCase):
    """A page reads what it shows, however many transfers there are beside it."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        case = cls()
        done = case.make_shipped_transfer()
        case.receive_all(done)
        waiting = case.make_transfer()
        case.submit(waiting)
        to_ship = case.make_transfer()
        case.submit(to_ship)
        case.approve(to_ship)
        on_the_way = case.make_shipped_transfer()
        cls.env.flush_all()
        cls._copy_in_database(done, DONE)
        for transfer in (waiting, to_ship, on_the_way):
            cls._copy_in_database(transfer, OPEN)
        cls.cr.execute("ANALYZE store_transfer")

    @classmethod
    def _copy_in_database(cls, transfer, times):
        """Copy the row alone, as many times: the flow would take hours."""
        names = [
            name
            for name, field in transfer._fields.items()
            if field.store and field.column_type and name != "id"
        ]
        cls.env.execute_query(
            SQL(
                "INSERT INTO store_transfer (%(names)s) "
                "SELECT %(names)s FROM store_transfer, generate_series(1, %(times)s) "
                "WHERE id = %(id)s",
                names=SQL(", ").join(SQL.identifier(name) for name in names),
                times=times,
                id=transfer.id,
            )
        )
        cls.env.invalidate_all()

    def count_rows(self, model, user, domain):
        """Return how many rows of transfers the database reads for the first page."""
        rows = self.env[model].with_user(user)
        rows = rows.with_context(allowed_company_ids=user.company_ids.ids)
        query = rows._search(domain, limit=PAGE, order=rows._order)
        [[[plan]]] = self.env.execute_query(
            SQL("EXPLAIN (ANALYZE, FORMAT JSON) %s", query.select())
        )
        return sum(
            (node["Actual Rows"] + node.get("Rows Removed by Filter", 0))
            * node["Actual Loops"]
            for node in self.get_nodes(plan["Plan"])
            if node.get("Relation Name") == "store_transfer"
        )

    def get_nodes(self, node):
        yield node
        for below in node.get("Plans", ()):
            yield from self.get_nodes(below)

    def test_the_list_of_one_side(self):
        for user, side in ((self.ec_staff, "from"), (self.shop_staff, "to")):
            domain = [(f"is_{side}_my_store", "=", True)]
            read = self.count_rows("store.transfer", user, domain)
            self.assertLessEqual(read, 2 * PAGE)

    def test_the_list_of_all(self):
        read = self.count_rows("store.transfer", self.head_office, [])
        self.assertLessEqual(read, 2 * PAGE)

    def test_my_work(self):
        """What is open is read, and nothing of what is over."""
        for user in (self.ec_staff, self.shop_approver):
            domain = [("is_mine", "=", True)]
            read = self.count_rows("store.transfer.work", user, domain)
            # What goes out of EC, or comes to the shop; and what waits for approval.
            self.assertLessEqual(read, 2 * (OPEN + 1))

    def test_tabs_count_no_further_than_they_tell(self):
        transfers = self.env["store.transfer"].with_user(self.ec_staff)
        counted = transfers.count_tabs([], [[("state", "=", "done")], []])
        self.assertEqual(counted, [1000, 1000])
