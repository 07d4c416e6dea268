# What real transactions do to each other is the point here: they have to commit.
# pylint: disable=invalid-commit
import threading
import uuid
from contextlib import ExitStack

from odoo import api
from odoo.exceptions import UserError
from odoo.fields import Command, Date
from odoo.modules.registry import Registry
from odoo.service.model import PG_CONCURRENCY_EXCEPTIONS_TO_RETRY
from odoo.tests import BaseCase, get_db_name, tagged

from .common import StoreTransferChain


class TransferConcurrencyCase(StoreTransferChain, BaseCase):
    """Real connections, committed data."""

    context = {"tracking_disable": True, "no_reset_password": True}

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.registry = Registry(get_db_name())
        cls.suffix = f"_{uuid.uuid4().hex[:8]}"
        cursor = cls.registry.cursor()
        cls.addClassCleanup(cursor.close)
        cls.env = api.Environment(cursor, api.SUPERUSER_ID, cls.context)
        cls._create_chain()
        cls.env.cr.commit()

    def make_transfer(self):
        transfer = (
            self.env["store.transfer"]
            .with_user(self.ec_staff)
            .create(
                {
                    "company_id": self.company.id,
                    "source_store_id": self.ec.id,
                    "destination_store_id": self.shop.id,
                    "expected_date": Date.today(),
                    "line_ids": [
                        Command.create({"product_id": product.id, "quantity": 5})
                        for product in (self.tea, self.mug, self.lamp)
                    ],
                }
            )
        )
        transfer.action_submit()
        self.env.cr.commit()
        return transfer


@tagged("post_install", "-at_install")
class TestConcurrency(TransferConcurrencyCase):
    """Two people press the same button."""

    def press_at_once(self, transfer, presses):
        """Let every (user, step) of ``presses`` act at the same moment.

        :return: the answers, each ``True`` or the sentence the user was told
        """
        start = threading.Barrier(len(presses), timeout=30)
        answers = []

        def press(transfer, step):
            start.wait()
            answers.append(self._press_as_odoo_does(transfer, step))

        with ExitStack() as cursors:
            threads = []
            for user, step in presses:
                cursor = cursors.enter_context(self.registry.cursor())
                # An environment takes the registry's lock, which tests hold.
                env = api.Environment(cursor, user.id, {})
                mine = env["store.transfer"].browse(transfer.id)
                threads.append(threading.Thread(target=press, args=(mine, step)))
            for thread in threads:
                thread.start()
            for thread in threads:
                thread.join()
        self.env.cr.commit()
        self.env.invalidate_all()
        return answers

    def _press_as_odoo_does(self, transfer, step):
        """Call a step, and again where the database says so.

        As ``odoo.service.model.retrying``, which needs the lock of the registry that
        Odoo holds while it runs tests.
        """
        cursor = transfer.env.cr
        for _try in range(5):
            try:
                getattr(transfer, step)()
                cursor.commit()
                return True
            except UserError as error:
                cursor.rollback()
                return str(error)
            except PG_CONCURRENCY_EXCEPTIONS_TO_RETRY:
                cursor.rollback()
                transfer.env.transaction.clear()
        return "Gave up"

    def assertDoneOnce(self, answers):
        self.assertEqual(answers.count(True), 1, answers)
        for answer in answers:
            if answer is not True:
                self.assertRegex(answer, "Somebody else is working|: this step is not")

    def test_approving_at_once(self):
        transfer = self.make_transfer()
        answers = self.press_at_once(
            transfer,
            [
                (self.shop_approver, "action_approve"),
                (self.head_office, "action_approve"),
            ],
        )
        self.assertDoneOnce(answers)
        self.assertEqual(transfer.state, "approved")
        self.assertEqual(len(transfer.sudo().picking_ids), 2)

    def test_approving_and_cancelling_at_once(self):
        transfer = self.make_transfer()
        answers = self.press_at_once(
            transfer,
            [(self.shop_approver, "action_approve"), (self.ec_staff, "action_cancel")],
        )
        self.assertIn(True, answers)
        open_moves = transfer.sudo().picking_ids.move_ids.filtered(
            lambda move: move.state not in ("done", "cancel")
        )
        self.assertEqual(bool(open_moves), transfer.state == "approved")

    def test_receiving_at_once(self):
        transfer = self.make_transfer()
        transfer.with_user(self.shop_approver).action_approve()
        action = transfer.with_user(self.ec_staff).action_open_ship()
        self.env[action["res_model"]].with_user(self.ec_staff).with_context(
            **action["context"]
        ).create({}).action_ship()
        self.env.cr.commit()
        before = self.tea.with_context(location=self.shop.lot_stock_id.id).qty_available
        answers = self.press_at_once(
            transfer,
            [
                (self.shop_staff, "action_receive_all"),
                (self.shop_approver, "action_receive_all"),
                (self.head_office, "action_receive_all"),
            ],
        )
        self.assertDoneOnce(answers)
        self.assertEqual(transfer.state, "done")
        tea = self.tea.with_context(location=self.shop.lot_stock_id.id)
        self.assertEqual(tea.qty_available - before, 5)
