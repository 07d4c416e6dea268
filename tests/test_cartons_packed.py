from odoo.exceptions import AccessError
from odoo.tests import tagged

from .common_pick import PackingCase


@tagged("post_install", "-at_install")
class TestCartonsPacked(PackingCase):
    """Who picks puts what they scan into cartons, and ships these."""

    def test_two_cartons_and_something_loose(self):
        transfer = self.make_approved({self.tea: 5, self.mug: 2})
        pick = self.start_pick(transfer)
        first = self.begin_carton(pick)
        self.put(pick, first, "TEA-001", "TEA-001", "MUG-001")
        second = self.begin_carton(pick)
        self.put(pick, second, "TEA-001", "TEA-001")
        self.scan(pick, "TEA-001", "MUG-001")
        self.assertEqual(
            [
                (each["name"], each["number"], each["total"], each["quantity"])
                for each in pick.get_screen()["cartons"]
            ],
            [(first, 1, 2, 3), (second, 2, 2, 2)],
        )
        self.submit_pick(pick)
        self.assertEqual(self.get_packed(first), {"TEA-001": 2, "MUG-001": 1})
        self.assertEqual(self.get_packed(second), {"TEA-001": 2})
        self.assertEqual(transfer.shipped_quantity, 7)
        count = self.start_count(transfer)
        count.record_scans([{"uuid": "c" * 8, "kind": "scan", "barcode": first}])
        self.assertEqual(count.sudo().counted_quantity, 3)
        self.receive_rest(transfer, count)

    def receive_rest(self, transfer, count):
        for line in count.line_ids:
            line.counted_quantity = line.sudo().expected_quantity
        count.action_submit()
        self.assertLedger(transfer)
        self.assertEqual(transfer.state, "done")

    def test_sent_twice_it_is_one_carton_and_one_piece(self):
        pick = self.start_pick(self.make_approved({self.tea: 5}))
        events = [
            {"uuid": "new-carton", "kind": "carton"},
            {
                "uuid": "one-piece",
                "kind": "scan",
                "barcode": "TEA-001",
                "carton": "new-carton",
            },
        ]
        first = pick.record_scans(events)["results"]
        self.assertEqual(pick.record_scans(events)["results"], first)
        [carton] = pick.get_screen()["cartons"]
        self.assertEqual((carton["uuid"], carton["quantity"]), ("new-carton", 1))

    def test_what_is_taken_back_comes_out_of_its_carton(self):
        pick = self.start_pick(self.make_approved({self.tea: 5}))
        first = self.begin_carton(pick)
        self.send(
            pick,
            {"uuid": "1" * 8, "kind": "scan", "barcode": "TEA-001", "carton": first},
        )
        second = self.begin_carton(pick)
        self.put(pick, second, "TEA-001")
        self.send(pick, {"kind": "undo", "undoes": "1" * 8, "carton": second})
        self.assertEqual(
            {each["name"]: each["quantity"] for each in pick.get_screen()["cartons"]},
            {first: 0, second: 1},
        )

    def test_less_of_a_row_comes_out_of_the_open_carton_first(self):
        pick = self.start_pick(self.make_approved({self.tea: 5}))
        row = self.get_row(pick, self.tea)
        first = self.begin_carton(pick)
        self.put(pick, first, "TEA-001", "TEA-001")
        second = self.begin_carton(pick)
        self.put(pick, second, "TEA-001")
        self.scan(pick, "TEA-001")
        for quantity, contents in ((3, {first: 1, second: 1}), (1, {second: 1})):
            self.send(
                pick,
                {
                    "kind": "set",
                    "line_id": row["id"],
                    "quantity": quantity,
                    "carton": first,
                },
            )
            packed = {
                each["name"]: each["quantity"] for each in pick.get_screen()["cartons"]
            }
            self.assertEqual({k: v for k, v in packed.items() if v}, contents)

    def test_a_carton_that_was_begun_by_mistake(self):
        pick = self.start_pick(self.make_approved({self.tea: 5}))
        self.send(pick, {"uuid": "new-carton", "kind": "carton"})
        [name] = [each["name"] for each in pick.get_screen()["cartons"]]
        self.put(pick, name, "TEA-001")
        [refused] = self.send(pick, {"kind": "undo", "undoes": "new-carton"})
        self.assertIn("is not empty: take out", refused["message"])
        row = self.get_row(pick, self.tea)
        self.send(pick, {"kind": "set", "line_id": row["id"], "quantity": 0})
        [undone] = self.send(pick, {"kind": "undo", "undoes": "new-carton"})
        self.assertEqual(undone["status"], "counted")
        self.assertFalse(pick.get_screen()["cartons"])
        [lost] = self.send(pick, {"kind": "scan", "barcode": "TEA-001", "carton": name})
        self.assertEqual(lost["status"], "refused")
        self.assertIn("Begin a new one", lost["message"])
        self.assertEqual(self.get_picked(pick), {})

    def test_empty_cartons_do_not_leave(self):
        transfer = self.make_approved({self.tea: 5})
        pick = self.start_pick(transfer)
        self.begin_carton(pick)
        second = self.begin_carton(pick)
        self.put(pick, second, "TEA-001")
        self.submit_pick(pick)
        self.assertEqual(transfer.sudo().carton_ids.mapped("name"), [second])

    def test_what_is_shipped_later_has_the_next_numbers(self):
        transfer = self.make_approved({self.tea: 5})
        pick = self.start_pick(transfer)
        first = self.begin_carton(pick)
        self.put(pick, first, "TEA-001")
        self.submit_pick(pick)
        later = self.start_pick(transfer)
        self.assertFalse(later.get_screen()["cartons"])
        self.begin_carton(later)
        [carton] = later.get_screen()["cartons"]
        self.assertEqual((carton["number"], carton["total"]), (2, 2))
        [refused] = self.send(
            later, {"kind": "scan", "barcode": "TEA-001", "carton": first}
        )
        self.assertIn("has left already", refused["message"])

    def test_lots_serial_numbers_and_shelves(self):
        matcha = self._create_product("Matcha", "MAT-001", tracking="lot")
        shelf = self._create_location("Shelf", self.ec.lot_stock_id)
        lots = self.env["stock.lot"].create(
            [{"name": name, "product_id": matcha.id} for name in ("M-1", "M-2")]
        )
        quants = self.env["stock.quant"]
        for lot, place in zip(lots, (self.ec.lot_stock_id, shelf), strict=True):
            quants._update_available_quantity(matcha, place, 4, lot_id=lot)
        transfer = self.make_approved({matcha: 8})
        pick = self.start_pick(transfer)
        first, second = self.begin_carton(pick), self.begin_carton(pick)
        self.put(pick, first, "M-1", "M-2", "M-2")
        self.put(pick, second, "M-1", "M-2")
        self.submit_pick(pick)
        lots_in = {
            name: {
                quant.lot_id.name: quant.quantity
                for quant in self.find_carton(name).quant_ids
                if quant.quantity
            }
            for name in (first, second)
        }
        self.assertEqual(
            lots_in, {first: {"M-1": 1, "M-2": 2}, second: {"M-1": 1, "M-2": 1}}
        )

    def test_goods_that_stood_in_a_package_go_into_another(self):
        lamp = self._create_product("Tin Lamp", "TIN-001")
        package = self.env["stock.package"].create({"name": "SHELF-PACK"})
        self._add_stock(self.ec, lamp, 6, package=package)
        transfer = self.make_approved({lamp: 6})
        pick = self.start_pick(transfer)
        carton = self.begin_carton(pick)
        row = self.get_row(pick, lamp)
        self.send(
            pick,
            {"kind": "set", "line_id": row["id"], "quantity": 4, "carton": carton},
            {"kind": "set", "line_id": row["id"], "quantity": 6},
        )
        self.submit_pick(pick)
        self.assertEqual(self.get_packed(carton), {"TIN-001": 4})
        self.assertEqual(transfer.state, "in_transit")
        self.receive_all(transfer)

    def test_shipped_in_another_way_the_cartons_are_let_go(self):
        transfer = self.make_approved({self.tea: 5})
        pick = self.start_pick(transfer)
        self.put(pick, self.begin_carton(pick), "TEA-001")
        self.validate_picking(self.get_pickings(transfer, "outgoing"))
        self.assertEqual(pick.sudo().state, "cancelled")
        self.assertFalse(transfer.sudo().carton_ids)

    def test_numbers_of_a_company_with_a_gs1_prefix(self):
        self.company.transfer_gs1_prefix = "4712345"
        pick = self.start_pick(self.make_approved({self.tea: 5}))
        name = self.begin_carton(pick)
        self.assertEqual(len(name), 18)
        self.assertEqual(name[1:8], "4712345")
        self.assertTrue(self.find_carton(name).valid_sscc)

    def test_who_may_not_pick_packs_nothing(self):
        pick = self.start_pick(self.make_approved({self.tea: 5}))
        for user in (self.shop_staff, self.south_staff):
            with self.assertRaises(AccessError):
                self.begin_carton(pick.with_user(user))
        self.assertFalse(pick.get_screen()["cartons"])
