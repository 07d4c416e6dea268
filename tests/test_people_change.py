from odoo.fields import Command
from odoo.tests import tagged

from .common_discrepancies import DiscrepancyCase


class PeopleChangeCase(DiscrepancyCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.approvers = cls.env.ref("store_transfer.group_approver")
        cls.other_company = cls.env["res.company"].create({"name": "Harbour Trade"})

    def make_waiting(self, **values):
        """Submit a transfer that the shop's approver has to approve."""
        transfer = self.make_transfer(**values)
        self.submit(transfer)
        return transfer

    def assertTurn(self, record, users):
        self.assertEqual(record.sudo().activity_ids.user_id, users)


@tagged("post_install", "-at_install")
class TestWhoHasLeft(PeopleChangeCase):
    """The activity goes to who can do it now, whoever had it before."""

    def test_an_archived_approver(self):
        transfer = self.make_waiting()
        self.assertTurn(transfer, self.shop_approver)
        self.shop_approver.action_archive()
        self.assertTurn(transfer, self.head_office)

    def test_an_approver_who_comes_back(self):
        transfer = self.make_waiting()
        self.shop_approver.action_archive()
        self.shop_approver.action_unarchive()
        self.assertTurn(transfer, self.shop_approver)

    def test_a_deleted_approver(self):
        transfer = self.make_waiting()
        self.shop_approver.unlink()
        self.assertTurn(transfer, self.head_office)

    def test_an_approver_who_moves_to_another_store(self):
        transfer = self.make_waiting()
        to_south = self.make_waiting(destination_store_id=self.shop_south.id)
        self.shop_approver.transfer_store_ids = self.shop_south
        self.assertTurn(transfer, self.head_office)
        self.assertTurn(to_south, self.shop_approver)

    def test_staff_that_head_office_changes_on_the_store(self):
        transfer = self.make_waiting()
        store = self.shop.with_user(self.head_office)
        store.transfer_staff_ids -= self.shop_approver
        self.assertTurn(transfer, self.head_office)
        store.transfer_staff_ids += self.shop_approver
        self.assertTurn(transfer, self.shop_approver)

    def test_an_approver_who_loses_the_group(self):
        transfer = self.make_waiting()
        self.shop_approver.group_ids -= self.approvers
        self.assertTurn(transfer, self.head_office)

    def test_an_approver_who_is_taken_out_of_the_group(self):
        transfer = self.make_waiting()
        self.approvers.user_ids -= self.shop_approver
        self.assertTurn(transfer, self.head_office)

    def test_a_group_that_implies_another(self):
        transfer = self.make_waiting()
        managers = self.env["res.groups"].create(
            {"name": "Shop Managers", "user_ids": self.shop_staff.ids}
        )
        managers.implied_ids = self.approvers
        self.assertTurn(transfer, self.shop_approver | self.shop_staff)
        managers.implied_ids = False
        self.assertTurn(transfer, self.shop_approver)
        self.approvers.implied_by_ids += managers
        self.assertTurn(transfer, self.shop_approver | self.shop_staff)
        managers.unlink()
        self.assertTurn(transfer, self.shop_approver)

    def test_a_group_that_is_made_of_staff(self):
        transfer = self.make_waiting()
        self.env["res.groups"].create(
            {
                "name": "Shop Managers",
                "user_ids": self.shop_staff.ids,
                "implied_ids": self.approvers.ids,
            }
        )
        self.assertTurn(transfer, self.shop_approver | self.shop_staff)

    def test_an_approver_who_may_not_enter_the_company_any_more(self):
        transfer = self.make_waiting()
        self.shop_approver.write(
            {
                "company_id": self.other_company.id,
                "company_ids": [Command.set(self.other_company.ids)],
            }
        )
        self.assertTurn(transfer, self.head_office)
        self.company.user_ids += self.shop_approver
        self.assertTurn(transfer, self.shop_approver)

    def test_an_approver_who_is_employed(self):
        transfer = self.make_waiting(destination_store_id=self.shop_south.id)
        self.assertTurn(transfer, self.head_office)
        approver = self._create_user("south_approver", "group_approver")
        self.assertTurn(transfer, self.head_office)
        approver.transfer_store_ids = self.shop_south
        self.assertTurn(transfer, approver)

    def test_a_user_who_is_created_as_staff_of_a_store(self):
        transfer = self.make_waiting(destination_store_id=self.shop_south.id)
        approver = self.env["res.users"].create(
            {
                "name": "Lin",
                "login": "lin",
                "company_id": self.company.id,
                "company_ids": [Command.set(self.company.ids)],
                "group_ids": [Command.link(self.approvers.id)],
                "transfer_store_ids": [Command.link(self.shop_south.id)],
            }
        )
        self.assertTurn(transfer, approver)

    def test_who_enters_and_leaves_head_office(self):
        transfer = self.make_waiting(destination_store_id=self.shop_south.id)
        second = self._create_user("second", "group_head_office")
        self.assertTurn(transfer, self.head_office | second)
        self.head_office.action_archive()
        self.assertTurn(transfer, second)

    def test_where_nobody_was_at_all(self):
        self.head_office.action_archive()
        transfer = self.make_waiting(destination_store_id=self.shop_south.id)
        self.assertFalse(transfer.sudo().activity_ids)
        second = self._create_user("second", "group_head_office")
        self.assertTurn(transfer, second)

    def test_what_is_done_is_nobody_s_turn(self):
        transfer = self.make_shipped_transfer()
        self.receive_all(transfer)
        self.shop_approver.action_archive()
        self.assertFalse(transfer.sudo().activity_ids)

    def test_a_difference(self):
        transfer = self.make_shipped_transfer()
        self.count(transfer, {self.tea: 8})
        discrepancy = self.get_discrepancies(transfer)
        source = self.ec_staff | self.ec_approver
        self.assertTurn(discrepancy, source | self.shop_approver)
        self.shop_approver.action_archive()
        self.assertTurn(discrepancy, source | self.head_office)

    def test_a_dispute_follows_head_office(self):
        transfer = self.make_shipped_transfer()
        self.count(transfer, {self.tea: 8})
        discrepancy = self.get_discrepancies(transfer, self.ec_staff)
        discrepancy.answer = "All ten were in the box"
        discrepancy.action_dispute()
        second = self._create_user("second", "group_head_office")
        self.assertTurn(discrepancy, self.head_office | second)

    def test_a_colleague_s_activity_stays_as_it_is(self):
        transfer = self.make_shipped_transfer()
        activity = transfer.sudo().activity_ids.filtered(
            lambda activity: activity.user_id == self.shop_approver
        )
        activity.date_deadline = "2030-01-01"
        self.shop_staff.action_archive()
        self.assertEqual(transfer.sudo().activity_ids, activity)
        self.assertEqual(str(activity.date_deadline), "2030-01-01")


@tagged("post_install", "-at_install")
class TestMuchToTakeOver(PeopleChangeCase):
    """Many open transfers cost as many queries as a few."""

    def count_queries(self, number_of_transfers):
        transfers = self.env["store.transfer"].union(
            *(self.make_transfer() for _number in range(number_of_transfers))
        )
        self.submit(transfers)
        self.env.flush_all()
        self.env.invalidate_all()
        before = self.cr.sql_log_count
        self.shop_approver.active = False
        self.env.flush_all()
        count = self.cr.sql_log_count - before
        self.assertTurn(transfers, self.head_office)
        transfers.with_user(self.ec_staff).action_cancel()
        self.shop_approver.active = True
        return count

    def test_queries_do_not_grow_with_the_transfers(self):
        self.count_queries(2)  # what Odoo keeps between requests is there in life
        self.assertLessEqual(self.count_queries(30), self.count_queries(10))


@tagged("post_install", "-at_install")
class TestLanguageOfActivities(PeopleChangeCase):
    """Whoever reads an activity, whosever it is, reads it in their own language."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.env["res.lang"]._activate_lang("fr_FR")
        cls.approve_type = cls.env.ref("store_transfer.mail_activity_type_approve")
        cls.approve_type.with_context(lang="fr_FR").name = "Approuver le transfert"

    def read_activity(self, transfer, user):
        """Return what a list shows of the next activity."""
        transfer = transfer.with_user(user).with_context(lang=user.lang)
        [shown] = transfer.web_read(
            {
                "activity_summary": {},
                "activity_type_id": {"fields": {"display_name": {}}},
            }
        )
        return shown["activity_summary"] or shown["activity_type_id"]["display_name"]

    def test_head_office_reads_a_colleague_s_activity(self):
        transfer = self.make_waiting()
        self.head_office.lang = "fr_FR"
        shown = self.read_activity(transfer, self.head_office)
        self.assertEqual(shown, "Approuver le transfert")
        shown = self.read_activity(transfer, self.shop_approver)
        self.assertEqual(shown, "Approve transfer")

    def test_who_changes_their_language_reads_what_was_there_before(self):
        transfer = self.make_waiting()
        self.shop_approver.lang = "fr_FR"
        shown = self.read_activity(transfer, self.shop_approver)
        self.assertEqual(shown, "Approuver le transfert")

    def test_the_chatter_names_what_is_to_do(self):
        activity = self.make_waiting().sudo().activity_ids
        for lang, name in (("fr_FR", "Approuver le transfert"), ("en_US", "Approve")):
            shown = activity.with_user(self.shop_approver).with_context(lang=lang)
            [shown] = shown.activity_format()["mail.activity"]
            self.assertIn(name, shown["display_name"])
