from datetime import timedelta

from lxml import etree

from odoo import fields
from odoo.exceptions import AccessError
from odoo.tests import HttpCase, get_db_name, tagged
from odoo.tools import mute_logger

from .common_discrepancies import DiscrepancyCase
from .common_import import ImportCase
from .common_transfers import StoreTransferCase


@tagged("post_install", "-at_install")
class TestTrail(DiscrepancyCase):
    """Each step of a transfer is in its trail: what, who, from where, how much."""

    def get_events(self, transfer, user=None):
        events = transfer.with_user(user or self.head_office).event_ids
        return events.sorted("id")

    def get_steps(self, transfer):
        return self.get_events(transfer).mapped("step")

    def get_changes(self, event):
        """Return ``{SKU: {name of a quantity: [before, after]}}``."""
        return {
            product.default_code: changed
            for product, changed in event._get_changed_quantities(
                event._get_changed_products()
            )
        }

    def test_approvers_take_it_along_from_a_list_and_from_cards(self):
        """A phone has cards."""
        both = ["action_download_sheet", "action_download_epcis"]
        for user, expected in ((self.shop_approver, both), (self.shop_staff, [])):
            events = self.env["store.transfer.event"].with_user(user)
            for view_type in ("list", "kanban"):
                arch = etree.fromstring(events.get_view(view_type=view_type)["arch"])
                with self.subTest(view_type, user=user.login):
                    names = [node.get("name") for node in arch.xpath("//header/button")]
                    self.assertEqual(names, expected)

    def test_the_life_of_a_transfer(self):
        transfer = self.make_shipped_transfer({self.tea: 10, self.mug: 2})
        self.confirm_arrival(transfer)
        self.count(transfer, {self.tea: 7, self.mug: 2})
        self.settle_all(transfer, "lost")
        events = self.get_events(transfer)
        self.assertEqual(
            [(event.step, event.user_id) for event in events],
            [
                ("create", self.ec_staff),
                ("submit", self.ec_staff),
                ("approve", self.shop_approver),
                ("ship", self.ec_staff),
                ("confirm_arrival", self.shop_staff),
                ("count", self.shop_staff),
                ("settle", self.shop_approver),
            ],
        )
        create, submit, approve, ship, arrival, count, settle = events
        self.assertFalse(self.get_changes(create))
        self.assertEqual(
            self.get_changes(submit),
            {"TEA-001": {"asked": [0, 10]}, "MUG-001": {"asked": [0, 2]}},
        )
        self.assertEqual(
            self.get_changes(approve)["TEA-001"],
            {"approved": [0, 10], "to_ship": [0, 10]},
        )
        self.assertEqual(
            self.get_changes(ship)["TEA-001"],
            {"to_ship": [10, 0], "shipped": [0, 10], "in_transit": [0, 10]},
        )
        self.assertFalse(self.get_changes(arrival))
        self.assertEqual(
            self.get_changes(count),
            {
                "TEA-001": {"in_transit": [10, 3], "received": [0, 7]},
                "MUG-001": {"in_transit": [2, 0], "received": [0, 2]},
            },
        )
        self.assertEqual(
            self.get_changes(settle),
            {"TEA-001": {"in_transit": [3, 0], "lost": [0, 3]}},
        )

    def test_what_is_shown_of_a_step(self):
        transfer = self.make_shipped_transfer()
        ship = self.get_events(transfer, self.ec_staff)[-1]
        self.assertEqual(ship.person, self.ec_staff.name)
        self.assertIn("Shipped 0 → 10 Units", ship.quantities)
        self.assertIn("In Transit 0 → 10 Units", ship.quantities)
        self.assertNotIn("To Ship", ship.quantities)

    def test_of_many_products_some_are_shown(self):
        products = self._create_many_products("P", 11)
        self._add_stock(self.ec, products, 5)
        transfer = self.make_transfer(lines=dict.fromkeys(products, 1))
        self.submit(transfer)
        submit = self.get_events(transfer)[-1]
        self.assertEqual(len(submit.quantities.splitlines()), 9)
        self.assertIn("3 more products", submit.quantities)

    def test_withdrawn_changed_and_rejected(self):
        transfer = self.make_transfer(lines={self.tea: 10, self.mug: 2})
        self.submit(transfer)
        transfer.with_user(self.ec_staff).action_withdraw()
        tea, mug = transfer.with_user(self.ec_staff).line_ids
        tea.quantity = 4
        mug.unlink()
        self.submit(transfer)
        self.reject(transfer)
        transfer.with_user(self.ec_staff).action_reset()
        transfer.with_user(self.ec_staff).action_cancel()
        events = self.get_events(transfer)
        self.assertEqual(
            events.mapped("step"),
            ["create", "submit", "withdraw", "submit", "reject", "reset", "cancel"],
        )
        self.assertEqual(
            self.get_changes(events[3]),
            {"TEA-001": {"asked": [10, 4]}, "MUG-001": {"asked": [2, 0]}},
        )
        self.assertEqual(
            self.get_changes(events[4]), {"TEA-001": {"not_approved": [0, 4]}}
        )
        self.assertEqual(
            self.get_changes(events[5]), {"TEA-001": {"not_approved": [4, 0]}}
        )
        self.assertEqual(self.get_changes(events[6]), {"TEA-001": {"closed": [0, 4]}})

    def test_a_third_party_is_submitted_and_approved_in_one_step(self):
        transfer = self.make_transfer(kind="dispatch", remark="Repair shop")
        self.submit(transfer)
        create, submit = self.get_events(transfer)
        self.assertEqual([create.step, submit.step], ["create", "submit"])
        self.assertEqual(self.get_changes(submit)["TEA-001"]["approved"], [0, 10])

    def test_undone_steps_stay_in_the_trail(self):
        transfer = self.make_shipped_transfer()
        transfer.with_user(self.ec_staff).action_undo_shipment()
        self.ship(transfer)
        self.count(transfer, {self.tea: 6})
        transfer.with_user(self.shop_approver).action_undo_count()
        events = self.get_events(transfer)
        self.assertEqual(
            events.mapped("step")[3:],
            ["ship", "undo_shipment", "ship", "confirm_arrival", "count", "undo_count"],
        )
        self.assertEqual(self.get_changes(events[4])["TEA-001"]["shipped"], [10, 0])
        self.assertEqual(self.get_changes(events[-1])["TEA-001"]["received"], [6, 0])

    def test_the_rest_is_closed(self):
        transfer = self.make_transfer()
        self.submit(transfer)
        self.approve(transfer)
        self.ship(transfer, {self.tea: 4})
        self.close_rest(transfer)
        close = self.get_events(transfer)[-1]
        self.assertEqual(close.step, "close")
        self.assertEqual(close.user_id, self.ec_approver)
        self.assertEqual(
            self.get_changes(close), {"TEA-001": {"to_ship": [6, 0], "closed": [0, 6]}}
        )

    def test_the_delivery_is_changed(self):
        transfer = self.make_shipped_transfer(carrier="Black Cat")
        transfer.with_user(self.ec_staff).carrier = "Post"
        event = self.get_events(transfer)[-1]
        self.assertEqual(event.step, "change_delivery")
        self.assertEqual(event.quantities, "Carrier: Black Cat → Post")

    def test_many_at_once_have_a_trail_each(self):
        transfers = self.make_transfer() | self.make_transfer(lines={self.mug: 3})
        self.submit(transfers)
        transfers.with_user(self.shop_approver).approve_many()
        transfers.with_user(self.ec_staff).ship_many()
        for transfer in transfers:
            self.assertEqual(
                self.get_steps(transfer), ["create", "submit", "approve", "ship"]
            )

    def test_what_is_done_in_the_inventory_app(self):
        transfer = self.make_transfer()
        self.submit(transfer)
        self.approve(transfer)
        self.validate_picking(self.get_pickings(transfer, "outgoing"), {self.tea: 6})
        self.get_pickings(transfer, "outgoing").action_cancel()
        self.validate_picking(self.get_pickings(transfer, "incoming"))
        events = self.get_events(transfer)[3:]
        self.assertEqual(
            [(event.step, event.origin, event.user_id) for event in events],
            [
                ("ship", "inventory", self.inventory_user),
                ("close", "inventory", self.inventory_user),
                ("receive", "inventory", self.inventory_user),
            ],
        )
        self.assertEqual(self.get_changes(events[0])["TEA-001"]["shipped"], [0, 6])
        self.assertEqual(self.get_changes(events[1])["TEA-001"]["closed"], [0, 4])
        self.assertEqual(self.get_changes(events[2])["TEA-001"]["received"], [0, 6])

    def test_what_was_done_is_corrected_in_the_inventory_app(self):
        transfer = self.make_shipped_transfer()
        [move] = self.get_pickings(transfer, "outgoing", "done").move_ids
        move.move_line_ids.with_user(self.inventory_user).quantity = 8
        event = self.get_events(transfer)[-1]
        self.assertEqual((event.step, event.origin), ("correct", "inventory"))
        self.assertEqual(self.get_changes(event)["TEA-001"]["shipped"], [10, 8])

    def test_to_look_at_stock_is_no_step(self):
        transfer = self.make_transfer()
        self.submit(transfer)
        self.approve(transfer)
        before = self.get_steps(transfer)
        picking = self.get_pickings(transfer, "outgoing")
        picking.with_user(self.inventory_user).do_unreserve()
        picking.with_user(self.inventory_user).action_assign()
        self.assertEqual(self.get_steps(transfer), before)

    def test_a_step_that_is_refused_leaves_no_trace(self):
        transfer = self.make_shipped_transfer()
        before = self.get_steps(transfer)
        with self.assertRefused("In Transit"):
            transfer.with_user(self.head_office).action_cancel()
        self.assertEqual(self.get_steps(transfer), before)


