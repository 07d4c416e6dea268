from unittest.mock import patch

from psycopg2.errors import UniqueViolation

from odoo.exceptions import AccessError, UserError
from odoo.tests import tagged
from odoo.tools import mute_logger

from odoo.addons.store_transfer.models.mixins.small import SMALL_FIELDS

from .common_small import SmallCase

FORBIDDEN = "Somebody has forbidden it"


@tagged("post_install", "-at_install")
class TestHostileRules(SmallCase):
    """Who wants more of a rule that settles small differences than it gives."""

    def test_nobody_writes_how_long_goods_are_on_their_way(self):
        lane = self.make_lane()
        with self.assertRefused("can't be written by hand", AccessError):
            lane.write({"transit_days": 100})
        with self.assertRefused("can't be written by hand", AccessError):
            self.make_lane(destination=self.shop_south, transit_days=100)

    def test_the_limits_are_read_by_who_sets_them_only(self):
        """Who knows them knows how much may vanish unseen."""
        lane = self.make_lane(small_policy="own", **self.prepare_rule())
        portal = self._create_plain_user("portal", "base.group_portal")
        for user in (self.shop_staff, self.shop_approver, self.inventory_user, portal):
            for name in SMALL_FIELDS:
                with self.subTest(user.login, name=name):
                    with self.assertRaises(AccessError):
                        lane.with_user(user).read([name])
                    with self.assertRaises(AccessError):
                        self.company.with_user(user).read([name])
                    with self.assertRaises(AccessError):
                        self.company.with_user(user).search([(name, "!=", False)])
            with self.assertRaises(AccessError):
                lane.with_user(user).read(["small_rule"])
        [told] = lane.with_user(self.head_office).read(["small_rule"])
        self.assertIn("up to 2 pieces", told["small_rule"])

    def test_a_lane_that_there_is_already(self):
        lanes = self.make_lane()
        with (
            mute_logger("odoo.sql_db"),
            self.assertRaises(UniqueViolation) as caught,
            self.cr.savepoint(),
        ):
            self.make_lane()
        told = lanes._sql_error_to_message(caught.exception)
        self.assertIn("There is a lane from this source", told)

    def test_a_rule_that_fails_after_its_moves_leaves_nothing_behind(self):
        transfers = self.env.registry["store.transfer"]
        do_settle = transfers._do_settle

        def fail(transfer, outcome, goods):
            do_settle(transfer, outcome, goods)
            raise UserError(FORBIDDEN)

        with patch.object(transfers, "_do_settle", fail):
            transfer, discrepancy = self.make_short(counted=9)
        self.assertLeftOpen(discrepancy)
        self.assertEqual(transfer.state, "partial")
        self.assertFalse(self.get_gone(transfer))
        self.assertIn(self.shop_approver, self.get_activity_users(discrepancy))
        self.assertNotIn("settle_by_rule", transfer.sudo().event_ids.mapped("step"))
        self.settle(transfer, "lost")
        self.assertEqual(discrepancy.settle_user_id, self.shop_approver)

    def test_the_month_is_over_after_so_many(self):
        self.set_company_rule(transfer_small_number=3)
        settled = [self.make_short(counted=9)[1].is_by_rule for _ in range(5)]
        self.assertEqual(settled, [True, True, True, False, False])

    def test_undone_and_counted_again_gives_no_more(self):
        transfer, _discrepancy = self.make_short(counted=8)
        for counted in (8, 7):
            transfer.with_user(self.shop_approver).action_undo_count()
            self.assertLedger(transfer)
            self.count(transfer, {self.tea: counted})
        self.assertLeftOpen(self.get_discrepancies(transfer))

    def test_one_piece_of_each_count(self):
        """Count nine, let one be lost; what was decided by people is another matter."""
        transfer = self.make_transfer(lines={self.tea: 10})
        self.submit(transfer)
        self.approve(transfer)
        for _ in range(5):
            self.ship(transfer, {self.tea: 2})
            self.count(transfer, {self.tea: 1})
        self.assertEqual(transfer.line_ids.lost_quantity, 0)
        self.assertLeftOpen(self.get_discrepancies(transfer))

    def test_goods_of_a_cost_below_zero_hide_no_others(self):
        self.mug.with_company(self.company).standard_price = -100
        self.tea.with_company(self.company).standard_price = 100
        transfer = self.make_shipped_transfer({self.tea: 10, self.mug: 10})
        self.count(transfer, {self.tea: 9, self.mug: 9})
        self.assertLeftOpen(self.get_discrepancies(transfer))
