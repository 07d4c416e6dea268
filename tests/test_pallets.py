from odoo.tests import tagged

from .common_cartons import CartonCase


@tagged("post_install", "-at_install")
class TestPallets(CartonCase):
    """Packages with cartons in them: one scan of such a package counts them all."""

    def make_pallet(self, *contents, **values):
        """Ship a transfer whose cartons stand on a pallet; return both as well."""
        lines = {}
        for content in contents:
            for product, quantity in content.items():
                lines[product] = lines.get(product, 0) + quantity
        transfer = self.make_transfer(lines=lines, **values)
        self.submit(transfer)
        self.approve(transfer, self.head_office)
        cartons = self.pack(transfer, *contents)
        packages = cartons.with_user(self.inventory_user)
        packages.action_put_in_pack(package_name=f"PALLET-{transfer.id}")
        self.ship(transfer)
        pallet = cartons.parent_package_id
        self.assertEqual(len(pallet), 1)
        return transfer, cartons, pallet

    def get_counted(self, count):
        return {
            line.product_id: line.counted_quantity
            for line in count.sudo().line_ids
            if line.counted_quantity
        }

    def get_here(self, count):
        return {carton["name"] for carton in count.get_screen()["cartons_here"]}

    def test_one_scan_counts_all_its_cartons(self):
        transfer, cartons, pallet = self.make_pallet(
            {self.tea: 6}, {self.tea: 4, self.mug: 2}
        )
        count = self.start(transfer)
        [result] = self.scan(count, pallet.name)
        self.assertEqual(result["status"], "counted")
        self.assertIn("12 Units counted. Cartons: 2.", result["message"])
        self.assertEqual(self.get_counted(count), {self.tea: 10, self.mug: 2})
        self.assertEqual(self.get_here(count), set(cartons.mapped("name")))
        [again] = self.scan(count, cartons[0].name)
        self.assertIn("was scanned already", again["message"])
        [again] = self.scan(count, pallet.name)
        self.assertEqual(again["status"], "refused")
        self.assertIn("was scanned already", again["message"])
        count.action_submit()
        self.assertLedger(transfer)
        self.assertEqual(transfer.state, "done")
        self.assertEqual(self.get_places(cartons), ["internal", "internal"])

    def test_sent_twice_it_counts_once(self):
        transfer, _cartons, pallet = self.make_pallet({self.tea: 6}, {self.tea: 4})
        count = self.start(transfer)
        event = {"uuid": "the-pallet", "kind": "scan", "barcode": pallet.name}
        for _time in range(2):
            self.send(count, event)
        self.assertEqual(self.get_counted(count), {self.tea: 10})

    def test_one_carton_was_scanned_before(self):
        transfer, cartons, pallet = self.make_pallet({self.tea: 6}, {self.tea: 4})
        count = self.start(transfer)
        self.scan(count, cartons[0].name)
        [result] = self.scan(count, pallet.name)
        self.assertIn("4 Units counted. Cartons: 1. Left out", result["message"])
        self.assertEqual(self.get_counted(count), {self.tea: 10})

    def test_it_is_taken_back_as_a_whole(self):
        transfer, _cartons, pallet = self.make_pallet({self.tea: 6}, {self.tea: 4})
        count = self.start(transfer)
        self.send(count, {"uuid": "the-pallet", "kind": "scan", "barcode": pallet.name})
        [entry] = count.get_screen()["undoable"]
        self.assertEqual(entry["uuid"], "the-pallet")
        self.send(count, {"kind": "undo", "undoes": "the-pallet"})
        self.assertEqual((self.get_counted(count), self.get_here(count)), ({}, set()))
        self.scan(count, pallet.name)
        self.assertEqual(self.get_counted(count), {self.tea: 10})

    def test_taken_back_before_it_was_written_down(self):
        transfer, _cartons, pallet = self.make_pallet({self.tea: 6}, {self.tea: 4})
        count = self.start(transfer)
        self.send(
            count,
            {"uuid": "the-pallet", "kind": "scan", "barcode": pallet.name},
            {"uuid": "the-undo", "kind": "undo", "undoes": "the-pallet"},
            {"uuid": "once-more", "kind": "scan", "barcode": pallet.name},
        )
        self.assertEqual(self.get_counted(count), {self.tea: 10})

    def test_what_was_entered_anew_is_not_taken_back(self):
        transfer, _cartons, pallet = self.make_pallet({self.tea: 6}, {self.tea: 4})
        count = self.start(transfer)
        self.send(count, {"uuid": "the-pallet", "kind": "scan", "barcode": pallet.name})
        line = count.line_ids
        self.send(count, {"kind": "set", "line_id": line.id, "quantity": 7})
        [refused] = self.send(count, {"kind": "undo", "undoes": "the-pallet"})
        self.assertIn("was entered anew since then", refused["message"])
        self.assertEqual(self.get_counted(count), {self.tea: 7})

    def test_where_cartons_are_opened_they_are_only_here(self):
        self.shop.transfer_carton_policy = "open"
        transfer, cartons, pallet = self.make_pallet({self.tea: 6}, {self.tea: 4})
        count = self.start(transfer)
        [result] = self.scan(count, pallet.name)
        self.assertIn("is here. Cartons on it: 2.", result["message"])
        self.assertEqual(self.get_counted(count), {})
        self.assertEqual(self.get_here(count), set(cartons.mapped("name")))

    def test_a_pallet_of_another_store(self):
        _other, _cartons, pallet = self.make_pallet(
            {self.tea: 6}, destination_store_id=self.shop_south.id
        )
        count = self.start(self.make_shipped_transfer())
        [refused] = self.scan(count, pallet.name)
        self.assertEqual(refused["status"], "refused")
        self.assertIn(pallet.name, refused["message"])
        self.assertIn("is for Shop South", refused["message"])
