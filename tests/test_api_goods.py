from odoo.tests import tagged

from .common_api import ApiCase


@tagged("post_install", "-at_install")
class TestApiGoods(ApiCase):
    """Lots, serial numbers and cartons that another system ships and counts."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.cheese = cls._create_product("Cheese", "CHS-001", tracking="lot")
        cls.phone = cls._create_product("Phone", "PHN-001", tracking="serial")
        cls.lots = {name: cls._add_lot(cls.cheese, name, 5) for name in ("OLD", "NEW")}
        cls.serials = [cls._add_lot(cls.phone, f"SN-{n}", 1) for n in range(1, 4)]

    @classmethod
    def _add_lot(cls, product, name, quantity):
        lot = cls.env["stock.lot"].create(
            {"name": name, "product_id": product.id, "company_id": cls.company.id}
        )
        cls._add_stock(cls.ec, product, quantity, lot=lot)
        return lot

    def make_approved(self, lines):
        transfer = self.make_transfer(lines=lines)
        self.submit(transfer)
        self.approve(transfer)
        return transfer

    def ship_lines(self, transfer, *lines, key="S-1"):
        shape = self.call(
            self.ec_staff, "ship", transfer=transfer.name, key=key, lines=lines
        )
        self.assertLedger(transfer)
        return shape

    def get_moved(self, transfer, code):
        """Return ``{lot or serial number, or SKU: how much was moved}``."""
        moves = self.get_pickings(transfer, code, "done").move_ids.sudo()
        moved = {}
        for line in moves.move_line_ids:
            name = line.lot_id.name or line.product_id.default_code
            moved[name] = moved.get(name, 0) + line.quantity
        return moved

    def test_another_lot_than_was_set_aside_is_shipped(self):
        transfer = self.make_approved({self.cheese: 4})
        self.ship_lines(transfer, {"sku": "CHS-001", "quantity": 3, "lot": "NEW"})
        self.assertEqual(self.get_moved(transfer, "outgoing"), {"NEW": 3})

    def test_both_lots_are_shipped(self):
        transfer = self.make_approved({self.cheese: 8})
        self.ship_lines(
            transfer,
            {"sku": "CHS-001", "quantity": 5, "lot": "NEW"},
            {"sku": "CHS-001", "quantity": 1, "lot": "OLD"},
        )
        self.assertEqual(self.get_moved(transfer, "outgoing"), {"NEW": 5, "OLD": 1})

    def test_without_a_lot_what_is_set_aside_is_shipped(self):
        transfer = self.make_approved({self.cheese: 7})
        self.ship_lines(transfer, {"sku": "CHS-001", "quantity": 6})
        self.assertEqual(self.get_moved(transfer, "outgoing"), {"OLD": 5, "NEW": 1})

    def test_serial_numbers_are_shipped(self):
        transfer = self.make_approved({self.phone: 2})
        self.ship_lines(
            transfer,
            {"sku": "PHN-001", "quantity": 1, "lot": "SN-3"},
            {"sku": "PHN-001", "quantity": 1, "lot": "SN-1"},
        )
        self.assertEqual(self.get_moved(transfer, "outgoing"), {"SN-1": 1, "SN-3": 1})

    def test_an_sku_on_two_lines_is_shipped_in_their_order(self):
        transfer = self.create_order(
            lines=[{"sku": "TEA-001", "quantity": 4}, {"sku": "TEA-001", "quantity": 5}]
        )
        self.approve(transfer)
        shape = self.ship_lines(transfer, {"sku": "TEA-001", "quantity": 6})
        self.assertEqual([line["shipped"] for line in shape["lines"]], [4, 2])

    def test_what_can_not_be_shipped(self):
        transfer = self.make_approved({self.cheese: 8, self.phone: 2, self.tea: 3})
        for message, *lines in (
            ("nobody knows the lot", {"sku": "CHS-001", "quantity": 1, "lot": "NONE"}),
            ("only 8.*are to ship", {"sku": "CHS-001", "quantity": 9}),
            (
                "of lot NEW, .* has only 5 Units more",
                {"sku": "CHS-001", "quantity": 6, "lot": "NEW"},
            ),
            ("only 3.*are to ship", {"sku": "TEA-001", "quantity": 4}),
            (
                "SN-1 was picked already",
                *[{"sku": "PHN-001", "quantity": 1, "lot": "SN-1"}] * 2,
            ),
            ("is not on", {"sku": "MUG-001", "quantity": 1}),
            ("line 1: .*not possible", {"sku": "TEA-001", "quantity": 0.001}),
            ("Nothing would leave", {"sku": "TEA-001", "quantity": 0}),
        ):
            with self.subTest(message):
                self.assertAnswered(
                    422,
                    message,
                    self.ec_staff,
                    "ship",
                    {"transfer": transfer.name, "key": "S-1", "lines": lines},
                )
        self.assertFalse(transfer.shipped_quantity)
        self.assertLedger(transfer)

    def test_goods_are_packed_into_cartons(self):
        transfer = self.make_approved({self.tea: 10, self.mug: 4})
        shape = self.ship_lines(
            transfer,
            {"sku": "TEA-001", "quantity": 6, "carton": "first"},
            {"sku": "MUG-001", "quantity": 4, "carton": "first"},
            {"sku": "TEA-001", "quantity": 3, "carton": "second"},
            {"sku": "TEA-001", "quantity": 1},
        )
        self.assertEqual(len(shape["cartons"]), 2)
        first, second = transfer.sudo().carton_ids.sorted("transfer_number")
        self.assertEqual(first.name, shape["cartons"][0])
        content = {
            carton: {quant.product_id: quant.quantity for quant in carton.quant_ids}
            for carton in (first, second)
        }
        self.assertEqual(content[first], {self.tea: 6, self.mug: 4})
        self.assertEqual(content[second], {self.tea: 3})
        self.receive_all(transfer)

    def test_who_picks_is_not_overtaken(self):
        transfer = self.make_approved({self.tea: 5})
        action = transfer.with_user(self.ec_staff).action_pick()
        pick = self.env["store.transfer.pick"].browse(action["params"]["pick_id"])
        pick.with_user(self.ec_staff).record_scans(
            [{"uuid": "scan-0001", "kind": "scan", "barcode": "TEA-001"}]
        )
        self.assertAnswered(
            422,
            "ec_staff.* has begun to pick it",
            self.ec_staff,
            "ship",
            {"transfer": transfer.name, "key": "S-1"},
        )

    def test_who_counts_is_not_overtaken(self):
        transfer = self.make_shipped_transfer()
        self.start_count(transfer).line_ids.counted_quantity = 3
        self.assertAnswered(
            422,
            "is being counted",
            self.shop_staff,
            "receive",
            {
                "transfer": transfer.name,
                "key": "C-1",
                "lines": [{"sku": "TEA-001", "good": 3}],
            },
        )

    def test_lots_are_counted(self):
        transfer = self.make_approved({self.cheese: 8})
        self.ship(transfer)
        content = {
            "transfer": transfer.name,
            "key": "C-1",
            "lines": [
                {"sku": "CHS-001", "good": 4, "damaged": 1, "lot": "OLD"},
                {"sku": "CHS-001", "good": 2, "lot": "NEW"},
            ],
        }
        shape = self.call(self.shop_staff, "receive", **content)
        [line] = shape["lines"]
        self.assertEqual((line["received"], line["damaged"]), (6, 1))
        self.assertEqual(line["in_transit"], 1)
        self.assertLedger(transfer)

    def test_a_lot_has_to_be_said(self):
        transfer = self.make_approved({self.cheese: 8})
        self.ship(transfer)
        self.assertAnswered(
            422,
            "line 1: .*lot or serial number",
            self.shop_staff,
            "receive",
            {
                "transfer": transfer.name,
                "key": "C-1",
                "lines": [{"sku": "CHS-001", "good": 4}],
            },
        )

    def test_what_is_nothing_is_not_counted(self):
        transfer = self.make_shipped_transfer()
        for number, good in enumerate((0, 0.0, 1e-9)):
            self.assertAnswered(
                422,
                "line 1: Say how many came",
                self.shop_staff,
                "receive",
                {
                    "transfer": transfer.name,
                    "key": f"C-{number}",
                    "lines": [{"sku": "TEA-001", "good": good}],
                },
            )
        self.assertEqual(transfer.state, "in_transit")

    def test_new_lots_of_a_third_party(self):
        transfer = self.make_transfer(
            self.shop_staff, lines={self.cheese: 6}, kind="receipt"
        )
        self.submit(transfer, self.shop_staff)
        shape = self.call(
            self.shop_staff,
            "receive",
            transfer=transfer.name,
            key="C-1",
            lines=[
                {"sku": "CHS-001", "good": 4, "lot": "FARM-1"},
                {"sku": "CHS-001", "good": 2, "lot": "FARM-2"},
            ],
        )
        self.assertEqual(shape["state"], "done")
        self.assertEqual(
            self.get_moved(transfer, "incoming"), {"FARM-1": 4, "FARM-2": 2}
        )
        self.assertLedger(transfer)

    def test_an_sku_that_another_product_has_by_now_is_counted(self):
        transfer = self.make_shipped_transfer()
        self.tea.active = False
        self._create_product("New Tea", "TEA-001")
        shape = self.call(
            self.shop_staff,
            "receive",
            transfer=transfer.name,
            key="C-1",
            lines=[{"sku": "TEA-001", "good": 10}],
        )
        self.assertEqual(shape["state"], "done")
        self.assertEqual([line["received"] for line in shape["lines"]], [10])
        self.assertLedger(transfer)

    def test_an_sku_that_another_product_has_by_now_is_shipped(self):
        transfer = self.make_approved({self.tea: 10})
        self._create_product("New Tea", "TEA-001")
        shape = self.ship_lines(transfer, {"sku": "TEA-001", "quantity": 10})
        self.assertEqual([line["shipped"] for line in shape["lines"]], [10])

    def test_two_products_with_one_sku_are_not_taken_for_each_other(self):
        twin = self._create_product("Other Tea", "TEA-001")
        self._add_stock(self.ec, twin, 20)
        transfer = self.make_transfer(lines={self.tea: 10, twin: 5})
        self.submit(transfer)
        content = {"transfer": transfer.name, "reason": "No space"}
        self.assertAnswered(
            422,
            "line 1: Several products have the SKU TEA-001",
            self.shop_approver,
            "approve",
            {**content, "key": "K-1", "lines": [{"sku": "TEA-001", "quantity": 12}]},
        )
        line = transfer.line_ids.filtered(lambda line: line.product_id == twin)
        self.call(
            self.shop_approver,
            "approve",
            **content,
            key="K-2",
            lines=[{"line": line.id, "quantity": 3}],
        )
        self.assertEqual(line.approved_quantity, 3)
        self.assertLedger(transfer)

    def test_more_came_than_was_sent(self):
        transfer = self.make_shipped_transfer()
        self.shop.transfer_surplus_policy = "refuse"
        self.assertAnswered(
            422,
            "Oolong Tea",
            self.shop_staff,
            "receive",
            {
                "transfer": transfer.name,
                "key": "C-1",
                "lines": [{"sku": "TEA-001", "good": 11}],
            },
        )
        self.assertEqual(transfer.state, "in_transit")
        self.assertLedger(transfer)