@tagged("post_install", "-at_install")
class TestTrailAccess(DiscrepancyCase):
    """Nobody writes into a trail; who counts blind learns no quantity from it."""

    def setUp(self):
        super().setUp()
        self.transfer = self.make_shipped_transfer()
        self.events = self.env["store.transfer.event"].search(
            [("transfer_id", "=", self.transfer.id)]
        )

    def test_nobody_writes_it(self):
        administrator = self.env.ref("base.user_admin")
        administrator.company_ids += self.company
        for user in (self.head_office, self.shop_staff, administrator):
            events = self.events.with_user(user)
            with self.subTest(user.name):
                with self.assertRaises(AccessError):
                    events.write({"user_id": self.shop_approver.id})
                with self.assertRaises(AccessError):
                    events.unlink()
                with self.assertRaises(AccessError):
                    events.create(
                        {
                            "transfer_id": self.transfer.id,
                            "step": "count",
                            "origin": "till",
                            "date": "2026-01-01 00:00:00",
                        }
                    )

    def test_not_even_our_own_code_changes_it(self):
        with self.assertRaises(AccessError):
            self.events.sudo().write({"origin": "till"})
        with self.assertRaises(AccessError):
            self.events.sudo().unlink()

    def test_what_is_kept_is_read_by_nobody(self):
        for name in ("changes", "delivery"):
            with self.assertRaises(AccessError):
                self.events.with_user(self.head_office).read([name])

    def test_a_draft_takes_its_trail_along(self):
        draft = self.make_transfer()
        events = self.env["store.transfer.event"]
        of_draft = events.search([("transfer_id", "=", draft.id)])
        self.assertTrue(of_draft)
        draft.unlink()
        self.assertFalse(of_draft.exists())

    def test_who_sees_it(self):
        for user in (self.ec_staff, self.shop_staff, self.head_office):
            self.assertTrue(self.events.with_user(user)._filtered_access("read"))
        self.assertFalse(
            self.events.with_user(self.south_staff)._filtered_access("read")
        )
        company = self.env["res.company"].create({"name": "Other Goods"})
        stranger = self._create_user("stranger", "group_head_office", company=company)
        self.assertFalse(self.events.with_user(stranger)._filtered_access("read"))

    def test_a_draft_of_the_other_side_is_not_seen(self):
        draft = self.make_transfer()
        self.assertTrue(draft.with_user(self.ec_staff).event_ids)
        events = self.env["store.transfer.event"].with_user(self.shop_staff)
        self.assertFalse(events.search([("transfer_id", "=", draft.id)]))

    def test_who_counts_blind_sees_no_quantity_until_it_is_over(self):
        self.shop.transfer_blind_count = True
        blind = self.events.with_user(self.shop_staff)
        self.assertTrue(blind)
        self.assertFalse(any(blind.mapped("quantities")))
        self.assertTrue(any(self.events.with_user(self.ec_staff).mapped("quantities")))
        self.receive_all(self.transfer, self.shop_approver)
        blind.invalidate_recordset()
        self.assertTrue(any(blind.mapped("quantities")))


