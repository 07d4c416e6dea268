from datetime import datetime, time, timedelta
from unittest.mock import patch

from odoo import fields
from odoo.exceptions import AccessError
from odoo.fields import Command
from odoo.tests import Form, tagged
from odoo.tools import format_date

from .common_transfers import StoreTransferCase


@tagged("post_install", "-at_install")
class TestExpiry(StoreTransferCase):
    """A lot that is past its date stops nobody, and goes nowhere unseen."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.milk = cls._create_product(
            "Oat Milk",
            "MLK-001",
            tracking="lot",
            use_expiration_date=True,
            expiration_time=60,
            removal_time=5,
        )
        fefo = cls.env.ref("product_expiry.removal_fefo")
        cls.milk.categ_id = cls.env["product.category"].create(
            {"name": "Fresh", "removal_strategy_id": fefo.id}
        )

    def make_lot(self, name, days, product=None):
        """Make a lot that expires in so many days."""
        return self.env["stock.lot"].create(
            {
                "name": name,
                "product_id": (product or self.milk).id,
                "expiration_date": datetime.now() + timedelta(days=days),
            }
        )

    def let_expire(self, lot, days=10):
        expired_on = datetime.now() - timedelta(days=days)
        lot.write(
            {
                "expiration_date": expired_on,
                "removal_date": expired_on - timedelta(days=5),
            }
        )

    def make_shipped_lot(self, quantity=10, **lines):
        """Ship milk of one lot from EC to the shop; it expires on the way."""
        lot = self.make_lot("A", 30)
        self._add_stock(self.ec, self.milk, quantity, lot=lot)
        transfer = self.make_shipped_transfer({self.milk: quantity, self.tea: 5})
        self.assertEqual(transfer.in_transit_quantity, quantity + 5)
        self.let_expire(lot)
        return transfer, lot

    def get_lots(self, location, product=None):
        """Return ``{lot name: quantity}`` of what stands somewhere."""
        quants = self.env["stock.quant"].search(
            [
                ("product_id", "=", (product or self.milk).id),
                ("location_id", "child_of", location.id),
                ("quantity", "!=", 0),
            ]
        )
        return {quant.lot_id.name: quant.quantity for quant in quants}

    def test_everything_came_asks_about_what_expired(self):
        transfer, lot = self.make_shipped_lot()
        action = transfer.with_user(self.shop_staff).action_receive_all()
        count = self.env[action["res_model"]].browse(action["res_id"])
        count = count.with_user(self.shop_staff)
        day = self._get_day(lot.expiration_date)
        self.assertEqual(
            count.expired_message,
            f"[MLK-001] Oat Milk: 10 Units of lot A, expired on {day}.",
        )
        self.assertEqual(
            count.difference_line_ids.mapped("consequence"),
            [f"expired on {day}: into stock, unless it is counted as damaged"],
        )
        self.assertEqual(transfer.in_transit_quantity, 15)
        count.action_submit()
        self.assertLedger(transfer)
        self.assertEqual(transfer.state, "done")
        self.assertEqual(self.get_lots(self.shop.lot_stock_id), {"A": 10})
        self.assertEqual(self.get_stock(self.shop, self.tea), 5)

    def _get_day(self, moment):
        reader = self.env["stock.lot"].with_user(self.shop_staff)
        local = fields.Datetime.context_timestamp(reader, moment)
        return format_date(reader.env, local.date())

    def test_nothing_is_asked_while_it_is_fresh(self):
        lot = self.make_lot("A", 30)
        self._add_stock(self.ec, self.milk, 10, lot=lot)
        transfer = self.make_shipped_transfer({self.milk: 10})
        self.receive_all(transfer)
        self.assertEqual(transfer.state, "done")

    def test_count_it_as_damaged(self):
        transfer, _lot = self.make_shipped_lot()
        count = self.start_count(transfer)
        count.action_everything_came()
        count.action_review()
        count.action_expired_as_damaged()
        self.assertFalse(count.expired_message)
        count.action_submit()
        self.assertLedger(transfer)
        self.assertEqual(transfer.state, "done")
        self.assertFalse(self.get_lots(self.shop.lot_stock_id))
        damaged = self.shop._get_damage_location()
        self.assertEqual(self.get_lots(damaged), {"A": 10})
        self.assertEqual(self.get_stock(self.shop, self.tea), 5)

    def test_count_in_the_form_line_by_line(self):
        transfer, _lot = self.make_shipped_lot()
        self.count(transfer, {self.milk: 4, self.tea: 5})
        self.assertEqual(transfer.state, "partial")
        self.assertEqual(self.get_lots(self.shop.lot_stock_id), {"A": 4})

    def test_past_its_removal_date_only(self):
        transfer, lot = self.make_shipped_lot()
        lot.expiration_date = datetime.now() + timedelta(days=3)
        count = self.start_count(transfer)
        count.action_everything_came()
        self.assertIn(
            f"out of sale since {self._get_day(lot.removal_date)}",
            count.expired_message,
        )
        count.action_submit()
        self.assertLedger(transfer)
        self.assertEqual(self.get_lots(self.shop.lot_stock_id), {"A": 10})

    def test_the_scan_screen_tells_dates_and_asks(self):
        transfer, lot = self.make_shipped_lot()
        count = self.start_count(transfer)
        count.action_everything_came()
        rows = {row["sku"]: row for row in count.get_screen()["rows"]}
        day = self._get_day(lot.expiration_date)
        self.assertEqual(rows["MLK-001"]["expiry"], f"expired on {day}")
        self.assertTrue(rows["MLK-001"]["is_expired"])
        self.assertEqual(rows["TEA-001"]["expiry"], "")
        review = count.get_review()
        self.assertIn("10 Units of lot A", review["expired"])
        [row] = count.count_expired_as_damaged()["rows"]
        self.assertEqual((row["came"], row["damaged"]), (10, 10))
        self.assertFalse(count.get_review()["expired"])

    def test_a_blind_count_asks_of_what_was_counted_only(self):
        self.shop.transfer_blind_count = True
        transfer, _lot = self.make_shipped_lot()
        count = self.start_count(transfer)
        self.assertFalse(count.expired_message)
        milk = count.sudo().line_ids.filtered(lambda line: line.lot_id)
        # As a scan of it does.
        milk.counted_quantity = 7
        self.assertIn("7 Units of lot A", count.expired_message)
        count.action_expired_as_damaged()
        count.action_submit()
        self.assertLedger(transfer)
        self.assertEqual(self.get_lots(self.shop._get_damage_location()), {"A": 7})

    def test_only_who_counts_declares_it_damaged(self):
        transfer, _lot = self.make_shipped_lot()
        count = self.start_count(transfer)
        count.action_everything_came()
        with self.assertRefused("you are not one of them", AccessError):
            count.with_user(self.ec_staff).count_expired_as_damaged()
        self.assertTrue(count.expired_message)

    def test_third_party_brings_what_has_no_days(self):
        self.milk.expiration_time = 0
        transfer = self.make_transfer(
            self.shop_staff, {self.milk: 6}, kind="receipt", remark="Farm"
        )
        self.submit(transfer, self.shop_staff)
        count = self.start_count(transfer)
        count.line_ids.write({"counted_quantity": 6, "lot_name": "F-1"})
        count.action_submit()
        self.assertLedger(transfer)
        self.assertEqual(transfer.state, "done")
        self.assertEqual(self.get_lots(self.shop.lot_stock_id), {"F-1": 6})

    def settle(self, transfer, outcome):
        self.count(transfer, {self.tea: 5})
        self.settle_all(transfer, outcome)

    def test_settle_as_lost(self):
        transfer, _lot = self.make_shipped_lot()
        self.settle(transfer, "lost")
        self.assertEqual(transfer.state, "done")
        self.assertEqual(sum(transfer.line_ids.mapped("lost_quantity")), 10)

    def test_settle_as_damaged(self):
        transfer, _lot = self.make_shipped_lot()
        self.settle(transfer, "damaged")
        self.assertEqual(sum(transfer.line_ids.mapped("damaged_quantity")), 10)

    def test_settle_as_not_sent(self):
        transfer, _lot = self.make_shipped_lot()
        self.settle(transfer, "not_sent")
        self.assertEqual(self.get_lots(self.ec.lot_stock_id), {"A": 10})

    def test_settle_as_returned(self):
        transfer, _lot = self.make_shipped_lot()
        self.settle(transfer, "returned")
        transfer.with_user(self.ec_staff).action_take_back()
        self.assertLedger(transfer)
        self.assertEqual(transfer.state, "done")
        self.assertEqual(self.get_lots(self.ec.lot_stock_id), {"A": 10})

    def make_expired_at_shop(self, fresh=0):
        """Put 3 pieces of an expired lot, and perhaps fresh ones, into the shop."""
        old = self.make_lot("OLD", 30)
        self._add_stock(self.shop, self.milk, 3, lot=old)
        if fresh:
            lot = self.make_lot("NEW", 30)
            self._add_stock(self.shop, self.milk, fresh, lot=lot)
        self.let_expire(old)
        return old

    def make_way_back(self, quantity, user=None):
        """Approve a transfer of milk from the shop to EC."""
        transfer = self.make_transfer(
            self.shop_staff,
            {self.milk: quantity},
            source_store_id=self.shop.id,
            destination_store_id=self.ec.id,
        )
        self.submit(transfer, self.shop_staff)
        self.approve(transfer, self.ec_approver)
        return transfer

    def open_ship(self, transfer):
        return self.open_wizard(transfer, self.shop_staff, "action_open_ship")

    def choose_lot(self, wizard, quantity, beside=None):
        """Enter how much goes of the expired lot, and of what was reserved."""
        with Form(wizard) as form:
            for index in range(len(form.line_ids)):
                with form.line_ids.edit(index) as line:
                    if line.lot_id:
                        line.quantity = quantity
                    elif beside is not None:
                        line.quantity = beside

    def test_send_expired_goods_back(self):
        self.company.transfer_block_shortage = True
        old = self.make_expired_at_shop()
        transfer = self.make_way_back(3)
        self.assertIn(
            "3 Units at Shop North are past their date",
            transfer.with_user(self.shop_staff).source_stock_message,
        )
        wizard = self.open_ship(transfer)
        rows = [
            (row.lot_id, row.quantity, row.free_quantity) for row in wizard.line_ids
        ]
        self.assertEqual(rows, [(old.browse(), 0, 0), (old, 0, 3)])
        self.assertRegex(wizard.line_ids[1].notice, "expired on ")
        self.choose_lot(wizard, 3)
        wizard.action_ship()
        self.assertLedger(transfer)
        self.assertEqual(self.get_lots(self.transit), {"OLD": 3})
        count = self.start_count(transfer, self.ec_staff)
        count.action_everything_came()
        count.action_expired_as_damaged()
        count.action_submit()
        self.assertLedger(transfer)
        self.assertEqual(transfer.state, "done")
        self.assertEqual(self.get_lots(self.ec._get_damage_location()), {"OLD": 3})

    def test_the_moment_of_arrival_is_noon_at_the_store(self):
        self.company.partner_id.tz = "Asia/Taipei"
        self.ec.partner_id = self.company.partner_id
        day = fields.Date.today() + timedelta(days=5)
        for hour, told in ((11, True), (13, False)):
            with self.subTest(hour=hour):
                product = self._create_product("Kefir", f"K-{hour}", tracking="lot")
                lot = self.make_lot(f"K-{hour}", 30, product)
                # Taipei is eight hours before UTC.
                moment = datetime.combine(day, time(hour - 8))
                lot.write({"expiration_date": moment, "removal_date": moment})
                self._add_stock(self.shop, product, 3, lot=lot)
                transfer = self.make_transfer(
                    self.shop_staff,
                    {product: 3},
                    source_store_id=self.shop.id,
                    destination_store_id=self.ec.id,
                    expected_date=day,
                )
                message = transfer.source_stock_message or ""
                self.assertEqual("past their date" in message, told)

    def test_a_shortage_blocks_what_is_not_there_at_all(self):
        self.company.transfer_block_shortage = True
        self.make_expired_at_shop()
        with self.assertRefused("Shop North does not have enough of"):
            self.make_way_back(4)

    def test_fresh_goods_go_first_and_expired_ones_on_purpose(self):
        self.make_expired_at_shop(fresh=8)
        transfer = self.make_way_back(10)
        wizard = self.open_ship(transfer)
        self.assertEqual(sum(wizard.line_ids.mapped("quantity")), 8)
        self.choose_lot(wizard, 2, beside=5)
        wizard.action_ship()
        self.assertLedger(transfer)
        self.assertEqual(self.get_lots(self.transit), {"OLD": 2, "NEW": 5})
        self.ship(transfer, user=self.shop_staff)
        self.assertEqual(self.get_lots(self.transit), {"OLD": 2, "NEW": 8})
        self.assertEqual(transfer.to_ship_quantity, 0)

    def test_what_expires_while_reserved_is_left(self):
        lot = self.make_lot("A", 30)
        self._add_stock(self.ec, self.milk, 4, lot=lot)
        transfer = self.make_transfer(lines={self.milk: 4, self.tea: 1})
        self.submit(transfer)
        self.approve(transfer)
        self.let_expire(lot)
        fresh = self.make_lot("B", 30)
        self._add_stock(self.ec, self.milk, 3, lot=fresh)
        self.ship(transfer)
        self.assertEqual(self.get_lots(self.transit), {"B": 3})
        self.assertEqual(sum(transfer.line_ids.mapped("to_ship_quantity")), 1)

    def test_what_expired_before_its_removal_date_is_left_as_well(self):
        old = self.make_expired_at_shop(fresh=8)
        old.removal_date = datetime.now() + timedelta(days=20)
        transfer = self.make_way_back(10)
        wizard = self.open_ship(transfer)
        self.assertEqual(sum(wizard.line_ids.mapped("quantity")), 8)
        self.assertEqual(wizard.line_ids.lot_id, old)

    def test_dispatch_expired_goods_to_a_third_party(self):
        self.make_expired_at_shop()
        transfer = self.make_transfer(
            self.shop_staff,
            {self.milk: 3},
            kind="dispatch",
            source_store_id=self.shop.id,
            remark="Destroyer of food",
        )
        self.submit(transfer, self.shop_staff)
        wizard = self.open_ship(transfer)
        self.choose_lot(wizard, 3)
        wizard.action_ship()
        self.assertLedger(transfer)
        self.assertEqual(transfer.state, "done")
        self.assertFalse(self.get_lots(self.shop.lot_stock_id))

    def test_no_more_of_a_lot_than_is_there(self):
        self.make_expired_at_shop(fresh=8)
        transfer = self.make_way_back(10)
        wizard = self.open_ship(transfer)
        self.choose_lot(wizard, 4, beside=5)
        with self.assertRefused("of lot OLD, Shop North has only 3 Units"):
            wizard.action_ship()

    def test_no_more_in_all_than_is_to_ship(self):
        self.make_expired_at_shop(fresh=8)
        transfer = self.make_way_back(9)
        wizard = self.open_ship(transfer)
        self.choose_lot(wizard, 3, beside=8)
        with self.assertRefused("9 Units are to ship. Enter so much in all"):
            wizard.action_ship()

    def test_no_lot_but_those_that_are_offered(self):
        self.make_expired_at_shop(fresh=8)
        transfer = self.make_way_back(9)
        fresh = self.env["stock.lot"].search([("name", "=", "NEW")])
        wizard = self.open_ship(transfer)
        wizard.line_ids = [
            Command.create(
                {
                    "line_id": transfer.line_ids.id,
                    "lot_id": fresh.id,
                    "quantity": 1,
                }
            )
        ]
        with self.assertRefused("of lot NEW, Shop North has only 0 Units to choose"):
            wizard.action_ship()

    def start_pick(self, transfer):
        action = transfer.with_user(self.shop_staff).action_pick()
        picks = self.env["store.transfer.pick"].with_user(self.shop_staff)
        return picks.browse(action["params"]["pick_id"])

    def send(self, pick, event):
        event = {"uuid": f"event-{len(pick.scan_ids):05}", **event}
        [result] = pick.record_scans([event])["results"].values()
        self.assertLedger(pick.transfer_id)
        return result

    def test_an_expired_lot_is_picked_on_purpose_only(self):
        self.make_expired_at_shop(fresh=8)
        pick = self.start_pick(self.make_way_back(10))
        rows = {row["lot"]: row for row in pick.get_screen()["rows"]}
        self.assertEqual(
            {lot: (row["expected"], row["is_expired"]) for lot, row in rows.items()},
            {"NEW": (8, False), "": (2, False), "OLD": (0, True)},
        )
        self.assertEqual(rows["NEW"]["free"], 0)
        refused = self.send(pick, {"kind": "scan", "barcode": "OLD"})
        self.assertEqual(refused["status"], "refused")
        self.assertRegex(
            refused["message"], "lot OLD, expired on .* To send it all the same, enter"
        )
        typed = {"kind": "set", "line_id": rows["OLD"]["id"], "quantity": 2}
        self.assertEqual(self.send(pick, typed)["status"], "counted")
        fresh = {"kind": "all_came", "line_id": rows["NEW"]["id"]}
        self.assertEqual(self.send(pick, fresh)["status"], "counted")
        self.assertRegex(pick.get_review()["expired"], "2 Units of lot OLD, expired on")
        # The dialog shows the same, and leaves it as it is.
        wizard = self.open_ship(pick.transfer_id)
        self.assertEqual(
            [(row.lot_id.name, row.quantity) for row in wizard.line_ids],
            [(False, 8), ("OLD", 2)],
        )
        pick.action_submit()
        self.assertLedger(pick.transfer_id)
        self.assertEqual(self.get_lots(self.transit), {"OLD": 2, "NEW": 8})

    def test_no_more_of_an_expired_lot_than_is_there(self):
        self.make_expired_at_shop(fresh=8)
        pick = self.start_pick(self.make_way_back(9))
        row = next(row for row in pick.get_screen()["rows"] if row["lot"] == "OLD")
        typed = {"kind": "set", "line_id": row["id"], "quantity": 4}
        refused = self.send(pick, typed)
        self.assertIn(
            "of lot OLD, Shop North has only 3 Units more", refused["message"]
        )
        self.assertEqual(self.send(pick, {**typed, "quantity": 3})["status"], "counted")
        pick.action_submit()
        self.assertEqual(self.get_lots(self.transit), {"OLD": 3})
        self.assertEqual(pick.transfer_id.to_ship_quantity, 6)

    def ask_before_validation(self, picking, answered):
        """Let another app ask something, until it finds its answer in the context."""

        def ask(pickings):
            if pickings.env.context.get(answered):
                return True
            return {
                "type": "ir.actions.act_window",
                "name": "Is the truck sealed?",
                "res_model": "stock.backorder.confirmation",
            }

        return patch.object(type(picking), "_pre_action_done_hook", ask)

    def test_a_question_that_nobody_answers_is_named(self):
        transfer = self.make_transfer()
        self.submit(transfer)
        self.approve(transfer)
        picking = self.get_pickings(transfer, "outgoing")
        with (
            self.ask_before_validation(picking, "is_sealed"),
            self.assertRefused(
                f"{picking.name} could not be validated.*Is the truck sealed.*"
                f"Inventory app.*{transfer.name} then goes on by itself"
            ),
        ):
            self.ship(transfer)

    def test_an_addon_answers_a_question(self):
        transfer = self.make_transfer()
        self.submit(transfer)
        self.approve(transfer)
        picking = self.get_pickings(transfer, "outgoing")

        def answer(self, question):
            if question["res_model"] != "stock.backorder.confirmation":
                return None
            return (
                picking.sudo()
                .with_context(is_sealed=True, skip_backorder=True)
                .button_validate()
            )

        with (
            self.ask_before_validation(picking, "is_sealed"),
            patch.object(type(transfer), "_answer_validation_question", answer),
        ):
            self.ship(transfer)
        self.assertEqual(transfer.in_transit_quantity, 10)
