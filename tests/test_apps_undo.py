from datetime import datetime, timedelta

from odoo.tests import tagged

from .common_apps import AppsCase
from .common_owners import OwnersCase


class UndoCase(AppsCase, OwnersCase):
    """What was shipped or counted is taken back, and done again."""

    def undo_shipment(self, transfer):
        transfer.with_user(self.ec_staff).action_undo_shipment()
        self.assertLedger(transfer)

    def undo_count(self, transfer):
        transfer.with_user(self.shop_approver).action_undo_count()
        self.assertLedger(transfer)

    def count_all(self, transfer, good, damaged=0):
        count = self.start_count(transfer)
        count.line_ids.write({"counted_quantity": good, "damaged_quantity": damaged})
        count.action_submit()
        self.assertLedger(transfer)
        return count

    def make_dispatch(self, lines):
        transfer = self.make_transfer(lines=lines, kind="dispatch")
        self.submit(transfer)
        self.ship(transfer)
        return transfer


@tagged("post_install", "-at_install")
class TestAppsUndoLayers(UndoCase):
    """Pieces that were bought at several prices, each worth what was paid for it."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.products = cls.env["product.product"]
        for valuation in ("periodic", "real_time"):
            product = cls._create_valued_product(
                f"fifo {valuation} layers", "fifo", valuation
            )
            for quantity, unit_cost in ((3, 1.07), (4, 2.33), (5, 3.1)):
                cls._buy(cls.ec, product, quantity, unit_cost)
            cls.products += product

    def assertEachWorth(self, value):
        for product in self.products:
            with self.subTest(product.name):
                self.assertAlmostEqual(self.get_booked_value(product), value, 2)
                self.assertAlmostEqual(self.get_value(product), value, 2)

    def get_lines(self, quantity):
        return dict.fromkeys(self.products, quantity)

    def test_between_stores_nothing_is_worth_more_or_less(self):
        transfer = self.make_shipped_transfer(self.get_lines(8))
        self.assertEachWorth(28.03)
        self.undo_shipment(transfer)
        self.assertEachWorth(28.03)
        self.ship(transfer)
        self.count_all(transfer, 6)
        self.undo_count(transfer)
        self.assertEachWorth(28.03)
        self.count_all(transfer, 8)
        self.assertEachWorth(28.03)

    def test_a_dispatch_comes_back_at_what_it_left_with(self):
        transfer = self.make_dispatch(self.get_lines(5))
        # Three at 1.07 and two at 2.33 have left.
        self.assertEachWorth(20.16)
        for product in self.products:
            self._buy(self.ec, product, 2, 9)
        self.assertEachWorth(38.16)
        self.undo_shipment(transfer)
        self.assertEachWorth(46.03)
        self.assertEqual(transfer.to_ship_quantity, 10)

    def test_damaged_pieces_of_an_undone_count(self):
        transfer = self.make_shipped_transfer(self.get_lines(8))
        self.count_all(transfer, 5, damaged=3)
        self.assertEachWorth(28.03 - 3 * 1.07)
        self.undo_count(transfer)
        self.assertEachWorth(28.03)
        self.count_all(transfer, 8)
        self.assertEachWorth(28.03)


@tagged("post_install", "-at_install")
class TestAppsUndoOwners(UndoCase):
    """Goods of a consignor stay theirs, and are worth nothing to the company."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.vase = cls._create_valued_product(
            "consigned vase", "average", "real_time", standard_price=5
        )
        cls._consign(cls.ec, cls.vase, 6, cls.potter)
        cls._buy(cls.ec, cls.vase, 4, 5)

    def get_owned_at(self, store):
        return self.get_owned(store.lot_stock_id, self.vase)

    def test_a_shipment(self):
        before = self.get_owned_at(self.ec)
        transfer = self.make_shipped_transfer({self.vase: 10})
        self.undo_shipment(transfer)
        self.assertEqual(self.get_owned_at(self.ec), before)
        self.assertAlmostEqual(self.get_booked_value(self.vase), 20)

    def test_a_count(self):
        transfer = self.make_shipped_transfer({self.vase: 10})
        self.receive_all(transfer)
        arrived = self.get_owned_at(self.shop)
        self.assertEqual(arrived, {self.potter: 6, self.nobody: 4})
        self.undo_count(transfer)
        self.assertEqual(self.get_owned_at(self.shop), {})
        self.assertAlmostEqual(self.get_booked_value(self.vase), 20)
        self.count_all(transfer, 10)
        self.assertEqual(self.get_owned_at(self.shop), arrived)

    def test_what_the_owner_took_away_meanwhile(self):
        transfer = self.make_shipped_transfer({self.vase: 10})
        self.receive_all(transfer)
        self._consign(self.shop, self.vase, -2, self.potter)
        self._add_stock(self.shop, self.vase, 5)
        with self.assertRefused("has only 4 Units free of the 6 Units"):
            self.undo_count(transfer)

    def test_a_dispatch(self):
        before = self.get_owned_at(self.ec)
        transfer = self.make_dispatch({self.vase: 10})
        self.undo_shipment(transfer)
        self.assertEqual(self.get_owned_at(self.ec), before)
        self.assertAlmostEqual(self.get_booked_value(self.vase), 20)


