# A server is killed here, and people work at the same time: they have to commit.
# pylint: disable=invalid-commit
import itertools
import subprocess
import sys
import time
import uuid
from datetime import date, timedelta
from pathlib import Path
from unittest.mock import patch

from odoo import SUPERUSER_ID, api, fields
from odoo.exceptions import LockError, UserError
from odoo.modules.registry import Registry
from odoo.service.model import PG_CONCURRENCY_EXCEPTIONS_TO_RETRY
from odoo.tests import BaseCase, get_db_name, tagged
from odoo.tools import config, mute_logger

from .common_import import FileMaker, ImportCase
from .common_stores import StoreTransferChain

WORKER = Path(__file__).parent / "import_worker.py"
WORK = "odoo.addons.store_transfer.models.transfer_import.run"


@tagged("post_install", "-at_install")
class TestImportBackground(ImportCase):
    """Large files are worked on while the user does other things."""

    def setUp(self):
        super().setUp()
        self.company.transfer_import_background_rows = 2
        self.cron = self.env.ref("store_transfer.ir_cron_import")
        self.content = self.make_file(
            self.make_row(destination="SHN, SHS"),
            self.make_next_row("MUG-001", 2),
            self.make_row(remark="Winter"),
        )

    def run_scheduler(self):
        with self.enter_registry_test_mode():
            self.cron.method_direct_trigger()

    def check_in_background(self, content, **values):
        upload = self.upload(content, **values)
        upload.action_check()
        self.assertEqual(upload.state, "checking")
        self.assertTrue(
            self.env["ir.cron.trigger"].search([("cron_id", "=", self.cron.id)])
        )
        self.run_scheduler()
        return upload

    def get_messages(self, upload):
        return self.env["mail.message"].search(
            [("model", "=", upload._name), ("res_id", "=", upload.id)], order="id"
        )

    def test_small_file_is_imported_at_once(self):
        self.company.transfer_import_background_rows = 5
        self.assertEqual(len(self.import_content(self.content)), 3)

    def test_check_and_import(self):
        upload = self.check_in_background(self.content)
        self.assertEqual(upload.state, "checked")
        self.assertTrue(upload.can_import)
        self.assertIs(upload.action_import(), True)
        self.assertEqual(upload.state, "importing")
        self.assertFalse(upload.order_ids.transfer_id)
        self.run_scheduler()
        self.assertEqual(upload.state, "done")
        self.assertEqual(upload.progress, 100)
        transfers = upload.order_ids.transfer_id
        self.assertEqual(len(transfers), 3)
        self.assertEqual(transfers.create_uid, self.head_office)
        self.assertEqual(transfers.user_id, self.head_office)
        self.assertLedger(transfers)

    def test_user_is_told_at_the_end(self):
        upload = self.check_in_background(self.content)
        upload.action_import()
        self.run_scheduler()
        messages = self.get_messages(upload)
        self.assertEqual(messages.partner_ids, self.head_office.partner_id)
        self.assertIn("Transfers that were made: 3.", messages.body)

    def test_user_is_told_in_their_language(self):
        self.env["res.lang"]._activate_lang("zh_TW")
        self.head_office.lang = "zh_TW"
        upload = self.check_in_background(self.content)
        upload.action_import()
        self.run_scheduler()
        body = self.get_messages(upload).body
        self.assertIn("3", body)
        self.assertNotIn("transfers", body)

    def test_errors_are_found_in_the_background(self):
        upload = self.check_in_background(
            self.make_file(*[self.make_row(sku="NOPE") for _number in range(3)])
        )
        self.assertEqual(upload.error_count, 3)
        self.assertEqual(upload.state, "checked")

    def test_broken_file_is_refused_at_once(self):
        self.assertIn("damaged", self.get_problem(self.content[:2000]))

    def test_pressing_twice_works_once(self):
        upload = self.check_in_background(self.content)
        upload.action_import()
        upload.action_import()
        self.run_scheduler()
        self.run_scheduler()
        self.assertEqual(len(upload.order_ids.transfer_id), 3)

    def test_submit_at_once(self):
        upload = self.check_in_background(self.content, after_import="submit")
        upload.action_import()
        self.run_scheduler()
        self.assertEqual(set(upload.order_ids.transfer_id.mapped("state")), {"waiting"})
        self.assertEqual(upload.order_ids.mapped("result"), ["submitted"] * 3)

    def test_what_can_t_be_submitted_any_more_stays_a_draft(self):
        """Between making the drafts and submitting them, a store closes."""
        upload = self.check_in_background(self.content, after_import="submit")
        upload.action_import()
        mine = upload.sudo()._as_importing_user()
        mine._do_next_part()
        self.assertEqual(upload.done_count, 3)
        self.shop_south.is_store = False
        self.run_scheduler()
        self.assertEqual(upload.state, "done")
        self.assertEqual(upload.not_submitted_count, 1)
        south = upload.order_ids.filtered("submit_problem")
        self.assertIn("Shop South is not a store any more", south.submit_problem)
        self.assertEqual(south.transfer_id.state, "draft")
        self.assertIn("be submitted yet: 1.", self.get_messages(upload)[-1].body)

    def test_cancel_takes_the_drafts_back(self):
        upload = self.check_in_background(self.content)
        upload.action_import()
        upload.sudo()._as_importing_user()._do_next_part()
        transfers = upload.order_ids.transfer_id
        self.assertEqual(len(transfers), 3)
        self.submit(transfers[0])
        upload.action_cancel()
        self.run_scheduler()
        self.assertEqual(upload.state, "cancelled")
        self.assertEqual(transfers.exists(), transfers[0])
        self.assertIn("had been submitted stay: 1.", self.get_messages(upload)[-1].body)

    def test_cancel_before_anything_was_made(self):
        upload = self.upload(self.content)
        upload.action_check()
        upload.action_cancel()
        self.run_scheduler()
        self.assertEqual(upload.state, "cancelled")
        self.assertFalse(upload.order_ids)

    def test_rights_lost_on_the_way(self):
        upload = self.check_in_background(self.content, user=self.ec_staff)
        upload.action_import()
        self.ec_staff.group_ids -= self.env.ref("store_transfer.group_staff")
        self.run_scheduler()
        self.assertEqual(upload.sudo().state, "stopped")
        self.assertFalse(upload.sudo().order_ids.transfer_id)
        self.assertTrue(upload.sudo().problem)

    def test_go_on_after_a_stop(self):
        upload = self.check_in_background(self.content)
        upload.action_import()
        upload.sudo()._stop("The power went off")
        self.assertEqual(upload.problem, "The power went off")
        upload.action_go_on()
        self.run_scheduler()
        self.assertEqual(upload.state, "done")
        self.assertFalse(upload.problem)
        self.assertEqual(len(upload.order_ids.transfer_id), 3)

    def test_going_on_is_no_import_after_a_check(self):
        """What was stopped goes on, and nothing that nobody has asked for."""
        upload = self.upload(self.content)
        upload.action_check()
        upload.sudo()._stop("The power went off")
        upload.action_go_on()
        self.run_scheduler()
        self.assertEqual(upload.state, "checked")
        self.assertFalse(upload.order_ids.transfer_id)

    def test_going_on_after_a_cancel_cancels(self):
        upload = self.check_in_background(self.content)
        upload.action_import()
        upload.sudo()._as_importing_user()._do_next_part()
        upload.action_cancel()
        upload.sudo()._stop("The power went off")
        upload.action_go_on()
        self.run_scheduler()
        self.assertEqual(upload.state, "cancelled")
        self.assertFalse(upload.order_ids.transfer_id)

    def test_draft_that_was_deleted_stays_deleted(self):
        upload = self.check_in_background(self.content)
        upload.action_import()
        upload.sudo()._as_importing_user()._do_next_part()
        upload.order_ids[0].transfer_id.with_user(self.head_office).unlink()
        self.run_scheduler()
        self.assertEqual(upload.state, "done")
        self.assertEqual(
            upload.order_ids.mapped("result"), ["deleted", "draft", "draft"]
        )

    def test_few_rows_for_many_stores_are_large(self):
        """It is the lines that take the time, and not the rows."""
        self.company.transfer_import_background_rows = 3
        upload = self.check(
            self.make_file(
                self.make_row(destination="SHN, SHS"), self.make_next_row("MUG-001", 2)
            )
        )
        self.assertEqual(upload.line_count, 4)
        self.assertIs(upload.action_import(), True)
        self.assertEqual(upload.state, "importing")

    def test_one_that_fails_does_not_hold_up_the_others(self):
        """A fault of ours stops one import, with a sentence; the log says more."""
        broken, sound = self.check_in_background(self.content), None
        broken.sudo().order_ids.line_values = [[self.tea.id]]
        sound = self.check_in_background(
            self.make_file(*[self.make_row(remark=str(n)) for n in range(3)])
        )
        for upload in (broken, sound):
            upload.sudo().state = "importing"
        broken.sudo().order_ids[0].write(
            {"transfer_id": self.make_transfer(remark="it is").id, "was_made": True}
        )
        with mute_logger(WORK):
            self.run_scheduler()
        self.assertEqual(broken.state, "stopped")
        self.assertIn("tell your administrator", broken.problem)
        self.assertEqual(sound.state, "done")

    def import_while_others_lock(self, number_of_conflicts):
        """Import and submit; somebody else has the transfers at the first tries.

        :return: the import, and how often it waited
        """
        upload = self.check_in_background(self.content, after_import="submit")
        upload.action_import()
        lock = type(self.env["store.transfer"]).lock_for_update
        tries = itertools.count()

        def try_to_lock(records, **options):
            is_of_import = bool(records.sudo().import_order_ids)
            if is_of_import and next(tries) < number_of_conflicts:
                raise LockError("Somebody has it")
            return lock(records, **options)

        with (
            patch.object(
                type(self.env["store.transfer"]), "lock_for_update", try_to_lock
            ),
            patch(f"{WORK}.time.sleep") as sleep,
        ):
            self.run_scheduler()
        return upload, sleep.call_count

    def test_a_lock_of_somebody_else_is_no_problem_of_the_import(self):
        upload, pauses = self.import_while_others_lock(2)
        self.assertEqual(pauses, 2)
        self.assertEqual(upload.state, "done")
        self.assertEqual(upload.submitted_count, 3)
        self.assertFalse(upload.problem)
        self.assertFalse(any(upload.sudo().order_ids.mapped("submit_problem")))

    def test_a_lock_that_is_held_for_long_is_waited_for(self):
        upload, pauses = self.import_while_others_lock(1000)
        self.assertEqual(pauses, 4)
        self.assertEqual(upload.state, "importing")
        self.assertFalse(upload.problem)
        self.assertFalse(any(upload.sudo().order_ids.mapped("submit_problem")))
        triggers = self.env["ir.cron.trigger"].search([("cron_id", "=", self.cron.id)])
        self.assertGreater(max(triggers.mapped("call_at")), fields.Datetime.now())
        self.run_scheduler()
        self.assertEqual(upload.state, "done")
        self.assertEqual(upload.submitted_count, 3)

    def test_same_orders_from_two_imports_going_on(self):
        first = self.check_in_background(self.content)
        second = self.check_in_background(self.content)
        first.action_import()
        second.action_import()
        self.run_scheduler()
        self.assertEqual(first.state, "done")
        self.assertEqual(len(first.order_ids.transfer_id), 3)
        self.assertFalse(second.order_ids.transfer_id)
        self.assertEqual(second.state, "checked")


