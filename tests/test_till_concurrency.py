import uuid

from odoo.tests import tagged
from odoo.tools import mute_logger

from .common_concurrency import TransferConcurrencyCase


@tagged("post_install", "-at_install")
class TestTillConcurrency(TransferConcurrencyCase):
    """An order is sent once more while the first one is still being made."""

    def order_twice(self, method, *arguments, **options):
        till = self.env["store.transfer.till"]
        call = (till, self.shop_staff, method, [self.shop.out_type_id.id, *arguments])
        return self.call_each_at_once([call, call])

    # PostgreSQL says that there is one already; the second then begins anew.
    @mute_logger("odoo.sql_db")
    def test_an_order_that_is_sent_twice_at_once_is_made_once(self):
        lines = [{"product_id": self.tea.id, "quantity": 2}]
        for _run in range(4):
            key = uuid.uuid4().hex
            orders = ("pull", self.ec.id, lines, None, "", key)
            first, second = self.order_twice("order", *orders)
            made = self.env["store.transfer"].search([("till_uuid", "=", key)])
            self.assertEqual((first["id"], second["id"]), (made.id, made.id))
            self.assertEqual(made.state, "waiting")

    @mute_logger("odoo.sql_db")
    def test_a_request_that_is_sent_twice_at_once_is_made_once(self):
        lines = [{"product_id": self.tea.id, "quantity": 2}]
        key = uuid.uuid4().hex
        request = (self.ec.id, lines, {"name": "Ms. Lin"}, "", key)
        first, second = self.order_twice("request", *request)
        self.assertEqual(first["id"], second["id"])