@tagged("post_install", "-at_install")
class TestTrailOrigin(DiscrepancyCase):
    """From where a step was done: as the screen says, and no right comes from it."""

    def get_last(self, transfer):
        return transfer.sudo().event_ids.sorted("id")[-1]

    def test_scan_screen_and_till(self):
        for origin in ("scan", "till"):
            transfer = self.make_shipped_transfer()
            count = self.start_count(transfer)
            count.line_ids.counted_quantity = 10
            count.with_context(
                store_transfer_origin=origin, store_transfer_cashier="Mei"
            ).action_submit()
            event = self.get_last(transfer)
            self.assertEqual((event.step, event.origin), ("count", origin))
            is_till = origin == "till"
            self.assertEqual(event.cashier, "Mei" if is_till else "")
            self.assertEqual("At the till: Mei" in event.person, is_till)

    def test_nonsense_is_not_believed(self):
        # Nor what only we can know.
        ours = ("inventory", "back_office", "unknown")
        for said in ("moon", 7, ["till"], {"a": 1}, None, *ours):
            transfer = self.make_transfer().with_context(store_transfer_origin=said)
            self.submit(transfer)
            self.assertEqual(self.get_last(transfer).origin, "system")


@tagged("post_install", "-at_install")
class TestTrailOfBefore(DiscrepancyCase):
    """Transfers from before trails were kept have what can be told of them."""

    def migrate(self):
        self.env.flush_all()
        self.cr.execute("DELETE FROM store_transfer_event")
        self.run_migration("19.0.1.7.0/post-trail.py")

    def get_events(self, transfer):
        return transfer.with_user(self.head_office).event_ids.sorted("id")

    def test_what_is_read_off(self):
        transfer = self.make_shipped_transfer()
        self.count(transfer, {self.tea: 7})
        transfer.with_user(self.shop_approver).action_undo_count()
        self.count(transfer, {self.tea: 6})
        self.migrate()
        events = self.get_events(transfer)
        self.assertTrue(all(events.mapped("is_reconstructed")))
        self.assertEqual(
            sorted(events.mapped("step")),
            [
                "approve",
                "begin",
                "confirm_arrival",
                "count",
                "create",
                "receive",
                "ship",
                "submit",
                "undo_count",
            ],
        )
        approve = events.filtered(lambda event: event.step == "approve")
        self.assertEqual(approve.user_id, self.shop_approver)
        self.assertEqual(approve.origin, "unknown")
        count = events.filtered(lambda event: event.step == "count")
        self.assertEqual(count.user_id, self.shop_staff)

    def test_it_goes_on_with_the_quantities_of_then(self):
        transfer = self.make_shipped_transfer()
        waiting = self.make_transfer()
        self.submit(waiting)
        self.migrate()
        self.count(transfer, {self.tea: 7})
        self.approve(waiting)
        begin, _arrival, count = self.get_events(transfer)[-3:]
        self.assertIn("Shipped 0 → 10", begin.quantities)
        [(_product, changed)] = count._get_changed_quantities(self.tea)
        self.assertEqual(changed, {"in_transit": [10, 3], "received": [0, 7]})
        approve = self.get_events(waiting)[-1]
        [(_product, changed)] = approve._get_changed_quantities(self.tea)
        self.assertEqual(changed, {"approved": [0, 10], "to_ship": [0, 10]})


