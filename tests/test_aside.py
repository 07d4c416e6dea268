from datetime import timedelta

from odoo.exceptions import AccessError
from odoo.tests import tagged

from .common_cartons import CartonCase
from .common_ledger_audit import LedgerAudit
from .common_till import TillCase


@tagged("post_install", "-at_install")
class TestSetAside(LedgerAudit, TillCase):
    """What comes for a customer is kept for them, from the count on."""

    def make_request(self, quantity=3, product=None, customer="Ms. Lin"):
        """Ask EC for goods at the till; it approves and ships."""
        shown = self.at_till(
            "request",
            self.ec.id,
            [{"product_id": (product or self.tea).id, "quantity": quantity}],
            {"name": customer, "phone": "0912 345 678"},
        )
        transfer = self.env["store.transfer"].browse(shown["id"])
        self.approve(transfer, self.ec_approver)
        self.ship(transfer)
        return transfer

    def get_asides(self, transfer):
        return self.env["store.transfer.aside"].search(
            [("transfer_id", "=", transfer.id)]
        )

    def get_in_place(self, product=None):
        place = self.shop.transfer_aside_location_id
        return (product or self.tea).with_context(location=place.id).qty_available

    def assertStock(self, on_hand, free, aside):
        self.env.invalidate_all()
        self.assertEqual(
            (
                self.get_stock(self.shop, self.tea),
                self.get_free(self.shop, self.tea),
                self.get_in_place(),
            ),
            (on_hand, free, aside),
        )

    def test_what_is_counted_is_set_aside(self):
        transfer = self.make_request()
        self.receive_all(transfer)
        self.assertLedger(transfer)
        self.assertEqual(transfer.state, "done")
        self.assertEqual(transfer.line_ids.received_quantity, 3)
        self.assertStock(0, 0, 3)
        [aside] = self.at_till("get_asides")
        self.assertEqual(
            (aside["customer"], aside["phone"], aside["quantity"], aside["sku"]),
            ("Ms. Lin", "0912 345 678", 3, "TEA-001"),
        )
        self.assertEqual(self.at_till("get_start")["counts"]["set_aside"], 1)
        self.assertEqual(self.show(transfer)["asides"], [aside])
        [row] = self.at_till("get_product", self.tea.id)["stores"][:1]
        self.assertEqual((row["id"], row["free"]), (self.shop.id, 0))

    def test_what_is_for_nobody_is_not_set_aside(self):
        transfer = self.make_shipped_transfer()
        self.receive_all(transfer)
        self.assertFalse(self.get_asides(transfer))
        self.assertEqual(self.get_free(self.shop, self.tea), 10)

    def test_what_comes_later_is_set_aside_later(self):
        transfer = self.make_request()
        self.count(transfer, {self.tea: 1})
        self.assertStock(0, 0, 1)
        self.count(transfer, {self.tea: 2})
        self.assertStock(0, 0, 3)
        self.assertEqual(self.get_asides(transfer).mapped("quantity"), [2, 1])

    def test_what_the_inventory_app_receives_is_set_aside_as_well(self):
        transfer = self.make_request()
        self.validate_picking(self.get_pickings(transfer, "incoming"))
        self.assertLedger(transfer)
        self.assertStock(0, 0, 3)

    def test_a_surplus_is_free_and_damaged_goods_are_not_set_aside(self):
        transfer = self.make_request()
        count = self.start_count(transfer, self.shop_approver)
        count.line_ids.write({"counted_quantity": 4, "damaged_quantity": 1})
        count.action_submit()
        discrepancies = transfer.sudo().discrepancy_ids
        held = discrepancies.filtered(lambda one: one.kind == "surplus")
        held.filtered("can_accept").with_user(self.shop_approver).action_accept()
        self.assertLedger(transfer)
        asides = sum(self.get_asides(transfer).mapped("quantity"))
        received = transfer.line_ids.received_quantity
        self.assertEqual(asides, 3)
        self.assertStock(received - 3, received - 3, 3)

    def test_other_lines_stay_free(self):
        transfer = self.make_request()
        other = self.make_shipped_transfer({self.tea: 5})
        self.receive_all(other)
        self.receive_all(transfer)
        self.assertStock(5, 5, 3)

    def test_a_lot_stays_what_it_is(self):
        vase = self._create_product("Vase", "VAS-1", tracking="lot")
        lot = self.env["stock.lot"].create(
            {"name": "L-1", "product_id": vase.id, "company_id": self.company.id}
        )
        self._add_stock(self.ec, vase, 5, lot=lot)
        transfer = self.make_request(2, vase)
        self.receive_all(transfer)
        aside = self.get_asides(transfer)
        self.assertEqual((aside.lot_id, aside.quantity), (lot, 2))
        quants = self.env["stock.quant"].search(
            [("lot_id", "=", lot.id), ("location_id", "=", aside.place_id.id)]
        )
        self.assertEqual(quants.quantity, 2)
        self.at_till("release_aside", aside.id, "free")
        self.assertEqual(self.get_free(self.shop, vase), 2)

    def test_it_is_handed_over(self):
        transfer = self.make_request()
        self.receive_all(transfer)
        aside = self.get_asides(transfer)
        left = self.at_till(
            "release_aside", aside.id, "hand_over", store_transfer_cashier="Mei"
        )
        self.assertFalse(left)
        self.assertStock(3, 3, 0)
        self.assertEqual(aside.state, "handed_over")
        self.assertEqual(
            (aside.release_user_id, aside.cashier), (self.shop_staff, "Mei")
        )
        self.assertIn("Handed over: 3 Units", transfer.sudo().message_ids[0].body)

    def test_it_is_put_to_the_free_stock(self):
        transfer = self.make_request()
        self.receive_all(transfer)
        aside = self.get_asides(transfer)
        aside.with_user(self.shop_staff).action_free()
        self.assertStock(3, 3, 0)
        self.assertEqual(aside.state, "freed")
        self.assertLedger(transfer)

    def test_pressed_twice_it_is_released_once(self):
        transfer = self.make_request()
        self.receive_all(transfer)
        aside = self.get_asides(transfer).with_user(self.shop_staff)
        aside.action_hand_over()
        aside.action_hand_over()
        self.assertStock(3, 3, 0)
        with self.assertRefused("already"):
            aside.action_free()

    def test_what_somebody_moved_on_is_not_taken_twice(self):
        transfer = self.make_request()
        self.receive_all(transfer)
        aside = self.get_asides(transfer)
        self.env["stock.quant"]._update_available_quantity(self.tea, aside.place_id, -2)
        aside.with_user(self.shop_staff).action_free()
        self.assertStock(1, 1, 0)

    def test_what_somebody_has_packed_is_unpacked(self):
        transfer = self.make_request()
        self.receive_all(transfer)
        aside = self.get_asides(transfer)
        quants = self.env["stock.quant"]
        package = self.env["stock.package"].create({"name": "For Ms. Lin"})
        quants._update_available_quantity(self.tea, aside.place_id, -2)
        quants._update_available_quantity(
            self.tea, aside.place_id, 2, package_id=package
        )
        aside.with_user(self.shop_staff).action_free()
        self.assertStock(3, 3, 0)
        self.assertFalse(
            quants.search(
                [("location_id", "=", aside.place_id.id), ("quantity", "!=", 0)]
            )
        )

    def test_it_does_not_go_back_to_a_shelf_that_is_archived(self):
        transfer = self.make_request()
        self.receive_all(transfer)
        aside = self.get_asides(transfer)
        aside.shelf_id = self._create_location("Shelf", self.shop.lot_stock_id)
        aside.shelf_id.active = False
        aside.with_user(self.shop_staff).action_free()
        self.assertStock(3, 3, 0)

    def test_the_ledger_finds_what_does_not_stand_where_it_was_set_aside(self):
        transfer = self.make_request()
        self.receive_all(transfer)
        self.assertNothingUnexplained()
        aside = self.get_asides(transfer)
        self.env["stock.quant"]._update_available_quantity(self.tea, aside.place_id, -2)
        self.env.flush_all()
        [found] = self.find_unexplained()
        self.assertEqual((found.rule, found.what), ("aside", "place"))
        self.assertEqual(
            (found.transfer_id, found.product_id), (transfer.id, self.tea.id)
        )
        self.assertEqual((found.expected, found.found), ("3", "1"))

    def test_the_ledger_finds_what_was_set_aside_and_not_received(self):
        transfer = self.make_request()
        self.receive_all(transfer)
        aside = self.get_asides(transfer)
        self.env["stock.quant"]._update_available_quantity(self.tea, aside.place_id, 1)
        self.corrupt(
            "UPDATE store_transfer_aside SET quantity = 4 WHERE id = %(aside)s",
            aside=aside.id,
        )
        [found] = self.find_unexplained()
        self.assertEqual((found.rule, found.what), ("aside", "received"))
        self.assertEqual(
            (found.transfer_id, found.product_id), (transfer.id, self.tea.id)
        )
        self.assertEqual((found.expected, found.found), ("4", "3"))

    def test_a_receipt_that_is_corrected_to_less(self):
        """What has not come is not set aside, and nothing else of the shop is less."""
        transfer = self.make_request()
        self._add_stock(self.shop, self.tea, 5)
        picking = self.get_pickings(transfer, "incoming")
        self.validate_picking(picking)
        self.assertStock(5, 5, 3)
        picking.move_ids.move_line_ids.quantity = 1
        self.assertLedger(transfer)
        self.assertStock(5, 5, 1)
        self.assertEqual(self.get_asides(transfer).quantity, 1)
        picking.move_ids.move_line_ids.quantity = 2
        self.assertStock(5, 5, 2)
        picking.move_ids.move_line_ids.quantity = 0
        self.assertStock(5, 5, 0)
        self.assertEqual(set(self.get_asides(transfer).mapped("state")), {"taken_back"})

    def test_a_receipt_that_is_corrected_to_more_of_a_lot(self):
        vase = self._create_product("Vase", "VAS-1", tracking="lot")
        first, second = self.env["stock.lot"].create(
            [
                {"name": name, "product_id": vase.id, "company_id": self.company.id}
                for name in ("L-1", "L-2")
            ]
        )
        self._add_stock(self.ec, vase, 1, lot=first)
        self._add_stock(self.ec, vase, 2, lot=second)
        transfer = self.make_request(3, vase)
        picking = self.get_pickings(transfer, "incoming")
        move = picking.move_ids
        of_second = move.move_line_ids.filtered(lambda line: line.lot_id == second)
        of_second.quantity = 1
        self.validate_picking(picking)
        of_second.quantity = 2
        self.assertLedger(transfer)
        kept = self.get_asides(transfer).grouped("lot_id")
        self.assertEqual(
            {lot: sum(asides.mapped("quantity")) for lot, asides in kept.items()},
            {first: 1, second: 2},
        )
        self.assertEqual(self.get_stock(self.shop, vase), 0)
        self.assertEqual(self.get_in_place(vase), 3)

    def test_others_release_nothing(self):
        transfer = self.make_request()
        self.receive_all(transfer)
        aside = self.get_asides(transfer)
        for user in (self.south_staff, self.ec_staff):
            with self.assertRaises(AccessError):
                aside.with_user(user).action_hand_over()
        with self.assertRefused("has not set this aside"):
            self.at_till(
                "release_aside",
                aside.id,
                "free",
                user=self.ec_staff,
                store=self.ec,
            )
        for aside_id in (None, "1", 0, 2**40):
            with self.assertRefused("has not set this aside"):
                self.at_till("release_aside", aside_id, "free")
        with self.assertRefused("hand it over or"):
            self.at_till("release_aside", aside.id, "unlink")

    def test_nobody_writes_or_makes_one_by_hand(self):
        transfer = self.make_request()
        self.receive_all(transfer)
        aside = self.get_asides(transfer).with_user(self.shop_staff)
        for values in ({"state": "freed"}, {"quantity": 1}, {"customer_name": "X"}):
            with self.assertRaises(AccessError):
                aside.write(values)
        with self.assertRaises(AccessError):
            aside.unlink()

    def test_an_undone_count_puts_it_back_and_it_is_set_aside_again(self):
        transfer = self.make_request()
        self.receive_all(transfer)
        transfer.with_user(self.shop_approver).action_undo_count()
        self.assertLedger(transfer)
        self.assertEqual(self.get_asides(transfer).state, "taken_back")
        self.assertStock(0, 0, 0)
        self.count(transfer, {self.tea: 2})
        self.assertStock(0, 0, 2)

    def test_what_was_handed_over_is_not_set_aside_again(self):
        transfer = self.make_request()
        self.receive_all(transfer)
        self.get_asides(transfer).with_user(self.shop_staff).action_free()
        transfer.with_user(self.shop_approver).action_undo_count()
        self.count(transfer, {self.tea: 3})
        self.assertStock(3, 3, 0)

    def test_who_counts_and_prints_sees_for_whom_it_is(self):
        transfer = self.make_request()
        count = self.start_count(transfer)
        self.assertEqual(count.get_screen()["rows"][0]["customer"], "Ms. Lin")
        [line] = transfer.sudo().line_ids
        line.remark = "Gift"
        self.assertEqual(line._get_whole_remark(), "For Ms. Lin. Gift")

    def test_the_list_is_searched(self):
        for customer in ("Ms. Lin", "Mr. Wu"):
            self.receive_all(self.make_request(1, customer=customer))
        for text, number in (("lin", 1), ("345", 2), ("TEA-001", 2), ("nobody", 0)):
            self.assertEqual(len(self.at_till("get_asides", text)), number, text)


