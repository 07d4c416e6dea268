# What real transactions do to each other is the point here: they have to commit.
# pylint: disable=invalid-commit
from odoo import api
from odoo.exceptions import ConcurrencyError
from odoo.tests import tagged

from .common_concurrency import TransferConcurrencyCase


@tagged("post_install", "-at_install")
class TestCartonsConcurrency(TransferConcurrencyCase):
    """Cartons that come while others work on the same goods."""

    def make_packed_transfer(self, quantity):
        """Ship so much tea to the shop, in a carton; return it with its carton."""
        transfer = self.make_transfer(lines={self.tea: quantity})
        transfer.with_user(self.shop_approver).action_approve()
        picking = transfer.sudo().picking_ids.filtered(
            lambda picking: picking.state == "assigned"
        )
        picking.with_user(self.inventory_user).move_line_ids.action_put_in_pack()
        action = transfer.with_user(self.ec_staff).action_open_ship()
        self.env[action["res_model"]].with_user(self.ec_staff).with_context(
            **action["context"]
        ).create({}).action_ship()
        carton = picking.move_line_ids.result_package_id
        self.env.cr.commit()
        return transfer, carton

    def receive_in(self, cursor, transfer):
        env = api.Environment(cursor, self.shop_staff.id, {})
        env["store.transfer"].browse(transfer.id).action_receive_all()
        cursor.flush()

    def get_quantities(self, carton):
        """Return ``{location: quantity}`` of what is in the carton."""
        self.env.cr.commit()
        self.env.invalidate_all()
        return {
            quant.location_id: quant.quantity
            for quant in carton.quant_ids
            if quant.quantity
        }

    def test_two_cartons_with_the_same_goods_come_at_once(self):
        first, first_carton = self.make_packed_transfer(5)
        second, second_carton = self.make_packed_transfer(4)
        with self.registry.cursor() as one, self.registry.cursor() as other:
            self.receive_in(one, first)
            self.receive_in(other, second)
            other.commit()
            one.commit()
        place = self.shop.lot_stock_id
        self.assertEqual(self.get_quantities(first_carton), {place: 5})
        self.assertEqual(self.get_quantities(second_carton), {place: 4})
        self.assertEqual((first | second).mapped("state"), ["done", "done"])

    def test_somebody_has_what_is_in_the_carton(self):
        """It is begun anew, and nobody is told that there are two places."""
        transfer, carton = self.make_packed_transfer(5)
        with self.registry.cursor() as one, self.registry.cursor() as other:
            one.execute(
                "SELECT 1 FROM stock_quant WHERE package_id = %s FOR UPDATE",
                [carton.id],
            )
            with self.assertRaisesRegex(ConcurrencyError, carton.name):
                self.receive_in(other, transfer)
            other.rollback()
            one.rollback()
            self.receive_in(other, transfer)
            other.commit()
        self.assertEqual(self.get_quantities(carton), {self.shop.lot_stock_id: 5})
