import threading
from contextlib import contextmanager

from odoo.tests import tagged

from .common_api import ApiCase


@tagged("post_install", "-at_install")
class TestChanges(ApiCase):
    """Another system asks what has changed, and misses nothing."""

    def read_changes(self, user=None, **content):
        """Return the answer, and the transfers in it."""
        self.flush_tracking()
        answer = self.call(user or self.head_office, "get_changes", **content)
        ids = [shape["id"] for shape in answer["transfers"]]
        return answer, self.env["store.transfer"].browse(ids)

    def test_what_was_changed_is_read_once(self):
        first, second = self.make_transfer(), self.make_transfer()
        answer, transfers = self.read_changes()
        self.assertEqual(transfers, first | second)
        self.assertFalse(answer["more"])
        cursor = answer["cursor"]
        answer, transfers = self.read_changes(cursor=cursor)
        self.assertEqual(
            (transfers, answer["cursor"]), (self.env["store.transfer"], cursor)
        )
        self.submit(first)
        answer, transfers = self.read_changes(cursor=cursor)
        self.assertEqual(transfers, first)
        self.assertEqual(answer["transfers"][0]["state"], "waiting")

    def test_every_step_is_a_change(self):
        transfer = self.make_transfer(lines={self.tea: 10, self.mug: 5})
        steps = {
            "line": lambda: (
                transfer.line_ids[0].with_user(self.ec_staff).write({"remark": "Blue"})
            ),
            "quantities that make up for each other": lambda: transfer.with_user(
                self.ec_staff
            ).write(
                {
                    "line_ids": [
                        (1, transfer.line_ids[0].id, {"quantity": 11}),
                        (1, transfer.line_ids[1].id, {"quantity": 4}),
                    ]
                }
            ),
            "a line less": lambda: (
                transfer.line_ids[1].with_user(self.ec_staff).unlink()
            ),
            "submit": lambda: self.submit(transfer),
            "approve": lambda: self.approve(transfer),
            "date": lambda: transfer.with_user(self.ec_staff).write(
                {"carrier": "Black Cat"}
            ),
            "ship": lambda: self.ship(transfer, {self.tea: 6}),
            "arrival": lambda: self.confirm_arrival(transfer),
            "count": lambda: self.count(transfer, {self.tea: 5}),
            "settle": lambda: self.settle_all(transfer, "lost"),
            "close": lambda: self.close_rest(transfer),
        }
        cursor = self.read_changes()[0]["cursor"]
        for name, step in steps.items():
            with self.subTest(name):
                step()
                answer, transfers = self.read_changes(cursor=cursor)
                self.assertEqual(transfers, transfer)
                self.assertNotEqual(answer["cursor"], cursor)
                cursor = answer["cursor"]

    def test_the_inventory_app_is_heard_too(self):
        transfer = self.make_transfer()
        self.submit(transfer)
        self.approve(transfer)
        cursor = self.read_changes()[0]["cursor"]
        self.validate_picking(self.get_pickings(transfer, "outgoing"))
        _answer, transfers = self.read_changes(cursor=cursor)
        self.assertEqual(transfers, transfer)

    def test_pages(self):
        made = [self.make_transfer() for _number in range(5)]
        cursor, pages = None, []
        while True:
            answer, transfers = self.read_changes(cursor=cursor, limit=2)
            pages.append(list(transfers))
            cursor = answer["cursor"]
            if not answer["more"]:
                break
        self.assertEqual([len(page) for page in pages], [2, 2, 1])
        self.assertEqual(sum(pages, []), made)

    def test_filters(self):
        waiting, draft = self.make_transfer(), self.make_transfer()
        south = self.make_transfer(destination_store_id=self.shop_south.id)
        self.submit(waiting)
        _answer, transfers = self.read_changes(states=["waiting"])
        self.assertEqual(transfers, waiting)
        _answer, transfers = self.read_changes(stores=["SHS"])
        self.assertEqual(transfers, south)
        answer, transfers = self.read_changes(stores=["SHN"], limit=10)
        self.assertEqual(transfers, waiting | draft)
        # What was left out is not gone through again.
        self.assertEqual(answer["cursor"], self.read_changes()[0]["cursor"])

    def test_each_side_reads_its_own(self):
        transfer = self.make_transfer()
        for user in (self.shop_staff, self.south_staff):
            self.assertFalse(self.read_changes(user)[1])
        self.submit(transfer)
        self.assertEqual(self.read_changes(self.shop_staff)[1], transfer)
        self.assertFalse(self.read_changes(self.south_staff)[1])

    def test_who_counts_blind_reads_no_quantities(self):
        self.shop.transfer_blind_count = True
        self.make_shipped_transfer(lines={self.tea: 73})
        answer, transfers = self.read_changes(self.shop_staff)
        self.assertEqual(len(transfers), 1)
        self.assertIsNone(answer["transfers"][0]["lines"])
        self.assertNotIn("73", str(answer["transfers"][0]))

    def test_no_cursors(self):
        for cursor in (
            7,
            "7",
            "1-",
            "1-x",
            "1--1",
            "2-1",
            "1-99999999999",
            # Of no time to come, nor of a database that was restored since.
            "1-2147483647",
            "1-٣",
            [],
            {},
        ):
            self.assertAnswered(
                422,
                "This is no cursor",
                self.head_office,
                "get_changes",
                {"cursor": cursor},
            )
        for name, value in (
            ("limit", 0),
            ("limit", 501),
            ("limit", 1.5),
            ("limit", "1"),
            ("states", []),
            ("states", ["no"]),
            ("states", "draft"),
            ("states", [{}]),
            ("stores", [""]),
            ("stores", [1]),
        ):
            with self.subTest(name, value=value):
                self.assertAnswered(
                    422, ".", self.head_office, "get_changes", {name: value}
                )

    def test_old_changes_are_forgotten_and_no_transfer_is(self):
        transfers = self.make_transfer() | self.make_transfer()
        self.submit(transfers[0])
        self.flush_tracking()
        self.approve(transfers[0])
        self.flush_tracking()
        changes = self.env["store.transfer.change"]
        self.assertGreater(changes.search_count([]), 2)
        changes._forget_older()
        ours = changes.search([("transfer_id", "in", transfers.ids)])
        self.assertEqual(len(ours), 2)
        self.assertEqual(self.read_changes()[1], transfers[1] | transfers[0])

    def test_a_deleted_draft_leaves_no_gap_to_fall_into(self):
        kept, deleted = self.make_transfer(), self.make_transfer()
        cursor = self.read_changes()[0]["cursor"]
        deleted.with_user(self.ec_staff).unlink()
        self.submit(kept)
        self.assertEqual(self.read_changes(cursor=cursor)[1], kept)

    @contextmanager
    def counting_queries(self, queries):
        def note(_cr, query, *_details):
            queries.append(query)

        thread = threading.current_thread()
        hooks = getattr(thread, "query_hooks", ())
        thread.query_hooks = (*hooks, note)
        try:
            yield
        finally:
            thread.query_hooks = hooks

    def test_many_are_read_as_few(self):
        """Neither a transfer more nor a line more costs a query."""
        products = self._create_many_products("MANY", 10)
        self._add_stock(self.ec, products, 100)
        numbers = []
        api = self.env["store.transfer.api"].with_user(self.shop_staff)
        cursor = self.read_changes()[0]["cursor"]
        # What Odoo keeps between requests is there in life.
        api.get_changes(cursor)
        for count in (2, 12):
            for _number in range(count):
                lines = {product: 2 for product in products[:count]}
                self.make_shipped_transfer(lines=lines)
            self.flush_tracking()
            self.env.invalidate_all()
            queries = []
            with self.counting_queries(queries):
                answer = api.get_changes(cursor)
            self.assertEqual(len(answer["transfers"]), count)
            cursor = answer["cursor"]
            numbers.append(len(queries))
        self.assertLessEqual(numbers[1], numbers[0])

    def test_a_step_costs_one_query_more(self):
        transfer = self.make_transfer(lines={self.tea: 10, self.mug: 5})
        self.flush_tracking()
        for step in (self.submit, self.approve, self.ship, self.receive_all):
            queries = []
            with self.subTest(step.__name__), self.counting_queries(queries):
                step(transfer)
                self.flush_tracking()
                ours = [query for query in queries if "store_transfer_change" in query]
                self.assertEqual(len(ours), 1)
                self.assertFalse([each for each in queries if "webhook" in each])
