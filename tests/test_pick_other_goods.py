from odoo.tests import tagged

from .common_pick import PickCase


@tagged("post_install", "-at_install")
class TestPickOtherGoods(PickCase):
    """What is picked need not be what Odoo has set aside: lots, serials and shelves."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.cheese = cls._create_product("Cheese", "CHS-001", tracking="lot")
        cls.phone = cls._create_product("Phone", "PHN-001", tracking="serial")
        cls.old, cls.new = (
            cls._add_lot(cls.cheese, name, 5) for name in ("OLD", "NEW")
        )
        cls.serials = [cls._add_lot(cls.phone, f"SN-{n}", 1) for n in range(1, 5)]

    @classmethod
    def _add_lot(cls, product, name, quantity):
        lot = cls.env["stock.lot"].create(
            {"name": name, "product_id": product.id, "company_id": cls.company.id}
        )
        cls._add_stock(cls.ec, product, quantity, lot=lot)

    def get_reserved(self, transfer):
        """Return ``{lot or serial number: how much is set aside}``."""
        moves = self.get_pickings(transfer, "outgoing").move_ids
        return {
            line.lot_id.name: line.quantity
            for line in moves.sudo().move_line_ids
            if line.quantity
        }

    def get_shipped(self, transfer):
        moves = self.get_pickings(transfer, "outgoing", "done").move_ids
        return {line.lot_id.name: line.quantity for line in moves.sudo().move_line_ids}

    def test_the_reserved_lot_is_picked_by_its_label(self):
        transfer = self.make_approved({self.cheese: 2})
        pick = self.start_pick(transfer)
        self.assertEqual(self.get_row(pick, self.cheese)["lot"], "OLD")
        results = self.scan(pick, "OLD", "OLD", "OLD")
        self.assertEqual(
            [result["status"] for result in results], ["counted", "counted", "refused"]
        )
        self.submit_pick(pick)
        self.assertEqual(self.get_shipped(transfer), {"OLD": 2})

    def test_a_product_alone_does_not_say_which_lot(self):
        pick = self.start_pick(self.make_approved({self.cheese: 2}))
        [asked] = self.scan(pick, "CHS-001")
        self.assertEqual(asked["status"], "asks_lot")
        [row] = pick.line_ids
        [taken] = self.send(
            pick, {"kind": "scan", "barcode": "CHS-001", "line_id": row.id}
        )
        self.assertEqual(taken["status"], "counted")
        self.assertEqual(self.get_picked(pick), {("CHS-001", "OLD"): 1})

    def test_another_lot_is_taken_and_what_is_set_aside_moves_over(self):
        transfer = self.make_approved({self.cheese: 3})
        pick = self.start_pick(transfer)
        self.assertEqual(self.get_reserved(transfer), {"OLD": 3})
        [first] = self.scan(pick, "OLD")
        [other] = self.scan(pick, "NEW")
        self.assertEqual(other["status"], "counted")
        self.assertNotEqual(other["line_id"], first["line_id"])
        self.assertEqual(self.get_reserved(transfer), {"OLD": 2, "NEW": 1})
        rows = {row["lot"]: row for row in self.get_rows(pick, self.cheese)}
        self.assertEqual((rows["OLD"]["expected"], rows["OLD"]["came"]), (2, 1))
        self.assertEqual((rows["NEW"]["expected"], rows["NEW"]["came"]), (1, 1))
        self.submit_pick(pick)
        self.assertEqual(self.get_shipped(transfer), {"OLD": 1, "NEW": 1})
        self.assertEqual(transfer.to_ship_quantity, 1)

    def test_the_answer_says_both_rows(self):
        pick = self.start_pick(self.make_approved({self.cheese: 3}))
        now = pick.get_screen()["now"]
        answer = pick.record_scans(
            [{"uuid": "another-lot", "kind": "scan", "barcode": "NEW"}], now
        )
        rows = {row["lot"]: (row["expected"], row["came"]) for row in answer["rows"]}
        self.assertEqual(rows, {"OLD": (2, 0), "NEW": (1, 1)})

    def test_another_serial_number(self):
        transfer = self.make_approved({self.phone: 2})
        pick = self.start_pick(transfer)
        results = self.scan(pick, "SN-4", "SN-1", "SN-3", "SN-4")
        self.assertEqual(
            [result["status"] for result in results],
            ["counted", "counted", "refused", "refused"],
        )
        self.assertIn("only 2 Units of it are to ship", results[2]["message"])
        self.assertIn("SN-4 was picked already", results[3]["message"])
        self.assertEqual(self.get_reserved(transfer), {"SN-4": 1, "SN-1": 1})
        self.submit_pick(pick)
        self.assertEqual(self.get_shipped(transfer), {"SN-4": 1, "SN-1": 1})

    def test_a_lot_that_is_reserved_for_somebody_else_is_refused_by_name(self):
        other = self.make_approved({self.phone: 2})
        transfer = self.make_approved({self.phone: 1})
        pick = self.start_pick(transfer)
        self.assertEqual(set(self.get_reserved(other)), {"SN-1", "SN-2"})
        [refused] = self.scan(pick, "SN-1")
        self.assertEqual(refused["status"], "refused")
        self.assertIn(f"SN-1 is reserved for {other.name}", refused["message"])
        self.assertEqual(self.get_reserved(transfer), {"SN-3": 1})
        self.assertEqual(len(pick.line_ids), 1)

    def test_a_lot_that_is_not_here(self):
        away = self.env["stock.lot"].create(
            {"name": "AWAY", "product_id": self.cheese.id}
        )
        self._add_stock(self.shop, self.cheese, 5, lot=away)
        pick = self.start_pick(self.make_approved({self.cheese: 3}))
        [refused] = self.scan(pick, "AWAY")
        self.assertIn("lot AWAY is not in stock at EC Warehouse", refused["message"])

    def test_a_lot_that_nobody_knows(self):
        pick = self.start_pick(self.make_approved({self.cheese: 3}))
        [unknown] = self.scan(pick, "NOBODY")
        self.assertEqual(unknown["status"], "unknown")
        [refused] = self.send(
            pick, {"kind": "scan", "barcode": "CHS-001", "lot_name": "NOBODY"}
        )
        self.assertIn("nobody knows the lot or serial number", refused["message"])

    def test_more_of_a_lot_than_is_free(self):
        transfer = self.make_approved({self.cheese: 8})
        pick = self.start_pick(transfer)
        row = next(row for row in pick.get_screen()["rows"] if row["lot"] == "NEW")
        self.assertEqual(row["expected"], 3)
        values = {"kind": "set", "line_id": row["id"]}
        [taken, refused] = self.send(
            pick, {**values, "quantity": 5}, {**values, "quantity": 6}
        )
        self.assertEqual(taken["status"], "counted")
        self.assertEqual(refused["status"], "refused")
        self.assertEqual(self.get_reserved(transfer), {"OLD": 3, "NEW": 5})

    def test_taken_back_the_first_one_is_set_aside_again(self):
        transfer = self.make_approved({self.phone: 1})
        pick = self.start_pick(transfer)
        self.send(pick, {"uuid": "wrong-one", "kind": "scan", "barcode": "SN-3"})
        self.assertEqual(self.get_reserved(transfer), {"SN-3": 1})
        [undone] = self.send(pick, {"kind": "undo", "undoes": "wrong-one"})
        self.assertEqual(undone["status"], "counted")
        self.assertEqual(self.get_reserved(transfer), {"SN-1": 1})
        rows = {row["lot"]: row for row in self.get_rows(pick, self.phone)}
        self.assertEqual((rows["SN-1"]["expected"], rows["SN-3"]["expected"]), (1, 0))

    def test_taken_back_when_the_first_one_is_somebody_elses(self):
        transfer = self.make_approved({self.phone: 1})
        pick = self.start_pick(transfer)
        self.send(pick, {"uuid": "wrong-one", "kind": "scan", "barcode": "SN-3"})
        other = self.make_approved({self.phone: 2})
        self.assertEqual(self.get_reserved(other), {"SN-1": 1, "SN-2": 1})
        self.send(pick, {"kind": "undo", "undoes": "wrong-one"})
        self.assertEqual(self.get_reserved(transfer), {"SN-3": 1})
        self.assertEqual(self.get_reserved(other), {"SN-1": 1, "SN-2": 1})

    def test_taken_and_taken_back_at_once(self):
        transfer = self.make_approved({self.cheese: 3})
        pick = self.start_pick(transfer)
        self.send(
            pick,
            {"uuid": "first-one", "kind": "scan", "barcode": "NEW"},
            {"uuid": "second-one", "kind": "scan", "barcode": "NEW"},
            {"kind": "undo", "undoes": "first-one"},
        )
        self.assertEqual(self.get_picked(pick), {("CHS-001", "NEW"): 1})
        self.assertEqual(self.get_reserved(transfer), {"OLD": 2, "NEW": 1})

    def test_taken_back_of_a_row_that_others_pick_too(self):
        """What is picked stays set aside, of whichever lot."""
        transfer = self.make_approved({self.cheese: 8})
        pick = self.start_pick(transfer)
        self.assertEqual(self.get_reserved(transfer), {"OLD": 5, "NEW": 3})
        row = next(
            row for row in self.get_rows(pick, self.cheese) if row["lot"] == "NEW"
        )
        self.send(
            pick,
            {"kind": "set", "line_id": row["id"], "quantity": 2},
            {"uuid": "too-many", "kind": "set", "line_id": row["id"], "quantity": 5},
        )
        self.assertEqual(self.get_reserved(transfer), {"OLD": 3, "NEW": 5})
        self.send(pick, {"kind": "undo", "undoes": "too-many"})
        self.assertEqual(self.get_picked(pick), {("CHS-001", "NEW"): 2})
        self.assertEqual(self.get_reserved(transfer), {"OLD": 5, "NEW": 3})

    def test_taken_back_it_can_be_replaced(self):
        transfer = self.make_approved({self.phone: 1})
        pick = self.start_pick(transfer)
        self.send(pick, {"uuid": "wrong-one", "kind": "scan", "barcode": "SN-3"})
        self.send(pick, {"kind": "undo", "undoes": "wrong-one"})
        self.assertEqual(self.get_picked(pick), {})
        [taken] = self.scan(pick, "SN-1")
        self.assertEqual(taken["status"], "counted")
        self.submit_pick(pick)
        self.assertEqual(self.get_shipped(transfer), {"SN-1": 1})

    def test_what_was_picked_is_set_aside_again(self):
        """Somebody in the Inventory app gives free what was picked."""
        transfer = self.make_approved({self.cheese: 3})
        pick = self.start_pick(transfer)
        self.scan(pick, "NEW", "NEW")
        self.get_pickings(transfer, "outgoing").do_unreserve()
        self.submit_pick(pick)
        self.assertEqual(self.get_shipped(transfer), {"NEW": 2})

    def test_what_was_picked_was_given_to_somebody_else(self):
        transfer = self.make_approved({self.phone: 1})
        pick = self.start_pick(transfer)
        self.scan(pick, "SN-1")
        self.get_pickings(transfer, "outgoing").do_unreserve()
        other = self.make_approved({self.phone: 1})
        self.assertEqual(self.get_reserved(other), {"SN-1": 1})
        with self.assertRefused(f"SN-1 is reserved for {other.name}"):
            pick.action_submit()
        self.assertEqual(transfer.in_transit_quantity, 0)
        # It can still be put right, on the screen and in the dialog.
        self.assertEqual(self.start_pick(transfer), pick)
        row = next(row for row in pick.get_screen()["rows"] if row["lot"] == "SN-1")
        sentences = {
            outcome["line_id"]: outcome["sentence"]
            for outcome in pick.get_review()["outcomes"]
        }
        self.assertIn("are not there for this transfer any more", sentences[row["id"]])
        self.send(pick, {"kind": "set", "line_id": row["id"], "quantity": 0})
        self.scan(pick, "SN-4")
        self.submit_pick(pick)
        self.assertEqual(self.get_shipped(transfer), {"SN-4": 1})

    def test_the_dialog_ships_what_is_there_instead(self):
        transfer = self.make_approved({self.phone: 1})
        pick = self.start_pick(transfer)
        self.scan(pick, "SN-1")
        self.get_pickings(transfer, "outgoing").do_unreserve()
        self.make_approved({self.phone: 1})
        self.ship(transfer)
        self.assertEqual(self.get_shipped(transfer), {"SN-2": 1})
        self.assertEqual(self.get_picked(pick), {("PHN-001", "SN-2"): 1})


@tagged("post_install", "-at_install")
class TestPickShelves(PickCase):
    """Rows come in the order of the shelves."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        stock = cls.ec.lot_stock_id
        cls.far = cls._create_location("Shelf Z", stock)
        cls.near = cls._create_location("Shelf A", stock)
        cls.stone, cls.jar = (
            cls._create_product(name, sku)
            for name, sku in (("Stone", "STN-001"), ("Jar", "JAR-001"))
        )
        quants = cls.env["stock.quant"]
        quants._update_available_quantity(cls.stone, cls.far, 5)
        quants._update_available_quantity(cls.jar, cls.near, 2)
        quants._update_available_quantity(cls.jar, cls.far, 5)

    def test_in_order(self):
        lines = {self.stone: 3, self.jar: 4, self.tea: 1}
        pick = self.start_pick(self.make_approved(lines))
        rows = pick.get_screen()["rows"]
        self.assertEqual(
            [(row["sku"], row["location"], row["expected"]) for row in rows],
            [
                ("TEA-001", "", 1),
                ("JAR-001", "Shelf A", 2),
                ("STN-001", "Shelf Z", 3),
                ("JAR-001", "Shelf Z", 2),
            ],
        )
        orders = [row["location_order"] for row in rows]
        self.assertEqual(orders, sorted(orders))

    def test_one_shelf_after_the_other(self):
        transfer = self.make_approved({self.jar: 4})
        pick = self.start_pick(transfer)
        results = self.scan(pick, "JAR-001", "JAR-001", "JAR-001")
        near, far = self.get_rows(pick, self.jar)
        self.assertEqual([near["came"], far["came"]], [2, 1])
        self.assertEqual(results[2]["line_id"], far["id"])
        self.submit_pick(pick)
        moves = self.get_pickings(transfer, "outgoing", "done").move_ids
        self.assertEqual(
            {line.location_id: line.quantity for line in moves.sudo().move_line_ids},
            {self.near: 2, self.far: 1},
        )

    def test_from_the_shelf_that_was_pressed(self):
        transfer = self.make_approved({self.jar: 4})
        pick = self.start_pick(transfer)
        near, far = self.get_rows(pick, self.jar)
        [more] = self.send(pick, {"kind": "set", "line_id": far["id"], "quantity": 4})
        self.assertEqual(more["status"], "counted")
        near, far = self.get_rows(pick, self.jar)
        self.assertEqual([near["expected"], far["expected"]], [0, 4])
        self.submit_pick(pick)
        self.assertEqual(self.get_stock(self.ec, self.jar), 3)
