from odoo.tests import tagged

from .common_transfers import StoreTransferCase


@tagged("post_install", "-at_install")
class TestMissingLots(StoreTransferCase):
    """Goods that are kept by lot and have none: people are told before they ship."""

    SENTENCE = (
        "Matcha: 4 Units stand at EC Warehouse without a lot or serial number.*"
        "Inventory app"
    )

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.matcha = cls._create_product("Matcha", "MAT-001", tracking="lot")
        # Was not kept by lot when it came.
        cls._add_stock(cls.ec, cls.matcha, 4)

    def make_approved_transfer(self, lines):
        transfer = self.make_transfer(lines=lines)
        self.submit(transfer)
        self.approve(transfer)
        return transfer

    def add_lot(self, quantity):
        lot = self.env["stock.lot"].create(
            {"name": "M-1", "product_id": self.matcha.id}
        )
        self._add_stock(self.ec, self.matcha, quantity, lot=lot)
        return lot

    def test_the_draft_says_so(self):
        transfer = self.make_transfer(lines={self.matcha: 4, self.tea: 1})
        self.assertRegex(
            transfer.with_user(self.ec_staff).source_stock_message, self.SENTENCE
        )

    def test_nothing_is_said_of_other_goods(self):
        transfer = self.make_transfer(lines={self.tea: 4})
        self.assertFalse(transfer.source_stock_message)

    def test_ship_the_other_goods(self):
        transfer = self.make_approved_transfer({self.matcha: 4, self.tea: 1})
        self.ship(transfer)
        self.assertEqual(transfer.in_transit_quantity, 1)
        self.assertEqual(transfer.to_ship_quantity, 4)
        self.assertRegex(transfer.source_stock_message, self.SENTENCE)

    def test_ship_the_pieces_that_have_a_lot(self):
        self.add_lot(3)
        transfer = self.make_approved_transfer({self.matcha: 6})
        wizard = self.open_wizard(transfer, self.ec_staff, "action_open_ship")
        self.assertEqual(wizard.line_ids.quantity, 3)
        wizard.action_ship()
        self.assertLedger(transfer)
        self.assertEqual(transfer.in_transit_quantity, 3)

    def test_more_is_refused_with_what_to_do(self):
        self.add_lot(3)
        transfer = self.make_approved_transfer({self.matcha: 6})
        with self.assertRefused("Matcha: 3 Units too many(.|\n)*" + self.SENTENCE):
            self.ship(transfer, {self.matcha: 6})

    def test_once_the_lot_is_written_down_it_goes(self):
        transfer = self.make_approved_transfer({self.matcha: 4})
        quant = (
            self.env["stock.quant"]
            .with_user(self.inventory_user)
            .with_context(inventory_mode=True)
            .search(
                [
                    ("product_id", "=", self.matcha.id),
                    ("location_id", "=", self.ec.lot_stock_id.id),
                ]
            )
        )
        quant.inventory_quantity = 0
        quant.action_apply_inventory()
        self.add_lot(4)
        self.assertFalse(transfer.with_user(self.ec_staff).source_stock_message)
        self.ship(transfer)
        self.receive_all(transfer)
        self.assertEqual(transfer.state, "done")

    def test_a_lot_that_an_inventory_user_enters_on_the_picking_goes(self):
        transfer = self.make_approved_transfer({self.matcha: 4})
        picking = self.get_pickings(transfer, "outgoing")
        picking.move_line_ids.lot_id = self.env["stock.lot"].create(
            {"name": "M-9", "product_id": self.matcha.id}
        )
        self.ship(transfer)
        self.receive_all(transfer)
        self.assertEqual(transfer.state, "done")

    def test_where_the_operation_type_asks_for_no_lots_they_go_as_before(self):
        (self.ec.transfer_out_type_id | self.shop.transfer_in_type_id).write(
            {"use_create_lots": False, "use_existing_lots": False}
        )
        transfer = self.make_approved_transfer({self.matcha: 4})
        self.assertFalse(transfer.source_stock_message)
        self.ship(transfer)
        self.assertEqual(transfer.in_transit_quantity, 4)
