from odoo.exceptions import AccessError
from odoo.fields import Command
from odoo.tests import new_test_user, tagged

from .common_scan import ScanCase


@tagged("post_install", "-at_install")
class TestScanTogether(ScanCase):
    """Two people count one delivery on two devices."""

    def test_each_sees_what_the_other_counted(self):
        transfer = self.make_shipped_transfer(lines={self.tea: 10, self.mug: 5})
        mine = self.start(transfer)
        theirs = self.start(transfer, self.shop_approver)
        self.assertEqual(mine, theirs)
        since = mine.get_screen()["now"]
        self.send(
            theirs, *[{"kind": "scan", "barcode": "TEA-001"}] * 2, device="Phone B"
        )
        changes = mine.get_changes(since)
        counted = {row["id"]: row["came"] for row in changes["rows"]}
        self.assertEqual(counted[self.get_line(mine, self.tea).id], 2)
        self.assertEqual(
            [(person["name"], person["device"]) for person in changes["people"]],
            [(self.shop_approver.name, "Phone B")],
        )
        self.scan(mine, "TEA-001")
        self.assertEqual(self.get_line(mine, self.tea).counted_quantity, 3)

    def test_one_submits_the_other_is_told(self):
        transfer = self.make_shipped_transfer()
        mine = self.start(transfer)
        theirs = self.start(transfer, self.shop_approver)
        self.scan(mine, "TEA-001")
        theirs.action_submit()
        [result] = self.scan(mine, "TEA-001")
        self.assertEqual(result["status"], "closed")
        self.assertIn(f"{self.shop_approver.name} has submitted", result["message"])
        self.assertEqual(mine.get_changes(False)["state"], "done")


