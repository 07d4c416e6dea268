from odoo.exceptions import AccessError, ValidationError
from odoo.tests import Form, tagged

from .common_small import SmallCase


@tagged("post_install", "-at_install")
class TestRulesOfLanes(SmallCase):
    """Head office says how little is settled by rule on which lane; nobody else."""

    def test_a_lane_can_have_a_rule_of_its_own(self):
        self.make_lane(small_policy="own", **self.prepare_rule(transfer_small_pieces=5))
        self.set_company_rule(transfer_small_pieces=1)
        self.set_lane_value(150)
        self.assertSettledByRule(self.make_short(counted=5)[1])

    def set_lane_value(self, value):
        lane = self.env["store.transfer.lane"].search(
            [("source_store_id", "=", self.ec.id)]
        )
        lane.with_user(self.head_office).transfer_small_value = value

    def test_a_lane_needs_no_rule_of_the_company(self):
        self.company.transfer_settles_small = False
        self.make_lane(small_policy="own", **self.prepare_rule())
        self.assertSettledByRule(self.make_short(counted=9)[1])

    def test_a_lane_can_be_left_to_people(self):
        self.make_lane(small_policy="never")
        self.assertLeftOpen(self.make_short(counted=9)[1])

    def test_the_way_back_is_another_lane(self):
        self.make_lane(source=self.shop, destination=self.ec, small_policy="never")
        self.assertSettledByRule(self.make_short(counted=9)[1])

    def test_head_office_fills_in_the_form(self):
        lanes = self.env["store.transfer.lane"].with_user(self.head_office)
        form = Form(lanes, "store_transfer.view_lane_rule_form")
        form.source_store_id = self.ec
        form.destination_store_id = self.shop
        form.small_policy = "own"
        form.transfer_small_value = 60
        form.transfer_small_reason_id = self.reason
        lane = form.save()
        self.assertRegex(lane.small_rule, r"^up to 1 piece and .*60.* Lost \(Lost on")

    def test_the_list_says_which_rule_holds_and_what_it_costs(self):
        lane = self.make_lane()
        self.make_short(counted=9)
        self.make_short(counted=8)
        lane.invalidate_recordset()
        self.assertIn("up to 2 pieces", lane.small_rule)
        self.assertEqual((lane.settled_number, lane.settled_value), (2, 90))
        found = self.env["store.transfer.discrepancy"].search(
            lane.action_open_settled()["domain"]
        )
        self.assertEqual(len(found), 2)
        lane.small_policy = "never"
        self.assertFalse(lane.small_rule)

    def test_looking_up_times_leaves_the_rule_as_it_is(self):
        lane = self.make_lane(small_policy="own", **self.prepare_rule())
        self.env["store.transfer.lane"]._cron_look_up()
        self.assertTrue(lane.exists())
        self.assertEqual(lane.small_policy, "own")
        self.assertFalse(lane.is_promised)

    def test_who_is_not_head_office_sets_no_rule(self):
        lane = self.make_lane()
        for user in (self.ec_staff, self.shop_approver, self.inventory_user):
            with self.subTest(user.login):
                with self.assertRaises(AccessError):
                    self.make_lane(user=user, destination=self.shop_south)
                for name, value in self.prepare_rule(small_policy="never").items():
                    with self.assertRaises(AccessError):
                        lane.with_user(user).write({name: value})
                with self.assertRaises(AccessError):
                    self.company.with_user(user).transfer_settles_small = False

    def test_nobody_writes_what_is_looked_up(self):
        lane = self.make_lane()
        for name in ("promised_days", "transit_days", "number_of_transfers"):
            with self.assertRefused("can't be written by hand", AccessError):
                lane.write({name: 100})
        with self.assertRefused("stays between its two stores", AccessError):
            lane.write({"destination_store_id": self.shop_south.id})
        with self.assertRaises(AccessError):
            lane.unlink()

    def test_a_lane_is_between_two_stores_of_one_company(self):
        with self.assertRefused("one store to another", ValidationError):
            self.make_lane(destination=self.ec)
        other = self.env["res.company"].create({"name": "Other Goods"})
        store = self._get_company_warehouse(other, "Other", "OTH")
        with self.assertRaises(AccessError):
            self.make_lane(destination=store)

    def test_a_rule_has_to_be_whole(self):
        lane = self.make_lane()
        wrong = {
            "transfer_small_pieces": (0, -1),
            "transfer_small_value": (0, -1),
            "transfer_small_number": (0, -1),
            "transfer_small_store_number": (0, -1),
            "transfer_small_outcome": (False,),
            "transfer_small_reason_id": (
                False,
                self.env.ref("store_transfer.reason_no_space").id,
            ),
        }
        for name, values in wrong.items():
            for value in values:
                rule = {"small_policy": "own", **self.prepare_rule(**{name: value})}
                with self.subTest(name, value=value):
                    with self.assertRefused("above zero|choose|Choose"):
                        lane.write(rule)
                    with self.assertRefused("above zero|choose|Choose"):
                        self.set_company_rule(**{name: value})

    def test_what_is_no_number_is_refused(self):
        lane = self.make_lane(small_policy="own", **self.prepare_rule())
        for name in ("transfer_small_pieces", "transfer_small_value"):
            for value in (float("nan"), float("inf"), "many"):
                with self.subTest(name, value=value):
                    with self.assertRefused("not a possible quantity"):
                        lane.write({name: value})

    def test_nobody_says_that_a_rule_has_settled_something(self):
        discrepancy = self.make_short(counted=7)[1]
        for values in ({"is_by_rule": True}, {"rule_value": 1}, {"rule_pieces": 1}):
            with self.assertRefused("can't be written by hand", AccessError):
                discrepancy.with_user(self.shop_approver).write(values)

    def test_the_report_counts_what_rules_have_settled(self):
        self.make_short(counted=9)
        self.make_short(counted=7)
        reports = self.env["store.transfer.discrepancy.report"]
        found = reports.with_user(self.head_office)._read_group(
            [("lane", "=", "EC Warehouse → Shop North")],
            ["is_by_rule"],
            ["__count", "value:sum"],
        )
        self.assertEqual(found, [(False, 1, 90), (True, 1, 30)])
