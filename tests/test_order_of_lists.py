from datetime import timedelta

from lxml import etree

from odoo import fields
from odoo.tests import tagged

from .common_discrepancies import DiscrepancyCase


@tagged("post_install", "-at_install")
class TestOrderOfLists(DiscrepancyCase):
    """What is most urgent comes first; what is over comes last."""

    def in_days(self, days):
        return fields.Date.today() + timedelta(days=days)

    def make_of_day(self, days, **values):
        return self.make_transfer(expected_date=self.in_days(days), **values)

    def test_late_comes_before_soon(self):
        later, late, soon = (self.make_of_day(days) for days in (9, -2, 1))
        self.assertEqual((later | late | soon).sorted(), late | soon | later)

    def test_of_one_day_urgent_comes_first(self):
        usual = self.make_of_day(1)
        urgent = self.make_of_day(1, priority="1")
        self.assertEqual((usual | urgent).sorted().ids, [urgent.id, usual.id])

    def test_what_is_over_comes_last_the_latest_first(self):
        before, lately, open_one = (self.make_of_day(days) for days in (-9, -3, 5))
        (before | lately).with_user(self.ec_staff).action_cancel()
        found = self.env["store.transfer"].with_user(self.ec_staff).search([])
        self.assertEqual(found.ids, [open_one.id, lately.id, before.id])

    def test_what_is_done_moves_down(self):
        first = self.make_shipped_transfer(expected_date=self.in_days(-1))
        second = self.make_of_day(3)
        self.assertEqual((second | first).sorted().ids, [first.id, second.id])
        self.receive_all(first)
        self.assertEqual((second | first).sorted().ids, [second.id, first.id])

    def test_settled_differences_come_last(self):
        transfer, settled = self.make_short()
        self.settle_all(transfer, "lost")
        _transfer, open_one = self.make_short()
        self.assertEqual(settled.state, "settled")
        self.assertEqual((settled | open_one).sorted().ids, [open_one.id, settled.id])


@tagged("post_install", "-at_install")
class TestColumnsOfLists(DiscrepancyCase):
    """No column says the same in every row."""

    def get_columns(self, user, view):
        """Return ``{column: whether it is shown at first}``."""
        view = self.env.ref(f"store_transfer.view_store_transfer_{view}")
        rows = self.env[view.model].with_user(user)
        arch = etree.fromstring(rows.get_view(view.id, "list")["arch"])
        return {
            column.get("name"): column.get("optional") != "hide"
            for column in arch.xpath("./field")
        }

    def assertShown(self, user, view, **shown):
        columns = self.get_columns(user, view)
        self.assertEqual({name: columns[name] for name in shown}, shown)

    def test_outbound(self):
        shown = {"source_store_id": False, "destination_store_id": True}
        self.assertShown(self.ec_staff, "outbound_list", **shown)
        self.assertShown(self.head_office, "outbound_list", source_store_id=True)

    def test_inbound(self):
        shown = {"source_store_id": True, "destination_store_id": False}
        self.assertShown(self.shop_staff, "inbound_list", **shown)

    def test_who_works_in_two_stores_sees_which(self):
        self.ec_staff.transfer_store_ids += self.shop
        self.assertShown(self.ec_staff, "outbound_list", source_store_id=True)
        self.assertShown(self.ec_staff, "work_list", store_id=True)

    def test_third_party(self):
        own = {"source_store_id": False, "destination_store_id": False}
        self.assertShown(
            self.shop_staff, "third_party_list", third_party_name=True, **own
        )
        self.assertShown(
            self.head_office,
            "third_party_list",
            source_store_id=True,
            destination_store_id=True,
            third_party_name=False,
        )

    def test_differences(self):
        own = {"source_store_id": False, "destination_store_id": False}
        self.assertShown(self.shop_approver, "discrepancy_list", other_side=True, **own)
        self.assertShown(self.head_office, "discrepancy_list", other_side=False)

    def test_work(self):
        self.assertShown(self.shop_staff, "work_list", store_id=False)
        self.assertShown(self.head_office, "work_list", store_id=True)

    def test_the_other_side_of_a_difference(self):
        _transfer, discrepancy = self.make_short()
        for user, name in (
            (self.ec_staff, "Shop North"),
            (self.shop_approver, "EC Warehouse"),
        ):
            self.assertEqual(discrepancy.with_user(user).other_side, name)

    def test_the_third_party_has_its_name_everywhere(self):
        transfer = self.make_transfer(
            user=self.shop_staff, kind="receipt", remark="Tea farm\nby the river"
        )
        self.assertEqual(transfer.third_party_name, "Tea farm")
        self.assertEqual(transfer.line_ids.third_party_name, "Tea farm")
        transfer.partner_id = self.env["res.partner"].create({"name": "Tea Garden"})
        self.assertEqual(transfer.third_party_name, "Tea Garden")
        self.assertFalse(self.make_transfer().third_party_name)
