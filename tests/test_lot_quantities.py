from copy import copy

from odoo.tests import BaseCase, tagged
from odoo.tools import float_round

from ..tools.lot_quantities import LotKey, LotQuantities


class Unit:
    """Rounds as every unit of Odoo does."""

    def round(self, quantity):
        return float_round(quantity, precision_digits=2)


class Record:
    """Stands for any record."""

    def __init__(self, **values):
        self.__dict__.update(values)


def make_line(name):
    return Record(product_id=Record(display_name=name, uom_id=Unit()))


@tagged("post_install", "-at_install")
class TestLotQuantities(BaseCase):
    """What a step passes on, and takes from: how much there is of which goods."""

    def setUp(self):
        super().setUp()
        self.mugs, self.tea = make_line("Mug"), make_line("Tea")
        self.no_lot, self.may, self.june = (
            Record(name=name) for name in (False, "May", "June")
        )
        self.mug = LotKey(self.mugs, self.no_lot)
        self.of_may = LotKey(self.tea, self.may)
        self.of_june = LotKey(self.tea, self.june)
        self.goods = LotQuantities(
            [(self.mug, 4), (self.of_may, 3), (self.of_june, 5), (self.mug, 6)]
        )

    def test_rows_of_the_same_goods_are_added_up(self):
        self.assertEqual(
            self.goods.items(), [(self.mug, 10), (self.of_may, 3), (self.of_june, 5)]
        )
        self.assertEqual(self.goods[self.mug], 10)

    def test_name_and_owner_tell_goods_apart(self):
        named = self.of_may._replace(lot=self.no_lot, lot_name="Y-1")
        owned = self.of_may._replace(owner="Somebody")
        self.goods.add(named, 1)
        self.goods.add(owned, 2)
        self.assertEqual(self.goods[self.of_may], 3)
        self.assertEqual(self.goods.total(self.tea), 11)
        self.assertEqual(self.goods.total(self.tea, self.may), 5)
        self.assertEqual(named.display_name, "Tea Y-1")
        self.assertEqual(owned.display_name, "Tea May")
        self.assertEqual(self.mug.display_name, "Mug")

    def test_by_line(self):
        self.assertEqual(self.goods.by_line(), {self.mugs: 10, self.tea: 8})
        self.assertEqual(
            self.goods.of_line(self.tea).items(), [(self.of_may, 3), (self.of_june, 5)]
        )
        unknown = make_line("Spoon")
        self.assertEqual(self.goods.total(unknown), 0)
        self.assertFalse(self.goods.of_line(unknown))
        self.assertNotIn(unknown, self.goods.by_line())

    def test_of_a_product_on_whichever_lines(self):
        product = self.tea.product_id
        free = LotQuantities([(LotKey(product, self.may), 2)])
        free.add(LotKey(product, self.june), 1)
        self.assertEqual(free.by_line(), {product: 3})
        self.assertEqual(LotKey(product, self.may).display_name, "Tea May")

    def test_take_no_more_than_there_is(self):
        self.assertEqual(self.goods.take(self.of_may, 2), 2)
        self.assertEqual(self.goods.take(self.of_may, 2), 1)
        self.assertEqual(self.goods.take(self.of_may, 2), 0)
        self.assertEqual(self.goods.total(self.tea), 5)

    def test_take_all_of_it(self):
        self.assertEqual(self.goods.take(self.mug), 10)
        self.assertEqual(self.goods.by_line(), {self.tea: 8})

    def test_take_nothing_where_nothing_is_wanted(self):
        self.assertEqual(self.goods.take(self.mug, -1), 0)
        self.assertEqual(self.goods[self.mug], 10)

    def test_take_of_a_line_whichever_lots_come_first(self):
        taken = self.goods.take_of_line(self.tea, 4)
        self.assertEqual(taken.items(), [(self.of_may, 3), (self.of_june, 1)])
        self.assertEqual(self.goods.of_line(self.tea).items(), [(self.of_june, 4)])
        rest = self.goods.take_of_line(self.tea, 100)
        self.assertEqual(rest.items(), [(self.of_june, 4)])
        self.assertFalse(self.goods.take_of_line(self.tea, 1))

    def test_below_zero_is_nothing_to_take(self):
        less = self.goods - LotQuantities([(self.of_may, 4), (self.mug, 10)])
        self.assertEqual(less.items(), [(self.of_may, -1), (self.of_june, 5)])
        self.assertEqual(less.take(self.of_may), 0)
        self.assertEqual(less.total(self.tea), 4)
        self.assertEqual(less.take(self.of_june), 5)
        self.assertFalse(less)

    def test_what_is_subtracted_from_and_copied_stays(self):
        copied = copy(self.goods)
        copied.take(self.mug)
        self.assertFalse(self.goods - self.goods)
        self.assertEqual(self.goods[self.mug], 10)

    def test_no_dust(self):
        goods = LotQuantities([(self.of_may, 0.1), (self.of_may, 0.2)])
        self.assertEqual(goods[self.of_may], 0.3)
        goods.take(self.of_may, 0.1)
        goods.take(self.of_may, 0.1)
        goods.take(self.of_may, 0.1)
        self.assertEqual(goods.items(), [])
        self.assertFalse(goods)
        self.assertFalse(LotQuantities([(self.mug, 0.001)]))

    def test_what_is_gone_through_can_be_taken(self):
        for key, quantity in self.goods.items():
            self.assertEqual(self.goods.take(key), quantity)
        self.assertFalse(self.goods)
