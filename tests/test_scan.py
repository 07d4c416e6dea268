from odoo.exceptions import UserError
from odoo.fields import Command
from odoo.tests import tagged

from .common_scan import ScanCase


@tagged("post_install", "-at_install")
class TestScan(ScanCase):
    """Each scan counts once, on the right row."""

    def test_the_screen_in_one_answer(self):
        count = self.start(self.make_shipped_transfer(lines={self.tea: 10}))
        screen = count.get_screen()
        self.assertEqual(screen["count"]["from"], "EC Warehouse")
        self.assertEqual(
            screen["policies"],
            {"blind": False, "every_line": False, "trusts_cartons": True},
        )
        [row] = screen["rows"]
        self.assertEqual(row["name"], "Oolong Tea")
        self.assertEqual((row["expected"], row["came"]), (10, 0))
        self.assertIn(["4710000000011", self.tea.id, 1], screen["barcodes"])
        self.assertIn(["TEA-001", self.tea.id, 1], screen["barcodes"])

    def test_a_scan_counts_one(self):
        count = self.start(self.make_shipped_transfer())
        result = self.scan(count, "4710000000011", "4710000000011", "TEA-001")[-1]
        self.assertEqual(result["status"], "counted")
        self.assertEqual(self.get_line(count, self.tea).counted_quantity, 3)

    def test_what_is_sent_twice_counts_once(self):
        count = self.start(self.make_shipped_transfer())
        event = {"uuid": "0" * 36, "kind": "scan", "barcode": "TEA-001"}
        first = count.record_scans([event])
        for events in ([event], [event, event], [event]):
            self.assertEqual(count.record_scans(events)["results"], first["results"])
        self.assertEqual(self.get_line(count, self.tea).counted_quantity, 1)
        scans = self.env["store.transfer.count.scan"].search([])
        self.assertEqual(scans.filtered(lambda s: s.count_id == count).quantity, 1)

    def test_the_log_says_who_when_and_where(self):
        count = self.start(self.make_shipped_transfer())
        self.send(
            count,
            {"kind": "scan", "barcode": "TEA-001", "time": "2026-11-25T01:02:03.000Z"},
            device="Door phone",
        )
        scan = self.env["store.transfer.count.scan"].search([], limit=1)
        self.assertEqual(scan.user_id, self.shop_staff)
        self.assertEqual(scan.device, "Door phone")
        self.assertEqual(str(scan.device_date), "2026-11-25 01:02:03")
        self.assertEqual(scan.line_id, self.get_line(count, self.tea))

    def test_a_box_counts_its_pieces(self):
        self._create_box(self.tea, "BOX-12")
        count = self.start(self.make_shipped_transfer(lines={self.tea: 24}))
        self.assertIn(["BOX-12", self.tea.id, 12], count.get_screen()["barcodes"])
        self.scan(count, "BOX-12", "BOX-12")
        self.assertEqual(self.get_line(count, self.tea).counted_quantity, 24)

    def test_an_unknown_barcode_is_an_answer_not_a_fault(self):
        count = self.start(self.make_shipped_transfer())
        results = self.scan(count, "TEA-001", "NOBODY-KNOWS", "TEA-001")
        self.assertEqual(
            [result["status"] for result in results], ["counted", "unknown", "counted"]
        )
        self.assertIn("NOBODY-KNOWS", results[1]["message"])
        self.assertEqual(self.get_line(count, self.tea).counted_quantity, 2)
        scans = self.env["store.transfer.count.scan"].search(
            [("count_id", "=", count.id), ("status", "=", "unknown")]
        )
        self.assertEqual(scans.barcode, "NOBODY-KNOWS")

    def test_a_product_nobody_sent_gets_a_row(self):
        count = self.start(self.make_shipped_transfer(lines={self.tea: 10}))
        [result] = self.scan(count, "MUG-001")
        row = self.get_row(count, self.mug)
        self.assertEqual(result["line_id"], row["id"])
        self.assertTrue(row["is_unsent"])
        self.assertEqual((row["expected"], row["came"]), (0, 1))

    def test_enter_a_quantity_and_all_came(self):
        count = self.start(
            self.make_shipped_transfer(lines={self.tea: 10, self.mug: 5})
        )
        tea, mug = (self.get_line(count, p) for p in (self.tea, self.mug))
        self.send(
            count,
            {"kind": "set", "line_id": tea.id, "quantity": 7},
            {"kind": "all_came", "line_id": mug.id},
            {"kind": "scan", "line_id": tea.id, "quantity": -1},
        )
        self.assertEqual((tea.counted_quantity, mug.counted_quantity), (6, 5))
        self.assertTrue(tea.is_counted and mug.is_counted)

    def test_undo(self):
        count = self.start(self.make_shipped_transfer())
        line = self.get_line(count, self.tea)
        events = [
            {"uuid": f"{number}" * 8, "kind": "scan", "barcode": "TEA-001"}
            for number in range(3)
        ]
        count.record_scans(events)
        undo = {"uuid": "undo-this", "kind": "undo", "undoes": "1" * 8}
        for _time in range(2):
            count.record_scans([undo])
            self.assertEqual(line.counted_quantity, 2)
        [again] = self.send(count, {"kind": "undo", "undoes": "1" * 8})
        self.assertEqual(again["status"], "refused")
        self.assertIn("taken back already", again["message"])
        self.assertEqual(
            [entry["uuid"] for entry in count.get_screen()["undoable"]],
            ["0" * 8, "2" * 8],
        )

    def test_undo_in_the_same_batch(self):
        count = self.start(self.make_shipped_transfer())
        line = self.get_line(count, self.tea)
        results = self.send(
            count,
            {"uuid": "a" * 8, "kind": "set", "line_id": line.id, "quantity": 4},
            {"kind": "undo", "undoes": "a" * 8},
        )
        self.assertEqual([r["status"] for r in results], ["counted", "counted"])
        self.assertEqual(line.counted_quantity, 0)
        self.assertFalse(line.is_counted)

    def test_undo_twice_takes_back_the_last_two_things(self):
        """Also when each is sent by itself, and the screen was loaded in between."""
        count = self.start(self.make_shipped_transfer())
        line = self.get_line(count, self.tea)
        self.send(count, {"kind": "set", "line_id": line.id, "quantity": 4})
        self.scan(count, "TEA-001", "TEA-001")
        for counted in (5, 4, 0):
            last = count.get_screen()["undoable"][-1]["uuid"]
            self.send(count, {"kind": "undo", "undoes": last})
            self.assertEqual(line.counted_quantity, counted)
        self.assertFalse(count.get_screen()["undoable"])

    def test_an_undo_is_not_taken_back(self):
        count = self.start(self.make_shipped_transfer())
        undo = {"uuid": "u" * 8, "kind": "undo", "undoes": "a" * 8}
        again = {"kind": "undo", "undoes": "u" * 8}
        results = self.send(
            count, {"uuid": "a" * 8, "kind": "scan", "barcode": "TEA-001"}, undo, again
        )
        results += self.send(count, again)
        self.assertEqual(
            [result["status"] for result in results],
            ["counted", "counted", "refused", "refused"],
        )
        for result in results[2:]:
            self.assertIn("An undo is not taken back", result["message"])
        self.assertEqual(self.get_line(count, self.tea).counted_quantity, 0)

    def test_upc_and_ean_are_one_code(self):
        """A camera reads 12 digits where 13 are printed, or the other way round."""
        self.tea.barcode = "0012345678905"
        self.mug.barcode = "036000291452"
        count = self.start(
            self.make_shipped_transfer(lines={self.tea: 10, self.mug: 5})
        )
        self.scan(count, "012345678905", "0012345678905", "0036000291452")
        self.assertEqual(self.get_line(count, self.tea).counted_quantity, 2)
        self.assertEqual(self.get_line(count, self.mug).counted_quantity, 1)

    def test_nobody_takes_back_what_a_colleague_scanned(self):
        transfer = self.make_shipped_transfer()
        count = self.start(transfer)
        self.send(count, {"uuid": "a" * 8, "kind": "scan", "barcode": "TEA-001"})
        other = self.start(transfer, self.shop_approver)
        [result] = self.send(other, {"kind": "undo", "undoes": "a" * 8})
        self.assertEqual(result["status"], "refused")
        self.assertEqual(self.get_line(count, self.tea).counted_quantity, 1)

    def test_damaged_are_among_what_came(self):
        count = self.start(self.make_shipped_transfer())
        line = self.get_line(count, self.tea)
        self.send(
            count,
            {"kind": "all_came", "line_id": line.id},
            {"uuid": "d" * 8, "kind": "damaged", "line_id": line.id, "quantity": 2},
            {"kind": "remark", "line_id": line.id, "text": "Box was wet"},
        )
        self.assertEqual((line.counted_quantity, line.damaged_quantity), (8, 2))
        self.assertEqual(line.remark, "Box was wet")
        self.send(count, {"kind": "undo", "undoes": "d" * 8})
        self.assertEqual((line.counted_quantity, line.damaged_quantity), (10, 0))

    def test_a_strange_moment_is_none(self):
        count = self.start(self.make_shipped_transfer())
        for since in ("0001-01-01 00:00:00", "yesterday", 5, {}):
            with self.subTest(since):
                self.assertFalse(count.get_changes(since)["rows"])

    def test_a_strange_number_of_a_transfer(self):
        transfers = self.env["store.transfer"].with_user(self.shop_staff)
        for text in (5, {"a": 1}, ["ST"]):
            with self.subTest(text), self.assertRefused("Enter the number"):
                transfers.get_transfers_to_count(text)
        self.assertFalse(transfers.get_transfers_to_count("NO\x00\ud800NE"))

    def test_what_can_not_be_is_refused_by_itself(self):
        count = self.start(self.make_shipped_transfer())
        line = self.get_line(count, self.tea)
        other = self.get_line(self.start(self.make_shipped_transfer()), self.tea)
        bad = [
            {"kind": "scan", "line_id": line.id, "quantity": -1},
            {"kind": "set", "line_id": line.id, "quantity": -3},
            {"kind": "set", "line_id": line.id, "quantity": float("nan")},
            {"kind": "set", "line_id": line.id, "quantity": 1e300},
            {"kind": "set", "line_id": line.id, "quantity": 10**400},
            {"kind": "set", "line_id": line.id, "quantity": "many"},
            {"kind": "set", "line_id": line.id, "quantity": True},
            {"kind": "set", "line_id": other.id, "quantity": 1},
            {"kind": "set", "quantity": 1},
            {"kind": "set", "line_id": 2**70, "quantity": 1},
            {"kind": "set", "line_id": {}, "quantity": 1},
            {"kind": "undo", "undoes": "nothing"},
            {"kind": "magic"},
            {},
        ]
        results = self.send(count, *bad, {"kind": "scan", "barcode": "TEA-001"})
        statuses = [result["status"] for result in results]
        self.assertEqual(set(statuses[:-1]), {"refused"}, results)
        self.assertEqual(statuses[-1], "counted")
        self.assertEqual((line.counted_quantity, other.counted_quantity), (1, 0))

    def test_a_strange_text_loses_no_batch(self):
        count = self.start(self.make_shipped_transfer())
        line = self.get_line(count, self.tea)
        strange = "\x00\ud800\x07"
        results = self.send(
            count,
            {"kind": "scan", "barcode": f"TEA{strange}-001"},
            {"kind": "scan", "barcode": strange, "line_id": line.id},
            {"kind": "remark", "line_id": line.id, "text": f"Wet{strange} box"},
            {"kind": f"set{strange}", "line_id": line.id, "quantity": 3},
            {"kind": "undo", "undoes": strange},
            {"kind": "scan", "barcode": "TEA-001", "time": strange},
            device=f"Door{strange} phone",
        )
        self.assertEqual(results[-1]["status"], "counted")
        self.assertEqual((line.counted_quantity, line.remark), (4, "Wet box"))
        scan = self.env["store.transfer.count.scan"].search([], limit=1)
        self.assertEqual(scan.device, "Door phone")

    def test_a_scan_takes_no_more_than_one_away(self):
        count = self.start(self.make_shipped_transfer())
        line = self.get_line(count, self.tea)
        results = self.send(
            count,
            {"kind": "set", "line_id": line.id, "quantity": 7},
            {"kind": "scan", "line_id": line.id, "quantity": -5},
            {"kind": "scan", "barcode": "TEA-001", "quantity": -1},
            {"kind": "scan", "line_id": line.id, "quantity": -1},
        )
        self.assertEqual(
            [result["status"] for result in results],
            ["counted", "refused", "refused", "counted"],
        )
        self.assertEqual(line.counted_quantity, 6)

    def test_a_remark_is_not_taken_back(self):
        count = self.start(self.make_shipped_transfer())
        line = self.get_line(count, self.tea)
        results = self.send(
            count,
            {"uuid": "r" * 8, "kind": "remark", "line_id": line.id, "text": "Wet"},
            {"kind": "undo", "undoes": "r" * 8},
        )
        self.assertEqual([r["status"] for r in results], ["counted", "refused"])
        self.assertEqual(line.remark, "Wet")

    def test_what_is_no_list_of_scans_is_refused(self):
        count = self.start(self.make_shipped_transfer())
        strange = [{"uuid": uuid} for uuid in (3, "short", "\x00" * 8, "\ud800" * 8)]
        for events in ("x", {}, [1], [{}] * 501, *([event] for event in strange)):
            with self.subTest(repr(events)), self.assertRaises(UserError):
                count.record_scans(events)

    def test_the_context_changes_nothing(self):
        count = self.start(self.make_shipped_transfer())
        hostile = count.with_context(default_status="undone", default_quantity=9)
        self.scan(hostile, "TEA-001")
        self.assertEqual(self.get_line(count, self.tea).counted_quantity, 1)

    def test_the_same_product_on_two_rows(self):
        """The first row is filled, then the second."""
        transfer = self.make_shipped_transfer(
            line_ids=[
                Command.create({"product_id": self.tea.id, "quantity": quantity})
                for quantity in (2, 3)
            ]
        )
        count = self.start(transfer)
        self.scan(count, *["TEA-001"] * 4)
        lines = self.get_line(count, self.tea)
        self.assertEqual(lines.mapped("counted_quantity"), [2, 2])

    def test_submitting_receives_what_was_scanned(self):
        transfer = self.make_shipped_transfer(lines={self.tea: 3, self.mug: 2})
        count = self.start(transfer)
        self.scan(count, *["TEA-001"] * 3, "MUG-001")
        review = count.get_review()
        self.assertEqual(review["matching"], 1)
        self.assertEqual([row["sku"] for row in review["rows"]], ["MUG-001"])
        self.assertTrue(review["outcomes"][0]["sentence"])
        count.action_submit()
        self.assertLedger(transfer)
        self.assertEqual(transfer.state, "partial")
        self.assertEqual(self.get_stock(self.shop, self.tea), 3)

    def test_scans_that_come_after_the_submit_are_told_so(self):
        """Nothing is lost: the device keeps them for the next count."""
        transfer = self.make_shipped_transfer(lines={self.tea: 3})
        count = self.start(transfer)
        self.send(count, {"uuid": "a" * 8, "kind": "scan", "barcode": "TEA-001"})
        count.action_submit()
        results = self.send(
            count,
            {"uuid": "a" * 8, "kind": "scan", "barcode": "TEA-001"},
            {"uuid": "b" * 8, "kind": "scan", "barcode": "TEA-001"},
        )
        self.assertEqual(
            [result["status"] for result in results], ["counted", "closed"]
        )
        self.assertEqual(count.get_screen()["state"], "done")
        next_count = self.start(transfer)
        self.assertNotEqual(next_count, count)
        self.send(next_count, {"uuid": "b" * 8, "kind": "scan", "barcode": "TEA-001"})
        self.assertEqual(self.get_line(next_count, self.tea).counted_quantity, 1)
