from odoo.exceptions import AccessError
from odoo.tests import Form, tagged

from .common_overview import FIGURES, OverviewCase


@tagged("post_install", "-at_install")
class TestFigures(OverviewCase):
    """What the numbers on the cards are, computed by hand."""

    def test_nothing_is_open(self):
        for user in (self.shop_staff, self.head_office):
            for card in self.get_cards(user):
                self.assertFigures(card)
                self.assertFalse(card.longest_waiting)

    def test_to_approve(self):
        """It counts where it is approved: at the side that did not start it."""
        pushed = self.make_transfer(lines={self.tea: 10, self.mug: 5})
        self.submit(pushed)
        asked_for = self.make_transfer(
            self.shop_staff, {self.tea: 1}, initiator="destination"
        )
        self.submit(asked_for, self.shop_staff)
        self.assertFigures(
            self.get_card(self.shop_staff, self.shop), to_approve=(1, 120)
        )
        self.assertFigures(self.get_card(self.ec_staff, self.ec), to_approve=(1, 10))
        self.assertFigures(self.get_card(self.head_office), to_approve=(2, 130))

    def test_to_ship(self):
        """What is partly shipped is to ship and on its way."""
        self.approve_new({self.tea: 10})
        transfer = self.approve_new({self.mug: 5})
        self.ship(transfer, {self.mug: 2})
        at_ec = self.get_card(self.ec_staff, self.ec)
        self.assertFigures(at_ec, to_ship=(2, 112))
        at_shop = self.get_card(self.shop_staff, self.shop)
        self.assertFigures(at_shop, on_the_way=(1, 8))
        total = self.get_card(self.head_office)
        self.assertFigures(total, to_ship=(2, 112), on_the_way=(1, 8))

    def test_to_count_and_partial(self):
        """What has come partly is to count, too: its rest is still expected."""
        arrived = self.make_shipped_transfer({self.mug: 5})
        self.confirm_arrival(arrived)
        self.count(self.make_shipped_transfer({self.tea: 10}), {self.tea: 7})
        self.assertFigures(
            self.get_card(self.shop_approver, self.shop),
            to_count=(2, 50),
            partial=(1, 30),
            difference=(1, 30),
        )
        self.assertFigures(self.get_card(self.ec_staff, self.ec), difference=(1, 30))

    def test_what_goes_back_is_not_to_count(self):
        """Of ten three do not go on to the shop, and of two others nobody knows."""
        transfer = self.make_shipped_transfer()
        self.count(transfer, {self.tea: 5})
        wizard = self.open_wizard(
            transfer,
            self.shop_approver,
            "action_open_settle",
            outcome="returned",
            reason_id=self.env.ref("store_transfer.reason_stolen").id,
        )
        with Form(wizard) as form:
            self._fill_lines(form, {self.tea: 3})
        wizard.action_settle()
        self.assertFigures(
            self.get_card(self.shop_approver, self.shop),
            to_count=(1, 20),
            partial=(1, 50),
            difference=(1, 20),
        )

    def test_late_concerns_both(self):
        self.approve_new({self.tea: 10}).sudo().expected_date = "2020-01-01"
        for user, store in ((self.ec_staff, self.ec), (self.shop_staff, self.shop)):
            card = self.get_card(user, store)
            self.assertEqual((card.late_count, card.late_value), (1, 100))
        total = self.get_card(self.head_office)
        self.assertFigures(total, to_ship=(1, 100), late=(1, 100))

    def test_from_a_vendor(self):
        """It is on its way when it was announced, with what is still to come."""
        receipt = self.make_transfer(
            self.shop_staff, {self.tea: 10}, kind="receipt", remark="Tea farm"
        )
        self.submit(receipt, self.shop_staff)
        card = self.get_card(self.shop_staff, self.shop)
        self.assertFigures(card, on_the_way=(1, 100))
        self.count(receipt, {self.tea: 4})
        card = self.get_card(self.shop_approver, self.shop)
        self.assertEqual((card.to_count_count, card.to_count_value), (1, 60))
        self.assertEqual((card.partial_count, card.partial_value), (1, 60))

    def test_a_price_that_changes_later_changes_nothing(self):
        self.make_shipped_transfer()
        self.tea.with_company(self.company).standard_price = 99
        card = self.get_card(self.shop_staff, self.shop)
        self.assertFigures(card, on_the_way=(1, 100))

    def test_what_is_over_counts_nowhere(self):
        self.receive_all(self.make_shipped_transfer())
        rejected = self.make_transfer()
        self.submit(rejected)
        self.reject(rejected)
        self.make_transfer()
        for card in self.get_cards(self.head_office):
            self.assertFigures(card)

    def test_what_goes_back_waits_at_its_source(self):
        transfer = self.make_shipped_transfer()
        self.count(transfer, {self.tea: 7})
        self.settle_all(transfer, "returned")
        at_ec = self.get_card(self.ec_staff, self.ec)
        self.assertEqual([one["id"] for one in at_ec.longest_waiting], transfer.ids)
        at_shop = self.get_card(self.shop_staff, self.shop)
        self.assertFigures(at_shop, partial=(1, 30))
        self.assertFalse(at_shop.longest_waiting)


