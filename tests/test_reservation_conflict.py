# What real transactions do to each other is the point here: they have to commit.
# pylint: disable=invalid-commit
from unittest.mock import patch

from psycopg2.errors import SerializationFailure

from odoo import api
from odoo.tests import tagged
from odoo.tools import mute_logger

from .common_concurrency import TransferConcurrencyCase


@tagged("post_install", "-at_install")
class TestReservationConflict(TransferConcurrencyCase):
    """Somebody is faster just before what is reserved for nobody is put right.

    Odoo goes on after an error of the database while it merges quants; the conflict of
    what waited to be written until then must not be swallowed with it.
    """

    def make_approved_transfer(self):
        transfer = self.make_transfer()
        transfer.with_user(self.shop_approver).action_approve()
        # Two people have moved the same goods at once.
        self.env["stock.quant"].create(
            [
                {
                    "product_id": self.tea.id,
                    "location_id": self.transit.id,
                    "reserved_quantity": 1,
                }
                for _person in range(2)
            ]
        )
        self.env.cr.commit()
        return transfer

    def star(self, env, picking):
        """Do what anybody may do with a picking in the Inventory app."""
        env["stock.picking"].browse(picking.id).priority = "1"

    def tidy_up(self, env, _picking):
        """Do what the scheduler does."""
        env["stock.quant"].sudo()._quant_tasks()

    def ship(self, env, transfer):
        mine = env["store.transfer"].browse(transfer.id)
        action = mine.action_open_ship()
        wizards = env[action["res_model"]].with_context(**action["context"])
        wizards.create({}).action_ship()

    def ship_while(self, env, transfer, somebody):
        """Ship; ``somebody`` acts and commits when the goods are to be reserved."""
        quants = self.registry["stock.quant"]
        find_to_reserve = quants._find_to_reserve

        def find_too_late(*arguments):
            with self.registry.cursor() as cursor:
                # Who asks must never wait for who is asked: they are one thread.
                cursor.execute("SET LOCAL lock_timeout = '5s'")
                other = api.Environment(cursor, self.inventory_user.id, {})
                somebody(other, transfer.sudo().picking_ids[0])
            return find_to_reserve(*arguments)

        with patch.object(quants, "_find_to_reserve", find_too_late):
            self.ship(env, transfer)

    def see_committed(self):
        self.env.cr.commit()
        self.env.invalidate_all()

    def assertShippedOnceAfterConflict(self, somebody):
        transfer = self.make_approved_transfer()
        with self.registry.cursor() as cursor:
            env = api.Environment(cursor, self.ec_staff.id, {})
            with self.assertRaises(SerializationFailure):
                self.ship_while(env, transfer, somebody)
            cursor.rollback()
            env.transaction.clear()
            self.see_committed()
            self.assertEqual(transfer.state, "approved")
            self.assertEqual(transfer.line_ids.mapped("shipped_quantity"), [0, 0, 0])
            self.ship(env, transfer)
        self.see_committed()
        self.assertEqual(transfer.state, "in_transit")
        self.assertEqual(transfer.line_ids.mapped("shipped_quantity"), [5, 5, 5])

    @mute_logger("odoo.sql_db")
    def test_somebody_stars_the_picking(self):
        self.assertShippedOnceAfterConflict(self.star)

    @mute_logger("odoo.sql_db", "odoo.addons.stock.models.stock_quant")
    def test_the_scheduler_merges_the_same_quants(self):
        self.assertShippedOnceAfterConflict(self.tidy_up)
