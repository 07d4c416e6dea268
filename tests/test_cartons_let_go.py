from odoo.tests import tagged

from .common_papers import PaperCase
from .common_pick import PackingCase


@tagged("post_install", "-at_install")
class TestCartonsLetGo(PaperCase, PackingCase):
    """Which packages are the cartons that are being packed, and which are not."""

    def ship_carton(self, transfer, *barcodes):
        """Ship these pieces in a carton; return its number."""
        pick = self.start_pick(transfer)
        name = self.begin_carton(pick)
        self.put(pick, name, *barcodes)
        self.submit_pick(pick)
        return name

    def test_a_carton_that_was_emptied_where_it_arrived_is_not_open_again(self):
        transfer = self.make_approved({self.tea: 5})
        first = self.ship_carton(transfer, "TEA-001", "TEA-001")
        self.receive_all(transfer)
        # What was in it is sold.
        self._add_stock(self.shop, self.tea, -2, package=self.find_carton(first))
        self.assertFalse(self.find_carton(first).location_id)
        pick = self.start_pick(transfer)
        self.assertFalse(pick.get_screen()["cartons"])
        [refused] = self.send(
            pick, {"kind": "scan", "barcode": "TEA-001", "carton": first}
        )
        self.assertIn("has left already", refused["message"])
        second = self.begin_carton(pick)
        self.put(pick, second, "TEA-001")
        self.submit_pick(pick)
        self.assertEqual(
            transfer.sudo().carton_ids.sorted("transfer_number").mapped("name"),
            [first, second],
        )

    def test_a_package_that_came_back_to_its_shelf_is_no_carton(self):
        lamp = self._create_product("Tin Lamp", "TIN-001")
        package = self.env["stock.package"].create({"name": "SHELF-PACK"})
        self._add_stock(self.ec, lamp, 6, package=package)
        transfer = self.make_approved({lamp: 6})
        self.ship(transfer)
        self.assertEqual(transfer.sudo().carton_ids, package)
        transfer.with_user(self.ec_staff).action_undo_shipment()
        self.assertLedger(transfer)
        self.assertEqual(package.location_id, self.ec.lot_stock_id)
        self.assertFalse(transfer.sudo().carton_ids)
        self.ship(transfer)
        self.assertEqual(transfer.sudo().carton_ids, package)

    def test_a_carton_that_somebody_uses_in_the_inventory_app_can_be_taken_back(self):
        transfer = self.make_approved({self.tea: 5})
        pick = self.start_pick(transfer)
        self.send(pick, {"uuid": "new-carton", "kind": "carton"})
        carton = transfer.sudo().carton_ids
        lines = self.get_pickings(transfer, "outgoing").move_line_ids
        lines.result_package_id = carton
        [undone] = self.send(pick, {"kind": "undo", "undoes": "new-carton"})
        self.env.flush_all()
        self.assertEqual(undone["status"], "counted")
        self.assertFalse(pick.get_screen()["cartons"])

    def test_the_packing_list_says_what_is_being_packed(self):
        transfer = self.make_approved({self.tea: 5})
        pick = self.start_pick(transfer)
        first = self.begin_carton(pick)
        self.put(pick, first, "TEA-001", "TEA-001")
        [paper] = self.get_papers("packing_list", transfer, self.ec_staff)
        self.assertEqual(
            [row.get("heading") or row["quantity"] for row in paper["pages"][0]],
            [f"Carton 1 of 1: {first}", "2 Units", "Not in a carton", "3 Units"],
        )
        self.submit_pick(pick)
        later = self.start_pick(transfer)
        second = self.begin_carton(later)
        self.put(later, second, "TEA-001")
        [paper] = self.get_papers("packing_list", transfer, self.ec_staff)
        self.assertEqual(
            [row.get("heading") or row["quantity"] for row in paper["pages"][0]],
            [
                f"Carton 1 of 2: {first}",
                "2 Units",
                f"Carton 2 of 2: {second}",
                "1 Unit",
            ],
        )

    def test_numbers_are_those_of_the_transfer_s_company(self):
        other = self.env["res.company"].create({"name": "Formosa Abroad"})
        sequence = self.env.ref("store_transfer.sequence_store_transfer_carton")
        sequence.copy({"company_id": self.company.id, "prefix": "OWN"})
        self.head_office.write({"company_ids": [(4, other.id)]})
        transfer = self.make_approved({self.tea: 5})
        pick = self.start_pick(transfer, user=self.head_office)
        pick = pick.with_context(allowed_company_ids=[other.id, self.company.id])
        self.assertTrue(self.begin_carton(pick).startswith("OWN"))
