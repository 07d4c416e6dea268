from datetime import timedelta

from odoo import fields
from odoo.exceptions import AccessError, UserError
from odoo.tests import tagged

from .common_discrepancies import DiscrepancyCase

CHANGES = {
    "carrier": "Black Cat",
    "tracking_number": "BC-1234",
    "driver": "Mr. Chen, 0912",
    "carton_quantity": 3,
    "remark": "Comes by the back door",
}


@tagged("post_install", "-at_install")
class TestDelivery(DiscrepancyCase):
    """When and how goods come is said anew by the source, and the other side told."""

    def make_approved(self, **values):
        transfer = self.make_transfer(**values)
        self.submit(transfer)
        if transfer.kind == "between":
            self.approve(transfer)
        return transfer

    def change(self, transfer, user=None, **values):
        transfer.with_user(user or self.ec_staff).write(values)
        self.flush_tracking()

    def test_the_source_changes_it_until_all_is_done(self):
        transfer = self.make_transfer()
        self.submit(transfer)
        steps = (
            lambda: self.approve(transfer),
            lambda: self.ship(transfer),
            lambda: self.confirm_arrival(transfer),
            lambda: self.count(transfer, {self.tea: 4}),
            lambda: self.receive_all(transfer),
        )
        for number, step in enumerate(steps):
            with self.subTest(state=transfer.state):
                self.change(transfer, carrier=f"Carrier {number}")
                self.assertEqual(transfer.carrier, f"Carrier {number}")
            step()
        self.assertEqual(transfer.state, "done")
        with self.assertRefused("is Done: this step is not possible now"):
            self.change(transfer, carrier="Too late")

    def test_the_destination_and_others_do_not(self):
        transfer = self.make_approved()
        for user in (self.shop_approver, self.south_staff, self.inventory_user):
            for name, value in CHANGES.items():
                with self.subTest(name, user=user.login):
                    with self.assertRaises(AccessError):
                        self.change(transfer, user, **{name: value})
        self.assertFalse(transfer.with_user(self.shop_approver).can_change_delivery)
        self.change(transfer, self.head_office, **CHANGES)
        self.assertEqual(transfer.driver, CHANGES["driver"])

    def test_nothing_else_is_changed_with_it(self):
        transfer = self.make_approved()
        for values in (
            {"destination_store_id": self.shop_south.id},
            {"priority": "1"},
            {"promised_date": fields.Date.today()},
        ):
            with self.subTest(values), self.assertRaises(UserError):
                self.change(transfer, carrier="Black Cat", **values)

    def test_a_third_party_s_goods_are_up_to_the_store_that_waits(self):
        receipt = self.make_transfer(
            user=self.shop_staff, kind="receipt", partner_id=False
        )
        self.submit(receipt, self.shop_staff)
        self.change(receipt, self.shop_staff, **CHANGES)
        self.assertEqual(receipt.carrier, "Black Cat")

    def test_the_draft_is_written_by_who_makes_it(self):
        transfer = self.make_transfer(user=self.shop_staff, initiator="destination")
        self.change(transfer, self.shop_staff, remark="Please by noon")
        with self.assertRaises(AccessError):
            self.change(transfer, self.ec_staff, remark="No")

    def test_each_change_is_in_the_history(self):
        """Also where a caller would rather keep none."""
        transfer = self.make_approved().with_context(tracking_disable=True)
        self.flush_tracking()
        known = transfer.sudo().message_ids
        self.change(transfer, **CHANGES)
        self.change(transfer, carrier="Post")
        tracked = (transfer.sudo().message_ids - known).tracking_value_ids
        self.assertEqual(set(tracked.field_id.mapped("name")), set(CHANGES))
        [again] = tracked.filtered("old_value_char")
        self.assertEqual(
            (again.old_value_char, again.new_value_char), ("Black Cat", "Post")
        )

    def test_the_other_side_is_told_what_is_new(self):
        transfer = self.make_approved()
        self.change(transfer, carrier="Black Cat", driver="Mr. Chen")
        [notice] = self.get_notices(transfer, self.shop_staff)
        self.assertIn("Carrier – → Black Cat, Driver – → Mr. Chen", notice)
        self.assertFalse(self.get_notices(transfer, self.ec_approver))

    def test_what_stays_the_same_is_no_news(self):
        transfer = self.make_approved()
        self.change(transfer, carrier=False, expected_date=transfer.expected_date)
        self.assertFalse(self.get_notices(transfer, self.shop_staff))

    def test_both_sides_are_told_what_head_office_changed(self):
        transfer = self.make_approved()
        self.change(transfer, self.head_office, carrier="Black Cat")
        for user in (self.shop_staff, self.ec_staff):
            self.assertEqual(len(self.get_notices(transfer, user)), 1)
        self.assertFalse(self.get_notices(transfer, self.head_office))

    def test_the_first_promised_date_stays(self):
        transfer = self.make_approved()
        promised = transfer.expected_date
        self.assertEqual(transfer.promised_date, promised)
        self.assertFalse(transfer.is_postponed)
        self.change(transfer, expected_date=promised + timedelta(days=3))
        self.change(transfer, expected_date=promised + timedelta(days=4))
        self.assertEqual(transfer.promised_date, promised)
        self.assertTrue(transfer.is_postponed)

    def test_pickings_and_activities_follow_the_date(self):
        transfer = self.make_approved()
        later = transfer.expected_date + timedelta(days=5)
        self.change(transfer, expected_date=later)
        pickings = transfer.sudo().picking_ids
        self.assertEqual(len(pickings), 2)
        for picking in pickings:
            self.assertEqual(
                picking.scheduled_date, transfer.sudo()._get_leg_date(picking)
            )
        incoming = self.get_pickings(transfer, "incoming")
        self.assertEqual(incoming.scheduled_date.date(), later)
        activity = transfer.sudo().activity_ids
        self.assertEqual(
            set(activity.mapped("date_deadline")), {transfer._get_ship_day()}
        )
        self.assertEqual(transfer.line_ids.expected_date, later)

    def test_what_left_is_not_planned_anew(self):
        transfer = self.make_shipped_transfer()
        shipped = self.get_pickings(transfer, "outgoing", "done")
        done = shipped.move_ids.date
        later = transfer.expected_date + timedelta(days=5)
        self.change(transfer, expected_date=later)
        self.assertEqual(shipped.move_ids.date, done)

    def test_the_goods_are_found_by_the_carrier_s_number(self):
        transfer = self.make_shipped_transfer()
        self.change(transfer, carrier="Black Cat", tracking_number="BC-1234")
        transfers = self.env["store.transfer"].with_user(self.shop_staff)
        [found] = transfers.get_transfers_to_count("BC-1234")
        self.assertEqual(
            (found["id"], found["carrier"], found["tracking_number"]),
            (transfer.id, "Black Cat", "BC-1234"),
        )
        self.assertFalse(transfers.get_transfers_to_count("BC"))

    def test_a_copy_is_another_delivery(self):
        transfer = self.make_approved()
        self.change(transfer, **CHANGES)
        copy = transfer.with_user(self.ec_staff).copy()
        self.assertFalse(copy.carrier or copy.tracking_number or copy.driver)
        self.assertFalse(copy.promised_date)

    def test_old_transfers_get_the_date_they_have(self):
        submitted, draft = self.make_approved(), self.make_transfer()
        submitted.sudo().promised_date = False
        self.env.flush_all()
        self.run_migration("19.0.1.5.0/post-promised_date.py")
        self.assertEqual(submitted.promised_date, submitted.expected_date)
        self.assertFalse(draft.promised_date)
