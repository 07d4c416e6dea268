from datetime import timedelta

from odoo import fields
from odoo.tests import tagged

from ..models.work.query import ROWS_OF_A_TRANSFER
from .common_discrepancies import DiscrepancyCase
from .common_work import WorkRule


class WorkCase(WorkRule, DiscrepancyCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.south_approver = cls._create_user(
            "south_approver", "group_approver", cls.shop_south
        )
        cls.people = (
            cls.ec_staff
            | cls.ec_approver
            | cls.shop_staff
            | cls.shop_approver
            | cls.south_staff
            | cls.head_office
        )

    def assertWork(self, user, transfer, *kinds):
        self.assertEqual(self.get_kinds(user), {(transfer, kind) for kind in kinds})

    def make_waiting(self, **values):
        transfer = self.make_transfer(**values)
        self.submit(transfer)
        return transfer

    def ship_south(self):
        transfer = self.make_waiting(destination_store_id=self.shop_south.id)
        self.approve(transfer, self.south_approver)
        self.ship(transfer)
        return transfer

    def make_with_substitute(self, initiator):
        """Approve a transfer instead of whose tea the source proposes mugs."""
        is_pull = initiator == "destination"
        asking, approving = self.ec_staff, self.shop_approver
        if is_pull:
            asking, approving = self.shop_staff, self.ec_approver
        transfer = self.make_transfer(user=asking, initiator=initiator)
        self.submit(transfer, asking)
        self.approve(transfer, approving)
        question = self.open_wizard(
            transfer.sudo().line_ids,
            self.ec_staff,
            "action_open_substitute",
            product_id=self.mug.id,
        )
        question.action_propose()
        return transfer

    def press(self, user, button, transfer=None):
        """Press a button of the row of a transfer."""
        rows = self.get_work(user)
        row = rows.filtered(lambda work: work.transfer_id == transfer) or rows
        return getattr(row.ensure_one(), button)()


@tagged("post_install", "-at_install")
class TestMyWork(WorkCase):
    """What waits for somebody, for each role and in each state of a transfer."""

    def test_a_draft_waits_for_who_started_it(self):
        transfer = self.make_transfer()
        self.assertWork(self.ec_staff, transfer, "submit")
        self.assertWork(self.shop_approver, transfer)

    def test_who_has_not_started_it_approves(self):
        transfer = self.make_waiting()
        self.assertWork(self.shop_approver, transfer, "approve")
        for user in (self.shop_staff, self.ec_staff, self.ec_approver):
            self.assertWork(user, transfer)

    def test_a_row_of_no_kind_is_about_its_transfer(self):
        transfer = self.make_waiting()
        work = self.env["store.transfer.work"].with_user(self.ec_staff)
        row = work.browse(transfer.id * ROWS_OF_A_TRANSFER + ROWS_OF_A_TRANSFER - 1)
        self.assertEqual(row.action_open()["res_id"], transfer.id)

    def test_what_was_rejected_waits_for_who_started_it(self):
        transfer = self.make_waiting()
        self.reject(transfer)
        self.assertWork(self.ec_staff, transfer, "correct")
        self.assertWork(self.shop_approver, transfer)

    def test_the_source_ships(self):
        transfer = self.make_waiting()
        self.approve(transfer)
        self.assertWork(self.ec_staff, transfer, "ship")
        self.assertWork(self.ec_approver, transfer, "ship")
        self.assertWork(self.shop_staff, transfer)

    def test_what_was_shipped_in_part_waits_on_both_sides(self):
        transfer = self.make_waiting()
        self.approve(transfer)
        self.ship(transfer, {self.tea: 4})
        self.assertWork(self.ec_staff, transfer, "ship")
        self.assertWork(self.shop_staff, transfer, "count")

    def test_what_is_done_waits_for_nobody(self):
        transfer = self.make_shipped_transfer()
        self.receive_all(transfer)
        for user in self.people:
            self.assertWork(user, transfer)

    def test_what_came_short(self):
        transfer, _discrepancy = self.make_short()
        self.assertWork(self.shop_staff, transfer, "count")
        self.assertWork(self.shop_approver, transfer, "count", "settle")
        self.assertWork(self.ec_staff, transfer, "answer")

    def test_what_is_disputed_waits_for_head_office(self):
        transfer, discrepancy = self.make_short()
        self.answer(discrepancy, "We sent ten.", step="action_dispute")
        self.assertWork(self.head_office, transfer, "decide")
        self.assertWork(self.shop_approver, transfer, "count")
        self.assertWork(self.ec_staff, transfer)

    def test_many_differences_are_one_row(self):
        transfer = self.make_shipped_transfer({self.tea: 5, self.mug: 5})
        self.count(transfer, {self.tea: 4, self.mug: 4})
        row = self.get_work(self.ec_staff)
        self.assertEqual(row.number_of_differences, 2)
        self.assertRegex(row.goods, "^Short: 1 Unit × .*Oolong Tea, 1 Unit × .*Mug$")

    def test_what_is_sent_back_waits_for_its_source(self):
        transfer, _discrepancy = self.make_short()
        self.settle_all(transfer, "returned")
        self.assertWork(self.ec_staff, transfer, "take_back")
        self.assertWork(self.shop_staff, transfer)

    def test_who_approved_answers_a_substitute(self):
        transfer = self.make_with_substitute("source")
        self.assertWork(self.shop_approver, transfer, "substitute")
        self.assertWork(self.shop_staff, transfer)
        self.assertWorkMatchesActivities(self.people)

    def test_who_asked_for_the_goods_answers_a_substitute(self):
        transfer = self.make_with_substitute("destination")
        self.assertWork(self.shop_staff, transfer, "substitute")
        self.assertWorkMatchesActivities(self.people)

    def test_who_counts_blind_answers_no_substitute(self):
        self.shop.transfer_blind_count = True
        transfer = self.make_with_substitute("destination")
        self.assertWork(self.shop_staff, transfer)
        self.assertWork(self.shop_approver, transfer, "substitute")

    def test_where_a_store_has_no_approver_head_office_approves(self):
        self.south_approver.transfer_store_ids = False
        transfer = self.make_waiting(destination_store_id=self.shop_south.id)
        self.assertWork(self.head_office, transfer, "approve")
        self.assertWork(self.south_staff, transfer)

    def test_where_a_store_has_nobody_head_office_counts(self):
        transfer = self.ship_south()
        self.south_staff.active = self.south_approver.active = False
        self.assertWork(self.head_office, transfer, "count")

    def test_who_works_in_another_company_does_not_count_as_staff(self):
        transfer = self.ship_south()
        other = self.env["res.company"].create({"name": "Other Goods"})
        for user in self.south_staff | self.south_approver:
            user.write({"company_ids": [(6, 0, other.ids)], "company_id": other.id})
        self.assertWork(self.head_office, transfer, "count")

    def test_head_office_can_see_what_waits_for_others(self):
        transfer = self.make_waiting()
        self.assertFalse(self.get_work(self.head_office))
        works = self.env["store.transfer.work"].with_user(self.head_office)
        self.assertEqual(works.search([]).transfer_id, transfer)

    def test_head_office_sees_how_much_waits_in_each_store(self):
        self.make_waiting()
        self.make_shipped_transfer()
        self.make_transfer()
        works = self.env["store.transfer.work"].with_user(self.head_office)
        groups = works.formatted_read_group([], ["store_id"], ["__count"])
        counts = {group["store_id"][1]: group["__count"] for group in groups}
        self.assertEqual(counts, {"EC Warehouse": 1, "Shop North": 2})

    def test_nobody_sees_the_work_of_other_stores(self):
        self.make_waiting()
        works = self.env["store.transfer.work"].with_user(self.south_approver)
        self.assertFalse(works.search([]))

    def test_nobody_sees_the_work_of_another_company(self):
        self.make_waiting()
        other = self.env["res.company"].create({"name": "Other Goods"})
        stranger = self._create_user("stranger", "group_head_office", company=other)
        self.assertFalse(self.env["store.transfer.work"].with_user(stranger).search([]))

    def test_activities_say_the_same(self):
        self.reject(self.make_waiting())
        self.make_waiting()
        self.approve(self.make_waiting())
        self.ship_south()
        self.make_short()
        _transfer, discrepancy = self.make_short()
        self.answer(discrepancy, "We sent ten.", step="action_dispute")
        transfer, _discrepancy = self.make_short()
        self.settle_all(transfer, "returned")
        self.assertWorkMatchesActivities(self.people)


@tagged("post_install", "-at_install")
class TestUrgency(WorkCase):
    """The most urgent row is the first one."""

    def in_days(self, days):
        return fields.Date.today() + timedelta(days=days)

    def test_what_is_late_is_first(self):
        later = self.make_waiting(expected_date=self.in_days(9))
        late = self.make_waiting(expected_date=self.in_days(-3))
        soon = self.make_waiting(expected_date=self.in_days(4))
        rows = self.get_work(self.shop_approver)
        self.assertEqual(rows.mapped("transfer_id"), late | soon | later)
        self.assertEqual(rows.mapped("is_late"), [True, False, False])

    def test_of_one_day_what_is_urgent_is_first(self):
        usual = self.make_waiting()
        urgent = self.make_waiting(priority="1")
        rows = self.get_work(self.shop_approver)
        self.assertEqual(rows.mapped("transfer_id").ids, [urgent.id, usual.id])

    def test_late_is_found(self):
        late = self.make_waiting(expected_date=self.in_days(-3))
        soon = self.make_waiting(expected_date=self.in_days(4))
        rows = self.get_work(self.shop_approver, [("is_late", "=", True)])
        self.assertEqual(rows.transfer_id, late)
        rows = self.get_work(self.shop_approver, [("is_late", "=", False)])
        self.assertEqual(rows.transfer_id, soon)

    def test_a_row_is_due_when_the_activity_is(self):
        self.company.write({"transfer_approve_days": 3, "transfer_transit_days": 2})
        self.make_waiting(expected_date=self.in_days(20))
        self.make_waiting(expected_date=self.in_days(4))
        self.approve(self.make_waiting(expected_date=self.in_days(8)))
        self.make_shipped_transfer(expected_date=self.in_days(7))
        self.make_short()
        for user in self.people:
            for row in self.get_work(user):
                about = row.transfer_id
                if row.number_of_differences:
                    about = about.discrepancy_ids
                activity = about.sudo().activity_ids.filtered(
                    lambda one, row=row, user=user: (
                        one.user_id == user
                        and one.activity_type_id
                        == self.env.ref(f"store_transfer.mail_activity_type_{row.kind}")
                    )
                )
                self.assertEqual(row.due_date, activity.date_deadline, row.kind)


@tagged("post_install", "-at_install")
class TestButtons(WorkCase):
    """What can be done in a row."""

    def test_approve(self):
        transfer = self.make_waiting()
        row = self.get_work(self.shop_approver)
        self.assertTrue(row.can_approve and row.can_reject)
        self.assertFalse(row.can_ship or row.can_count or row.can_submit)
        row.action_approve()
        self.assertEqual(transfer.state, "approved")
        self.assertLedger(transfer)

    def test_approve_many(self):
        transfers = self.make_waiting() | self.make_waiting()
        self.get_work(self.shop_approver).action_approve()
        self.assertEqual(set(transfers.mapped("state")), {"approved"})

    def test_reject(self):
        transfer = self.make_waiting()
        action = self.press(self.shop_approver, "action_open_reject")
        wizards = self.env[action["res_model"]].with_user(self.shop_approver)
        wizard = wizards.with_context(**action["context"]).create(
            {"reason_id": self.env.ref("store_transfer.reason_no_space").id}
        )
        wizard.action_reject()
        self.assertEqual(transfer.state, "rejected")

    def test_submit_and_reset(self):
        transfer = self.make_transfer()
        self.press(self.ec_staff, "action_submit")
        self.assertEqual(transfer.state, "waiting")
        self.reject(transfer)
        self.press(self.ec_staff, "action_reset")
        self.assertEqual(transfer.state, "draft")

    def test_ship_asks_how_much(self):
        self.approve(self.make_waiting())
        action = self.press(self.ec_staff, "action_open_ship")
        self.assertEqual(action["res_model"], "store.transfer.ship")

    def test_confirm_arrival_then_count(self):
        transfer = self.make_shipped_transfer()
        self.assertTrue(self.get_work(self.shop_staff).can_confirm_arrival)
        self.press(self.shop_staff, "action_confirm_arrival")
        self.assertEqual(transfer.state, "arrived")
        row = self.get_work(self.shop_staff)
        self.assertTrue(row.can_count)
        self.assertFalse(row.can_confirm_arrival)
        self.assertEqual(row.action_scan()["tag"], "store_transfer_count")

    def test_take_back(self):
        transfer, _discrepancy = self.make_short()
        self.settle_all(transfer, "returned")
        self.press(self.ec_staff, "action_take_back")
        self.assertEqual(transfer.state, "done")
        self.assertLedger(transfer)

    def test_one_difference_opens_at_once(self):
        _transfer, discrepancy = self.make_short()
        row = self.get_work(self.ec_staff)
        self.assertTrue(row.is_to_answer)
        for button in ("action_view_discrepancies", "action_open"):
            action = getattr(row, button)()
            self.assertEqual(action["res_id"], discrepancy.id)

    def test_several_differences_are_listed(self):
        transfer = self.make_shipped_transfer({self.tea: 5, self.mug: 5})
        self.count(transfer, {self.tea: 4, self.mug: 4})
        action = self.press(self.ec_staff, "action_view_discrepancies")
        self.assertFalse(action["res_id"])
        self.assertEqual(action["domain"], [("transfer_id", "=", transfer.id)])

    def test_settle(self):
        self.make_short()
        rows = self.get_work(self.shop_approver)
        row = rows.filtered(lambda work: work.kind == "settle")
        self.assertTrue(row.can_settle)
        self.assertFalse(row.is_to_decide)
        action = row.action_open_settle()
        self.assertEqual(action["res_model"], "store.transfer.settle")

    def test_a_row_opens_its_transfer(self):
        transfer = self.make_waiting()
        action = self.press(self.shop_approver, "action_open")
        self.assertEqual(action["res_model"], "store.transfer")
        self.assertEqual(action["res_id"], transfer.id)

    def test_who_comes_second_is_told_where_it_stands(self):
        transfer = self.make_waiting()
        row = self.get_work(self.shop_approver)
        self.reject(transfer)
        with self.assertRefused(rf"{transfer.name} is Rejected: .* not possible now"):
            row.action_approve()

    def test_the_step_checks_who_presses(self):
        self.make_waiting()
        row = self.get_work(self.shop_approver)
        with self.assertRaisesRegex(Exception, "only a store approver|not allowed"):
            row.with_user(self.shop_staff).action_approve()

    def test_who_counts_blind_is_not_told_how_much(self):
        self.shop.transfer_blind_count = True
        self.make_shipped_transfer()
        self.assertFalse(self.get_work(self.shop_staff).goods)
        self.assertEqual(self.get_work(self.shop_approver).goods, "10 Units")
