from lxml import etree

from odoo.tests import tagged
from odoo.tools.safe_eval import safe_eval

from .common_discrepancies import DiscrepancyCase


@tagged("post_install", "-at_install")
class TestMyTurn(DiscrepancyCase):
    """*My Turn* shows what the user has an open activity on, and nothing else."""

    def find_my_turn(self, user, model="store.transfer"):
        """Search as the filter of the list does."""
        records = self.env[model].with_user(user)
        arch = etree.fromstring(records.get_view(view_type="search")["arch"])
        [my_turn] = arch.xpath("//filter[@name='my_activities']")
        return records.search(safe_eval(my_turn.get("domain"), {"uid": user.id}))

    def test_who_has_to_approve_sees_the_transfer(self):
        transfer = self.make_transfer()
        self.submit(transfer)
        self.assertEqual(self.find_my_turn(self.shop_approver), transfer)

    def test_who_has_no_activity_sees_nothing(self):
        transfer = self.make_transfer()
        self.submit(transfer)
        self.assertFalse(self.find_my_turn(self.ec_staff))
        self.assertFalse(self.find_my_turn(self.head_office))

    def test_what_is_done_is_nobody_s_turn(self):
        transfer = self.make_transfer()
        self.submit(transfer)
        activity = transfer.sudo().activity_ids
        activity.with_user(self.shop_approver).action_feedback()
        self.assertFalse(self.find_my_turn(self.shop_approver))

    def test_a_difference_is_the_turn_of_who_settles_it(self):
        transfer = self.make_shipped_transfer()
        self.count(transfer, {self.tea: 8})
        discrepancy = self.get_discrepancies(transfer)
        model = discrepancy._name
        self.assertEqual(self.find_my_turn(self.shop_approver, model), discrepancy)
        self.assertFalse(self.find_my_turn(self.shop_staff, model))
        self.assertFalse(self.find_my_turn(self.head_office, model))
