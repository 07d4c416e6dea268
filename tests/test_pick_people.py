from odoo.exceptions import AccessError
from odoo.tests import new_test_user, tagged

from .common_pick import PickCase


@tagged("post_install", "-at_install")
class TestPickPeople(PickCase):
    """Two people pick one transfer; nobody else has anything to do with it."""

    def test_each_sees_what_the_other_picked(self):
        transfer = self.make_approved({self.tea: 10, self.mug: 5})
        mine = self.start_pick(transfer)
        theirs = self.start_pick(transfer, self.ec_approver)
        self.assertEqual(mine, theirs)
        since = mine.get_screen()["now"]
        self.send(
            theirs, *[{"kind": "scan", "barcode": "TEA-001"}] * 2, device="Phone B"
        )
        changes = mine.get_changes(since)
        self.assertIn(2, [row["came"] for row in changes["rows"]])
        self.assertEqual(
            [(person["name"], person["device"]) for person in changes["people"]],
            [(self.ec_approver.name, "Phone B")],
        )
        self.scan(mine, "TEA-001")
        self.assertEqual(self.get_picked(mine), {("TEA-001", ""): 3})

    def test_who_may_pick(self):
        transfer = self.make_approved()
        pick = self.start_pick(transfer)
        event = {"uuid": "a" * 8, "kind": "scan", "barcode": "TEA-001"}
        stranger = new_test_user(self.env, login="stranger", groups="base.group_user")
        for user in (
            self.shop_staff,
            self.shop_approver,
            self.south_staff,
            self.inventory_user,
            stranger,
        ):
            foreign = pick.with_user(user)
            for name, arguments in (
                ("record_scans", [[event]]),
                ("get_screen", []),
                ("get_changes", [False]),
                ("get_review", []),
                ("action_submit", []),
                ("read", [["state"]]),
            ):
                with (
                    self.subTest(user.login, method=name),
                    self.assertRaises(AccessError),
                ):
                    getattr(foreign, name)(*arguments)
            with self.subTest(user.login), self.assertRaises(AccessError):
                foreign.transfer_id.action_pick()
        self.assertFalse(self.get_picked(pick))
        for user in (self.ec_staff, self.ec_approver, self.head_office):
            self.scan(self.start_pick(transfer, user), "TEA-001")
        self.assertEqual(self.get_picked(pick), {("TEA-001", ""): 3})

    def test_nothing_is_written_by_hand(self):
        pick = self.start_pick(self.make_approved({self.tea: 10}))
        self.scan(pick, "TEA-001")
        line, scan = pick.line_ids, pick.scan_ids
        for records, values in (
            (pick, {"state": "done"}),
            (pick, {"user_id": self.ec_approver.id}),
            (pick, {"line_ids": [(1, line.id, {"picked_quantity": 9})]}),
            (line, {"picked_quantity": 5}),
            (line, {"expected_quantity": 5}),
            (line, {"location_id": False}),
            (scan, {"quantity": 5}),
        ):
            with self.subTest(records, values=values), self.assertRaises(AccessError):
                records.write(values)
        for records in (pick, line, scan):
            with self.assertRaises(AccessError):
                records.unlink()
            with self.assertRaises(AccessError):
                records.copy()
        self.assertEqual(self.get_picked(pick), {("TEA-001", ""): 1})

    def test_nothing_to_pick(self):
        for transfer in (self.make_transfer(), self.make_shipped_transfer()):
            with self.assertRefused(transfer.name):
                transfer.with_user(self.ec_staff).action_pick()

    def test_what_waits_to_be_picked(self):
        transfer = self.make_approved({self.tea: 10})
        self.make_transfer()
        picks = self.env["store.transfer"].with_user(self.ec_staff)
        [row] = picks.get_transfers_to_pick()
        self.assertEqual((row["name"], row["to"]), (transfer.name, "Shop North"))
        self.assertFalse(row["pick_id"] or row["picker"])
        pick = self.start_pick(transfer)
        picking = self.get_pickings(transfer, "outgoing")
        for text in (transfer.name, transfer.name.lower(), picking.name):
            [row] = picks.get_transfers_to_pick(text)
            self.assertEqual(row["pick_id"], pick.id)
            self.assertEqual(row["picker"], self.ec_staff.name)
            self.assertTrue(row["is_mine"])
        [row] = picks.with_user(self.ec_approver).get_transfers_to_pick()
        self.assertFalse(row["is_mine"])
        self.assertFalse(picks.get_transfers_to_pick("Nothing"))
        self.assertFalse(picks.with_user(self.shop_staff).get_transfers_to_pick())
        with self.assertRefused("as a text"):
            picks.get_transfers_to_pick(["x"])