@tagged("post_install", "-at_install")
class TestOverview(OverviewCase):
    """Which cards there are, and what they open."""

    def test_who_sees_which(self):
        self.shop_south.transfer_staff_ids += self.shop_staff
        for user, stores in (
            (self.ec_staff, self.ec),
            (self.shop_staff, self.shop | self.shop_south),
            (self.head_office, self.ec | self.shop | self.shop_south),
        ):
            self.assertEqual(self.get_cards(user).store_id, stores)

    def test_only_head_office_sees_that_of_all_stores_and_first(self):
        cards = self.get_cards(self.head_office)
        self.assertEqual(cards.mapped("is_total"), [True, False, False, False])
        self.assertEqual(cards[0].display_name, "All Stores")
        for user in (self.ec_staff, self.shop_approver):
            self.assertFalse(any(self.get_cards(user).mapped("is_total")))
            with self.assertRaises(AccessError):
                cards[0].with_user(user).read(["late_count"])
            with self.assertRaises(AccessError):
                cards[0].with_user(user).action_open_late()

    def test_a_card_of_another_store_is_refused(self):
        other = self.get_card(self.south_staff, self.shop_south)
        for step in (
            lambda card: card.read(["to_ship_count"]),
            lambda card: card.action_open_to_ship(),
            lambda card: card.action_open_differences(),
        ):
            with self.assertRaises(AccessError):
                step(other.with_user(self.ec_staff))

    def test_a_card_that_is_made_up_tells_nothing(self):
        self.make_shipped_transfer()
        overview = self.env["store.transfer.overview"].with_user(self.south_staff)
        card = overview.new(
            {"store_id": self.shop.id, "company_id": self.company.id, "is_total": True}
        )
        self.assertFigures(card)
        self.assertFalse(card.longest_waiting)

    def test_of_other_companies_nothing_is_seen(self):
        other = self.env["res.company"].create({"name": "Elsewhere"})
        stranger = self._create_user("stranger", "group_head_office", company=other)
        self.make_shipped_transfer()
        cards = self.get_cards(stranger)
        self.assertEqual(cards.company_id, other)
        for card in cards:
            self.assertFigures(card)

    def test_a_warehouse_that_is_no_store_has_no_card(self):
        self.shop_south.is_store = False
        self.shop.active = False
        self.assertEqual(self.get_cards(self.head_office).store_id, self.ec)

    def test_each_number_opens_what_it_counts(self):
        self.make_some_of_each()
        opened = 0
        for user in (self.ec_staff, self.shop_approver, self.head_office):
            for card in self.get_cards(user):
                for figure in FIGURES:
                    records = self.open_list(card, figure)
                    self.assertEqual(len(records), card[f"{figure}_count"], figure)
                    opened += len(records)
        self.assertGreater(opened, 20)

    def test_a_list_can_show_more_than_the_number(self):
        """The filter can be taken away; the store stays."""
        waiting = self.make_transfer()
        self.submit(waiting)
        approved = self.approve_new({self.tea: 1})
        card = self.get_card(self.ec_staff, self.ec)
        action = card.action_open_to_ship()
        transfers = waiting.search(action["domain"])
        self.assertEqual(transfers, waiting | approved)