@tagged("post_install", "-at_install")
class TestSetAsideOutOfCartons(CartonCase, TillCase):
    """What came in a carton is taken out of it."""

    def assertNothingBelowZero(self):
        self.env.flush_all()
        self.assertFalse(
            self.env["stock.quant"].search(
                [
                    ("quantity", "<", 0),
                    ("location_id.warehouse_id", "=", self.shop.id),
                ]
            )
        )

    def test_out_of_cartons_and_back(self):
        transfer, _cartons = self.make_packed_transfer(
            {self.tea: 2}, {self.tea: 1, self.mug: 4}
        )
        tea = transfer.sudo().line_ids.filtered(
            lambda line: line.product_id == self.tea
        )
        tea.customer_name = "Ms. Lin"
        self.receive_all(transfer)
        self.assertNothingBelowZero()
        kept = self.at_till("get_asides")
        self.assertEqual(sum(aside["quantity"] for aside in kept), 3)
        self.assertEqual(self.get_free(self.shop, self.tea), 0)
        self.assertEqual(self.get_free(self.shop, self.mug), 4)
        transfer.with_user(self.shop_approver).action_undo_count()
        self.assertLedger(transfer)
        self.assertNothingBelowZero()
        self.count(transfer, {self.tea: 3, self.mug: 4})
        for aside in self.at_till("get_asides"):
            self.at_till("release_aside", aside["id"], "free")
        self.assertEqual(self.get_free(self.shop, self.tea), 3)
        self.assertNothingBelowZero()


