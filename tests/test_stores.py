from odoo.exceptions import AccessError
from odoo.fields import Command
from odoo.tests import tagged

from .common_transfers import StoreTransferCase


@tagged("post_install", "-at_install")
class TestStores(StoreTransferCase):
    """Warehouses take part as stores."""

    def test_a_new_warehouse_gets_its_operation_types(self):
        outbound = self.shop.transfer_out_type_id
        inbound = self.shop.transfer_in_type_id
        self.assertEqual((outbound.code, inbound.code), ("outgoing", "incoming"))
        self.assertEqual(outbound.sequence_id.prefix, "SHN/TOUT/")
        self.assertEqual(inbound.sequence_id.prefix, "SHN/TIN/")
        self.assertEqual(outbound.default_location_src_id, self.shop.lot_stock_id)
        self.assertEqual(outbound.default_location_dest_id, self.transit)
        self.assertEqual(inbound.default_location_dest_id, self.shop.lot_stock_id)
        self.assertEqual(outbound.return_picking_type_id, inbound)

    def test_installing_again_goes_on_with_the_same_types(self):
        """Numbers of pickings that are there already are not given twice."""
        types = self.shop._get_transfer_types()
        types.action_archive()
        self.shop.write({"transfer_out_type_id": False, "transfer_in_type_id": False})
        self.shop._create_transfer_types()
        self.assertEqual(self.shop._get_transfer_types(), types)
        self.assertTrue(all(types.mapped("active")))

    def test_every_warehouse_has_them(self):
        warehouses = self.env["stock.warehouse"].with_context(active_test=False)
        for warehouse in warehouses.search([]):
            self.assertTrue(warehouse.transfer_out_type_id, warehouse.name)
            self.assertTrue(warehouse.transfer_in_type_id, warehouse.name)

    def test_a_new_code_renames_the_sequences(self):
        self.shop.code = "SHX"
        sequence = self.shop.transfer_out_type_id.sequence_id
        self.assertEqual(sequence.prefix, "SHX/TOUT/")

    def test_the_transit_location_is_active(self):
        self.assertTrue(self.transit.active)

    def test_a_company_without_a_transit_location_gets_one(self):
        self.company.internal_transit_location_id = False
        shop = self._create_shop("Shop East", "SHE")
        transit = self.company.internal_transit_location_id
        self.assertTrue(transit.active)
        self.assertEqual(shop.transfer_out_type_id.default_location_dest_id, transit)

    def test_a_transfer_goes_on_when_the_transit_location_is_gone(self):
        transfer = self.make_transfer()
        self.submit(transfer)
        self.company.internal_transit_location_id = False
        self.approve(transfer)
        self.ship(transfer)
        self.receive_all(transfer)
        self.assertEqual(transfer.state, "done")

    def test_its_operation_types_become_no_default(self):
        """Neither a star nor a place in the overview makes one the first."""
        types = self.env["stock.picking.type"].with_user(self.inventory_user)
        own = self.shop._get_transfer_types()
        own.with_user(self.inventory_user).is_favorite = True
        own.sequence = -1
        for code in ("incoming", "outgoing"):
            found = types.search(
                [("code", "=", code), ("company_id", "=", self.company.id)]
            )
            with self.subTest(code):
                self.assertFalse(found[0].is_of_transfers)
                self.assertEqual(
                    found.mapped("is_of_transfers"),
                    sorted(found.mapped("is_of_transfers")),
                )
                self.assertTrue(found & own)

    def test_head_office_takes_back_for_a_store_that_is_archived(self):
        self._add_stock(self.shop_south, self.tea, 10)
        transfer = self.make_transfer(
            self.south_staff, source_store_id=self.shop_south.id
        )
        self.submit(transfer, self.south_staff)
        self.approve(transfer)
        self.ship(transfer, user=self.south_staff)
        self.receive_all(transfer)
        self.shop_south.with_user(self.inventory_user).action_archive()
        picking = self.get_pickings(transfer, "incoming", "done")
        self.validate_picking(self.return_picking(picking, 3))
        self.assertLedger(transfer)
        self.assertEqual(transfer.sudo().activity_ids.user_id, self.head_office)
        with self.assertRefused("Shop South is archived", AccessError):
            transfer.with_user(self.south_staff).action_take_back()
        transfer.with_user(self.head_office).action_take_back()
        self.assertLedger(transfer)
        self.assertEqual(transfer.state, "done")

    def test_archiving_a_store_passes_its_turns_on(self):
        waiting = self.make_transfer(
            self.ec_staff, destination_store_id=self.shop_south.id
        )
        self._create_user("south_approver", "group_approver", self.shop_south)
        self.submit(waiting)
        self.assertNotIn(self.head_office, waiting.sudo().activity_ids.user_id)
        self.shop_south.with_user(self.inventory_user).action_archive()
        self.assertEqual(waiting.sudo().activity_ids.user_id, self.head_office)

    def test_the_main_warehouse(self):
        self.assertEqual(self.company._get_transfer_main_store(), self.ec)
        self.company.transfer_main_store_id = False
        self.assertTrue(self.company._get_transfer_main_store())

    def test_the_stock_of_a_product_in_every_store(self):
        stores = (
            self.env["stock.warehouse"]
            .with_user(self.ec_staff)
            .with_context(transfer_product_id=self.tea.id)
            .search([("company_id", "=", self.company.id)])
        )
        on_hand = {store.id: store.transfer_on_hand_quantity for store in stores}
        self.assertEqual(on_hand[self.ec.id], 100)
        self.assertEqual(on_hand[self.shop.id], 0)

    def test_a_line_shows_the_stock_of_both_sides(self):
        self._add_stock(self.shop, self.tea, 7)
        line = self.make_transfer().line_ids.with_user(self.ec_staff)
        self.assertEqual(line.source_free_quantity, 100)
        self.assertEqual(line.destination_quantity, 7)

    def test_a_scanner_adds_lines(self):
        self.tea.barcode = "4710088412348"
        transfer = self.make_transfer(lines={self.mug: 1}).with_user(self.ec_staff)
        draft = transfer.new(origin=transfer)
        for scanned in ("4710088412348", "TEA-001", "MUG-001"):
            self.assertFalse(draft.on_barcode_scanned(scanned))
        self.assertEqual(
            [(line.product_id._origin, line.quantity) for line in draft.line_ids],
            [(self.mug, 2), (self.tea, 2)],
        )
        answer = draft.on_barcode_scanned("0000")
        self.assertIn("0000", answer["warning"]["message"])

    def test_a_scanned_box_adds_a_box(self):
        box = self.env["uom.uom"].create(
            {
                "name": "Box of 12",
                "relative_factor": 12,
                "relative_uom_id": self.tea.uom_id.id,
            }
        )
        self.tea.uom_ids += box
        self.env["product.uom"].create(
            {"product_id": self.tea.id, "uom_id": box.id, "barcode": "14710088412345"}
        )
        transfer = self.make_transfer(lines={}).with_user(self.ec_staff)
        draft = transfer.new(origin=transfer)
        draft.on_barcode_scanned("14710088412345")
        self.assertEqual(draft.line_ids.product_uom_id._origin, box)
        self.assertEqual(draft.line_ids.asked_quantity, 12)

    def test_products_are_found_by_sku_name_and_barcode(self):
        self.tea.barcode = "4710088412348"
        products = self.env["product.product"].with_user(self.ec_staff)
        for text in ("TEA-001", "Oolong", "4710088412348"):
            found = [product_id for product_id, _name in products.name_search(text)]
            self.assertIn(self.tea.id, found, text)

    def test_only_what_both_stores_carry_is_offered(self):
        self.shop.write(
            {
                "transfer_assortment": "selected",
                "transfer_product_ids": [Command.set(self.mug.ids)],
            }
        )
        self.assertEqual(self._search_offered(self.ec, self.shop), self.mug)
        everything = self._search_offered(self.ec, self.shop_south)
        self.assertEqual(everything, self.tea | self.mug | self.lamp)

    def _search_offered(self, *stores):
        products = self.env["product.product"].with_user(self.ec_staff)
        return products.search(
            [("company_id", "=", self.company.id)]
            + [("transfer_assortment_of", "=", store.id) for store in stores]
        )

    def test_a_user_of_one_store_starts_from_it(self):
        transfers = self.env["store.transfer"].with_user(self.shop_staff)
        push = transfers.new({"company_id": self.company.id})
        self.assertEqual(push.source_store_id._origin, self.shop)
        pull = transfers.new(
            {"company_id": self.company.id, "initiator": "destination"}
        )
        self.assertEqual(pull.destination_store_id._origin, self.shop)

    def test_a_reordering_rule_still_acts(self):
        """What Odoo does when stock is promised elsewhere, it does for transfers."""
        orderpoint = self.env["stock.warehouse.orderpoint"].create(
            {
                "product_id": self.tea.id,
                "warehouse_id": self.ec.id,
                "location_id": self.ec.lot_stock_id.id,
                "product_min_qty": 95,
                "product_max_qty": 95,
                "company_id": self.company.id,
                "trigger": "manual",
            }
        )
        self.assertEqual(orderpoint.qty_to_order, 0)
        transfer = self.make_transfer()
        self.submit(transfer)
        self.approve(transfer)
        self.assertEqual(orderpoint.qty_to_order, 5)

    def test_push_rules_at_the_destination_still_act(self):
        """A shop may have goods carried on from its stock to a shelf."""
        shelf = self.env["stock.location"].create(
            {
                "name": "Shelf",
                "location_id": self.shop.lot_stock_id.id,
                "company_id": self.company.id,
            }
        )
        self.env["stock.route"].create(
            {
                "name": "To the shelf",
                "warehouse_selectable": True,
                "warehouse_ids": [Command.link(self.shop.id)],
                "company_id": self.company.id,
                "rule_ids": [
                    Command.create(
                        {
                            "name": "Stock to shelf",
                            "action": "push",
                            "location_src_id": self.shop.lot_stock_id.id,
                            "location_dest_id": shelf.id,
                            "picking_type_id": self.shop.int_type_id.id,
                            "company_id": self.company.id,
                        }
                    )
                ],
            }
        )
        transfer = self.make_shipped_transfer()
        self.receive_all(transfer)
        self.assertTrue(
            self.env["stock.move"].search(
                [("location_dest_id", "=", shelf.id), ("product_id", "=", self.tea.id)]
            )
        )
