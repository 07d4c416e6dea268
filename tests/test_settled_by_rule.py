from odoo import fields
from odoo.exceptions import AccessError
from odoo.tests import Form, tagged

from .common_cartons import CartonCase
from .common_small import SmallCase


@tagged("post_install", "-at_install")
class TestSettledByRule(SmallCase):
    """What is little enough for head office's rule is settled when it was counted."""

    def test_little_is_settled_as_head_office_says(self):
        transfer, discrepancy = self.make_short(counted=9)
        self.assertSettledByRule(discrepancy)
        self.assertEqual(discrepancy.reason_id, self.reason)
        self.assertEqual(discrepancy.value, 30)
        self.assertFalse(discrepancy.settle_user_id)
        self.assertTrue(discrepancy.settle_date)
        self.assertEqual(transfer.state, "done")
        self.assertEqual(transfer.line_ids.lost_quantity, 1)
        self.assertEqual(self.get_gone(transfer).location_dest_usage, "inventory")

    def test_nobody_has_anything_to_do(self):
        transfer, discrepancy = self.make_short(counted=9)
        self.assertFalse(self.get_activity_users(discrepancy))
        self.assertFalse(transfer.sudo().activity_ids)

    def test_head_office_reads_which_rule_it_was(self):
        _transfer, discrepancy = self.make_short(counted=9)
        self.set_company_rule(transfer_small_pieces=1, transfer_small_value=31)
        rule = discrepancy.with_user(self.head_office).rule
        self.assertRegex(rule, "^up to 2 pieces and .*60.00.* on a transfer$")

    def test_who_counts_never_reads_how_much_nobody_asks_for(self):
        lane = self.make_lane(small_policy="own", **self.prepare_rule())
        _transfer, discrepancy = self.make_short(counted=9)
        limits = ("pieces", "value", "number", "store_number")
        limits = [f"transfer_small_{name}" for name in limits]
        for user in (self.ec_staff, self.shop_staff, self.shop_approver):
            with self.subTest(user.login):
                for record, names in (
                    (discrepancy, ["rule", "rule_pieces", "rule_value"]),
                    (lane, ["small_rule", *limits]),
                    (self.company, limits),
                ):
                    for name in names:
                        with self.assertRaises(AccessError):
                            record.with_user(user).read([name])
                self.assertTrue(discrepancy.with_user(user).is_by_rule)
        form = Form(discrepancy.with_user(self.shop_staff))
        self.assertTrue(form.is_by_rule)
        self.assertNotIn("rule", form._view["fields"])
        said = discrepancy.with_user(self.shop_staff).message_ids[:1].body
        self.assertIn("Settled by rule: Lost, Lost on the way", said)

    def test_the_trail_names_the_rule_and_who_has_counted(self):
        transfer, _discrepancy = self.make_short(counted=9)
        count, settled = transfer.sudo().event_ids.sorted("id")[-2:]
        self.assertEqual((count.step, settled.step), ("count", "settle_by_rule"))
        self.assertEqual(settled.user_id, self.shop_staff)
        self.assertIn("Lost 0 → 1", settled.quantities)

    def test_more_pieces_are_left_to_people(self):
        transfer, discrepancy = self.make_short(counted=7)
        self.assertLeftOpen(discrepancy)
        self.assertEqual(transfer.state, "partial")

    def test_the_limit_itself_is_within(self):
        _transfer, discrepancy = self.make_short(counted=8)
        self.assertSettledByRule(discrepancy)

    def test_more_value_is_left_to_people(self):
        self.tea.with_company(self.company).standard_price = 30.01
        _transfer, discrepancy = self.make_short(counted=8)
        self.assertLeftOpen(discrepancy)

    def test_of_goods_without_a_cost_only_the_pieces_count(self):
        self.tea.with_company(self.company).standard_price = 0
        self.assertSettledByRule(self.make_short(counted=8)[1])
        self.assertLeftOpen(self.make_short(counted=7)[1])

    def test_all_of_a_transfer_has_to_fit(self):
        """One piece of each product is more than one piece."""
        lines = {self.tea: 10, self.mug: 10, self.lamp: 10}
        transfer = self.make_shipped_transfer(lines)
        self.count(transfer, dict.fromkeys(lines, 9))
        discrepancies = self.get_discrepancies(transfer)
        self.assertEqual(len(discrepancies), 3)
        self.assertLeftOpen(discrepancies)

    def test_several_that_fit_together(self):
        transfer = self.make_shipped_transfer({self.tea: 10, self.mug: 10})
        self.count(transfer, {self.tea: 9, self.mug: 9})
        discrepancies = self.get_discrepancies(transfer)
        self.assertEqual(len(discrepancies), 2)
        self.assertSettledByRule(discrepancies)
        self.assertEqual(len(self.get_gone(transfer).picking_id), 1)

    def test_a_pack_of_six_is_six_pieces(self):
        pack = self.env.ref("uom.product_uom_pack_6")
        eggs = self._create_product("Eggs", "EGG-001", uom_id=pack.id)
        self._add_stock(self.ec, eggs, 20)
        transfer = self.make_shipped_transfer({eggs: 10})
        self.count(transfer, {eggs: 9})
        self.assertLeftOpen(self.get_discrepancies(transfer))

    def make_short_of(self, unit, missing):
        """Miss so much of goods that are kept in a unit; return the difference."""
        unit = self.env.ref(f"uom.product_uom_{unit}")
        unit.active = True
        goods = self._create_product("Goods", f"GDS-{unit.id}", uom_id=unit.id)
        self._add_stock(self.ec, goods, 20)
        transfer = self.make_shipped_transfer({goods: 10})
        self.count(transfer, {goods: 10 - missing})
        return self.get_discrepancies(transfer)

    def test_what_is_weighed_counts_kilograms(self):
        self.assertSettledByRule(self.make_short_of("kgm", 1.5))
        self.assertLeftOpen(self.make_short_of("kgm", 2.5))

    def test_a_large_unit_is_not_one_piece(self):
        for unit in ("ton", "km", "cubic_meter"):
            with self.subTest(unit):
                self.assertLeftOpen(self.make_short_of(unit, 1))

    def test_a_small_unit_is_not_one_piece(self):
        self.assertSettledByRule(self.make_short_of("cm", 5))

    def test_another_measure_counts_in_its_own_unit(self):
        self.assertSettledByRule(self.make_short_of("kwh", 2))
        self.assertLeftOpen(self.make_short_of("kwh", 3))

    def test_what_left_never(self):
        self.set_company_rule(transfer_small_outcome="not_sent")
        before = self.get_stock(self.ec, self.tea)
        transfer, discrepancy = self.make_short(counted=9)
        self.assertSettledByRule(discrepancy, "not_sent")
        self.assertEqual(transfer.line_ids.close_reason_id, self.reason)
        self.assertEqual(self.get_stock(self.ec, self.tea), before - 9)

    def test_without_a_rule_people_decide(self):
        self.company.transfer_settles_small = False
        self.assertLeftOpen(self.make_short(counted=9)[1])

    def test_in_thirty_days_so_many_and_no_more(self):
        self.set_company_rule(transfer_small_number=2)
        first = self.make_short(counted=9)[1]
        second = self.make_short(counted=9)[1]
        self.assertSettledByRule(first | second)
        self.assertLeftOpen(self.make_short(counted=9)[1])
        # Of what was settled longer ago, nothing counts.
        long_ago = fields.Datetime.subtract(fields.Datetime.now(), days=31)
        first.sudo().settle_date = long_ago
        self.assertSettledByRule(self.make_short(counted=9)[1])

    def test_another_lane_has_its_own_thirty_days(self):
        self.set_company_rule(transfer_small_number=1)
        self.assertSettledByRule(self.make_short(counted=9)[1])
        transfer = self.make_transfer(destination_store_id=self.shop_south.id)
        self.submit(transfer)
        self.approve(transfer, user=self.head_office)
        self.ship(transfer)
        self.count(transfer, {self.tea: 9}, user=self.south_staff)
        self.assertSettledByRule(self.get_discrepancies(transfer))

    def test_a_receiving_store_has_so_many_on_all_its_lanes(self):
        self.set_company_rule(transfer_small_store_number=2)
        self._add_stock(self.shop_south, self.tea, 20)
        self.assertSettledByRule(self.make_short(counted=9)[1])
        for settles in (True, False):
            transfer = self.make_transfer(
                user=self.south_staff, source_store_id=self.shop_south.id
            )
            self.submit(transfer, user=self.south_staff)
            self.approve(transfer)
            self.ship(transfer, user=self.south_staff)
            self.count(transfer, {self.tea: 9})
            discrepancy = self.get_discrepancies(transfer)
            if settles:
                self.assertSettledByRule(discrepancy)
            else:
                self.assertLeftOpen(discrepancy)

    def test_a_third_party_has_no_rule(self):
        transfer = self.make_transfer(
            user=self.shop_staff, kind="receipt", remark="Tea farm"
        )
        self.submit(transfer, user=self.shop_staff)
        self.count(transfer, {self.tea: 9})
        self.assertLeftOpen(self.get_discrepancies(transfer))

    def test_who_counts_blind_is_told_nothing_before(self):
        self.shop.transfer_blind_count = True
        transfer = self.make_shipped_transfer()
        count = self.start_count(transfer)
        count.line_ids.counted_quantity = 9
        count.action_review()
        self.assertNotIn("little", count.summary)
        count.action_submit()
        self.assertLedger(transfer)
        self.assertSettledByRule(self.get_discrepancies(transfer))

    def test_the_review_says_so(self):
        transfer = self.make_shipped_transfer()
        count = self.start_count(transfer)
        count.line_ids.counted_quantity = 9
        count.action_review()
        self.assertIn(
            "little that is missing, a rule of head office may settle it at once.",
            count.summary,
        )
        self.assertNotIn("2 pieces", count.summary)
        count.line_ids.counted_quantity = 10
        count.invalidate_recordset(["summary"])
        self.assertNotIn("little", count.summary)