@tagged("post_install", "-at_install")
class TestScanRoles(ScanCase):
    """Only who may count the delivery gets an answer."""

    def test_who_may_scan(self):
        transfer = self.make_shipped_transfer()
        count = self.start(transfer)
        event = {"uuid": "a" * 8, "kind": "scan", "barcode": "TEA-001"}
        stranger = new_test_user(self.env, login="stranger", groups="base.group_user")
        for user in (self.ec_staff, self.ec_approver, self.south_staff, stranger):
            foreign = count.with_user(user)
            for call in (
                lambda foreign=foreign: foreign.record_scans([event]),
                lambda foreign=foreign: foreign.get_screen(),
                lambda foreign=foreign: foreign.get_changes(False),
                lambda foreign=foreign: foreign.get_review(),
                lambda foreign=foreign: foreign.transfer_id.action_scan(),
            ):
                with self.subTest(user.login), self.assertRaises(AccessError):
                    call()
        self.assertEqual(self.get_line(count, self.tea).counted_quantity, 0)
        for user in (self.shop_staff, self.shop_approver, self.head_office):
            self.scan(self.start(transfer, user), "TEA-001")
        self.assertEqual(self.get_line(count, self.tea).counted_quantity, 3)

    def test_the_log_is_not_written_by_hand(self):
        count = self.start(self.make_shipped_transfer())
        self.scan(count, "TEA-001")
        scans = self.env["store.transfer.count.scan"].with_user(self.shop_staff)
        scan = scans.search([("count_id", "=", count.id)])
        self.assertEqual(len(scan), 1)
        for change in (
            lambda: scan.write({"quantity": 5}),
            lambda: scan.unlink(),
            lambda: scan.copy(),
        ):
            with self.assertRaises(AccessError):
                change()
        self.assertFalse(scans.with_user(self.ec_staff).search([]))

    def test_what_waits_to_be_counted(self):
        transfer = self.make_shipped_transfer()
        transfers = self.env["store.transfer"]
        mine = transfers.with_user(self.shop_staff).get_transfers_to_count()
        self.assertEqual([entry["id"] for entry in mine], transfer.ids)
        self.assertEqual(mine[0]["from"], "EC Warehouse")
        self.assertFalse(transfers.with_user(self.ec_staff).get_transfers_to_count())
        picking = self.get_pickings(transfer, "incoming")
        for text in (transfer.name, transfer.name.lower(), picking.name):
            found = transfers.with_user(self.shop_staff).get_transfers_to_count(text)
            self.assertEqual([entry["id"] for entry in found], transfer.ids, text)
        for text in ("NOTHING", "%"):
            self.assertFalse(
                transfers.with_user(self.shop_staff).get_transfers_to_count(text)
            )

    def find_to_count(self, text="", user=None):
        transfers = self.env["store.transfer"].with_user(user or self.shop_staff)
        return transfers.get_transfers_to_count(text)

    def test_a_delivery_is_found_by_its_goods(self):
        first = self.make_shipped_transfer(lines={self.tea: 1, self.mug: 1})
        second = self.make_shipped_transfer(lines={self.tea: 1, self.lamp: 1})
        self._create_box(self.lamp, "BOX-LAMP")
        for code, transfers in (
            (self.tea.barcode, first | second),
            ("MUG-001", first),
            ("BOX-LAMP", second),
            ("0000000000000", first.browse()),
        ):
            with self.subTest(code):
                found = self.find_to_count(code)
                self.assertEqual({entry["id"] for entry in found}, {*transfers.ids})
        self.receive_all(first)
        [found] = self.find_to_count(self.tea.barcode)
        self.assertEqual(found["id"], second.id)
        self.assertFalse(self.find_to_count(self.tea.barcode, self.south_staff))

    def test_the_goods_of_a_blind_delivery_tell_nothing(self):
        transfer = self.make_shipped_transfer(lines={self.tea: 2})
        self.shop.transfer_blind_count = True
        self.assertFalse(self.find_to_count(self.tea.barcode))
        [found] = self.find_to_count(self.tea.barcode, self.shop_approver)
        self.assertEqual(found["id"], transfer.id)

    def test_what_is_missing_of_a_delivery_is_said(self):
        transfer = self.make_shipped_transfer(lines={self.tea: 5, self.mug: 5})
        self.assertFalse(self.find_to_count()[0]["missing"])
        self.count(transfer, {self.tea: 4, self.mug: 3})
        self.assertEqual(self.find_to_count()[0]["missing"], "3 Units")
        self.shop.transfer_blind_count = True
        self.assertFalse(self.find_to_count()[0]["missing"])

    def test_what_is_missing_of_a_receipt_is_said(self):
        receipt = self.make_transfer(
            user=self.shop_staff, kind="receipt", lines={self.tea: 5}
        )
        self.submit(receipt, self.shop_staff)
        self.count(receipt, {self.tea: 4})
        self.assertEqual(self.find_to_count()[0]["missing"], "1 Unit")

    def test_who_brings_a_receipt_of_no_contact_is_said(self):
        receipt = self.make_transfer(
            user=self.shop_staff, kind="receipt", remark="Market stall\nby bicycle"
        )
        self.submit(receipt, self.shop_staff)
        self.assertEqual(self.find_to_count()[0]["from"], "Market stall")

    def test_who_counts_is_told_to_others_only(self):
        self.start(self.make_shipped_transfer())
        self.assertTrue(self.find_to_count()[0]["is_mine"])
        [found] = self.find_to_count(user=self.shop_approver)
        self.assertFalse(found["is_mine"])
        self.assertEqual(found["counter"], self.shop_staff.name)

    def make_many_transfers(self, number_of_transfers, **values):
        transfers = self.env["store.transfer"].with_user(self.ec_staff)
        return transfers.create(
            [
                {
                    "company_id": self.company.id,
                    "source_store_id": self.ec.id,
                    "destination_store_id": self.shop.id,
                    "line_ids": [
                        Command.create({"product_id": self.tea.id, "quantity": 1})
                    ],
                    **values,
                }
            ]
            * number_of_transfers
        )

    def test_older_transfers_that_wait_to_be_shipped_hide_nothing(self):
        waiting = self.make_many_transfers(81, expected_date="2020-01-01")
        self.submit(waiting)
        self.approve(waiting)
        transfer = self.make_shipped_transfer()
        self.shop.transfer_blind_count = True
        for user in (self.shop_staff, self.shop_approver, self.head_office):
            transfers = self.env["store.transfer"].with_user(user)
            found = transfers.get_transfers_to_count()
            self.assertEqual([entry["id"] for entry in found], transfer.ids, user.login)

    def count_queries_of_chooser(self):
        self.env.flush_all()
        self.env.invalidate_all()
        before = self.cr.sql_log_count
        transfers = self.env["store.transfer"].with_user(self.shop_staff)
        found = transfers.get_transfers_to_count()
        return len(found), self.cr.sql_log_count - before

    def test_many_transfers_are_found_in_few_queries(self):
        for _number in range(2):
            self.make_shipped_transfer(lines={self.tea: 1})
        self.count_queries_of_chooser()
        few, queries_of_few = self.count_queries_of_chooser()
        for _number in range(8):
            self.make_shipped_transfer(lines={self.tea: 1})
        many, queries_of_many = self.count_queries_of_chooser()
        self.assertEqual((few, many), (2, 10))
        self.assertLessEqual(queries_of_many, queries_of_few + 1)


@tagged("post_install", "-at_install")
class TestScanPolicies(ScanCase):
    """What a store demands of those who count."""

    def test_every_line_has_to_be_counted(self):
        self.shop.transfer_require_every_line = True
        transfer = self.make_shipped_transfer(lines={self.tea: 2, self.mug: 2})
        count = self.start(transfer)
        self.scan(count, "TEA-001")
        for step in (count.get_review, count.action_submit, count.action_review):
            with self.assertRefused(r"not counted yet \(1\).*\n.*Clay Mug"):
                step()
        mug = self.get_line(count, self.mug)
        self.send(count, {"kind": "set", "line_id": mug.id, "quantity": 0})
        count.action_submit()
        self.assertLedger(transfer)
        self.assertEqual(transfer.received_quantity, 1)

    def test_in_the_list_a_zero_is_written_too(self):
        self.shop.transfer_require_every_line = True
        transfer = self.make_shipped_transfer(lines={self.tea: 2, self.mug: 2})
        self.count(transfer, {self.tea: 2})
        self.assertEqual(transfer.state, "partial")

    def test_head_office_sets_the_policies(self):
        self.shop.with_user(self.head_office).write(
            {"transfer_blind_count": True, "transfer_require_every_line": True}
        )
        with self.assertRaises(AccessError):
            self.shop.with_user(self.shop_approver).transfer_blind_count = False
