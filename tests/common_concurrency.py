"""What real transactions do to each other, so they have to commit."""

# pylint: disable=invalid-commit
import threading
import uuid
from contextlib import ExitStack

from odoo import api
from odoo.exceptions import ConcurrencyError, UserError
from odoo.fields import Command, Date
from odoo.modules.registry import Registry
from odoo.service.model import PG_CONCURRENCY_EXCEPTIONS_TO_RETRY
from odoo.tests import BaseCase, get_db_name

from .common_stores import StoreTransferChain


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

    def make_transfer(self, lines=None):
        """Submit a transfer, by default of five of each product."""
        lines = lines or dict.fromkeys((self.tea, self.mug, self.lamp), 5)
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
                        Command.create({"product_id": product.id, "quantity": quantity})
                        for product, quantity in lines.items()
                    ],
                }
            )
        )
        transfer.action_submit()
        self.env.cr.commit()
        return transfer

    def call_at_once(self, document, calls):
        """Let every (user, method, arguments) of ``calls`` run at the same moment."""
        return self.call_each_at_once([(document, *call) for call in calls])

    def call_each_at_once(self, calls):
        """Let every (document, user, method, arguments) run at the same moment."""
        start = threading.Barrier(len(calls), timeout=30)
        answers = [None] * len(calls)

        def call(index, mine, method, arguments):
            start.wait()
            answers[index] = self.retry(mine.env.cr, mine, method, arguments)

        with ExitStack() as cursors:
            threads = []
            for index, (document, user, method, arguments) in enumerate(calls):
                cursor = cursors.enter_context(self.registry.cursor())
                env = api.Environment(cursor, user.id, {})
                mine = env[document._name].browse(document.id)
                threads.append(
                    threading.Thread(target=call, args=(index, mine, method, arguments))
                )
            for thread in threads:
                thread.start()
            for thread in threads:
                thread.join()
        self.env.cr.commit()
        self.env.invalidate_all()
        return answers

    def retry(self, cursor, mine, method, arguments):
        """Call as ``odoo.service.model.retrying`` does."""
        for _try in range(10):
            try:
                answer = getattr(mine, method)(*arguments)
                cursor.flush()
                cursor.commit()
                return answer
            except (*PG_CONCURRENCY_EXCEPTIONS_TO_RETRY, ConcurrencyError):
                cursor.rollback()
                mine.env.transaction.clear()
            except UserError as error:
                cursor.rollback()
                return str(error)
        return "Gave up"