@tagged("post_install", "-at_install")
class TestOrdersAtTheTill(TillCase):
    """What is started at the till."""

    def order(self, kind, other=None, quantity=2, **options):
        lines = [{"product_id": self.tea.id, "quantity": quantity}]
        other_id = other.id if other else False
        shown = self.at_till("order", kind, other_id, lines, **options)
        transfer = self.env["store.transfer"].browse(shown["id"])
        self.assertLedger(transfer)
        return transfer

    def at_till(self, method, *arguments, **options):
        names = ("remark", "uuid", "expected_date")
        named = {name: options.pop(name) for name in names if name in options}
        if not named:
            return super().at_till(method, *arguments, **options)
        till = self.env["store.transfer.till"].with_user(self.shop_staff)
        till = till.with_context(allowed_company_ids=self.company.ids)
        return getattr(till, method)(self.shop.out_type_id.id, *arguments, **named)

    def test_a_request_waits_for_the_other_store(self):
        shown = self.at_till(
            "request", self.ec.id, [{"product_id": self.tea.id, "quantity": 2}]
        )
        self.assertEqual(
            (shown["state"], shown["partner"]), ("waiting", "EC Warehouse")
        )
        self.assertFalse(shown["is_inbound"] is False)
        transfer = self.env["store.transfer"].browse(shown["id"])
        self.assertEqual(transfer.initiator, "destination")
        self.assertEqual(transfer.destination_store_id, self.shop)

    def test_an_order_to_another_store(self):
        self._add_stock(self.shop, self.tea, 5)
        day = self.shop._get_today() + timedelta(days=3)
        transfer = self.order(
            "push", self.shop_south, remark="Careful", expected_date=day.isoformat()
        )
        self.assertEqual(transfer.state, "waiting")
        self.assertEqual(transfer.source_store_id, self.shop)
        self.assertEqual((transfer.expected_date, transfer.remark), (day, "Careful"))

    def test_a_third_party_brings_something(self):
        transfer = self.order("receipt", remark="Tea farm")
        self.assertEqual((transfer.kind, transfer.state), ("receipt", "approved"))
        self.receive_all(transfer)
        self.assertEqual(self.get_stock(self.shop, self.tea), 2)

    def test_an_order_that_is_sent_twice_is_started_once(self):
        first = self.order("pull", self.ec, uuid="till-order-1")
        second = self.order("pull", self.ec, uuid="till-order-1")
        self.assertEqual(first, second)

    def test_what_is_wrong_is_said(self):
        line = {"product_id": self.tea.id, "quantity": 1}
        for arguments, message in (
            (("pull", False, [line]), "Choose the other store"),
            (("pull", self.ec.id, []), "at least one product"),
            (("pull", self.ec.id, "x"), "at least one product"),
            (("pull", self.ec.id, [7]), "at least one product"),
            (("pull", self.ec.id, [{"quantity": 1}]), "Choose a product"),
            (("pull", self.ec.id, [{**line, "quantity": "x"}]), "possible quantity"),
            (("pull", self.ec.id, [{**line, "quantity": -1}]), "above zero"),
            (("pull", self.ec.id, [line], "nonsense"), "not a date"),
            (("dance", self.ec.id, [line]), "no order dance"),
            (("pull", self.shop.id, [line]), "another store than your own"),
            (("pull", [[]], [line]), "from the list"),
            (("pull", {"id": 1}, [line]), "from the list"),
            (("receipt", [1], [line]), "from the list"),
            (("pull", self.ec.id, [{**line, "product_id": {"a": 1}}]), "from the list"),
            (("pull", self.ec.id, [{**line, "uom_id": [1]}]), "from the list"),
        ):
            with self.assertRaises(Exception) as caught, self.env.cr.savepoint():
                self.at_till("order", *arguments)
            self.assertRegex(str(caught.exception), message)
        with self.assertRefused("name of the customer"):
            self.at_till("request", self.ec.id, [line], "Ms. Lin")