@tagged("post_install", "-at_install")
class TestOverviewBlind(OverviewCase):
    """Who counts blind sees how much waits, and not how much of what it is."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.shop.transfer_blind_count = True

    def test_values_are_kept_from_them(self):
        self.make_shipped_transfer()
        card = self.get_card(self.shop_staff, self.shop)
        self.assertEqual(card.on_the_way_count, 1)
        for figure in FIGURES:
            if figure != "difference":
                with self.assertRaises(AccessError):
                    card.read([f"{figure}_value"])
        view = card.get_view(view_type="kanban")["arch"]
        self.assertNotIn("on_the_way_value", view)
        self.assertIn("on_the_way_count", view)

    def test_what_is_short_is_kept_from_them(self):
        self.count(self.make_shipped_transfer(), {self.tea: 7})
        card = self.get_card(self.shop_staff, self.shop)
        self.assertEqual((card.difference_count, card.difference_value), (0, 0))
        card = self.get_card(self.shop_approver, self.shop)
        self.assertFigures(card, to_count=(1, 30), partial=(1, 30), difference=(1, 30))

    def test_what_came_is_no_secret(self):
        self.count(self.make_shipped_transfer(), {self.tea: 10})
        card = self.get_card(self.shop_staff, self.shop)
        self.assertEqual(self.get_week(card), (10, 0))


@tagged("post_install", "-at_install")
class TestNoCards(OverviewCase):
    """What who sees no card is told to do."""

    SET_UP = 'name="store_transfer.action_store_transfer_store"'

    def get_help(self, user):
        action = self.env.ref("store_transfer.action_store_transfer_overview")
        return action.with_user(user)._get_action_dict()["help"]

    def end_all_stores(self):
        self.env["stock.warehouse"].search([("is_store", "=", True)]).is_store = False

    def test_head_office_sets_up_the_first_store(self):
        self.end_all_stores()
        told = self.get_help(self.head_office)
        self.assertIn("No warehouse is a store yet", told)
        self.assertIn(self.SET_UP, told)

    def test_staff_ask_head_office(self):
        self.end_all_stores()
        told = self.get_help(self.shop_staff)
        self.assertIn("Ask head office to add you", told)
        self.assertNotIn(self.SET_UP, told)

    def test_head_office_has_stores_that_it_does_not_look_for(self):
        self.assertNotIn(self.SET_UP, self.get_help(self.head_office))


@tagged("post_install", "-at_install")
class TestOverviewWeek(OverviewCase):
    """What came in and went out, day by day."""

    def test_both_sides_and_all_stores(self):
        transfer = self.make_shipped_transfer()
        self.count(transfer, {self.tea: 7})
        for user, store, week in (
            (self.ec_staff, self.ec, (0, 10)),
            (self.shop_staff, self.shop, (7, 0)),
            (self.head_office, None, (7, 10)),
        ):
            self.assertEqual(self.get_week(self.get_card(user, store)), week)

    def test_what_was_undone_did_not_happen(self):
        transfer = self.make_shipped_transfer()
        transfer.with_user(self.ec_staff).action_undo_shipment()
        self.assertEqual(self.get_week(self.get_card(self.head_office)), (0, 0))

    def test_what_was_undone_on_another_day_did_not_happen_either(self):
        counted, shipped = self.make_shipped_transfer(), self.make_shipped_transfer()
        self.receive_all(counted)
        self.make_older(counted, days=1)
        self.make_older(shipped, days=2)
        counted.with_user(self.shop_approver).action_undo_count()
        shipped.with_user(self.ec_staff).action_undo_shipment()
        chart = self.get_chart(self.get_card(self.head_office))
        self.assertEqual(chart["received"], [0] * 7)
        self.assertEqual(chart["shipped"], [0, 0, 0, 0, 0, 10, 0])

    def test_each_day_for_itself(self):
        self.make_shipped_transfer({self.tea: 3})
        self.make_older(self.make_shipped_transfer({self.tea: 2}), days=2)
        self.make_older(self.make_shipped_transfer({self.tea: 5}), days=8)
        card = self.get_card(self.ec_staff, self.ec)
        chart = self.get_chart(card)
        self.assertEqual(chart["shipped"], [0, 0, 0, 0, 2, 0, 3])
        self.assertEqual(len(chart["labels"]), 7)

    def test_boxes_are_counted_as_pieces(self):
        box = self.env["uom.uom"].create(
            {
                "name": "Box of 6",
                "relative_factor": 6,
                "relative_uom_id": self.tea.uom_id.id,
            }
        )
        self.tea.uom_ids += box
        transfer = self.make_transfer(lines={self.tea: 2})
        transfer.line_ids.product_uom_id = box
        self.submit(transfer)
        self.approve(transfer)
        self.ship(transfer)
        self.assertEqual(self.get_week(self.get_card(self.head_office)), (0, 12))


@tagged("post_install", "-at_install")
class TestOverviewWaiting(OverviewCase):
    """What has been standing still for longest."""

    def assertWaits(self, card, *expected):
        """Check what a card names, as ``(transfer, state, days)``."""
        told = [(one["id"], one["state"], one["days"]) for one in card.longest_waiting]
        self.assertEqual(told, [(one.id, *rest) for one, *rest in expected])

    def test_where_each_of_them_stands(self):
        waiting = self.make_transfer()
        self.submit(waiting)
        waiting.sudo().submit_date = self.get_moment(days=5)
        approved = self.approve_new()
        approved.sudo().approval_date = self.get_moment(days=3)
        on_its_way = self.make_shipped_transfer()
        on_its_way.sudo().last_ship_date = self.get_moment(days=4)
        arrived = self.make_shipped_transfer()
        self.confirm_arrival(arrived)
        arrived.sudo().arrival_date = self.get_moment(days=2)
        self.assertWaits(
            self.get_card(self.shop_staff, self.shop),
            (waiting, "To Approve", 5),
            (on_its_way, "In Transit", 4),
            (arrived, "Arrived", 2),
        )
        at_ec = self.get_card(self.ec_staff, self.ec)
        self.assertWaits(at_ec, (approved, "Approved", 3))
        self.assertWaits(
            self.get_card(self.head_office),
            (waiting, "To Approve", 5),
            (on_its_way, "In Transit", 4),
            (approved, "Approved", 3),
        )

    def test_it_says_from_where_and_to_where(self):
        transfer = self.make_shipped_transfer()
        [told] = self.get_card(self.shop_staff, self.shop).longest_waiting
        self.assertEqual(told["name"], transfer.name)
        self.assertEqual(told["route"], "EC Warehouse → Shop North")

    def test_a_transfer_without_dates_waits_since_it_was_written(self):
        transfer = self.make_transfer()
        self.submit(transfer)
        transfer.sudo().submit_date = False
        self.assertWaits(
            self.get_card(self.shop_staff, self.shop), (transfer, "To Approve", 0)
        )
