from datetime import timedelta

from odoo.exceptions import AccessError
from odoo.tests import tagged

from .common_discrepancies import SettledCase, SurplusCase


@tagged("post_install", "-at_install")
class TestUndoCount(SettledCase, SurplusCase):
    """The destination's approver takes the last count back, to correct it."""

    def undo(self, transfer, user=None):
        transfer.with_user(user or self.shop_approver).action_undo_count()
        self.assertLedger(transfer)

    def count_line(self, transfer, good, damaged=0, user=None):
        count = self.start_count(transfer, user)
        count.line_ids.write({"counted_quantity": good, "damaged_quantity": damaged})
        count.action_submit()
        self.assertLedger(transfer)
        return count

    def test_its_goods_are_to_be_counted_again_with_its_rows(self):
        transfer = self.make_shipped_transfer()
        count = self.count_line(transfer, 8)
        self.assertEqual(self.get_stock(self.shop, self.tea), 8)
        self.undo(transfer)
        self.assertEqual((transfer.state, count.state), ("arrived", "open"))
        self.assertEqual(self.get_stock(self.shop, self.tea), 0)
        self.assertEqual(transfer.in_transit_quantity, 10)
        again = self.start_count(transfer)
        self.assertEqual(again, count)
        self.assertEqual(again.line_ids.counted_quantity, 8)
        self.assertEqual(again.line_ids.expected_quantity, 10)
        again.line_ids.counted_quantity = 10
        again.action_submit()
        self.assertLedger(transfer)
        self.assertEqual(transfer.state, "done")
        self.assertEqual(self.get_stock(self.shop, self.tea), 10)

    def test_what_is_done_is_open_again(self):
        transfer = self.make_shipped_transfer()
        self.receive_all(transfer)
        self.assertEqual(transfer.state, "done")
        self.undo(transfer)
        self.assertEqual(transfer.state, "arrived")
        self.assertEqual(
            transfer.sudo().activity_ids.user_id, self.shop_staff | self.shop_approver
        )

    def test_the_pickings_are_usual_ones(self):
        transfer = self.make_shipped_transfer()
        self.receive_all(transfer)
        received = self.get_pickings(transfer, "incoming", "done")
        self.undo(transfer)
        back = received.move_ids.returned_move_ids
        self.assertEqual(back.transfer_flow, "uncount")
        self.assertEqual(back.picking_id.state, "done")
        self.assertEqual(back.location_dest_id, self.transit)
        expected = self.get_pickings(transfer, "incoming")
        self.assertEqual((expected.state, expected.move_ids.quantity), ("assigned", 10))
        self.validate_picking(expected)
        self.assertLedger(transfer)
        self.assertEqual(transfer.state, "done")

    def test_the_differences_that_it_opened_are_gone(self):
        transfer = self.make_shipped_transfer()
        self.count_line(transfer, 6, damaged=1)
        self.assertEqual(
            sorted(self.get_discrepancies(transfer).mapped("kind")),
            ["damaged", "short"],
        )
        self.undo(transfer)
        self.assertFalse(self.get_discrepancies(transfer))
        self.assertEqual(transfer.line_ids.damaged_quantity, 0)
        self.assertEqual(transfer.in_transit_quantity, 10)
        self.count_line(transfer, 10)
        self.assertEqual(transfer.state, "done")
        self.assertFalse(self.get_discrepancies(transfer))

    def test_damaged_goods_come_out_of_their_place(self):
        place = self._create_location("Damaged", self.shop.view_location_id)
        self.shop.transfer_damage_location_id = place
        transfer = self.make_shipped_transfer()
        self.count_line(transfer, 6, damaged=4)
        self.assertEqual(self.get_lots(place, self.tea), {False: 4})
        self.undo(transfer)
        self.assertFalse(self.get_lots(place, self.tea))

    def test_damaged_goods_that_are_gone_can_not_be_counted_again(self):
        place = self._create_location("Damaged", self.shop.view_location_id)
        self.shop.transfer_damage_location_id = place
        transfer = self.make_shipped_transfer()
        self.count_line(transfer, 6, damaged=4)
        self.env["stock.quant"]._update_available_quantity(self.tea, place, -1)
        with self.assertRefused("has only 3 Units free of the 4 Units"):
            self.undo(transfer)

    def test_the_last_count_only(self):
        transfer = self.make_shipped_transfer()
        first = self.count_line(transfer, 4)
        second = self.count_line(transfer, 3)
        self.undo(transfer)
        self.assertEqual((first.state, second.state), ("done", "open"))
        self.assertEqual(self.get_stock(self.shop, self.tea), 4)
        self.assertEqual(transfer.state, "partial")
        with self.assertRefused("has begun a later count"):
            self.undo(transfer)

    def test_a_later_count_that_nobody_began_is_no_reason(self):
        transfer = self.make_shipped_transfer()
        count = self.count_line(transfer, 4)
        later = self.start_count(transfer)
        self.undo(transfer)
        self.assertEqual((count.state, later.state), ("open", "cancelled"))

    def test_what_an_earlier_count_missed_is_missing_again(self):
        transfer = self.make_shipped_transfer()
        self.count_line(transfer, 7)
        [short] = self.get_discrepancies(transfer)
        self.count_line(transfer, 3)
        self.assertEqual((short.state, short.outcome), ("settled", "arrived"))
        self.undo(transfer)
        self.assertEqual((short.state, short.outcome), ("open", False))
        self.assertEqual(transfer.line_ids.short_quantity, 3)
        count = self.start_count(transfer)
        count.line_ids.counted_quantity = 0
        count.action_submit()
        self.assertLedger(transfer)
        self.assertEqual(self.get_discrepancies(transfer), short)

    def test_goods_that_were_sold(self):
        transfer = self.make_shipped_transfer()
        self.receive_all(transfer)
        self._add_stock(self.shop, self.tea, -3)
        with self.assertRefused("Shop North has only 7 Units free of the 10 Units"):
            self.undo(transfer)
        self.assertEqual(transfer.state, "done")

    def test_goods_that_are_reserved_for_somebody_else(self):
        transfer = self.make_shipped_transfer()
        self.receive_all(transfer)
        other = self.make_transfer(
            user=self.shop_staff,
            lines={self.tea: 2},
            source_store_id=self.shop.id,
            destination_store_id=self.ec.id,
        )
        self.submit(other, self.shop_staff)
        self.approve(other, self.ec_approver)
        with self.assertRefused("has only 8 Units free of the 10 Units"):
            self.undo(transfer)

    def test_goods_that_stand_on_another_shelf_now(self):
        transfer = self.make_shipped_transfer()
        self.receive_all(transfer)
        shelf = self._create_location("Shelf 9", self.shop.lot_stock_id)
        quants = self.env["stock.quant"]
        quants._update_available_quantity(self.tea, self.shop.lot_stock_id, -6)
        quants._update_available_quantity(self.tea, shelf, 6)
        self.undo(transfer)
        self.assertEqual(self.get_stock(self.shop, self.tea), 0)

    def test_lots_and_packages_stay_what_they_are(self):
        product = self._create_product("Matcha", "MAT-001", tracking="lot")
        lots = self.make_lots(product, "M-1", "M-2")
        package = self.env["stock.package"].create({})
        lots[0].quant_ids.package_id = package
        transfer = self.make_shipped_transfer({product: 10})
        self.receive_all(transfer)
        self.undo(transfer)
        quants = self.env["stock.quant"].search(
            [("product_id", "=", product.id), ("quantity", ">", 0)], order="lot_id"
        )
        self.assertEqual(quants.location_id, self.transit)
        self.assertEqual(
            [(quant.lot_id, quant.package_id, quant.quantity) for quant in quants],
            [(lots[0], package, 5), (lots[1], package.browse(), 5)],
        )
        self.start_count(transfer).action_submit()
        self.assertEqual(
            self.get_lots(self.shop.lot_stock_id, product), {"M-1": 5, "M-2": 5}
        )

    def test_serial_numbers_of_which_one_was_sold(self):
        product = self._create_product("Kettle", "KET-001", tracking="serial")
        lots = self.make_lots(product, "K-1", "K-2")
        transfer = self.make_shipped_transfer({product: 2})
        self.receive_all(transfer)
        self._add_stock(self.shop, product, -1, lot=lots[1])
        with self.assertRefused("K-2: Shop North has only 0 Units free of the 1 Unit"):
            self.undo(transfer)
        self._add_stock(self.shop, product, 1, lot=lots[1])
        self.undo(transfer)
        self.start_count(transfer).action_submit()
        self.assertLedger(transfer)
        self.assertEqual(
            self.get_lots(self.shop.lot_stock_id, product), {"K-1": 1, "K-2": 1}
        )

    def test_an_accepted_surplus_is_back_at_the_source(self):
        transfer = self.make_shipped_transfer()
        self.count_lines(transfer, {self.tea: 12}, self.shop_approver)
        self.assertEqual(self.get_stock(self.ec, self.tea), 88)
        self.undo(transfer)
        self.assertEqual(self.get_stock(self.ec, self.tea), 90)
        self.assertEqual(
            (transfer.asked_quantity, transfer.in_transit_quantity), (10, 10)
        )
        self.assertFalse(self.get_discrepancies(transfer))
        count = self.start_count(transfer, self.shop_approver)
        self.assertEqual(count.line_ids.counted_quantity, 12)
        count.action_submit()
        self.assertLedger(transfer)
        self.assertEqual(
            (transfer.asked_quantity, transfer.received_quantity), (12, 12)
        )

    def test_a_surplus_that_was_still_to_ship_is_to_ship_again(self):
        transfer = self.make_transfer()
        self.submit(transfer)
        self.approve(transfer)
        self.ship(transfer, {self.tea: 7})
        self.count_lines(transfer, {self.tea: 9}, self.shop_approver)
        self.assertEqual(transfer.to_ship_quantity, 1)
        self.undo(transfer)
        self.assertEqual(
            (transfer.to_ship_quantity, transfer.in_transit_quantity), (3, 7)
        )

    def test_a_surplus_that_was_closed_is_closed_again(self):
        transfer = self.make_transfer()
        self.submit(transfer)
        self.approve_less(transfer, {self.tea: 9})
        self.ship(transfer, {self.tea: 7})
        self.close_rest(transfer)
        self.count_lines(transfer, {self.tea: 11}, self.shop_approver)
        line = transfer.line_ids
        self.assertEqual((line.closed_quantity, line.surplus_quantity), (0, 1))
        self.undo(transfer)
        self.assertEqual(
            (line.closed_quantity, line.not_approved_quantity, line.asked_quantity),
            (2, 1, 10),
        )

    def test_a_product_that_nobody_sent_goes_back_as_well(self):
        transfer = self.make_shipped_transfer()
        self.count_lines(transfer, {self.tea: 10, self.mug: 2}, self.shop_approver)
        self.assertEqual(self.get_stock(self.ec, self.mug), 98)
        self.undo(transfer)
        self.assertEqual(self.get_stock(self.ec, self.mug), 100)
        self.assertFalse(self.get_discrepancies(transfer))
        count = self.start_count(transfer, self.shop_approver)
        count.action_submit()
        self.assertLedger(transfer)
        self.assertEqual(transfer.state, "done")
        self.assertEqual(self.get_stock(self.shop, self.mug), 2)
        self.assertEqual(self.get_discrepancies(transfer).kind, "unexpected")

    def test_what_was_put_aside_before_is_put_aside_again(self):
        self.shop.transfer_surplus_policy = "approver"
        transfer = self.make_shipped_transfer()
        self.count_lines(transfer, {self.tea: 4, self.mug: 2})
        [held] = self.get_discrepancies(transfer).filtered(
            lambda discrepancy: discrepancy.kind == "unexpected"
        )
        self.count_lines(transfer, {self.tea: 6, self.mug: 2}, self.shop_approver)
        self.assertEqual((held.state, held.outcome), ("settled", "accepted"))
        self.undo(transfer)
        self.assertEqual((held.state, held.outcome), ("open", False))

    def test_a_third_party_s_goods(self):
        receipt = self.make_transfer(user=self.shop_staff, kind="receipt")
        self.submit(receipt, self.shop_staff)
        self.count_line(receipt, 7, damaged=2)
        self.undo(receipt)
        self.assertEqual(
            (receipt.state, receipt.to_ship_quantity, receipt.received_quantity),
            ("arrived", 10, 0),
        )
        self.assertEqual(receipt.line_ids.returned_quantity, 0)
        self.count_line(receipt, 10)
        self.assertEqual((receipt.state, receipt.received_quantity), ("done", 10))

    def test_a_third_party_s_surplus(self):
        receipt = self.make_transfer(user=self.shop_staff, kind="receipt")
        self.submit(receipt, self.shop_staff)
        self.count_line(receipt, 13)
        self.assertEqual(receipt.asked_quantity, 13)
        self.undo(receipt)
        self.assertEqual((receipt.asked_quantity, receipt.to_ship_quantity), (10, 10))

    def test_serial_numbers_that_a_third_party_brought(self):
        product = self._create_product("Kettle", "KET-001", tracking="serial")
        receipt = self.make_transfer(
            user=self.shop_staff, kind="receipt", lines={product: 2}
        )
        self.submit(receipt, self.shop_staff)
        count = self.start_count(receipt)
        for name in ("K-1", "K-2"):
            count._find_or_add_line(product, lot_name=name).counted_quantity = 1
        count.action_submit()
        self.assertLedger(receipt)
        lots = self.get_lots(self.shop.lot_stock_id, product)
        self.assertEqual(lots, {"K-1": 1, "K-2": 1})
        self.undo(receipt)
        self.assertFalse(self.get_lots(self.shop.lot_stock_id, product))
        self.start_count(receipt).action_submit()
        self.assertLedger(receipt)
        self.assertEqual(self.get_lots(self.shop.lot_stock_id, product), lots)
        self.assertEqual(
            self.env["stock.lot"].search_count([("product_id", "=", product.id)]), 2
        )

    def test_what_was_answered_disputed_or_settled_since(self):
        for step in ("answer", "dispute", "settle"):
            with self.subTest(step):
                transfer, short = self.make_short()
                if step == "settle":
                    self.settle(transfer, "lost")
                else:
                    self.answer(short, "We look.", step=f"action_{step}")
                with self.assertRefused("was answered, disputed or settled since"):
                    self.undo(transfer)

    def test_what_was_sent_back_in_the_inventory_app(self):
        transfer = self.make_shipped_transfer()
        self.receive_all(transfer)
        received = self.get_pickings(transfer, "incoming", "done")
        self.validate_picking(self.return_picking(received, 4))
        with self.assertRefused("was sent back meanwhile"):
            self.undo(transfer)

    def test_after_some_days_it_is_too_late(self):
        transfer = self.make_shipped_transfer()
        count = self.count_line(transfer, 8)
        submitted = count.submit_date
        count.sudo().submit_date = submitted - timedelta(days=4)
        with self.assertRefused("Days to Undo is 3"):
            self.undo(transfer)
        self.assertFalse(transfer.with_user(self.shop_approver).can_undo_count)
        self.company.transfer_undo_days = 4
        self.undo(transfer)

    def test_a_store_may_have_days_of_its_own(self):
        transfer = self.make_shipped_transfer()
        count = self.count_line(transfer, 8)
        count.sudo().submit_date -= timedelta(days=1)
        self.shop.with_user(self.head_office).transfer_has_undo_days = True
        with self.assertRefused("for Shop North, Days to Undo is 0"):
            self.undo(transfer)
        self.shop.with_user(self.head_office).transfer_undo_days = 1
        self.undo(transfer)

    def test_by_the_destination_s_approver_only(self):
        transfer = self.make_shipped_transfer()
        self.count_line(transfer, 8)
        for user in (
            self.shop_staff,
            self.ec_approver,
            self.south_staff,
            self.inventory_user,
        ):
            with self.subTest(user.login), self.assertRaises(AccessError):
                self.undo(transfer, user)
        self.undo(transfer, self.head_office)
        self.assertEqual(transfer.state, "arrived")

    def test_not_without_a_count(self):
        transfer = self.make_shipped_transfer()
        with self.assertRefused("no count was submitted that could be undone"):
            self.undo(transfer)

    def test_what_was_counted_before_the_upgrade(self):
        transfer = self.make_shipped_transfer()
        count = self.count_line(transfer, 8)
        count.sudo().picking_ids.transfer_count_id = False
        with self.assertRefused("before counts could be undone"):
            self.undo(transfer)

    def test_who_counted_and_the_source_are_told(self):
        transfer = self.make_shipped_transfer()
        self.count_line(transfer, 8)
        self.undo(transfer)
        for user in (self.shop_staff, self.ec_staff):
            notices = self.get_notices(transfer, user)
            self.assertIn("was undone", " ".join(notices))

    def test_it_says_when_it_was_counted_where_its_reader_is(self):
        self.shop_staff.tz = "Asia/Taipei"
        self.ec_staff.tz = self.shop_approver.tz = "Europe/London"
        transfer = self.make_shipped_transfer()
        count = self.count_line(transfer, 8)
        count.sudo().submit_date = "2030-05-07 20:00:00"
        self.undo(transfer)
        for user, moment in (
            (self.shop_staff, "05/08/2030 04:00"),
            (self.ec_staff, "05/07/2030 09:00"),
        ):
            self.assertIn(moment, " ".join(self.get_notices(transfer, user)))

    def test_a_picking_becomes_a_count_s_by_its_steps_only(self):
        transfer = self.make_shipped_transfer()
        count = self.count_line(transfer, 8)
        pickings = self.env["stock.picking"].with_user(self.inventory_user)
        values = {
            "picking_type_id": self.shop.in_type_id.id,
            "transfer_count_id": count.id,
        }
        with self.assertRefused("by its steps only", AccessError):
            pickings.create(values)
        received = self.get_pickings(transfer, "incoming", "done")
        with self.assertRefused("belongs to store transfer"):
            received.transfer_count_id = False

    def test_not_with_more_queries_for_more_lines(self):
        numbers = []
        for size in (5, 25):
            products = self._create_many_products(f"U{size}", size)
            self._add_stock(self.ec, products, 10)
            transfer = self.make_shipped_transfer(dict.fromkeys(products, 5))
            self.count(transfer, dict.fromkeys(products, 3))
            self.env.flush_all()
            self.env.invalidate_all()
            start = self.env.cr.sql_log_count
            transfer.with_user(self.shop_approver).action_undo_count()
            self.env.flush_all()
            numbers.append(self.env.cr.sql_log_count - start)
            self.assertLedger(transfer)
        self.assertLessEqual(numbers[1] - numbers[0], 20)
