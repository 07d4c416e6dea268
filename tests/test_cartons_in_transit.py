from odoo.tests import tagged

from .common_cartons import CartonCase


@tagged("post_install", "-at_install")
class TestCartonsInTransit(CartonCase):
    """Goods that were packed in the Inventory app, through every step."""

    def get_packed(self, cartons):
        """Return ``{product: quantity}`` of what is in each of the cartons."""
        cartons.invalidate_recordset()
        return [
            {
                quant.product_id: quant.quantity
                for quant in carton.quant_ids
                if quant.quantity
            }
            for carton in cartons
        ]

    def assertReservedInTransit(self):
        """All that stands in transit is set aside, and nothing else."""
        for quant in self.env["stock.quant"].search(
            [("location_id", "=", self.transit.id)]
        ):
            self.assertEqual(quant.reserved_quantity, quant.quantity)

    def test_they_are_numbered_when_they_leave(self):
        transfer, cartons = self.make_packed_transfer({self.tea: 6}, {self.tea: 4})
        self.assertEqual(cartons.mapped("transfer_number"), [1, 2])
        self.assertEqual(cartons.mapped("transfer_total"), [2, 2])
        self.assertEqual(cartons.transfer_id, transfer)

    def test_what_leaves_later_is_numbered_on(self):
        transfer = self.make_transfer(lines={self.tea: 5, self.mug: 2})
        self.submit(transfer)
        self.approve(transfer)
        first = self.pack(transfer, {self.tea: 5})
        self.ship(transfer, {self.tea: 5, self.mug: 0})
        second = self.pack(transfer, {self.mug: 2})
        self.assertFalse(second.transfer_id)
        self.ship(transfer)
        self.assertEqual((first | second).mapped("transfer_number"), [1, 2])

    def test_a_carton_that_goes_on_is_the_next_transfers(self):
        first, carton = self.make_packed_transfer({self.lamp: 6})
        self.receive_all(first)
        back = self.make_transfer(
            self.shop_staff,
            {self.lamp: 6},
            source_store_id=self.shop.id,
            destination_store_id=self.ec.id,
        )
        self.submit(back, self.shop_staff)
        self.approve(back, self.ec_approver)
        self.ship(back, user=self.shop_staff)
        self.assertEqual(self.get_places(carton), ["transit"])
        self.assertEqual(carton.transfer_id, back)

    def test_everything_comes(self):
        transfer, cartons = self.make_packed_transfer(
            {self.tea: 6, self.mug: 2}, {self.tea: 4}
        )
        self.assertEqual(self.get_places(cartons), ["transit", "transit"])
        self.assertReservedInTransit()
        self.receive_all(transfer)
        self.assertEqual(transfer.state, "done")
        self.assertEqual(self.get_places(cartons), ["internal", "internal"])
        self.assertEqual(
            self.get_packed(cartons), [{self.tea: 6, self.mug: 2}, {self.tea: 4}]
        )

    def test_some_of_each_comes(self):
        transfer, cartons = self.make_packed_transfer(
            {self.tea: 6, self.mug: 2}, {self.tea: 4}
        )
        self.count(transfer, {self.tea: 5, self.mug: 1})
        self.assertReservedInTransit()
        self.count(transfer, {self.tea: 5, self.mug: 1})
        self.assertEqual(transfer.state, "done")
        self.assertEqual(self.get_stock(self.shop, self.tea), 10)

    def test_what_is_loose_comes_before_what_is_packed(self):
        transfer, cartons = self.make_packed_transfer(
            {self.tea: 6}, lines={self.tea: 10}
        )
        self.count(transfer, {self.tea: 4})
        self.assertEqual(self.get_places(cartons), ["transit"])
        self.assertEqual(self.get_packed(cartons), [{self.tea: 6}])

    def test_reserved_anew(self):
        transfer, cartons = self.make_packed_transfer({self.tea: 6}, {self.tea: 4})
        self.get_pickings(transfer, "incoming").do_unreserve()
        self.assertLedger(transfer)
        self.receive_all(transfer)
        self.assertEqual(self.get_places(cartons), ["internal", "internal"])

    def test_the_cartons_of_two_transfers_are_not_mixed_up(self):
        first, first_cartons = self.make_packed_transfer({self.tea: 6}, {self.tea: 4})
        second, second_cartons = self.make_packed_transfer({self.tea: 3}, {self.tea: 2})
        for transfer in (first, second):
            self.get_pickings(transfer, "incoming").do_unreserve()
        self.receive_all(second)
        self.assertEqual(self.get_places(second_cartons), ["internal", "internal"])
        self.assertEqual(self.get_places(first_cartons), ["transit", "transit"])
        self.receive_all(first)
        self.assertEqual(self.get_places(first_cartons), ["internal", "internal"])

    def test_what_is_short_is_settled(self):
        for outcome in ("lost", "not_sent", "damaged", "returned"):
            with self.subTest(outcome):
                transfer, cartons = self.make_packed_transfer(
                    {self.tea: 3}, {self.tea: 2, self.mug: 2}
                )
                self.count(transfer, {self.tea: 4, self.mug: 1})
                self.settle_all(transfer, outcome)
                if outcome == "returned":
                    transfer.with_user(self.ec_staff).action_take_back()
                self.assertLedger(transfer)
                self.assertEqual(transfer.state, "done")
                self.assertNotIn("transit", self.get_places(cartons))

    def test_a_whole_carton_is_lost(self):
        transfer, cartons = self.make_packed_transfer({self.tea: 3}, {self.tea: 2})
        count = self.start(transfer)
        self.scan(count, cartons[0].name)
        count.action_submit()
        self.settle_all(transfer, "lost")
        self.assertEqual(self.get_packed(cartons), [{self.tea: 3}, {}])

    def test_some_is_returned_on_its_way(self):
        transfer, _cartons = self.make_packed_transfer(
            {self.tea: 3}, {self.tea: 2, self.mug: 2}
        )
        [picking] = self.get_pickings(transfer, "outgoing", "done")
        self.validate_picking(self.return_picking(picking, 1))
        self.assertLedger(transfer)
        self.assertReservedInTransit()
        self.receive_all(transfer)
        self.assertEqual(transfer.state, "done")

    def test_some_is_sent_back_after_it_was_received(self):
        transfer, _cartons = self.make_packed_transfer(
            {self.tea: 3}, {self.tea: 2, self.mug: 2}
        )
        self.receive_all(transfer)
        [picking] = self.get_pickings(transfer, "incoming", "done")
        self.validate_picking(self.return_picking(picking, 1))
        self.assertLedger(transfer)
        transfer.with_user(self.ec_staff).action_take_back()
        self.assertLedger(transfer)
        self.assertEqual(self.get_stock(self.shop, self.tea), 4)

    def test_one_of_each_is_damaged(self):
        transfer, cartons = self.make_packed_transfer(
            {self.tea: 3}, {self.tea: 2, self.mug: 2}
        )
        count = self.start_count(transfer)
        for line in count.line_ids:
            line.write(
                {
                    "counted_quantity": line.expected_quantity - 1,
                    "damaged_quantity": 1,
                }
            )
        count.action_submit()
        self.assertLedger(transfer)
        self.assertEqual(transfer.state, "done")
        self.assertEqual(self.get_stock(self.shop, self.tea), 4)
        self.assertNotIn("transit", self.get_places(cartons))

    def test_one_carton_is_received_in_the_inventory_app(self):
        transfer, cartons = self.make_packed_transfer(
            {self.tea: 3}, {self.tea: 2, self.mug: 2}
        )
        picking = self.get_pickings(transfer, "incoming")
        picking.move_line_ids.filtered(
            lambda line: line.package_id == cartons[1]
        ).picked = True
        self.validate_picking(picking)
        self.assertLedger(transfer)
        self.assertEqual(self.get_places(cartons), ["transit", "internal"])
