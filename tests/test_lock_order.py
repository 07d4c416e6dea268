import re
import threading
from contextlib import contextmanager

from odoo.tests import tagged

from ..models.mixins.steps import LOCK_ORDER
from .common_import import ImportCase

LOCK = re.compile(
    r'FROM "?(?P<table>\w+)"?.* FOR (UPDATE|NO KEY UPDATE|SHARE)'
    r"(?P<no_wait> SKIP LOCKED| NOWAIT)?\s*$",
    re.DOTALL,
)
TRANSFER, COUNT, COUNT_LINE, PICK, PICK_LINE, QUANT, STORE = LOCK_ORDER[1:]


class Locks:
    """The rows that a transaction locks, statement by statement."""

    def __init__(self):
        # [(table, ids, whether it waits for who has them)]
        self.statements = []

    def __call__(self, cr, query, *_details):
        """Note what was locked by a query: Odoo calls this after each of them."""
        lock = LOCK.search(query)
        if lock and lock["table"] in LOCK_ORDER:
            rows = cr._obj.fetchall()
            if rows:
                cr._obj.scroll(0, mode="absolute")
            ids = [row[0] for row in rows]
            self.statements.append((lock["table"], ids, not lock["no_wait"]))

    def get_news(self):
        """Return the statements without the rows that were locked already."""
        held, news = set(), []
        for table, ids, waits in self.statements:
            fresh = [row_id for row_id in ids if (table, row_id) not in held]
            held.update((table, row_id) for row_id in fresh)
            if fresh:
                news.append((table, fresh, waits))
        return news