@tagged("post_install", "-at_install")
class TestPickAndDialog(PickCase):
    """The ship dialog and the pick list are one: what is typed there is picked."""

    def open_ship(self, transfer, **values):
        return self.open_wizard(transfer, self.ec_staff, "action_open_ship", **values)

    def test_what_was_picked_stands_in_the_dialog(self):
        transfer = self.make_approved({self.tea: 10, self.mug: 7})
        self.assertEqual(self.open_ship(transfer).line_ids.mapped("quantity"), [10, 7])
        pick = self.start_pick(transfer)
        self.assertEqual(self.open_ship(transfer).line_ids.mapped("quantity"), [10, 7])
        self.assertFalse(self.open_ship(transfer).picking_message)
        self.scan(pick, "TEA-001", "TEA-001", "MUG-001")
        wizard = self.open_ship(transfer)
        self.assertEqual(wizard.line_ids.mapped("quantity"), [2, 1])
        self.assertIn("has begun to pick this", wizard.picking_message)

    def test_the_dialog_ships_the_pick_list(self):
        transfer = self.make_approved({self.tea: 10})
        pick = self.start_pick(transfer)
        self.scan(pick, "TEA-001", "TEA-001")
        wizard = self.open_ship(transfer)
        wizard.line_ids.quantity = 6
        wizard.action_ship()
        self.assertLedger(transfer)
        self.assertEqual(pick.state, "done")
        self.assertEqual(self.get_picked(pick), {("TEA-001", ""): 6})
        self.assertEqual(transfer.in_transit_quantity, 6)
        with self.assertRefused("has shipped it"):
            pick.action_submit()

    def test_less_is_typed_than_was_picked(self):
        transfer = self.make_approved({self.tea: 10})
        pick = self.start_pick(transfer)
        self.scan(pick, "TEA-001", "TEA-001", "TEA-001")
        wizard = self.open_ship(transfer)
        wizard.line_ids.quantity = 1
        wizard.action_ship()
        self.assertLedger(transfer)
        self.assertEqual(self.get_picked(pick), {("TEA-001", ""): 1})

    def test_a_dialog_alone_leaves_a_pick_list_as_well(self):
        transfer = self.make_approved({self.tea: 10})
        self.open_ship(transfer)
        self.assertFalse(transfer.sudo().pick_ids)
        self.ship(transfer, {self.tea: 4})
        pick = transfer.sudo().pick_ids
        self.assertEqual((pick.state, pick.user_id), ("done", self.ec_staff))
        self.assertEqual(self.get_picked(pick), {("TEA-001", ""): 4})

    def test_what_somebody_is_picking_is_not_shipped_among_many(self):
        begun, opened, other = (self.make_approved({self.tea: 4}) for _time in range(3))
        self.scan(self.start_pick(begun), "TEA-001")
        self.start_pick(opened)
        transfers = (begun | opened | other).with_user(self.ec_staff)
        answer = transfers.ship_many()
        self.assertEqual(answer["done"], [opened.id, other.id])
        [left] = answer["left"]
        self.assertEqual((left["id"], left["reason"]), (begun.id, "picking"))
        self.assertIn(f"{self.ec_staff.name} has begun to pick it", left["sentence"])
        self.assertEqual(begun.in_transit_quantity, 0)
        self.assertEqual(opened.sudo().pick_ids.state, "done")