@tagged("post_install", "-at_install")
class TestTrailSheet(ImportCase):
    """The trail as a spreadsheet: a row for each change, for approvers."""

    def read_sheet(self, transfers, user):
        action = transfers.with_user(user).action_download_trail()
        trail = self.env["store.transfer.trail"].search([], order="id desc", limit=1)
        self.assertIn(f"/{trail.id}/sheet?download=true", action["url"])
        trail = trail.with_user(user).with_context(lang=user.lang, tz="Asia/Taipei")
        headings, *rows = self.read_file(trail.sheet)
        return [dict(zip(headings, row, strict=True)) for row in rows]

    def test_rows(self):
        transfer = self.make_shipped_transfer(lines={self.tea: 10})
        transfer.with_user(self.ec_staff).carrier = "Black Cat"
        rows = self.read_sheet(transfer, self.shop_approver)
        first, *_others, shipped, transit, carrier = rows
        self.assertEqual(first["Number"], transfer.name)
        self.assertEqual((first["What"], first["Before"]), ("Draft written", None))
        self.assertEqual(
            [shipped[name] for name in ("What", "Who", "SKU", "What Changed")],
            ["Shipped", self.ec_staff.name, "TEA-001", "Shipped"],
        )
        self.assertEqual((shipped["Before"], shipped["After"]), (0, 10))
        self.assertEqual(
            (transit["What Changed"], transit["After"]), ("In Transit", 10)
        )
        self.assertEqual(
            (carrier["What Changed"], carrier["After"]), ("Carrier", "Black Cat")
        )

    def test_of_a_product_that_was_deleted(self):
        product = self._create_product("Jar", "JAR-001")
        transfer = self.make_transfer(lines={self.tea: 10, product: 3})
        self.submit(transfer)
        transfer.with_user(self.ec_staff).action_withdraw()
        transfer.with_user(self.ec_staff).line_ids[1].unlink()
        product.unlink()
        self.assertFalse(product.exists())
        submit = transfer.with_user(self.head_office).event_ids.sorted("id")[1]
        self.assertIn("Deleted product: Asked 0 → 3", submit.quantities)
        rows = self.read_sheet(transfer, self.head_office)
        gone = [row for row in rows if row["Product"] == "Deleted product"]
        self.assertEqual([(row["SKU"], row["After"]) for row in gone], [(None, 3)])

    def test_of_many_and_from_the_screen(self):
        transfers = self.make_transfer() | self.make_transfer()
        rows = self.read_sheet(transfers, self.head_office)
        self.assertEqual([row["Number"] for row in rows], transfers.mapped("name"))
        events = self.env["store.transfer.event"].with_user(self.head_office)
        on_screen = events.with_context(store_transfer_trail_of=transfers[0].id)
        self.assertIn("sheet", on_screen.action_download_sheet()["url"])
        self.assertIn("epcis", on_screen.action_download_epcis()["url"])
        for said in (None, "x", -1, 2**40, [1]):
            with self.assertRefused("Open a transfer"):
                events.with_context(
                    store_transfer_trail_of=said
                ).action_download_sheet()

    def test_an_import_says_so(self):
        transfer = self.import_rows(self.make_row(), after_import="submit")
        events = transfer.event_ids.sorted("id")
        self.assertEqual(
            [(event.step, event.origin) for event in events],
            [("create", "import"), ("submit", "import")],
        )

    def test_of_stores_of_ones_own(self):
        transfer = self.make_shipped_transfer()
        stranger = self._create_user(
            "south_approver", "group_approver", self.shop_south
        )
        with self.assertRaises(AccessError):
            transfer.with_user(stranger).action_download_trail()
        events = self.env["store.transfer.event"].with_user(stranger)
        with self.assertRaises(AccessError):
            events.with_context(
                store_transfer_trail_of=transfer.id
            ).action_download_sheet()


