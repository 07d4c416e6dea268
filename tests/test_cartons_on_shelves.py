from odoo.tests import tagged

from .common_cartons import CartonCase


@tagged("post_install", "-at_install")
class TestCartonsOnShelves(CartonCase):
    """What is in a carton has shelves of its own, by Odoo's putaway rules."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.shelves = {
            product: cls._create_shelf(cls.shop, product)
            for product in (cls.tea, cls.mug)
        }

    def get_on_shelf(self, product):
        return (
            product.with_context(location=self.shelves[product].id).sudo().qty_available
        )

    def assertPacked(self, carton, content):
        """A carton stands in the store, closed, and on none of the shelves."""
        self.env.flush_all()
        self.env.invalidate_all()
        self.assertEqual(
            {
                quant.product_id: quant.quantity
                for quant in carton.quant_ids
                if quant.quantity
            },
            content,
        )
        self.assertEqual(carton.location_id, self.shop.lot_stock_id)

    def test_a_carton_that_comes_whole_is_not_split(self):
        transfer, carton = self.make_packed_transfer({self.tea: 6, self.mug: 2})
        self.receive_all(transfer)
        self.assertEqual(transfer.state, "done")
        self.assertPacked(carton, {self.tea: 6, self.mug: 2})

    def test_a_carton_of_one_product_goes_to_its_shelf(self):
        transfer, carton = self.make_packed_transfer({self.tea: 6})
        self.receive_all(transfer)
        self.assertEqual(self.get_on_shelf(self.tea), 6)
        self.assertEqual(carton.location_id, self.shelves[self.tea])

    def test_a_carton_that_comes_in_part(self):
        transfer, carton = self.make_packed_transfer({self.tea: 6, self.mug: 2})
        self.count(transfer, {self.tea: 5, self.mug: 1})
        self.assertEqual(self.get_on_shelf(self.tea), 5)
        self.assertEqual(self.get_on_shelf(self.mug), 1)
        self.receive_all(transfer)
        self.assertEqual(transfer.state, "done")
        self.assertPacked(carton, {self.tea: 1, self.mug: 1})

    def test_its_count_is_undone(self):
        transfer, carton = self.make_packed_transfer({self.tea: 6, self.mug: 2})
        self.receive_all(transfer)
        transfer.with_user(self.shop_approver).action_undo_count()
        self.assertLedger(transfer)
        self.start_count(transfer).action_submit()
        self.assertLedger(transfer)
        self.assertPacked(carton, {self.tea: 6, self.mug: 2})

    def test_it_is_received_in_the_inventory_app(self):
        transfer, carton = self.make_packed_transfer({self.tea: 6, self.mug: 2})
        self.validate_picking(self.get_pickings(transfer, "incoming"))
        self.assertLedger(transfer)
        self.assertPacked(carton, {self.tea: 6, self.mug: 2})

    def test_of_two_cartons_one_comes(self):
        transfer, cartons = self.make_packed_transfer(
            {self.tea: 3, self.mug: 1}, {self.tea: 2, self.mug: 1}
        )
        count = self.start(transfer)
        self.scan(count, cartons[1].name)
        count.action_submit()
        self.assertLedger(transfer)
        self.assertPacked(cartons[1], {self.tea: 2, self.mug: 1})
        self.receive_all(transfer)
        self.assertPacked(cartons[0], {self.tea: 3, self.mug: 1})
