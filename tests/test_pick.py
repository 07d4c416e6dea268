import uuid

from odoo.tests import tagged

from .common_pick import PickCase


@tagged("post_install", "-at_install")
class TestPick(PickCase):
    """Staff of the source pick by scanning, and ship what they picked."""

    def test_pick_all_and_ship(self):
        transfer = self.make_approved({self.tea: 2, self.mug: 1})
        pick = self.start_pick(transfer)
        results = self.scan(pick, "4710000000011", "TEA-001", "4710000000028")
        self.assertEqual({result["status"] for result in results}, {"counted"})
        self.assertEqual(
            self.get_picked(pick), {("TEA-001", ""): 2, ("MUG-001", ""): 1}
        )
        self.assertEqual(transfer.in_transit_quantity, 0)
        self.submit_pick(pick)
        self.assertEqual(transfer.in_transit_quantity, 3)
        self.assertEqual(transfer.state, "in_transit")
        self.assertEqual(pick.state, "done")
        self.assertEqual(pick.user_id, self.ec_staff)

    def test_the_screen_says_what_to_pick(self):
        transfer = self.make_approved({self.tea: 10, self.mug: 7})
        screen = self.start_pick(transfer).get_screen()
        self.assertEqual(screen["pick"]["name"], transfer.name)
        self.assertEqual(screen["pick"]["from"], "EC Warehouse")
        rows = {row["sku"]: row for row in screen["rows"]}
        self.assertEqual(rows["TEA-001"]["expected"], 10)
        self.assertEqual(rows["TEA-001"]["reserved"], 10)
        self.assertEqual(rows["TEA-001"]["to_ship"], 10)
        self.assertEqual(rows["TEA-001"]["came"], 0)
        free = self.get_free(self.ec, self.tea)
        self.assertEqual(rows["TEA-001"]["free"], free)
        self.assertIn(["4710000000011", self.tea.id, 1], screen["barcodes"])

    def test_part_is_shipped_and_the_rest_kept(self):
        transfer = self.make_approved({self.tea: 10})
        pick = self.start_pick(transfer)
        self.scan(pick, "TEA-001", "TEA-001", "TEA-001")
        review = pick.get_review()
        self.assertEqual(review["summary"], "Leaves: 3 Units. Stays here: 7 Units.")
        self.assertTrue(review["is_partial"])
        self.assertFalse(review["can_close"])
        self.submit_pick(pick)
        self.assertEqual(transfer.in_transit_quantity, 3)
        self.assertEqual(transfer.to_ship_quantity, 7)
        again = self.start_pick(transfer)
        self.assertNotEqual(again, pick)
        self.assertEqual(self.get_row(again, self.tea)["expected"], 7)

    def test_the_rest_is_closed_with_a_reason(self):
        transfer = self.make_approved({self.tea: 10})
        pick = self.start_pick(transfer, self.ec_approver)
        self.scan(pick, "TEA-001")
        review = pick.get_review()
        self.assertTrue(review["can_close"])
        reason = self.env.ref("store_transfer.reason_out_of_stock")
        self.assertIn(reason.id, [row["id"] for row in review["reasons"]])
        with self.assertRefused("Choose why the rest will not be shipped"):
            pick.action_submit("close")
        self.submit_pick(pick, rest="close", reason_id=reason.id, note="No more")
        self.assertEqual(transfer.in_transit_quantity, 1)
        self.assertEqual(transfer.to_ship_quantity, 0)
        self.assertEqual(transfer.line_ids.closed_quantity, 9)

    def test_staff_may_not_close_the_rest(self):
        transfer = self.make_approved({self.tea: 10})
        pick = self.start_pick(transfer)
        self.scan(pick, "TEA-001")
        reason = self.env.ref("store_transfer.reason_out_of_stock")
        with self.assertRefused("only a store approver or head office"):
            pick.action_submit("close", reason.id)
        self.assertEqual(transfer.in_transit_quantity, 0)

    def test_an_event_that_is_sent_twice_picks_once(self):
        pick = self.start_pick(self.make_approved({self.tea: 10}))
        event = {"uuid": str(uuid.uuid4()), "kind": "scan", "barcode": "TEA-001"}
        first = pick.record_scans([event])
        second = pick.record_scans([event, event])
        self.assertEqual(first["results"], second["results"])
        self.assertEqual(self.get_picked(pick), {("TEA-001", ""): 1})

    def test_no_more_than_approved(self):
        pick = self.start_pick(self.make_approved({self.tea: 2}))
        *_taken, refused = self.scan(pick, "TEA-001", "TEA-001", "TEA-001")
        self.assertEqual(refused["status"], "refused")
        self.assertIn("only 2 Units of it are to ship", refused["message"])
        [row] = pick.line_ids
        [refused] = self.send(pick, {"kind": "set", "line_id": row.id, "quantity": 3})
        self.assertEqual(refused["status"], "refused")
        self.assertEqual(self.get_picked(pick), {("TEA-001", ""): 2})

    def test_a_product_that_is_not_on_the_transfer(self):
        pick = self.start_pick(self.make_approved({self.tea: 2}))
        [refused] = self.scan(pick, "MUG-001")
        self.assertEqual(refused["status"], "refused")
        self.assertIn("Mug", refused["message"])
        self.assertIn("Put it back", refused["message"])

    def test_an_unknown_code(self):
        pick = self.start_pick(self.make_approved({self.tea: 2}))
        [unknown] = self.scan(pick, "9999999999994")
        self.assertEqual(unknown["status"], "unknown")

    def test_undo(self):
        pick = self.start_pick(self.make_approved({self.tea: 5}))
        [row] = pick.line_ids
        events = [
            {"uuid": "first-one", "kind": "scan", "barcode": "TEA-001"},
            {"uuid": "second-one", "kind": "all_came", "line_id": row.id},
        ]
        self.send(pick, *events)
        self.assertEqual(row.picked_quantity, 5)
        undone = self.send(pick, {"kind": "undo", "undoes": "second-one"})
        self.assertEqual(undone[0]["status"], "counted")
        self.assertEqual(row.picked_quantity, 1)
        again = self.send(pick, {"kind": "undo", "undoes": "second-one"})
        self.assertEqual(again[0]["status"], "refused")
        self.send(pick, {"kind": "undo", "undoes": "first-one"})
        self.assertEqual(row.picked_quantity, 0)

    def test_what_comes_after_it_was_shipped(self):
        transfer = self.make_approved({self.tea: 2})
        pick = self.start_pick(transfer)
        self.scan(pick, "TEA-001", "TEA-001")
        self.submit_pick(pick)
        late = self.scan(pick.with_user(self.ec_approver), "TEA-001")
        self.assertEqual(late[0]["status"], "closed")
        self.assertIn("has shipped it", late[0]["message"])
        with self.assertRefused("has shipped it"):
            pick.action_submit()
        self.assertEqual(transfer.in_transit_quantity, 2)

    def test_nothing_was_picked(self):
        pick = self.start_pick(self.make_approved({self.tea: 2}))
        self.assertTrue(pick.get_review()["nothing"])
        with self.assertRefused("Nothing would leave"):
            pick.action_submit()

    def test_what_is_not_in_stock_has_a_row_without_a_shelf(self):
        here = self.get_free(self.ec, self.tea)
        pick = self.start_pick(self.make_approved({self.tea: here + 3}))
        there, missing = self.get_rows(pick, self.tea)
        self.assertEqual((there["expected"], there["is_missing"]), (here, False))
        self.assertEqual((missing["expected"], missing["is_missing"]), (3, True))
        [refused] = self.send(pick, {"kind": "all_came", "line_id": missing["id"]})
        self.assertEqual(refused["status"], "refused")
        self._add_stock(self.ec, self.tea, 2)
        self.send(pick, {"kind": "all_came", "line_id": there["id"]})
        taken, refused = self.scan(pick, "TEA-001", "TEA-001", "TEA-001")[1:]
        self.assertEqual(taken["status"], "counted")
        self.assertEqual(refused["status"], "refused")
        self.assertIn("only 0 Units are in stock", refused["message"])
        self.submit_pick(pick)
        self.assertEqual(pick.transfer_id.in_transit_quantity, here + 2)

    def test_less_is_to_ship_than_was_picked(self):
        transfer = self.make_approved({self.tea: 5, self.mug: 1})
        pick = self.start_pick(transfer)
        self.scan(pick, *["TEA-001"] * 4)
        picking = self.get_pickings(transfer, "outgoing")
        self.validate_picking(picking, {self.tea: 3, self.mug: 0})
        self.assertLedger(transfer)
        with self.assertRefused("only 2 Units of it are to ship"):
            pick.action_submit()
        row = self.get_row(pick, self.tea)
        self.send(pick, {"kind": "set", "line_id": row["id"], "quantity": 2})
        self.submit_pick(pick)
        self.assertEqual(transfer.in_transit_quantity, 5)

    def test_dispatch_to_a_third_party(self):
        transfer = self.make_approved(
            {self.tea: 3}, kind="dispatch", remark="Museum shop"
        )
        pick = self.start_pick(transfer)
        self.scan(pick, "TEA-001", "TEA-001", "TEA-001")
        self.submit_pick(pick)
        self.assertEqual(transfer.state, "done")
        self.assertEqual(transfer.shipped_quantity, 3)

    def test_it_ends_when_the_goods_were_shipped_in_another_way(self):
        transfer = self.make_approved({self.tea: 3})
        pick = self.start_pick(transfer)
        self.scan(pick, "TEA-001")
        self.validate_picking(self.get_pickings(transfer, "outgoing"))
        self.assertLedger(transfer)
        self.assertEqual(pick.state, "cancelled")
        [late] = self.scan(pick, "TEA-001")
        self.assertEqual(late["status"], "closed")
