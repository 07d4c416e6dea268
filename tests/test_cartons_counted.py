from odoo.tests import tagged

from .common_cartons import CartonCase


@tagged("post_install", "-at_install")
class TestCartonsCounted(CartonCase):
    """One scan of a carton's code counts all that is in it."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.matcha = cls._create_product("Matcha", "MAT-001", tracking="lot")
        cls.kettle = cls._create_product("Kettle", "KET-001", tracking="serial")
        cls.lots = cls.env["stock.lot"].create(
            [
                {"name": name, "product_id": product.id}
                for product, name in (
                    (cls.matcha, "M-1"),
                    (cls.matcha, "M-2"),
                    (cls.kettle, "K-1"),
                    (cls.kettle, "K-2"),
                )
            ]
        )
        for lot in cls.lots:
            quantity = 1 if lot.product_id == cls.kettle else 10
            cls._add_stock(cls.ec, lot.product_id, quantity, lot=lot)

    def start_packed(self, *contents, **values):
        transfer, cartons = self.make_packed_transfer(*contents, **values)
        return self.start(transfer), cartons

    def get_came(self, count):
        return {
            line.lot_id.name or line.product_id.name: line.counted_quantity
            for line in count.sudo().line_ids
        }

    def submit_count(self, count):
        count.action_submit()
        self.assertLedger(count.transfer_id)

    def test_one_scan_counts_all_that_is_in_it(self):
        count, cartons = self.start_packed(
            {self.tea: 6, self.mug: 2}, {self.tea: 4, self.lots[0]: 3}
        )
        [result] = self.scan(count, cartons[0].name)
        self.assertEqual(result["status"], "counted")
        self.assertIn(f"{cartons[0].name} (1 of 2): 8 Units", result["message"])
        self.assertEqual(
            self.get_came(count), {"Oolong Tea": 6, "Clay Mug": 2, "M-1": 0}
        )
        self.scan(count, cartons[1].name)
        self.assertEqual(
            self.get_came(count), {"Oolong Tea": 10, "Clay Mug": 2, "M-1": 3}
        )
        self.submit_count(count)
        self.assertEqual(count.transfer_id.state, "done")
        self.assertEqual(self.get_places(cartons), ["internal", "internal"])

    def test_codes_that_a_label_may_have(self):
        self.company.transfer_gs1_prefix = "4712345"
        [name] = self.company._get_next_carton_names(1)
        for code in (
            name,
            f"00{name}",
            f"(00){name}",
            f"]C100{name}",
            f"https://shop.example.com/store_transfer/carton/{name}",
            f"https://id.gs1.org/00/{name}?linkType=all",
        ):
            with self.subTest(code):
                count, cartons = self.start_packed({self.tea: 1})
                cartons.name = name
                [result] = self.scan(count, code)
                self.assertEqual(result["status"], "counted")
                self.submit_count(count)
                cartons.name = "Another"

    def test_sent_twice_counts_once_and_scanned_twice_is_said(self):
        count, cartons = self.start_packed({self.tea: 6})
        event = {"uuid": "c" * 36, "kind": "scan", "barcode": cartons.name}
        first = count.record_scans([event])
        self.assertEqual(count.record_scans([event])["results"], first["results"])
        for twice in (self.scan(count, cartons.name), self.scan(count, cartons.name)):
            self.assertEqual(twice[0]["status"], "refused")
            self.assertIn("scanned already, by shop_staff", twice[0]["message"])
        self.assertEqual(self.get_came(count), {"Oolong Tea": 6})

    def test_scanned_twice_in_one_batch(self):
        count, cartons = self.start_packed({self.tea: 6})
        results = self.scan(count, cartons.name, cartons.name)
        self.assertEqual([r["status"] for r in results], ["counted", "refused"])
        self.assertEqual(self.get_came(count), {"Oolong Tea": 6})

    def test_one_of_two_cartons_is_missing(self):
        count, cartons = self.start_packed(
            {self.tea: 5, self.lots[0]: 3}, {self.tea: 5, self.lots[0]: 3}
        )
        self.scan(count, cartons[1].name)
        self.assertEqual(
            count.get_review()["missing_cartons"], f"{cartons[0].name} (1 of 2)"
        )
        self.submit_count(count)
        self.assertEqual(self.get_places(cartons), ["transit", "internal"])
        self.assertEqual(count.transfer_id.state, "partial")
        self.assertIn(
            f"Cartons that were not scanned: {cartons[0].name} (1 of 2)",
            count.transfer_id.message_ids.sudo()[0].body,
        )
        later = self.start(count.transfer_id)
        self.scan(later, cartons[0].name)
        self.assertFalse(later.get_review()["missing_cartons"])
        self.submit_count(later)
        self.assertEqual(self.get_places(cartons), ["internal", "internal"])
        self.assertEqual(count.transfer_id.state, "done")

    def test_a_carton_that_was_counted_piece_by_piece_is_not_missing(self):
        count, cartons = self.start_packed({self.tea: 2}, {self.mug: 1})
        self.scan(count, "TEA-001", "TEA-001", cartons[1].name)
        self.assertFalse(count.get_review()["missing_cartons"])

    def test_some_of_a_carton_is_short_or_damaged(self):
        count, cartons = self.start_packed({self.tea: 6}, {self.tea: 4})
        self.scan(count, cartons[1].name)
        line = self.get_line(count, self.tea)
        self.send(
            count,
            {"kind": "set", "line_id": line.id, "quantity": 3},
            {"kind": "damaged", "line_id": line.id, "quantity": 1},
        )
        self.submit_count(count)
        self.assertEqual(self.get_stock(self.shop, self.tea), 2)
        self.assertEqual(self.get_places(cartons), ["transit", "transit"])
        self.assertEqual(sum(cartons[0].quant_ids.mapped("quantity")), 6)
        self.receive_all(count.transfer_id)
        self.assertEqual(self.get_stock(self.shop, self.tea), 9)

    def test_undo(self):
        count, cartons = self.start_packed({self.tea: 6, self.lots[0]: 3})
        [one] = self.send(
            count, {"uuid": "1" * 8, "kind": "scan", "barcode": cartons.name}
        )
        self.assertEqual(one["status"], "counted")
        self.assertEqual(
            [entry["uuid"] for entry in count.get_screen()["undoable"]], ["1" * 8]
        )
        [undone] = self.send(count, {"kind": "undo", "undoes": "1" * 8})
        self.assertEqual(undone["status"], "counted")
        self.assertEqual(self.get_came(count), {"Oolong Tea": 0, "M-1": 0})
        self.assertFalse(count.get_screen()["cartons_here"])
        [again] = self.send(count, {"kind": "undo", "undoes": "1" * 8})
        self.assertIn("taken back already", again["message"])
        self.scan(count, cartons.name)
        self.assertEqual(self.get_came(count), {"Oolong Tea": 6, "M-1": 3})

    def test_undo_in_the_same_batch(self):
        count, cartons = self.start_packed({self.tea: 6})
        results = self.send(
            count,
            {"uuid": "1" * 8, "kind": "scan", "barcode": cartons.name},
            {"kind": "undo", "undoes": "1" * 8},
            {"kind": "scan", "barcode": cartons.name},
        )
        self.assertEqual({result["status"] for result in results}, {"counted"})
        self.assertEqual(self.get_came(count), {"Oolong Tea": 6})

    def test_undo_after_it_was_counted_anew(self):
        count, cartons = self.start_packed({self.tea: 6, self.mug: 2})
        self.send(count, {"uuid": "1" * 8, "kind": "scan", "barcode": cartons.name})
        line = self.get_line(count, self.mug)
        self.send(count, {"kind": "set", "line_id": line.id, "quantity": 1})
        [refused] = self.send(count, {"kind": "undo", "undoes": "1" * 8})
        self.assertIn("Clay Mug was entered anew", refused["message"])
        self.assertEqual(self.get_came(count), {"Oolong Tea": 6, "Clay Mug": 1})

    def test_nobody_else_takes_it_back(self):
        count, cartons = self.start_packed({self.tea: 6})
        self.send(count, {"uuid": "1" * 8, "kind": "scan", "barcode": cartons.name})
        others = count.with_user(self.shop_approver)
        [refused] = self.send(others, {"kind": "undo", "undoes": "1" * 8})
        self.assertEqual(refused["status"], "refused")
        self.assertEqual(self.get_came(count), {"Oolong Tea": 6})

    def test_a_serial_number_that_was_scanned_before(self):
        count, cartons = self.start_packed({self.lots[2]: 1, self.lots[3]: 1})
        self.scan(count, "K-1", cartons.name)
        self.assertEqual(self.get_came(count), {"K-1": 1, "K-2": 1})

    def test_what_was_counted_before_shows_as_too_much(self):
        count, cartons = self.start_packed({self.tea: 6})
        self.scan(count, "TEA-001", cartons.name)
        self.assertEqual(self.get_line(count, self.tea).difference_quantity, 1)

    def test_a_carton_that_was_shipped_since_the_count_began(self):
        transfer = self.make_transfer(lines={self.tea: 5, self.mug: 2})
        self.submit(transfer)
        self.approve(transfer)
        self.ship(transfer, {self.tea: 5, self.mug: 0})
        count = self.start(transfer)
        [carton] = self.pack(transfer, {self.mug: 2})
        self.ship(transfer)
        self.scan(count, carton.name)
        self.assertEqual(self.get_came(count), {"Oolong Tea": 0, "Clay Mug": 2})
        self.submit_count(count)
        self.assertEqual(self.get_places(carton), ["internal"])

    def test_two_people_each_a_carton(self):
        count, cartons = self.start_packed({self.tea: 6}, {self.tea: 4})
        self.scan(count, cartons[0].name)
        self.scan(count.with_user(self.shop_approver), cartons[1].name)
        self.assertEqual(self.get_came(count), {"Oolong Tea": 10})
        self.assertEqual(
            [carton["user"] for carton in count.get_changes(False)["cartons_here"]],
            [self.shop_staff.name, self.shop_approver.name],
        )

    def test_the_screen_knows_the_cartons(self):
        count, cartons = self.start_packed({self.tea: 6, self.mug: 2}, {self.tea: 4})
        screen = count.get_screen()
        tea, mug = (self.get_line(count, each).id for each in (self.tea, self.mug))
        first, second = sorted(screen["cartons"], key=lambda each: each["number"])
        self.assertEqual(
            (first["name"], first["number"], first["total"]), (cartons[0].name, 1, 2)
        )
        self.assertEqual(sorted(first["parts"]), sorted([[tea, 6], [mug, 2]]))
        self.assertEqual(second["parts"], [[tea, 4]])
        self.assertTrue(screen["policies"]["trusts_cartons"])

    def test_the_chooser_finds_a_transfer_by_its_carton(self):
        transfer, cartons = self.make_packed_transfer({self.tea: 6})
        transfers = self.env["store.transfer"].with_user(self.shop_staff)
        [found] = transfers.get_transfers_to_count(cartons.name)
        self.assertEqual(found["id"], transfer.id)
        self.assertFalse(
            transfers.with_user(self.south_staff).get_transfers_to_count(cartons.name)
        )

    def test_a_shipment_that_was_taken_back(self):
        count, cartons = self.start_packed({self.tea: 6})
        transfer = count.transfer_id
        transfer.sudo().arrival_date = False
        transfer.with_user(self.ec_staff).action_undo_shipment()
        self.assertLedger(transfer)
        self.assertFalse(cartons.quant_ids.filtered("quantity"))
        self.ship(transfer)
        again = self.start(transfer)
        [result] = self.scan(again, cartons.name)
        self.assertEqual(result["status"], "refused", "It is no carton any more")
        self.assertIn("was shipped once, and taken back", result["message"])
        self.assertFalse(again.get_screen()["cartons"])
