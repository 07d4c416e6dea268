from odoo.exceptions import AccessError
from odoo.fields import Command
from odoo.tests import tagged

from .common_transfers import StoreTransferCase


@tagged("post_install", "-at_install")
class TestCount(StoreTransferCase):
    """What is written on a count: good and damaged pieces, lots, strange products."""

    def test_damaged_pieces_are_counted_beside_good_ones(self):
        transfer = self.make_shipped_transfer()
        count = self.start_count(transfer)
        count.line_ids.write(
            {
                "counted_quantity": 7,
                "damaged_quantity": 3,
                "remark": "Wet carton",
            }
        )
        self.assertEqual(count.line_ids.difference_quantity, 0)
        self.assertEqual(count.difference_line_ids, count.line_ids)
        self.assertEqual((count.counted_quantity, count.damaged_quantity), (7, 3))

    def test_a_fraction_of_a_piece_cannot_be_damaged(self):
        count = self.start_count(self.make_shipped_transfer())
        with self.assertRefused("Oolong Tea: 0.001 Units is not possible"):
            count.line_ids.write({"damaged_quantity": 0.001})

    def test_a_product_on_its_way_has_a_line(self):
        count = self.start_count(self.make_shipped_transfer())
        self.assertEqual(count._find_or_add_line(self.tea), count.line_ids)

    def test_the_line_that_misses_some_comes_first(self):
        transfer = self.make_shipped_transfer(
            line_ids=[
                Command.create({"product_id": self.tea.id, "quantity": quantity})
                for quantity in (2, 3)
            ]
        )
        count = self.start_count(transfer)
        first, second = count.line_ids
        self.assertEqual(count._find_or_add_line(self.tea), first)
        first.counted_quantity = 2
        self.assertEqual(count._find_or_add_line(self.tea), second)

    def test_a_product_nobody_sent_gets_a_line(self):
        transfer = self.make_shipped_transfer()
        count = self.start_count(transfer)
        line = count._find_or_add_line(self.mug)
        self.assertFalse(line.transfer_line_id)
        self.assertEqual(line.product_id, self.mug)
        line.counted_quantity = 2
        self.assertEqual(line.difference_quantity, 2)
        self.assertEqual(count._find_or_add_line(self.mug), line)

    def test_a_product_without_stock_is_not_counted(self):
        count = self.start_count(self.make_shipped_transfer())
        service = self._create_product("Gift Wrapping", "SRV-001", is_storable=False)
        with self.assertRefused("Gift Wrapping can't be counted here"):
            count._find_or_add_line(service)

    def test_a_lot_nobody_sent_gets_a_line(self):
        matcha = self._create_product("Matcha", "MAT-001", tracking="lot")
        lots = self.env["stock.lot"].create(
            [{"name": name, "product_id": matcha.id} for name in ("M-1", "M-2")]
        )
        self._add_stock(self.ec, matcha, 4, lot=lots[0])
        transfer = self.make_shipped_transfer(lines={matcha: 4})
        count = self.start_count(transfer)
        expected = count.line_ids
        self.assertEqual(count._find_or_add_line(matcha, lot=lots[0]), expected)
        self.assertEqual(count._find_or_add_line(matcha, lot_name="M-1"), expected)
        known = count._find_or_add_line(matcha, lot_name="M-2")
        self.assertEqual(known.lot_id, lots[1])
        self.assertEqual(known.transfer_line_id, transfer.line_ids)
        unknown = count._find_or_add_line(matcha, lot_name="M-3")
        self.assertEqual((unknown.lot_id.id, unknown.lot_name), (False, "M-3"))
        self.assertEqual(len(count.line_ids), 3)
        count.transfer_id.action_start_count()
        self.assertEqual(
            count.line_ids.sorted("id").mapped("expected_quantity"), [4, 0, 0]
        )

    def test_lots_of_a_third_party_get_a_line_each(self):
        matcha = self._create_product("Matcha", "MAT-001", tracking="lot")
        transfer = self.make_transfer(
            user=self.shop_staff, kind="receipt", lines={matcha: 10}
        )
        self.submit(transfer, self.shop_staff)
        count = self.start_count(transfer)
        first = count._find_or_add_line(matcha, lot_name="M-1")
        self.assertEqual((first, first.lot_name), (count.line_ids, "M-1"))
        first.counted_quantity = 6
        second = count._find_or_add_line(matcha, lot_name="M-2")
        self.assertEqual(second.transfer_line_id, transfer.line_ids)
        second.counted_quantity = 4
        self.assertEqual(count._find_or_add_line(matcha, lot_name="M-1"), first)
        count.action_submit()
        self.assertLedger(transfer)
        self.assertEqual(transfer.state, "done")

    def test_only_who_may_count_adds_lines(self):
        count = self.start_count(self.make_shipped_transfer())
        with self.assertRefused("not one of them", AccessError):
            count.with_user(self.ec_staff)._find_or_add_line(self.mug)

    def test_scanned_before_it_is_shipped(self):
        """It is expected on the same line then, and taken from the source once."""
        transfer = self.make_transfer(lines={self.tea: 10, self.mug: 5})
        self.submit(transfer)
        self.approve(transfer)
        self.ship(transfer, {self.tea: 0, self.mug: 5})
        count = self.start_count(transfer, self.shop_approver)
        count._find_or_add_line(self.mug).counted_quantity = 5
        tea = count._find_or_add_line(self.tea)
        tea.counted_quantity = 3
        self.ship(transfer)
        transfer.with_user(self.shop_approver).action_start_count()
        self.assertEqual(count._find_or_add_line(self.tea), tea)
        self.assertEqual(tea.expected_quantity, 10)
        tea.counted_quantity = 10
        count.action_submit()
        self.assertLedger(transfer)
        self.assertEqual(transfer.line_ids.mapped("asked_quantity"), [10, 5])
        self.assertEqual(self.get_stock(self.ec, self.tea), 90)

    def test_no_second_row_for_what_has_no_lots(self):
        count = self.start_count(self.make_shipped_transfer())
        with self.assertRefused("Oolong Tea needs no more rows"):
            count.line_ids.action_add_lot()

    def test_everything_came_keeps_what_was_counted(self):
        transfer = self.make_shipped_transfer({self.tea: 10, self.mug: 5})
        count = self.start_count(transfer)
        tea, mug = count.line_ids
        tea.write({"counted_quantity": 12, "damaged_quantity": 1})
        mug.write({"counted_quantity": 1, "damaged_quantity": 1})
        lamp = count._find_or_add_line(self.lamp)
        lamp.counted_quantity = 2
        count.action_everything_came()
        self.assertEqual(count.line_ids.mapped("counted_quantity"), [12, 4, 2])
        self.assertEqual(lamp.counted_quantity, 2)

    def test_everything_came_counts_a_third_partys_lots_together(self):
        matcha = self._create_product("Matcha", "MAT-001", tracking="lot")
        transfer = self.make_transfer(
            user=self.shop_staff, kind="receipt", lines={matcha: 10}
        )
        self.submit(transfer, self.shop_staff)
        count = self.start_count(transfer)
        first = count._find_or_add_line(matcha, lot_name="M-1")
        first.counted_quantity = 5
        second = count._find_or_add_line(matcha, lot_name="M-2")
        second.counted_quantity = 4
        count.action_everything_came()
        self.assertEqual((first.counted_quantity, second.counted_quantity), (6, 4))
