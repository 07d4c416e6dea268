from odoo.exceptions import AccessError
from odoo.tests import tagged

from .common_transfers import StoreTransferCase

STEPS = (
    "action_submit",
    "action_approve",
    "action_open_approve",
    "action_open_reject",
    "action_withdraw",
    "action_reset",
    "action_cancel",
    "action_open_ship",
    "action_open_close",
    "action_confirm_arrival",
    "action_start_count",
    "action_receive_all",
    "action_mail",
    "action_undo_shipment",
    "action_undo_count",
)


@tagged("post_install", "-at_install")
class TestRoles(StoreTransferCase):
    """Role, side and company are checked on the server, for whoever calls."""

    def assertForbidden(self, transfer, user, *steps):
        for step in steps:
            with self.subTest(step=step, user=user.login):
                with self.assertRaises(AccessError):
                    getattr(transfer.with_user(user), step)()

    def test_the_source_never_approves_its_own_push(self):
        transfer = self.make_transfer()
        self.submit(transfer)
        self.assertForbidden(
            transfer,
            self.ec_approver,
            "action_approve",
            "action_open_approve",
            "action_open_reject",
        )

    def test_staff_do_not_approve(self):
        transfer = self.make_transfer()
        self.submit(transfer)
        self.assertForbidden(
            transfer, self.shop_staff, "action_approve", "action_open_reject"
        )

    def test_the_destination_never_ships(self):
        transfer = self.make_transfer()
        self.submit(transfer)
        self.approve(transfer)
        self.assertForbidden(
            transfer, self.shop_approver, "action_open_ship", "action_open_close"
        )

    def test_the_source_never_counts_at_the_destination(self):
        transfer = self.make_shipped_transfer()
        self.assertForbidden(
            transfer,
            self.ec_approver,
            "action_confirm_arrival",
            "action_start_count",
            "action_receive_all",
        )

    def test_staff_ship_but_do_not_close(self):
        transfer = self.make_transfer()
        self.submit(transfer)
        self.approve(transfer)
        self.assertForbidden(transfer, self.ec_staff, "action_open_close")
        with self.assertRaises(AccessError):
            self.ship(
                transfer,
                {self.tea: 4},
                rest="close",
                reason_id=self.env.ref("store_transfer.reason_not_found").id,
            )

    def test_a_third_store_sees_and_does_nothing(self):
        transfer = self.make_transfer()
        self.submit(transfer)
        visible = self.env["store.transfer"].with_user(self.south_staff).search([])
        self.assertNotIn(transfer, visible)
        self.assertForbidden(transfer, self.south_staff, *STEPS)

    def test_a_draft_is_seen_by_who_makes_it_only(self):
        transfer = self.make_transfer()
        transfers = self.env["store.transfer"]
        self.assertIn(transfer, transfers.with_user(self.ec_staff).search([]))
        self.assertNotIn(transfer, transfers.with_user(self.shop_staff).search([]))
        self.submit(transfer)
        self.assertIn(transfer, transfers.with_user(self.shop_staff).search([]))

    def test_an_inventory_user_has_no_part_in_it(self):
        transfer = self.make_transfer()
        self.assertForbidden(transfer, self.inventory_user, *STEPS)

    def test_staff_start_transfers_of_their_own_store_only(self):
        with self.assertRefused("staff of EC Warehouse", AccessError):
            self.make_transfer(user=self.south_staff)

    def test_a_draft_is_not_moved_to_another_store(self):
        transfer = self.make_transfer()
        with self.assertRaises(AccessError):
            transfer.with_user(self.ec_staff).source_store_id = self.shop_south

    def test_head_office_does_all_of_it(self):
        user = self.head_office
        transfer = self.make_transfer(user=user)
        self.submit(transfer, user)
        self.approve(transfer, user)
        self.ship(transfer, user=user)
        self.confirm_arrival(transfer, user)
        self.receive_all(transfer, user)
        self.assertEqual(transfer.state, "done")

    def test_companies_are_kept_apart(self):
        other = self.env["res.company"].create({"name": "Other Goods"})
        stranger = self._create_user(
            "stranger", "group_head_office", stores=self.ec, company=other
        )
        transfer = self.make_transfer()
        self.submit(transfer)
        self.assertNotIn(
            transfer, self.env["store.transfer"].with_user(stranger).search([])
        )
        self.assertForbidden(transfer, stranger, *STEPS)

    def test_fields_of_the_steps_are_not_written_by_hand(self):
        transfer = self.make_transfer().with_user(self.ec_staff)
        for values in (
            {"approval_state": "approved"},
            {"state": "done"},
            {"name": "ST/1"},
            {"arrival_user_id": self.ec_staff.id},
            {"picking_ids": []},
        ):
            with self.subTest(values), self.assertRaises(AccessError):
                transfer.write(values)
        with self.assertRaises(AccessError):
            transfer.line_ids.write({"approved_quantity": 3})

    def test_fields_of_the_steps_are_not_set_by_defaults(self):
        transfers = self.env["store.transfer"].with_context(
            default_approval_state="approved"
        )
        self.env = transfers.env
        self.assertEqual(self.make_transfer().approval_state, "draft")

    def test_counts_are_written_by_the_destination_only(self):
        transfer = self.make_shipped_transfer()
        action = transfer.with_user(self.shop_staff).action_start_count()
        count = self.env["store.transfer.count"].browse(action["res_id"])
        for user in (self.ec_staff, self.south_staff, self.inventory_user):
            with self.subTest(user.login):
                with self.assertRaises(AccessError):
                    count.with_user(user).line_ids.counted_quantity = 1
                with self.assertRaises(AccessError):
                    count.with_user(user).action_submit()
        with self.assertRaises(AccessError):
            count.with_user(self.shop_staff).line_ids.expected_quantity = 99
        with self.assertRaises(AccessError):
            count.with_user(self.shop_staff).state = "done"

    def test_staff_need_no_inventory_rights(self):
        for user in (self.ec_staff, self.shop_approver, self.head_office):
            self.assertFalse(user.has_group("stock.group_stock_user"))

    def test_head_office_sets_up_stores_but_not_warehouses(self):
        shop = self.shop.with_user(self.head_office)
        shop.transfer_staff_ids += self.south_staff
        self.assertIn(self.south_staff, self.shop.transfer_staff_ids)
        with self.assertRefused("lot_stock_id", AccessError):
            shop.lot_stock_id = self.ec.lot_stock_id
        with self.assertRaises(AccessError):
            self.shop.with_user(self.shop_approver).is_store = False

    def test_head_office_keeps_the_reasons(self):
        reasons = self.env["store.transfer.reason"]
        reasons.with_user(self.head_office).create({"name": "Typhoon"})
        with self.assertRaises(AccessError):
            reasons.with_user(self.shop_approver).create({"name": "Lazy"})
