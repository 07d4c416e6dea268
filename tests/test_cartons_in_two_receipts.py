from odoo.tests import tagged

from .common_cartons import CartonCase
from .common_pick import PackingCase


@tagged("post_install", "-at_install")
class TestCartonsInTwoReceipts(PackingCase, CartonCase):
    """Somebody splits a receipt in the Inventory app: one carton is in both."""

    def make_packed(self, *barcodes):
        """Ship these pieces of it in one carton; return its number, too."""
        transfer = self.make_approved({self.tea: 3, self.mug: 2})
        pick = self.start_pick(transfer)
        name = self.begin_carton(pick)
        self.put(pick, name, *barcodes)
        self.submit_pick(pick)
        self.split_picking(transfer, self.mug)
        return transfer, name

    def assertStands(self, name, usage, content):
        self.assertEqual(self.get_packed(name), content)
        self.assertEqual(self.find_carton(name).location_id.usage, usage)

    def test_it_comes_whole_and_stays_packed(self):
        transfer, name = self.make_packed("TEA-001", "MUG-001")
        self.receive_all(transfer)
        self.assertStands(name, "internal", {"TEA-001": 1, "MUG-001": 1})

    def test_one_scan_of_its_label_and_what_is_loose_is_missing(self):
        transfer, name = self.make_packed("TEA-001", "MUG-001")
        self.ship(transfer)
        count = self.start_count(transfer)
        self.scan(count, name)
        count.action_submit()
        self.assertLedger(transfer)
        self.assertStands(name, "internal", {"TEA-001": 1, "MUG-001": 1})
        self.assertEqual(transfer.in_transit_quantity, 3)

    def test_it_comes_in_part(self):
        transfer, name = self.make_packed("TEA-001", "TEA-001", "MUG-001")
        self.count(transfer, {self.tea: 1, self.mug: 1})
        self.assertStands(name, "transit", {"TEA-001": 1})
        self.assertEqual(self.get_stock(self.shop, self.mug), 1)
        self.receive_all(transfer)
        self.assertStands(name, "internal", {"TEA-001": 1})

    def test_all_of_one_receipt_and_nothing_of_the_other(self):
        transfer, name = self.make_packed("TEA-001", "MUG-001")
        self.count(transfer, {self.tea: 1})
        self.assertStands(name, "transit", {"MUG-001": 1})
        self.assertEqual(self.get_stock(self.shop, self.tea), 1)

    def test_a_piece_of_it_is_damaged(self):
        transfer, name = self.make_packed("TEA-001", "TEA-001", "MUG-001")
        count = self.start_count(transfer)
        for line in count.line_ids:
            is_tea = line.product_id == self.tea
            line.counted_quantity, line.damaged_quantity = 1, int(is_tea)
        count.action_submit()
        self.assertLedger(transfer)
        self.assertStands(name, False, {})
        self.assertEqual(self.get_stock(self.shop, self.tea), 1)

    def test_its_count_is_undone_and_it_comes_again(self):
        transfer, name = self.make_packed("TEA-001", "MUG-001")
        self.receive_all(transfer)
        transfer.with_user(self.shop_approver).action_undo_count()
        self.assertLedger(transfer)
        self.assertStands(name, "transit", {"TEA-001": 1, "MUG-001": 1})
        self.start_count(transfer).action_submit()
        self.assertLedger(transfer)
        self.assertStands(name, "internal", {"TEA-001": 1, "MUG-001": 1})

    def test_each_of_its_goods_has_a_shelf_of_its_own(self):
        self._create_shelf(self.shop, self.tea)
        self._create_shelf(self.shop, self.mug)
        transfer, name = self.make_packed("TEA-001", "MUG-001")
        self.receive_all(transfer)
        self.assertStands(name, "internal", {"TEA-001": 1, "MUG-001": 1})

    def test_one_receipt_is_validated_in_the_inventory_app(self):
        transfer, name = self.make_packed("TEA-001", "MUG-001")
        receipts = self.get_pickings(transfer, "incoming")
        self.validate_picking(
            receipts.filtered(lambda one: self.mug in one.move_ids.product_id)
        )
        self.assertLedger(transfer)
        self.assertStands(name, "transit", {"TEA-001": 1})
        self.receive_all(transfer)
        self.assertStands(name, "internal", {"TEA-001": 1})

    def test_it_comes_on_a_pallet(self):
        transfer = self.make_approved({self.tea: 3, self.mug: 2})
        cartons = self.pack(transfer, {self.tea: 1, self.mug: 2}, {self.tea: 2})
        packages = cartons.with_user(self.inventory_user)
        packages.action_put_in_pack(package_name="PALLET-1")
        self.ship(transfer)
        self.split_picking(transfer, self.mug)
        pallet = cartons.parent_package_id
        self.assertEqual(pallet.name, "PALLET-1")
        self.receive_all(transfer)
        self.assertEqual(self.get_places(cartons), ["internal", "internal"])
        self.assertEqual(cartons.parent_package_id, pallet)
        self.assertEqual(pallet.child_package_ids, cartons)

    def make_box(self):
        """Put two new products into a package of the source, and return all three."""
        box = self.env["stock.package"].create({"name": "BOX-1"})
        coffee = self._create_product("Coffee", "COFFEE-001")
        cup = self._create_product("Cup", "CUP-001")
        self._add_stock(self.ec, coffee | cup, 2, package=box)
        return box, coffee, cup

    def test_a_package_of_the_source_leaves_as_it_is(self):
        box, coffee, cup = self.make_box()
        transfer = self.make_approved({coffee: 2, cup: 2})
        self.split_picking(transfer, cup, "outgoing")
        self.ship(transfer)
        self.assertStands(box.name, "transit", {"COFFEE-001": 2, "CUP-001": 2})
        self.assertEqual(box.transfer_id, transfer)
        self.receive_all(transfer)
        self.assertStands(box.name, "internal", {"COFFEE-001": 2, "CUP-001": 2})

    def test_a_package_of_the_source_is_opened_and_packed_anew(self):
        box, coffee, cup = self.make_box()
        transfer = self.make_approved({coffee: 2, cup: 2})
        self.split_picking(transfer, cup, "outgoing")
        pick = self.start_pick(transfer)
        name = self.begin_carton(pick)
        self.put(pick, name, "COFFEE-001", "COFFEE-001")
        self.scan(pick, "CUP-001", "CUP-001")
        self.submit_pick(pick)
        self.assertStands(name, "transit", {"COFFEE-001": 2})
        self.assertStands(box.name, False, {})
        self.receive_all(transfer)
        self.assertStands(name, "internal", {"COFFEE-001": 2})

    def test_a_package_with_goods_of_two_transfers_is_opened(self):
        box, coffee, cup = self.make_box()
        transfers = self.make_approved({coffee: 2}) | self.make_approved({cup: 2})
        action = transfers.with_user(self.ec_staff).action_open_many_ship()
        question = self.env[action["res_model"]].with_user(self.ec_staff)
        question.browse(action["res_id"]).action_do()
        self.assertLedger(transfers)
        self.assertEqual(transfers.mapped("state"), ["in_transit", "in_transit"])
        self.assertStands(box.name, False, {})
