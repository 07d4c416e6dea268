from unittest import SkipTest

from odoo.fields import Command
from odoo.tests import tagged

from .common_apps import AppsCase
from .common_till import TillCase


@tagged("post_install", "-at_install")
class TestTillBesidePos(AppsCase, TillCase):
    """What the till asks where Point of Sale is there, as who may use that only."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        if "pos.config" not in cls.env:
            raise SkipTest("Point of Sale is not installed.")
        user_of_pos = cls.env.ref("point_of_sale.group_pos_user")
        people = cls.shop_staff | cls.shop_approver | cls.ec_staff | cls.ec_approver
        people.write({"group_ids": [Command.link(user_of_pos.id)]})

    def at_till(self, method, *arguments, store=None, **options):
        """The till's operation type is the one that Point of Sale has made."""
        store = store or self.shop
        user = options.pop("user", None) or self.shop_staff
        till = self.env["store.transfer.till"].with_user(user)
        till = till.with_context(allowed_company_ids=self.company.ids)
        return getattr(till, method)(store.pos_type_id.id, *arguments, **options)

    def open_till(self, updates_stock):
        self.company.point_of_sale_update_stock_quantities = updates_stock
        till = self.env["pos.config"].create(
            {
                "name": "Till",
                "company_id": self.company.id,
                "picking_type_id": self.shop.pos_type_id.id,
            }
        )
        till.with_user(self.shop_staff).open_ui()
        till.current_session_id.set_opening_control(0, "")
        return till

    def sell(self, till, quantity):
        order = self.env["pos.order"].create(
            {
                "session_id": till.current_session_id.id,
                "company_id": self.company.id,
                "amount_total": quantity,
                "amount_tax": 0,
                "amount_paid": quantity,
                "amount_return": 0,
                "lines": [
                    Command.create(
                        {
                            "product_id": self.tea.id,
                            "qty": quantity,
                            "price_unit": 1,
                            "price_subtotal": quantity,
                            "price_subtotal_incl": quantity,
                        }
                    )
                ],
            }
        )
        order.state = "paid"
        order._create_order_picking()
        return order

    def get_own_row(self):
        found = self.at_till("get_product", self.tea.id)
        return found["stock_is_late"], found["stores"][0]

    def test_who_only_sells_does_the_whole_job(self):
        shown = self.at_till(
            "request",
            self.ec.id,
            [{"product_id": self.tea.id, "quantity": 3}],
            {"name": "Ms. Lin"},
        )
        transfer = self.env["store.transfer"].browse(shown["id"])
        at_ec = {"store": self.ec}
        self.at_till("approve", transfer.id, user=self.ec_approver, **at_ec)
        self.at_till("ship", transfer.id, user=self.ec_staff, **at_ec)
        self.at_till("do_step", transfer.id, "confirm_arrival")
        count_id = self.at_till("start", transfer.id, "count")["count_id"]
        count = self.env["store.transfer.count"].with_user(self.shop_staff)
        count = count.browse(count_id)
        count.record_scans(
            [
                {
                    "uuid": f"scan-of-tea-{number}",
                    "kind": "scan",
                    "barcode": "TEA-001",
                }
                for number in range(3)
            ]
        )
        count.action_submit()
        self.assertLedger(transfer)
        [aside] = self.at_till("get_asides")
        self.assertEqual(self.get_own_row()[1]["free"], 0)
        self.assertFalse(self.at_till("release_aside", aside["id"], "hand_over"))
        self.assertEqual(self.get_own_row()[1]["free"], 3)
        for user in (self.shop_staff, self.ec_staff):
            self.assertFalse(user.has_group("stock.group_stock_user"))

    def test_what_is_set_aside_is_not_sold_to_others(self):
        """A sale takes from the stock, never from what is kept for somebody."""
        self.test_who_only_sells_does_the_whole_job()
        transfer = self.make_shipped_transfer({self.tea: 2})
        transfer.sudo().line_ids.customer_name = "Mr. Wu"
        self.receive_all(transfer)
        self.sell(self.open_till("real"), 3)
        self.env.invalidate_all()
        self.assertEqual(self.get_own_row()[1]["on_hand"], 0)
        [aside] = self.at_till("get_asides")
        self.assertEqual((aside["customer"], aside["quantity"]), ("Mr. Wu", 2))
        self.at_till("release_aside", aside["id"], "free")
        self.assertEqual(self.get_own_row()[1]["free"], 2)

    def test_goods_that_are_set_aside_are_worth_the_same(self):
        pot = self._create_valued_product("Pot", "fifo", "real_time")
        self._buy(self.ec, pot, 2, 10)
        self._buy(self.ec, pot, 2, 30)
        transfer = self.make_shipped_transfer({pot: 3})
        transfer.sudo().line_ids.customer_name = "Ms. Lin"
        before = self.get_value(pot)
        self.receive_all(transfer)
        self.assertEqual(self.get_value(pot), before)
        self.assertEqual(self.get_value(pot), self.get_booked_value(pot))
        [aside] = self.at_till("get_asides")
        self.at_till("release_aside", aside["id"], "free")
        self.assertEqual(self.get_value(pot), before)

    def test_what_is_sold_and_not_yet_taken_off_is_subtracted(self):
        self._add_stock(self.shop, self.tea, 10)
        till = self.open_till("closing")
        is_late, row = self.get_own_row()
        self.assertTrue(is_late)
        self.assertEqual((row["on_hand"], row["free"], row["sold"]), (10, 10, 0))
        self.sell(till, 4)
        row = self.get_own_row()[1]
        self.assertEqual((row["on_hand"], row["free"], row["sold"]), (6, 6, 4))
        self.assertEqual(self.get_stock(self.shop, self.tea), 10)

    def test_what_is_taken_off_at_once_is_not_subtracted_again(self):
        self._add_stock(self.shop, self.tea, 10)
        self.sell(self.open_till("real"), 4)
        self.env.invalidate_all()
        is_late, row = self.get_own_row()
        self.assertFalse(is_late)
        self.assertEqual((row["on_hand"], row["free"], row["sold"]), (6, 6, 0))