@tagged("post_install", "-at_install")
class TestImportKilled(StoreTransferChain, FileMaker, BaseCase):
    """Servers that die, and people who change their minds: real processes."""

    ORDERS = 60
    LINES = 40
    context = {"tracking_disable": True, "no_reset_password": True}

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.registry = Registry(get_db_name())
        cls.suffix = f"_{uuid.uuid4().hex[:8]}"
        cursor = cls.registry.cursor()
        cls.addClassCleanup(cursor.close)
        cls.env = api.Environment(cursor, SUPERUSER_ID, cls.context)
        cls._create_chain()
        cls.date = date.today() + timedelta(days=7)
        cls.skus = [f"CUP-{number:03}" for number in range(cls.LINES)]
        for sku in cls.skus:
            cls._create_product(sku, sku)
        cls.cron = cls.env.ref("store_transfer.ir_cron_import")
        cls.env.cr.commit()

    def setUp(self):
        super().setUp()
        self.transfer_import = self.begin_import()

    @property
    def orders(self):
        # The last check before the import makes them anew.
        return self.transfer_import.order_ids

    def begin_import(self):
        """Let head office begin with a large file, and leave the page."""
        content = self.make_file(
            *[
                self.make_row(sku=sku, remark=f"{uuid.uuid4().hex[:4]} {number}")
                if index == 0
                else self.make_next_row(sku, 1)
                for number in range(self.ORDERS)
                for index, sku in enumerate(self.skus)
            ]
        )
        uploads = self.env["store.transfer.import"].with_user(self.head_office)
        upload = uploads.create(self.prepare_upload(content))
        upload.action_check()
        self.env.cr.commit()
        self.run_worker().wait()
        self.look_again()
        self.assertEqual(upload.sudo().state, "checked")
        upload.action_import()
        self.env.cr.commit()
        return upload.sudo()

    def run_worker(self):
        """Start a process that does the scheduled work; return it."""
        worker = subprocess.Popen(
            [
                sys.executable,
                WORKER,
                config["config"],
                get_db_name(),
                str(self.cron.id),
            ],
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
        )
        self.addCleanup(worker.kill)
        return worker

    def look_again(self):
        self.env.cr.commit()
        self.env.invalidate_all()

    def count_made(self):
        self.look_again()
        return len(self.orders.transfer_id)

    def wait_until_more_are_made(self, worker, before=0):
        """Wait for as long as it takes: a busy machine is no fault."""
        while self.count_made() <= before:
            self.assertIsNone(worker.poll(), "It ended before anything was made")
            time.sleep(0.05)

    def finish(self):
        for _run in range(10):
            self.assertEqual(self.run_worker().wait(), 0)
            self.look_again()
            if self.transfer_import.state not in ("importing", "cancelling"):
                return

    def test_killed_server_goes_on_where_it_was(self):
        for _death in range(2):
            before = self.count_made()
            worker = self.run_worker()
            self.wait_until_more_are_made(worker, before)
            worker.kill()
            worker.wait()
        made = self.count_made()
        self.assertGreater(made, 0)
        self.assertLess(made, self.ORDERS)
        self.assertEqual(self.transfer_import.state, "importing")

        self.finish()
        self.assertEqual(self.transfer_import.state, "done")
        transfers = self.orders.transfer_id
        self.assertEqual(len(transfers), self.ORDERS)
        self.assertEqual(set(transfers.mapped("line_count")), {self.LINES})
        everything = self.env["store.transfer"].search_count(
            [("remark", "in", self.orders.mapped("remark"))]
        )
        self.assertEqual(everything, self.ORDERS)

    def test_cancelled_while_it_is_going_on(self):
        worker = self.run_worker()
        self.wait_until_more_are_made(worker)
        self.press_as_odoo_does(
            self.transfer_import.with_user(self.head_office), "action_cancel", worker
        )
        worker.wait()
        self.finish()
        self.assertEqual(self.transfer_import.state, "cancelled")
        self.assertFalse(self.orders.transfer_id)
        everything = self.env["store.transfer"].search_count(
            [("remark", "in", self.orders.mapped("remark"))]
        )
        self.assertFalse(everything)

    def press_as_odoo_does(self, record, step, worker):
        """Press again and again, as long as the worker may be in the way."""
        is_refused = True
        while is_refused:
            is_over = worker.poll() is not None
            is_refused = not self.try_to_press(record, step)
            self.assertFalse(is_refused and is_over, "It could not be pressed")

    def try_to_press(self, record, step):
        try:
            getattr(record, step)()
            self.env.cr.commit()
        except (UserError, *PG_CONCURRENCY_EXCEPTIONS_TO_RETRY):
            self.env.cr.rollback()
            self.env.transaction.clear()
            time.sleep(0.1)
            return False
        return True
