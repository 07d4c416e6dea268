from odoo.fields import Command
from odoo.tests import new_test_user, tagged

from .common_transfers import StoreTransferCase


@tagged("post_install", "-at_install")
class TestFirstScreen(StoreTransferCase):
    """What people see after logging in."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.my_work = cls.env.ref("store_transfer.action_store_transfer_work")
        cls.nobody = cls._create_plain_user("nobody", "base.group_user")
        cls.staff_group = cls.env.ref("store_transfer.group_staff")

    def assertFirst(self, user, action):
        self.assertEqual(user.action_id.id, action.id)

    def give_role(self, user):
        user.group_ids += self.staff_group

    def test_who_is_created_with_a_role_begins_with_their_work(self):
        for user in (self.ec_staff, self.shop_approver, self.head_office):
            self.assertFirst(user, self.my_work)

    def test_who_gets_a_role_begins_with_their_work(self):
        self.assertFalse(self.nobody.action_id)
        self.give_role(self.nobody)
        self.assertFirst(self.nobody, self.my_work)

    def test_who_enters_the_group_begins_with_their_work(self):
        self.staff_group.user_ids += self.nobody
        self.assertFirst(self.nobody, self.my_work)

    def test_what_a_company_has_chosen_stays(self):
        chosen = self.env.ref("stock.action_picking_tree_all")
        self.nobody.action_id = chosen.id
        self.give_role(self.nobody)
        self.assertFirst(self.nobody, chosen)
        self.nobody.group_ids -= self.staff_group
        self.assertFirst(self.nobody, chosen)

    def test_what_somebody_chooses_later_stays(self):
        chosen = self.env.ref("stock.action_picking_tree_all")
        self.ec_staff.action_id = chosen.id
        self.ec_staff.group_ids += self.env.ref("store_transfer.group_approver")
        self.ec_staff.transfer_store_ids += self.shop
        self.assertFirst(self.ec_staff, chosen)

    def test_who_has_no_role_any_more_begins_elsewhere(self):
        self.ec_staff.group_ids -= self.staff_group
        self.assertFalse(self.ec_staff.action_id)

    def test_system_administrators_begin_where_they_did(self):
        administrator = new_test_user(
            self.env,
            "some_administrator",
            groups="base.group_system,store_transfer.group_head_office",
        )
        self.assertFalse(administrator.action_id)

    def test_who_manages_users_only_can_give_the_role(self):
        manager = self._create_plain_user("manager", "base.group_erp_manager")
        user = self.nobody.with_user(manager)
        user.group_ids = [Command.link(self.staff_group.id)]
        self.assertFirst(self.nobody, self.my_work)

    def test_without_the_screen_people_still_log_in(self):
        self.my_work.unlink()
        self.assertFalse(self.ec_staff.action_id)
        self.give_role(self.nobody)
        self.assertFalse(self.nobody.action_id)