@tagged("post_install", "-at_install")
class TestLeftToPeople(SmallCase):
    """However little it is: where somebody has to look anyway, they decide on all."""

    def test_while_something_is_to_ship(self):
        """It may come with the rest; when that was counted, it is settled."""
        transfer = self.make_transfer()
        self.submit(transfer)
        self.approve(transfer)
        self.ship(transfer, {self.tea: 6})
        self.count(transfer, {self.tea: 5})
        discrepancy = self.get_discrepancies(transfer)
        self.assertLeftOpen(discrepancy)
        self.ship(transfer)
        self.count(transfer, {self.tea: 4})
        self.assertSettledByRule(discrepancy)
        self.assertEqual(transfer.state, "done")

    def test_what_comes_with_the_rest_is_not_lost(self):
        transfer = self.make_transfer()
        self.submit(transfer)
        self.approve(transfer)
        self.ship(transfer, {self.tea: 6})
        self.count(transfer, {self.tea: 5})
        self.ship(transfer)
        self.receive_all(transfer)
        discrepancy = self.get_discrepancies(transfer)
        self.assertEqual(discrepancy.outcome, "arrived")
        self.assertFalse(discrepancy.is_by_rule)

    def test_when_something_else_came(self):
        """Who sent another product in its place still has it."""
        transfer = self.make_shipped_transfer()
        count = self.start_count(transfer)
        count.line_ids.counted_quantity = 9
        count._find_or_add_line(self.mug).counted_quantity = 1
        count.action_submit()
        self.assertLedger(transfer)
        self.assertEqual(
            set(self.get_discrepancies(transfer).mapped("state")), {"open"}
        )

    def test_what_somebody_has_remarked_on(self):
        transfer = self.make_shipped_transfer()
        count = self.start_count(transfer)
        count.line_ids.write({"counted_quantity": 9, "remark": "The seal was broken."})
        count.action_submit()
        self.assertLedger(transfer)
        self.assertLeftOpen(self.get_discrepancies(transfer))

    def test_a_serial_number(self):
        phone = self._create_product("Phone", "PHO-001", tracking="serial")
        lot = self.env["stock.lot"].create({"name": "S1", "product_id": phone.id})
        self._add_stock(self.ec, phone, 1, lot=lot)
        transfer = self.make_shipped_transfer({phone: 1, self.tea: 10})
        self.count(transfer, {self.tea: 10})
        discrepancy = self.get_discrepancies(transfer)
        self.assertEqual(discrepancy.lot_id, lot)
        self.assertLeftOpen(discrepancy)

    def test_what_the_source_has_answered(self):
        self.company.transfer_settles_small = False
        transfer, discrepancy = self.make_short(counted=9)
        self.answer(discrepancy, "It is in the blue box.")
        self.set_company_rule()
        self.count(transfer, {})
        self.assertEqual(discrepancy.state, "answered")

    def test_what_was_open_when_the_rule_came_is_settled_by_the_next_count(self):
        self.company.transfer_settles_small = False
        transfer, discrepancy = self.make_short(counted=9)
        self.set_company_rule()
        self.assertLeftOpen(discrepancy)
        self.count(transfer, {})
        self.assertSettledByRule(discrepancy)

    def test_a_rule_that_fails_keeps_nobody_from_counting(self):
        self.reason.active = False
        transfer, discrepancy = self.make_short(counted=9)
        self.assertLeftOpen(discrepancy)
        self.assertEqual(self.get_stock(self.shop, self.tea), 9)
        self.assertEqual(transfer.state, "partial")
        self.assertRegex(
            discrepancy.message_ids[:1].body, "could not be settled by rule: Choose a"
        )
        self.assertIn(self.shop_approver, self.get_activity_users(discrepancy))