@tagged("post_install", "-at_install")
class TestLockOrder(ImportCase):
    """Whatever is done at once locks its rows in one order, see ``LOCK_ORDER``."""

    @contextmanager
    def assertLocks(self, *tables):
        """Expect locks of these tables, in this order, and by id in each statement."""
        self.env.flush_all()
        self.env.invalidate_all()
        locks = Locks()
        thread = threading.current_thread()
        hooks = getattr(thread, "query_hooks", ())
        thread.query_hooks = (*hooks, locks)
        try:
            yield
            self.env.flush_all()
        finally:
            thread.query_hooks = hooks
        news = locks.get_news()
        order = list(dict.fromkeys(table for table, _ids, _waits in news))
        self.assertEqual(order, list(tables))
        self.assertEqual(
            [table for table, _ids, _waits in news],
            sorted((table for table, _ids, _waits in news), key=order.index),
        )
        for _table, ids, _waits in locks.statements:
            self.assertEqual(ids, sorted(ids))
        waited = {table for table, _ids, waits in locks.statements if waits}
        self.assertLessEqual(waited, {COUNT, COUNT_LINE, PICK, PICK_LINE})

    def assertInOrder(self, *tables):
        """As :meth:`assertLocks`, where the order is the one that is written down."""
        self.assertEqual(list(tables), sorted(tables, key=LOCK_ORDER.index))
        return self.assertLocks(*tables)

    def make_shipped(self):
        lines = {self.lamp: 5, self.tea: 10, self.mug: 7}
        return self.make_shipped_transfer(lines=lines)

    def start_pick(self, lines):
        transfer = self.make_transfer(lines=lines)
        self.submit(transfer)
        self.approve(transfer)
        action = transfer.with_user(self.ec_staff).action_pick()
        picks = self.env["store.transfer.pick"].with_user(self.ec_staff)
        return picks.browse(action["params"]["pick_id"])

    def make_scans(self, *skus):
        return [
            {"uuid": f"scan-{number:06}", "kind": "scan", "barcode": sku}
            for number, sku in enumerate(skus)
        ]

    def test_submit_many(self):
        drafts = self.env["store.transfer"].with_user(self.ec_staff)
        for _number in range(3):
            drafts = self.make_transfer() | drafts
        with self.assertInOrder(TRANSFER):
            drafts.action_submit()

    def test_approve(self):
        transfer = self.make_transfer(lines={self.tea: 10, self.mug: 7})
        self.submit(transfer)
        with self.assertInOrder(TRANSFER, QUANT):
            transfer.with_user(self.shop_approver).action_approve()

    def test_a_step_for_many(self):
        transfers = self.env["store.transfer"]
        for _number in range(3):
            transfers = self.make_transfer(lines={self.mug: 7, self.tea: 9}) | transfers
        self.submit(transfers)
        with self.assertInOrder(TRANSFER, QUANT):
            transfers.with_user(self.shop_approver).approve_many()
        # A device may be in it.
        transfers[0].with_user(self.ec_staff).action_pick()
        with self.assertInOrder(TRANSFER, PICK, PICK_LINE, QUANT):
            transfers.with_user(self.ec_staff).ship_many()
        with self.assertInOrder(TRANSFER):
            transfers.with_user(self.shop_staff).confirm_arrival_many()

    def test_accept_a_substitute(self):
        transfer = self.make_transfer(lines={self.tea: 10, self.mug: 7})
        self.submit(transfer)
        self.approve(transfer)
        line = transfer.line_ids[:1].with_user(self.ec_staff)
        question = self.env["store.transfer.substitute"].with_user(self.ec_staff)
        question.with_context(**line.action_open_substitute()["context"]).create(
            {"product_id": self.lamp.id}
        ).action_propose()
        proposal = transfer.substitution_ids.with_user(self.shop_approver)
        with self.assertInOrder(TRANSFER, QUANT):
            proposal.action_accept()

    def test_ship(self):
        transfer = self.make_transfer(lines={self.mug: 7, self.tea: 10})
        self.submit(transfer)
        self.approve(transfer)
        wizard = self.open_wizard(transfer, self.ec_staff, "action_open_ship")
        with self.assertInOrder(TRANSFER, PICK, QUANT):
            wizard.action_ship()

    def test_ship_what_somebody_is_picking(self):
        pick = self.start_pick({self.mug: 7, self.tea: 10})
        pick.record_scans(self.make_scans("MUG-001"))
        wizard = self.open_wizard(pick.transfer_id, self.ec_staff, "action_open_ship")
        with self.assertInOrder(TRANSFER, PICK, PICK_LINE, QUANT):
            wizard.action_ship()

    def test_pick_what_is_set_aside(self):
        pick = self.start_pick({self.mug: 7, self.tea: 10})
        with self.assertInOrder(PICK, PICK_LINE):
            pick.record_scans(self.make_scans("MUG-001", "TEA-001", "MUG-001"))

    def test_pick_another_lot(self):
        """Only then it asks for the transfer, late; it does not wait for it."""
        cheese = self._create_product("Cheese", "CHS-001", tracking="lot")
        for name in ("OLD", "NEW"):
            lot = self.env["stock.lot"].create(
                {"name": name, "product_id": cheese.id, "company_id": self.company.id}
            )
            self._add_stock(self.ec, cheese, 5, lot=lot)
        pick = self.start_pick({cheese: 5})
        self.assertEqual(pick.sudo().line_ids.lot_id.name, "OLD")
        with self.assertLocks(PICK, TRANSFER, PICK_LINE, QUANT):
            answer = pick.record_scans(self.make_scans("NEW"))
        [result] = answer["results"].values()
        self.assertEqual(result["status"], "counted")

    def test_pick_less_of_what_was_given_to_somebody_else(self):
        """What is free again is set aside: also then the transfer is asked for."""
        pick = self.start_pick({self.mug: 7})
        pick.record_scans(self.make_scans(*["MUG-001"] * 3))
        line = pick.sudo().line_ids
        # Somebody in the Inventory app has taken it, and has given it back.
        pick.transfer_id.sudo().picking_ids.do_unreserve()
        line.expected_quantity = 0
        event = {"uuid": "one-less", "kind": "scan", "line_id": line.id, "quantity": -1}
        with self.assertLocks(PICK, TRANSFER, PICK_LINE, QUANT):
            pick.record_scans([event])
        self.assertEqual((line.picked_quantity, line.expected_quantity), (2, 2))

    def test_begin_a_carton(self):
        """Of two who begin one, none waits for the other: both have the pick list."""
        pick = self.start_pick({self.mug: 7})
        with self.assertLocks(PICK, TRANSFER):
            pick.record_scans([{"uuid": "new-carton", "kind": "carton"}])

    def test_submit_a_pick_list(self):
        pick = self.start_pick({self.mug: 7, self.tea: 10})
        pick.record_scans(self.make_scans("MUG-001", "TEA-001"))
        with self.assertInOrder(TRANSFER, PICK, PICK_LINE, QUANT):
            pick.action_submit()

    def test_scan_what_is_expected(self):
        count = self.start_count(self.make_shipped())
        with self.assertInOrder(COUNT, COUNT_LINE):
            count.record_scans(self.make_scans("MUG-001", "TEA-001", "MUG-001"))

    def test_scan_what_nobody_sent(self):
        """Only then a scan asks for the transfer, late; it does not wait for it."""
        self._create_product("Stone", "STN-001")
        count = self.start_count(self.make_shipped())
        with self.assertLocks(COUNT, TRANSFER, COUNT_LINE):
            count.record_scans(self.make_scans("STN-001"))

    def test_submit_a_count(self):
        transfer = self.make_shipped()
        count = self.start_count(transfer)
        count.record_scans(self.make_scans("MUG-001", "TEA-001", "LMP-001"))
        count.line_ids[0].damaged_quantity = 1
        with self.assertInOrder(TRANSFER, COUNT, COUNT_LINE, QUANT):
            count.action_submit()

    def test_receive_all(self):
        transfer = self.make_shipped().with_user(self.shop_staff)
        # A device may be in it.
        self.start_count(transfer)
        with self.assertInOrder(TRANSFER, COUNT, COUNT_LINE, QUANT):
            transfer.action_receive_all()

    def test_settle(self):
        transfer = self.make_shipped()
        self.count(transfer, {self.tea: 9, self.mug: 7})
        wizard = self.open_wizard(
            transfer,
            self.shop_approver,
            "action_open_settle",
            outcome="lost",
            reason_id=self.env.ref("store_transfer.reason_stolen").id,
        )
        with self.assertInOrder(TRANSFER, QUANT):
            wizard.action_settle()

    def test_settle_by_rule(self):
        """The store is taken last, and at once: who waited would have quants."""
        reason = self.env.ref("store_transfer.reason_lost_on_the_way")
        self.company.write(
            {
                "transfer_small_value": 1000,
                "transfer_small_reason_id": reason.id,
                "transfer_settles_small": True,
            }
        )
        transfer = self.make_shipped()
        count = self.start_count(transfer)
        skus = ["MUG-001"] * 7 + ["TEA-001"] * 9 + ["LMP-001"] * 5
        count.record_scans(self.make_scans(*skus))
        with self.assertInOrder(TRANSFER, COUNT, COUNT_LINE, QUANT, STORE):
            count.action_submit()
        self.assertTrue(transfer.sudo().discrepancy_ids.is_by_rule)

    def test_answer_about_many(self):
        discrepancies = self.env["store.transfer.discrepancy"].with_user(self.ec_staff)
        for _number in range(2):
            transfer = self.make_shipped()
            self.count(transfer, {self.tea: 9, self.mug: 7})
            discrepancies = (
                transfer.with_user(self.ec_staff).discrepancy_ids | discrepancies
            )
        discrepancies.write({"answer": "All of it left."})
        with self.assertInOrder(TRANSFER):
            discrepancies.action_answer()

    def test_import(self):
        upload = self.check(
            self.make_file(
                self.make_row(), self.make_row(destination="Shop South", quantity=2)
            ),
            after_import="submit",
        )
        with self.assertInOrder("store_transfer_import", TRANSFER):
            upload.action_import()
        self.assertEqual(upload.state, "done")

    def test_validate_in_the_inventory_app(self):
        lines = {self.mug: 7, self.tea: 10}
        transfer = self.make_transfer(lines=lines)
        self.submit(transfer)
        self.approve(transfer)
        for code in ("outgoing", "incoming"):
            picking = self.get_pickings(transfer, code)
            with self.subTest(code=code), self.assertInOrder(TRANSFER, QUANT):
                self.validate_picking(picking)
        self.assertEqual(transfer.state, "done")

    def test_validate_many_in_the_inventory_app(self):
        pickings = self.env["stock.picking"].with_user(self.inventory_user)
        for _number in range(2):
            transfer = self.make_transfer()
            self.submit(transfer)
            self.approve(transfer)
            pickings = self.get_pickings(transfer, "outgoing") | pickings
        with self.assertInOrder(TRANSFER, QUANT):
            pickings.button_validate()