@tagged("post_install", "-at_install")
class TestTrailOfRequests(StoreTransferCase, HttpCase):
    """From where a request came, whatever its context says."""

    def get_last(self, transfer):
        transfer.invalidate_recordset()
        return transfer.sudo().event_ids.sorted("id")[-1]

    def test_the_back_office(self):
        transfer = self.make_transfer()
        self.authenticate(self.ec_staff.login, self.ec_staff.login)
        self.make_jsonrpc_request(
            "/web/dataset/call_kw",
            {
                "model": "store.transfer",
                "method": "action_submit",
                "args": [transfer.ids],
                "kwargs": {},
            },
        )
        event = self.get_last(transfer)
        self.assertEqual((event.step, event.origin), ("submit", "back_office"))
        self.assertEqual(event.user_id, self.ec_staff)

    def make_api_key(self):
        keys = self.env["res.users.apikeys"].with_user(self.ec_staff)
        tomorrow = fields.Datetime.now() + timedelta(days=1)
        return keys._generate("rpc", "Till of another make", tomorrow)

    def test_other_software(self):
        transfer = self.make_transfer()
        answer = self.url_open(
            "/json/2/store.transfer/action_submit",
            json={
                "ids": transfer.ids,
                "context": {
                    "store_transfer_origin": "till",
                    "store_transfer_cashier": "The boss",
                },
            },
            headers={"Authorization": f"Bearer {self.make_api_key()}"},
        )
        self.assertEqual(answer.status_code, 200, answer.text)
        event = self.get_last(transfer)
        self.assertEqual((event.step, event.origin), ("submit", "api"))
        self.assertEqual((event.user_id, event.cashier), (self.ec_staff, ""))

    def test_other_software_in_the_old_way(self):
        transfer = self.make_transfer()
        # Odoo warns of its end.
        with mute_logger("odoo.addons.rpc.controllers.xmlrpc"):
            self.xmlrpc_object.execute_kw(
                get_db_name(),
                self.ec_staff.id,
                self.ec_staff.login,
                "store.transfer",
                "action_submit",
                [transfer.ids],
            )
        self.assertEqual(self.get_last(transfer).origin, "api")
