from odoo.fields import Command
from odoo.tests import new_test_user, tagged

from .common_apps import AppsCase


@tagged("post_install", "-at_install")
class TestPurchases(AppsCase):
    """Purchases are delivered to where they were before."""

    def test_a_star_makes_no_delivery_address(self):
        buyer = new_test_user(
            self.env,
            login="buyer",
            groups="purchase.group_purchase_user,stock.group_stock_user",
            company_id=self.company.id,
            company_ids=[Command.set(self.company.ids)],
        )
        inbound = self.ec.transfer_in_type_id
        inbound.favorite_user_ids += buyer
        inbound.sequence = -1
        order = (
            self.env["purchase.order"]
            .with_user(buyer)
            .create(
                {
                    "partner_id": self.env["res.partner"].create({"name": "Farm"}).id,
                    "order_line": [
                        Command.create({"product_id": self.tea.id, "product_qty": 2})
                    ],
                }
            )
        )
        self.assertEqual(order.picking_type_id, self.ec.in_type_id)
        order.button_confirm()
        self.assertFalse(order.picking_ids.transfer_id)
