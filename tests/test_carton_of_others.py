from odoo.tests import tagged

from .common_pick import PackingCase


@tagged("post_install", "-at_install")
class TestCartonOfOthers(PackingCase):
    """Who works in the Inventory app leaves the cartons of transfers to these."""

    def make_move_line(self, product, store, **values):
        """Prepare to move a piece within a store, as an inventory user."""
        picking = (
            self.env["stock.picking"]
            .with_user(self.inventory_user)
            .create(
                {
                    "picking_type_id": store.int_type_id.id,
                    "location_id": store.lot_stock_id.id,
                    "location_dest_id": store.lot_stock_id.id,
                }
            )
        )
        return picking.move_line_ids.create(
            {
                "picking_id": picking.id,
                "product_id": product.id,
                "quantity": 1,
                "location_id": store.lot_stock_id.id,
                "location_dest_id": store.lot_stock_id.id,
                **values,
            }
        )

    def test_other_goods_go_in_no_carton_that_is_being_packed(self):
        transfer = self.make_approved({self.tea: 5})
        pick = self.start_pick(transfer)
        name = self.begin_carton(pick)
        carton = self.find_carton(name)
        with self.assertRefused(f"{name} .*packed for {transfer.name}"):
            self.make_move_line(self.mug, self.ec, result_package_id=carton.id)
        line = self.make_move_line(self.mug, self.ec)
        with self.assertRefused(f"{name} .*packed for {transfer.name}"):
            line.result_package_id = carton

    def test_nor_into_one_that_is_on_its_way(self):
        transfer = self.make_approved({self.tea: 5})
        pick = self.start_pick(transfer)
        name = self.begin_carton(pick)
        self.put(pick, name, "TEA-001")
        self.submit_pick(pick)
        carton = self.find_carton(name)
        with self.assertRefused(f"{name} .*on its way for {transfer.name}"):
            self.make_move_line(self.mug, self.shop, result_package_id=carton.id)

    def test_an_inventory_count_puts_nothing_into_it(self):
        transfer = self.make_approved({self.tea: 5})
        name = self.begin_carton(self.start_pick(transfer))
        quant = (
            self.env["stock.quant"]
            .with_user(self.inventory_user)
            .with_context(inventory_mode=True)
            .create(
                {
                    "product_id": self.mug.id,
                    "location_id": self.ec.lot_stock_id.id,
                    "package_id": self.find_carton(name).id,
                    "inventory_quantity": 3,
                }
            )
        )
        with self.assertRefused(f"{name} .*packed for {transfer.name}"):
            quant.action_apply_inventory()

    def test_where_it_was_received_it_is_a_package_like_any_other(self):
        transfer = self.make_approved({self.tea: 5})
        pick = self.start_pick(transfer)
        name = self.begin_carton(pick)
        self.put(pick, name, "TEA-001")
        self.submit_pick(pick)
        self.receive_all(transfer)
        self._add_stock(self.shop, self.mug, 1)
        carton = self.find_carton(name)
        line = self.make_move_line(self.mug, self.shop, result_package_id=carton.id)
        line.picking_id.button_validate()
        self.assertEqual(self.get_packed(name), {"TEA-001": 1, "MUG-001": 1})

    def test_who_packs_for_the_transfer_in_the_inventory_app_may(self):
        transfer = self.make_approved({self.tea: 5})
        name = self.begin_carton(self.start_pick(transfer))
        picking = self.get_pickings(transfer, "outgoing")
        picking.move_line_ids.result_package_id = self.find_carton(name)
        self.validate_picking(picking)
        self.assertLedger(transfer)
        self.assertEqual(transfer.sudo().carton_ids.mapped("name"), [name])

    def test_what_was_put_into_a_carton_that_has_left_leaves_loose(self):
        transfer = self.make_approved({self.tea: 5, self.mug: 2})
        pick = self.start_pick(transfer)
        name = self.begin_carton(pick)
        self.put(pick, name, "TEA-001", "TEA-001")
        picking = self.get_pickings(transfer, "outgoing")
        lines = picking.move_line_ids
        lines.filtered(
            lambda line: line.product_id == self.mug
        ).result_package_id = self.find_carton(name)
        self.validate_picking(picking, {self.mug: 2})
        self.assertLedger(transfer)
        self.submit_pick(pick)
        self.assertEqual(transfer.shipped_quantity, 4)
        self.assertEqual(self.get_packed(name), {"MUG-001": 2})
