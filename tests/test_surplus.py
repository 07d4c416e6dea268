from odoo.exceptions import AccessError
from odoo.tests import tagged

from .common_discrepancies import SurplusCase


@tagged("post_install", "-at_install")
class TestSurplus(SurplusCase):
    """What came too much comes out of the source's stock, through transit."""

    def test_refused_by_the_store(self):
        self.shop.with_user(self.head_office).transfer_surplus_policy = "refuse"
        transfer = self.make_shipped_transfer()
        with self.assertRefused("Oolong Tea: 2 Units more than expected"):
            self.count_lines(transfer, {self.tea: 12})
        with self.assertRefused("Clay Mug: 1 Unit more than expected"):
            self.count_lines(transfer, {self.tea: 10, self.mug: 1})
        self.assertEqual(transfer.in_transit_quantity, 10)

    def test_staff_count_it_and_an_approver_accepts(self):
        transfer = self.make_shipped_transfer()
        consequences = self.count_lines(transfer, {self.tea: 12})
        self.assertEqual(consequences, ["put it aside: an approver decides on it"])
        self.assertEqual(transfer.state, "done")
        self.assertEqual(self.get_stock(self.shop, self.tea), 10)
        surplus = self.get_discrepancies(transfer)
        self.assertEqual(
            (surplus.kind, surplus.quantity, surplus.state), ("surplus", 2, "open")
        )
        self.assertEqual(self.get_activity_users(surplus), self.shop_approver)
        for user in (self.shop_staff, self.ec_approver):
            with self.assertRaises(AccessError):
                surplus.with_user(user).action_accept()
        surplus.with_user(self.shop_approver).action_accept()
        self.assertLedger(transfer)
        line = transfer.line_ids
        self.assertEqual((line.asked_quantity, line.surplus_quantity), (12, 2))
        self.assertEqual((line.shipped_quantity, line.received_quantity), (12, 12))
        self.assertEqual(self.get_stock(self.shop, self.tea), 12)
        self.assertEqual(self.get_stock(self.ec, self.tea), 88)
        self.assertEqual((surplus.state, surplus.outcome), ("settled", "accepted"))
        with self.assertRefused("this step is not possible now"):
            surplus.with_user(self.shop_approver).action_accept()

    def test_the_source_disputes_what_was_accepted(self):
        transfer = self.make_shipped_transfer()
        self.count_lines(transfer, {self.tea: 12}, user=self.shop_approver)
        surplus = self.get_discrepancies(transfer)
        self.assertEqual((surplus.state, surplus.outcome), ("settled", "accepted"))
        [notice] = self.get_notices(surplus, self.ec_staff)
        self.assertIn("Shop North: Accepted", notice)
        self.answer(surplus, "We packed ten.", step="action_dispute")
        self.assertEqual(self.get_activity_users(surplus), self.head_office)
        surplus.with_user(self.head_office).action_uphold()
        self.assertEqual(surplus.state, "settled")
        self.assertFalse(surplus.with_user(self.ec_staff).can_dispute)
        with self.assertRefused("decided: that is final"):
            surplus.with_user(self.ec_staff).action_dispute()
        with self.assertRefused("decided: that is final"):
            surplus.with_user(self.ec_staff).answer = "But it is so."

    def test_the_source_reads_one_message_about_many(self):
        transfer = self.make_shipped_transfer({self.tea: 10, self.mug: 10})
        self.count_lines(transfer, {self.tea: 12, self.mug: 11})
        discrepancies = self.get_discrepancies(transfer).with_user(self.shop_approver)
        discrepancies.action_refuse()
        self.assertFalse(self.get_notices(discrepancies, self.ec_staff))
        notices = self.get_notices(transfer, self.ec_staff)
        [notice] = [text for text in notices if "came too much" in text]
        self.assertIn("2 Units × [TEA-001] Oolong Tea (Refused)", notice)
        self.assertIn("1 Unit × [MUG-001] Clay Mug (Refused)", notice)

    def test_an_approver_refuses_it(self):
        transfer = self.make_shipped_transfer()
        self.count_lines(transfer, {self.tea: 12})
        surplus = self.get_discrepancies(transfer)
        surplus.with_user(self.shop_approver).action_refuse()
        self.assertEqual((surplus.state, surplus.outcome), ("settled", "refused"))
        self.assertLedger(transfer)
        self.assertEqual(self.get_stock(self.ec, self.tea), 90)

    def test_an_approver_may_say_why(self):
        transfer = self.make_shipped_transfer()
        self.count_lines(transfer, {self.tea: 12, self.mug: 1})
        reason = self.env.ref("store_transfer.reason_for_another_store")
        refused, accepted = self.get_discrepancies(transfer).with_user(
            self.shop_approver
        )
        refused.write({"reason_id": reason.id, "note": "The label says Tainan"})
        refused.action_refuse()
        self.assertEqual(
            (refused.outcome, refused.reason_id, refused.note),
            ("refused", reason, "The label says Tainan"),
        )
        accepted.note = "We sell it"
        accepted.action_accept()
        self.assertLedger(transfer)
        self.assertEqual(
            (accepted.note, accepted.reason_id.name), ("We sell it", False)
        )

    def test_only_who_decides_says_why(self):
        transfer = self.make_shipped_transfer()
        self.count_lines(transfer, {self.tea: 12, self.mug: 1})
        surplus, settled = self.get_discrepancies(transfer)
        for user in (self.shop_staff, self.ec_staff, self.ec_approver):
            with self.subTest(user.login), self.assertRaises(AccessError):
                surplus.with_user(user).note = "Because"
        settled.with_user(self.shop_approver).action_refuse()
        with self.assertRefused("this step is not possible now"):
            settled.with_user(self.shop_approver).note = "Because"
        surplus = surplus.with_user(self.shop_approver)
        surplus.reason_id = self.env.ref("store_transfer.reason_stolen")
        with self.assertRefused("Choose a reason from the list"):
            surplus.action_accept()

    def test_within_the_companys_tolerance(self):
        self.company.write(
            {
                "transfer_surplus_policy": "tolerance",
                "transfer_surplus_percent": 10,
                "transfer_surplus_pieces": 2,
            }
        )
        transfer = self.make_shipped_transfer({self.tea: 50, self.mug: 10})
        self.count_lines(transfer, {self.tea: 55, self.mug: 12})
        self.assertEqual(transfer.line_ids.mapped("received_quantity"), [55, 12])
        self.assertEqual(
            set(self.get_discrepancies(transfer).mapped("outcome")), {"accepted"}
        )

    def test_beyond_the_tolerance_an_approver_decides(self):
        self.company.write(
            {"transfer_surplus_policy": "tolerance", "transfer_surplus_percent": 10}
        )
        transfer = self.make_shipped_transfer()
        self.count_lines(transfer, {self.tea: 12, self.mug: 1})
        self.assertEqual(transfer.line_ids.received_quantity, 10)
        self.assertEqual(
            self.get_discrepancies(transfer).mapped(
                lambda surplus: (surplus.kind, surplus.state)
            ),
            [("surplus", "open"), ("unexpected", "open")],
        )

    def test_a_product_nobody_sent(self):
        transfer = self.make_shipped_transfer()
        self.count_lines(transfer, {self.tea: 10, self.mug: 3})
        surplus = self.get_discrepancies(transfer)
        self.assertEqual((surplus.kind, surplus.product_id), ("unexpected", self.mug))
        surplus.with_user(self.shop_approver).action_accept()
        self.assertLedger(transfer)
        line = transfer.line_ids - transfer.line_ids[0]
        self.assertEqual(
            (line.product_id, line.asked_quantity, line.received_quantity),
            (self.mug, 3, 3),
        )
        self.assertEqual(self.get_stock(self.ec, self.mug), 97)
        self.assertEqual(surplus.line_id, line)
        copy = transfer.with_user(self.ec_staff).copy()
        self.assertEqual(copy.line_ids.mapped("quantity"), [10, 3])

    def test_the_source_does_not_have_it_on_record(self):
        """Nothing comes from nowhere: the source's stock is corrected first."""
        rare = self._create_product("Rare Tea", "TEA-999")
        transfer = self.make_shipped_transfer()
        consequences = self.count_lines(
            transfer, {self.tea: 10, rare: 1}, user=self.shop_approver
        )
        self.assertIn(
            "put it aside: the source does not have it on record", consequences
        )
        surplus = self.get_discrepancies(transfer).with_user(self.shop_approver)
        self.assertEqual(surplus.state, "open")
        with self.assertRefused("EC Warehouse has only 0 Units of it on record"):
            surplus.action_accept()
        self._add_stock(self.ec, rare, 1)
        surplus.action_accept()
        self.assertLedger(transfer)
        self.assertEqual(self.get_stock(self.shop, rare), 1)
        self.assertEqual(self.get_stock(self.ec, rare), 0)

    def test_what_was_still_to_ship_came_already(self):
        """The source shipped more than it noted: that is no surplus of the transfer."""
        transfer = self.make_transfer()
        self.submit(transfer)
        self.approve(transfer)
        self.ship(transfer, {self.tea: 6})
        self.count_lines(transfer, {self.tea: 9}, user=self.shop_approver)
        line = transfer.line_ids
        self.assertEqual(
            (line.asked_quantity, line.received_quantity, line.to_ship_quantity),
            (10, 9, 1),
        )
        self.ship(transfer)
        self.receive_all(transfer)
        self.assertEqual(transfer.state, "done")
        self.assertEqual(self.get_stock(self.ec, self.tea), 90)

    def test_a_serial_number_twice_is_refused(self):
        kettle = self._create_product("Kettle", "KET-001", tracking="serial")
        lot = self.env["stock.lot"].create({"name": "K1", "product_id": kettle.id})
        self._add_stock(self.ec, kettle, 1, lot=lot)
        transfer = self.make_shipped_transfer({kettle: 1})
        action = transfer.with_user(self.shop_staff).action_start_count()
        count = self.env["store.transfer.count"].browse(action["res_id"])
        count = count.with_user(self.shop_staff)
        count.line_ids.counted_quantity = 2
        with self.assertRefused("serial number K1 stands for exactly one piece"):
            count.action_submit()

    def test_a_third_party_brings_a_serial_number_that_is_here(self):
        kettle = self._create_product("Kettle", "KET-001", tracking="serial")
        lot = self.env["stock.lot"].create({"name": "K1", "product_id": kettle.id})
        self._add_stock(self.ec, kettle, 1, lot=lot)
        transfer = self.make_transfer(
            user=self.shop_staff, kind="receipt", lines={kettle: 1}
        )
        self.submit(transfer, self.shop_staff)
        action = transfer.with_user(self.shop_staff).action_start_count()
        count = self.env["store.transfer.count"].browse(action["res_id"])
        count = count.with_user(self.shop_staff)
        count._find_or_add_line(kettle, lot_name="K1").counted_quantity = 1
        with self.assertRefused("serial number K1 is in stock already"):
            count.action_submit()

    def test_a_third_party_brings_more(self):
        matcha = self._create_product("Matcha", "MAT-001", tracking="lot")
        transfer = self.make_transfer(
            user=self.shop_staff, kind="receipt", lines={self.tea: 10, matcha: 4}
        )
        self.submit(transfer, self.shop_staff)
        action = transfer.with_user(self.shop_staff).action_start_count()
        count = self.env["store.transfer.count"].browse(action["res_id"])
        count = count.with_user(self.shop_staff)
        count._find_or_add_line(self.tea).counted_quantity = 12
        count._find_or_add_line(matcha, lot_name="M-1").counted_quantity = 4
        count._find_or_add_line(matcha, lot_name="M-2").counted_quantity = 2
        count._find_or_add_line(self.mug).counted_quantity = 1
        count.action_submit()
        self.assertLedger(transfer)
        self.assertEqual(transfer.line_ids.mapped("received_quantity"), [12, 6, 1])
        self.assertEqual(transfer.state, "done")
        self.assertEqual(
            set(self.get_discrepancies(transfer).mapped("outcome")), {"accepted"}
        )

    def test_some_of_the_surplus_is_damaged(self):
        transfer = self.make_shipped_transfer()
        action = transfer.with_user(self.shop_staff).action_start_count()
        count = self.env["store.transfer.count"].browse(action["res_id"])
        line = count.with_user(self.shop_staff).line_ids
        line.write({"counted_quantity": 9, "damaged_quantity": 3})
        count.with_user(self.shop_staff).action_submit()
        self.assertLedger(transfer)
        line = transfer.line_ids
        self.assertEqual((line.received_quantity, line.damaged_quantity), (9, 1))
        self.assertEqual(
            self.get_discrepancies(transfer).mapped(
                lambda surplus: (surplus.kind, surplus.quantity)
            ),
            [("damaged", 1), ("surplus", 2)],
        )

    def test_a_damaged_surplus_never_becomes_sellable(self):
        transfer = self.make_shipped_transfer()
        count = self.start_count(transfer)
        count.line_ids.write({"counted_quantity": 10, "damaged_quantity": 2})
        lamps = count._find_or_add_line(self.lamp)
        lamps.write({"damaged_quantity": 3, "remark": "Wet carton"})
        count.action_submit()
        self.assertLedger(transfer)
        self.get_discrepancies(transfer).with_user(self.shop_approver).action_accept()
        self.assertLedger(transfer)
        self.assertEqual(self.get_stock(self.shop, self.tea), 10)
        self.assertEqual(self.get_stock(self.shop, self.lamp), 0)
        self.assertEqual(
            transfer.line_ids.mapped(
                lambda line: (line.received_quantity, line.damaged_quantity)
            ),
            [(10, 2), (0, 3)],
        )
        damaged = self.get_discrepancies(transfer).filtered(
            lambda discrepancy: discrepancy.kind == "damaged"
        )
        self.assertEqual(
            damaged.mapped(
                lambda surplus: (surplus.quantity, surplus.outcome, surplus.state)
            ),
            [(2, "damaged", "open"), (3, "damaged", "open")],
        )
        self.assertEqual(damaged[1].remark, "Wet carton")
