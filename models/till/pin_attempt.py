# What is counted must stay counted when the call that it came with is undone.
# pylint: disable=invalid-commit
import math
from contextlib import contextmanager
from datetime import timedelta

from odoo import SUPERUSER_ID, api, fields, models
from odoo.exceptions import UserError

# So many wrong PINs may be entered within that time, for one person and at one till.
MOST_OF_A_USER = 5
MOST_AT_A_TILL = 10
WAIT = timedelta(minutes=15)


class StoreTransferPinAttempt(models.Model):
    """A PIN that was entered at a till and was not, or not yet, found to be right.

    Each is written down before the PIN is looked at, in a transaction of its own: it
    counts even if all else that the call did is undone, and many calls at the same
    moment can't try more PINs than one after the other.
    """

    _name = "store.transfer.pin.attempt"
    _description = "PIN Entered at a Till"
    _inherit = ["store.transfer.reach"]
    _order = "id desc"
    _rec_name = "user_id"

    user_id = fields.Many2one(
        "res.users", required=True, readonly=True, index=True, ondelete="cascade"
    )
    picking_type_id = fields.Many2one(
        "stock.picking.type",
        string="Operation Type of the Till",
        required=True,
        readonly=True,
        index=True,
        ondelete="cascade",
    )

    @api.model
    def _begin(self, user, picking_type_id):
        """Write down that somebody enters the PIN of ``user`` now.

        :raise UserError: when too many were wrong: it says how long to wait
        """
        with self._in_own_transaction() as attempts:
            wait = attempts._get_wait(user.id, picking_type_id)
            if not wait:
                attempts.create(
                    {"user_id": user.id, "picking_type_id": picking_type_id}
                )
        if wait:
            raise UserError(
                self.env._(
                    "Too many wrong PINs were entered. Wait %s minutes, or let the "
                    "approver log in.",
                    math.ceil(wait.total_seconds() / 60),
                )
            )

    @api.model
    def _forget(self, user):
        """Forget what was entered for a user: it was them after all."""
        with self._in_own_transaction() as attempts:
            attempts.search([("user_id", "=", user.id)]).unlink()

    @contextmanager
    def _in_own_transaction(self):
        """Do something to attempts that is kept whatever becomes of the call.

        One at a time: nobody counts while somebody else is writing.
        """
        with self.env.registry.cursor() as cursor:
            # Before anything is read: what is read is as it is at the first query.
            cursor.execute(
                "LOCK TABLE store_transfer_pin_attempt IN SHARE ROW EXCLUSIVE MODE"
            )
            yield api.Environment(cursor, SUPERUSER_ID, {})[self._name]

    def _get_wait(self, user_id, picking_type_id):
        """Return how long to wait before the next one, a ``timedelta``, or None."""
        now = fields.Datetime.now()
        recent = self.search([("create_date", ">", now - WAIT)])
        of_user = recent.filtered(lambda one: one.user_id.id == user_id)
        # Whoever calls may name any operation type of their store: all are one till.
        store = self.env["stock.picking.type"].browse(picking_type_id).warehouse_id
        at_till = recent.filtered(lambda one: one.picking_type_id.warehouse_id == store)
        waits = [
            attempts[most - 1].create_date + WAIT - now
            for attempts, most in (
                (of_user, MOST_OF_A_USER),
                (at_till, MOST_AT_A_TILL),
            )
            if len(attempts) >= most
        ]
        return max(waits, default=None)

    @api.autovacuum
    def _gc_attempts(self):
        self.search(
            [("create_date", "<", fields.Datetime.now() - timedelta(days=30))]
        ).unlink()
