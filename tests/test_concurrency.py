# What real transactions do to each other is the point here: they have to commit.
# pylint: disable=invalid-commit
import random
import threading
from contextlib import ExitStack
from functools import partial

from odoo import api
from odoo.exceptions import UserError
from odoo.service.model import PG_CONCURRENCY_EXCEPTIONS_TO_RETRY
from odoo.tests import tagged
from odoo.tools import mute_logger

from .common_concurrency import TransferConcurrencyCase

# As in odoo.service.model.
MAX_TRIES = 5


@tagged("post_install", "-at_install")
class TestConcurrency(TransferConcurrencyCase):
    """Two people press the same button."""

    def press_at_once(self, transfer, presses):
        """Let every (user, step) of ``presses`` act at the same moment.

        :return: the answers, each ``True`` or the sentence the user was told
        """
        return self.work_at_once(
            [
                (user, partial(self._press, transfer=transfer, step=step))
                for user, step in presses
            ]
        )

    def _press(self, env, transfer, step):
        mine = env["store.transfer"].browse(transfer.id)
        return self._do_as_odoo_does(env, getattr(mine, step))

    def work_at_once(self, workers):
        """Let every (user, work) of ``workers`` run in a thread and a connection of
        its own, beginning at the same moment.

        :return: what they returned; an exception that nobody expects is raised here
        """
        start = threading.Barrier(len(workers), timeout=30)
        answers, faults = [], []

        def run(env, work):
            start.wait()
            try:
                answers.append(work(env))
            except Exception as fault:
                env.cr.rollback()
                faults.append(fault)

        with ExitStack() as cursors:
            threads = []
            for user, work in workers:
                cursor = cursors.enter_context(self.registry.cursor())
                # An environment takes the registry's lock, which tests hold.
                env = api.Environment(cursor, user.id, {})
                threads.append(threading.Thread(target=run, args=(env, work)))
            for thread in threads:
                thread.start()
            for thread in threads:
                thread.join()
        if faults:
            raise faults[0]
        self.env.cr.commit()
        self.env.invalidate_all()
        return answers

    def _do_as_odoo_does(self, env, step):
        """Call a step, and again where the database says so.

        As ``odoo.service.model.retrying``, which needs the lock of the registry that
        Odoo holds while it runs tests.
        """
        for _try in range(MAX_TRIES):
            try:
                step()
                env.cr.commit()
                return True
            except UserError as error:
                env.cr.rollback()
                return str(error)
            except PG_CONCURRENCY_EXCEPTIONS_TO_RETRY:
                env.cr.rollback()
                env.transaction.clear()
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

    def test_many_beside_somebody_at_work(self):
        """What somebody is working on is left to them; nobody waits, or fails."""
        busy, free = self.make_transfer(), self.make_transfer()
        many = (busy | free).with_user(self.shop_approver)
        with self.registry.cursor() as cursor:
            self.env(cr=cursor)["store.transfer"].browse(busy.id)._lock()
            result = many.approve_many()
        self.env.cr.commit()
        self.assertEqual(result["done"], free.ids)
        self.assertEqual(
            [(left["id"], left["reason"]) for left in result["left"]],
            [(busy.id, "busy")],
        )
        self.assertIn("Somebody else is working", result["left"][0]["sentence"])

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

    # The database says "try again", and so does who called: nothing to worry about.
    @mute_logger("odoo.sql_db")
    def test_eight_people_do_everything_at_once(self):
        """Whoever comes first does it: every effect is there exactly once."""
        transfers = [self.make_transfer().id for _number in range(3)]
        at_source, at_shop = self._get_stock(self.ec), self._get_stock(self.shop)
        people = [
            self.ec_approver,
            self.ec_approver,
            self.shop_approver,
            self.shop_approver,
            self.shop_approver,
            self.head_office,
            self.head_office,
            self.head_office,
        ]
        self.work_at_once(
            [
                (user, partial(self._work_through, transfers, random.Random(number)))
                for number, user in enumerate(people)
            ]
        )
        for transfer in self.env["store.transfer"].browse(transfers):
            self.assertEqual(transfer.state, "done")
            for line in transfer.line_ids:
                self.assertEqual(
                    (line.shipped_quantity, line.received_quantity, line.lost_quantity),
                    (5, 4, 1),
                )
            self.assertEqual(transfer.count_ids.mapped("state"), ["done"])
            self.assertEqual(
                transfer.discrepancy_ids.mapped("outcome"), ["lost", "lost", "lost"]
            )
        left = [stock - 15 for stock in at_source]
        self.assertEqual(self._get_stock(self.ec), left)
        came = [stock + 12 for stock in at_shop]
        self.assertEqual(self._get_stock(self.shop), came)

    def _get_stock(self, store):
        products = (self.tea | self.mug | self.lamp).with_context(
            location=store.lot_stock_id.id
        )
        products.invalidate_recordset()
        return products.mapped("qty_available")

    def _work_through(self, transfers, dice, env):
        """Press whatever is next on any of the transfers, until all are done."""
        steps = {
            "can_approve": self._approve,
            "can_ship": self._ship,
            "can_count": self._count_short,
            "can_settle": self._settle,
        }
        for _round in range(200):
            env.cr.rollback()
            env.invalidate_all()
            mine = env["store.transfer"].browse(transfers)
            if set(mine.mapped("state")) == {"done"}:
                break
            transfer = mine[dice.randrange(len(mine))]
            possible = [step for can, step in steps.items() if transfer[can]]
            if possible:
                self._do_as_odoo_does(env, partial(dice.choice(possible), transfer))

    def _approve(self, transfer):
        transfer.action_approve()

    def _open(self, transfer, step, **values):
        action = getattr(transfer, step)()
        wizards = transfer.env[action["res_model"]]
        return wizards.with_context(**action["context"]).create(values)

    def _ship(self, transfer):
        self._open(transfer, "action_open_ship").action_ship()

    def _count_short(self, transfer):
        """Count four of five; of the fifth, which is settled next, nothing more."""
        if transfer.discrepancy_ids:
            return
        action = transfer.action_start_count()
        count = transfer.env[action["res_model"]].browse(action["res_id"])
        for line in count.line_ids:
            line.counted_quantity = 4
        count.action_submit()

    def _settle(self, transfer):
        reason = transfer.env.ref("store_transfer.reason_stolen")
        self._open(
            transfer, "action_open_settle", outcome="lost", reason_id=reason.id
        ).action_settle()
