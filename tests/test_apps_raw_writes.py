from odoo.exceptions import AccessError
from odoo.fields import Command
from odoo.tests import new_test_user, tagged

from .common_apps import AppsCase

GROUPS = (
    "point_of_sale.group_pos_user",
    "purchase.group_purchase_user",
    "sales_team.group_sale_salesman",
    "account.group_account_invoice",
)


@tagged("post_install", "-at_install")
class TestRawWritesBesideApps(AppsCase):
    """Users of other apps may write moves: their own, and none of a transfer."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.users = [
            new_test_user(
                cls.env,
                login=group,
                groups=f"base.group_user,{group}",
                company_id=cls.company.id,
                company_ids=[Command.set(cls.company.ids)],
            )
            for group in GROUPS
        ]

    def test_moves_of_a_transfer_are_not_written(self):
        transfer = self.make_shipped_transfer()
        moves = transfer.sudo().line_ids.move_ids
        expected = transfer.sudo()._get_open_moves("receive")
        for user in self.users:
            with self.subTest(user.login):
                for vals in ({"quantity": 1}, {"state": "draft"}, {"picked": True}):
                    for move in moves:
                        with self.assertRaises(AccessError):
                            move.with_user(user).write(vals)
                with self.assertRaises(AccessError):
                    expected.move_line_ids.with_user(user).quantity = 1
                with self.assertRaises(AccessError):
                    expected.picking_id.with_user(user).action_cancel()
                with self.assertRaises(AccessError):
                    expected.picking_id.with_user(user).button_validate()
        self.assertLedger(transfer)

    def test_a_till_sells_what_was_set_aside(self):
        """It takes the goods, and the transfer waits for others: no write by hand."""
        transfer = self.make_transfer(lines={self.tea: 100})
        self.submit(transfer)
        self.approve(transfer)
        cashier = self.users[0]
        customers = self.env.ref("stock.stock_location_customers")
        picking = (
            self.env["stock.picking"]
            .with_user(cashier)
            .create(
                {
                    "picking_type_id": self.ec.pos_type_id.id,
                    "location_id": self.ec.lot_stock_id.id,
                    "location_dest_id": customers.id,
                    "move_ids": [
                        Command.create(
                            {
                                "product_id": self.tea.id,
                                "product_uom_qty": 60,
                                "location_id": self.ec.lot_stock_id.id,
                                "location_dest_id": customers.id,
                            }
                        )
                    ],
                }
            )
        )
        picking.move_ids._action_confirm()
        picking.move_ids.write({"quantity": 60, "picked": True})
        picking._action_done()
        self.assertEqual(picking.state, "done")
        self.assertLedger(transfer)
        self.assertEqual(transfer.sudo()._get_open_moves("ship").quantity, 40)