@tagged("post_install", "-at_install")
class TestAppsUndoExpiry(UndoCase):
    """A lot passes its date after it was shipped, or counted."""

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
        cls.lot = cls.env["stock.lot"].create(
            {
                "name": "A",
                "product_id": cls.milk.id,
                "expiration_date": datetime.now() + timedelta(days=30),
            }
        )
        cls._add_stock(cls.ec, cls.milk, 10, lot=cls.lot)

    def let_expire(self):
        expired_on = datetime.now() - timedelta(days=10)
        self.lot.write(
            {
                "expiration_date": expired_on,
                "removal_date": expired_on - timedelta(days=5),
            }
        )

    def test_a_shipment(self):
        transfer = self.make_shipped_transfer({self.milk: 10})
        self.let_expire()
        self.undo_shipment(transfer)
        self.assertEqual(self.get_stock(self.ec, self.milk), 10)
        self.assertEqual(transfer.to_ship_quantity, 10)
        # Nothing of it goes again by itself.
        wizard = self.open_wizard(transfer, self.ec_staff, "action_open_ship")
        self.assertIn("are past their date", transfer.source_stock_message)
        with self.assertRefused("Nothing would leave"):
            wizard.action_ship()

    def test_a_count(self):
        transfer = self.make_shipped_transfer({self.milk: 10})
        count = self.count_all(transfer, 8)
        self.let_expire()
        self.undo_count(transfer)
        self.assertEqual(self.get_stock(self.shop, self.milk), 0)
        self.assertEqual(transfer.in_transit_quantity, 10)
        self.assertEqual(self.start_count(transfer), count)
        self.assertEqual(count.line_ids.counted_quantity, 8)
        count.line_ids.counted_quantity = 10
        self.assertIn("10 Units of lot A, expired on", count.expired_message)
        count.action_submit()
        self.assertLedger(transfer)
        self.assertEqual(self.get_stock(self.shop, self.milk), 10)

    def test_a_carton_of_it_is_packed_again(self):
        transfer = self.make_transfer(lines={self.milk: 10})
        self.submit(transfer)
        self.approve(transfer)
        action = transfer.with_user(self.ec_staff).action_pick()
        picks = self.env["store.transfer.pick"].with_user(self.ec_staff)
        pick = picks.browse(action["params"]["pick_id"])
        [row] = pick.get_screen()["rows"]
        pick.record_scans(
            [
                {"uuid": "new-carton", "kind": "carton"},
                {
                    "uuid": "all-of-it",
                    "kind": "set",
                    "line_id": row["id"],
                    "quantity": 10,
                    "carton": "new-carton",
                },
            ]
        )
        carton = transfer.sudo().carton_ids
        pick.action_submit()
        self.let_expire()
        self.undo_shipment(transfer)
        action = transfer.with_user(self.ec_staff).action_pick()
        pick = picks.browse(action["params"]["pick_id"])
        answer = pick.record_scans(
            [{"uuid": "packed-again", "kind": "scan", "barcode": carton.name}]
        )
        self.assertLedger(transfer)
        result = answer["results"]["packed-again"]
        self.assertEqual(result["status"], "refused")
        self.assertIn("lot A, expired on", result["message"])
        self.assertFalse(transfer.sudo().carton_ids)
