"""What people do to transfers, for tests to call."""

from contextlib import contextmanager
from datetime import timedelta

from odoo import fields
from odoo.exceptions import UserError
from odoo.fields import Command
from odoo.modules.migration import load_script
from odoo.tests import Form

from odoo.addons.base.tests.common import BaseCommon

from .common_ledger_rule import LedgerRule
from .common_stores import StoreTransferChain


class StoreTransferCase(StoreTransferChain, LedgerRule, BaseCommon):
    """Every test acts as the user who does it in life.

    After each step of a flow the ledger rule is checked (:meth:`assertLedger`).
    """

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls._create_chain()

    def make_transfer(self, user=None, lines=None, **values):
        """Make a draft as ``user``; by default 10 tea from EC to the shop."""
        user = user or self.ec_staff
        lines = {self.tea: 10} if lines is None else lines
        if values.get("kind", "between") != "receipt":
            values.setdefault("source_store_id", self.ec.id)
        if values.get("kind", "between") != "dispatch":
            values.setdefault("destination_store_id", self.shop.id)
        transfer = (
            self.env["store.transfer"]
            .with_user(user)
            .create(
                {
                    "company_id": self.company.id,
                    "expected_date": fields.Date.today() + timedelta(days=2),
                    "line_ids": [
                        Command.create({"product_id": product.id, "quantity": quantity})
                        for product, quantity in lines.items()
                    ],
                    **values,
                }
            )
        )
        self.assertLedger(transfer)
        return transfer

    def submit(self, transfer, user=None):
        transfer.with_user(user or self.ec_staff).action_submit()
        self.assertLedger(transfer)

    def approve(self, transfer, user=None):
        transfer.with_user(user or self.shop_approver).action_approve()
        self.assertLedger(transfer)

    def approve_less(self, transfer, quantities, user=None):
        """Approve ``{product: quantity}``; the other lines as asked."""
        wizard = self.open_wizard(
            transfer, user or self.shop_approver, "action_open_approve"
        )
        with Form(wizard) as form:
            self._fill_lines(form, quantities)
            if form.is_less:
                form.reason_id = self.env.ref("store_transfer.reason_enough_stock")
        wizard.action_approve()
        self.assertLedger(transfer)

    def reject(self, transfer, user=None, note="No room until Monday"):
        wizard = self.open_wizard(
            transfer,
            user or self.shop_approver,
            "action_open_reject",
            reason_id=self.env.ref("store_transfer.reason_no_space").id,
            note=note,
        )
        wizard.action_reject()
        self.assertLedger(transfer)

    def ship(self, transfer, quantities=None, user=None, **values):
        """Ship ``{product: quantity}``, by default all that is reserved."""
        wizard = self.open_wizard(
            transfer, user or self.ec_staff, "action_open_ship", **values
        )
        if quantities is not None:
            with Form(wizard) as form:
                self._fill_lines(form, quantities)
        wizard.action_ship()
        self.assertLedger(transfer)

    def confirm_arrival(self, transfer, user=None):
        transfer.with_user(user or self.shop_staff).action_confirm_arrival()
        self.assertLedger(transfer)

    def start_count(self, transfer, user=None):
        """Start a count or take it up again, by default as staff of the shop."""
        user = user or self.shop_staff
        action = transfer.with_user(user).action_start_count()
        return self.env["store.transfer.count"].with_user(user).browse(action["res_id"])

    def count(self, transfer, quantities, user=None):
        """Count ``{product: quantity}`` and submit; what is not named did not come."""
        count = self.start_count(transfer, user)
        for line in count.line_ids:
            line.counted_quantity = quantities.get(line.product_id, 0)
        count.action_submit()
        self.assertLedger(transfer)
        return count

    def receive_all(self, transfer, user=None):
        transfer.with_user(user or self.shop_staff).action_receive_all()
        self.assertLedger(transfer)

    def close_rest(self, transfer, user=None):
        wizard = self.open_wizard(
            transfer,
            user or self.ec_approver,
            "action_open_close",
            reason_id=self.env.ref("store_transfer.reason_out_of_stock").id,
        )
        wizard.action_close()
        self.assertLedger(transfer)

    def settle_all(self, transfer, outcome):
        """Settle all that is short as the approver of the shop."""
        reason = self.env["store.transfer.reason"].search(
            [("usage", "=", "short")], limit=1
        )
        wizard = self.open_wizard(
            transfer,
            self.shop_approver,
            "action_open_settle",
            outcome=outcome,
            reason_id=reason.id,
        )
        wizard.action_settle()
        self.assertLedger(transfer)

    def make_shipped_transfer(self, lines=None, **values):
        transfer = self.make_transfer(lines=lines, **values)
        self.submit(transfer)
        self.approve(transfer)
        self.ship(transfer)
        return transfer

    def open_wizard(self, transfer, user, step, **values):
        """Press a button that opens a question, as ``user``, and fill in ``values``."""
        action = getattr(transfer.with_user(user), step)()
        wizards = self.env[action["res_model"]].with_user(user)
        wizards = wizards.with_context(**action["context"])
        if "res_id" not in action:
            return wizards.create(values)
        wizard = wizards.browse(action["res_id"])
        wizard.write(values)
        return wizard

    def _fill_lines(self, form, quantities):
        for index in range(len(form.line_ids)):
            with form.line_ids.edit(index) as line:
                if line.product_id in quantities:
                    line.quantity = quantities[line.product_id]

    def get_pickings(self, transfer, code, *states):
        states = states or ("confirmed", "waiting", "assigned", "partially_available")
        return (
            self.env["stock.picking"]
            .with_user(self.inventory_user)
            .search(
                [
                    ("transfer_id", "=", transfer.id),
                    ("picking_type_code", "=", code),
                    ("state", "in", states),
                ]
            )
        )

    def validate_picking(self, picking, quantities=None, backorder=True):
        """Validate as an inventory user, answering the backorder question."""
        picking = picking.with_user(self.inventory_user)
        for move in picking.move_ids:
            if quantities is not None:
                move.quantity = quantities.get(move.product_id, 0)
        action = picking.button_validate()
        if isinstance(action, dict) and "res_model" in action:
            wizard = Form(
                self.env[action["res_model"]]
                .with_user(self.inventory_user)
                .with_context(**action["context"])
            ).save()
            if backorder:
                wizard.process()
            else:
                wizard.process_cancel_backorder()

    def split_picking(self, transfer, product, code="incoming"):
        """Put a product on a picking of its own, as an inventory user."""
        picking = self.get_pickings(transfer, code)
        moves = picking.move_ids
        apart = moves.filtered(lambda move: move.product_id == product)
        apart.quantity = 0
        picking.action_split_transfer()
        apart.picking_id.action_assign()
        self.assertLedger(transfer)
        self.assertEqual(len(moves.picking_id), 2)

    def return_picking(self, picking, quantity):
        """Make a return of ``quantity`` of every product, as an inventory user."""
        wizard = Form(
            self.env["stock.return.picking"]
            .with_user(self.inventory_user)
            .with_context(
                active_id=picking.id,
                active_ids=picking.ids,
                active_model="stock.picking",
            )
        ).save()
        wizard.product_return_moves.quantity = quantity
        action = wizard.action_create_returns()
        return self.env["stock.picking"].browse(action["res_id"])

    def run_migration(self, script):
        """Run a script as at an update from the first version.

        :param script: its path below ``migrations``
        """
        migration = load_script(f"store_transfer/migrations/{script}", "migration")
        self.env.flush_all()
        migration.migrate(self.cr, "19.0.1.0.0")
        self.env.invalidate_all()

    @contextmanager
    def assertRefused(self, message, exception=UserError):
        """Expect one clear sentence that matches ``message``; nothing is changed."""
        with self.assertRaises(exception) as caught:
            yield
        self.assertRegex(str(caught.exception), message)

    def get_open_quantities(self, transfer, code):
        """Return what the open moves of the pickings of one leg still ask for."""
        moves = self.get_pickings(transfer, code).move_ids
        return moves.filtered(lambda move: move.state != "cancel").mapped("product_qty")

    def get_stock(self, store, product):
        return product.with_context(location=store.lot_stock_id.id).sudo().qty_available

    def get_free(self, store, product):
        return product.with_context(location=store.lot_stock_id.id).sudo().free_qty

    def flush_tracking(self):
        self.env.flush_all()
        self.cr.precommit.run()