@tagged("post_install", "-at_install")
class TestCartonMayComeYet(CartonCase, SmallCase):
    """A carton that was not scanned is still looked for, however little is in it."""

    def test_it_is_not_lost(self):
        transfer, cartons = self.make_packed_transfer({self.tea: 1}, {self.tea: 9})
        count = self.start_count(transfer)
        self.scan(count, cartons[1].name)
        count.action_submit()
        self.assertLedger(transfer)
        discrepancy = self.get_discrepancies(transfer)
        self.assertLeftOpen(discrepancy)
        later = self.start_count(transfer)
        self.scan(later, cartons[0].name)
        later.action_submit()
        self.assertLedger(transfer)
        self.assertEqual(discrepancy.outcome, "arrived")


@tagged("post_install", "-at_install")
class TestTakenUpAgain(SmallCase):
    """What was settled by rule is taken up again as what a person has settled."""

    def test_the_count_can_be_undone(self):
        transfer, _discrepancy = self.make_short(counted=9)
        transfer.with_user(self.shop_approver).action_undo_count()
        self.assertLedger(transfer)
        self.assertEqual(transfer.state, "arrived")
        self.assertEqual(transfer.in_transit_quantity, 10)
        self.assertFalse(self.get_discrepancies(transfer))
        self.count(transfer, {self.tea: 10})
        self.assertEqual(transfer.state, "done")
        self.assertEqual(self.get_stock(self.shop, self.tea), 10)

    def test_the_difference_of_an_earlier_count_is_open_again(self):
        self.company.transfer_settles_small = False
        transfer, discrepancy = self.make_short(counted=8)
        self.set_company_rule()
        self.count(transfer, {self.tea: 1})
        by_rule = self.get_discrepancies(transfer).filtered("is_by_rule")
        self.assertEqual(by_rule.quantity, 1)
        transfer.with_user(self.shop_approver).action_undo_count()
        self.assertLedger(transfer)
        self.assertLeftOpen(self.get_discrepancies(transfer))
        self.assertEqual(transfer.in_transit_quantity, 2)
        self.assertIn(self.shop_approver, self.get_activity_users(discrepancy))

    def test_goods_that_never_left_are_in_transit_again(self):
        self.set_company_rule(transfer_small_outcome="not_sent")
        transfer, _discrepancy = self.make_short(counted=9)
        before = self.get_stock(self.ec, self.tea)
        transfer.with_user(self.shop_approver).action_undo_count()
        self.assertLedger(transfer)
        self.assertEqual(self.get_stock(self.ec, self.tea), before - 1)

    def test_the_source_disputes_it_and_head_office_decides(self):
        transfer, discrepancy = self.make_short(counted=9)
        self.answer(discrepancy, "We have counted twice.", step="action_dispute")
        self.assertTrue(discrepancy.can_overrule)
        wizard = self.open_wizard(
            discrepancy,
            self.head_office,
            "action_open_overrule",
            outcome="not_sent",
            reason_id=self.env.ref("store_transfer.reason_left_behind").id,
        )
        wizard.action_overrule()
        self.assertLedger(transfer)
        self.assertEqual(discrepancy.outcome, "not_sent")
        self.assertFalse(discrepancy.is_by_rule)
        self.assertEqual(discrepancy.settle_user_id, self.head_office)

    def test_what_is_expected_again_is_left_to_people(self):
        transfer, discrepancy = self.make_short(counted=9)
        self.answer(discrepancy, "Look behind the door.", step="action_dispute")
        self.open_wizard(
            discrepancy, self.head_office, "action_open_overrule", outcome="expected"
        ).action_overrule()
        self.assertLedger(transfer)
        self.count(transfer, {})
        self.assertFalse(discrepancy.is_by_rule)
        self.assertEqual(discrepancy.state, "open")

    def test_what_an_inventory_user_corrects_is_open_again(self):
        transfer, discrepancy = self.make_short(counted=9)
        self.correct_booked(transfer, 0)
        self.assertLeftOpen(discrepancy)
