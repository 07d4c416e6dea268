"""What the steps of a transfer's life cost, the same on every machine."""

import _weakrefset
import cProfile
import gc
from collections import defaultdict
from contextlib import closing, contextmanager
from datetime import datetime

from freezegun import freeze_time

from odoo.tests import Form

from .common_discrepancies import DiscrepancyCase
from .common_transfers import StoreTransferCase

# Odoo goes through its environments; how many are alive is up to garbage collection.
LEFT_OUT = {_weakrefset.__file__}


class LifeCase(StoreTransferCase):
    """What a line more costs, in queries.

    A life is lived once for each number of lines, and each of its steps is measured;
    the test ``test_STEP`` then looks at what one of them took.
    """

    FEW, MANY = 5, 20
    SIZES = (FEW, MANY)

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        # A second that begins on the way would be another date to write on some rows.
        cls.startClassPatcher(freeze_time(datetime.now()))
        # {step: {number of lines: what it took}}
        cls.figures = defaultdict(dict)
        case = cls()
        # The first one is for what Odoo keeps between requests: it is there in life.
        for size in (2, *cls.SIZES):
            case.size = size
            case.live(size)
            case.assertLedger(cls.env["store.transfer"].sudo().search([]))
        for step in cls.figures:
            case.assertTrue(hasattr(cls, f"test_{step}"), f"Nobody looks at {step}")

    def live(self, number_of_lines):
        """Measure each step of a life."""
        raise NotImplementedError

    def measure(self, name, transfers, step):
        """Do a step as a request does, and keep what it took by its name.

        :return: what the step returns
        """
        self.assertNotIn(self.size, self.figures[name])
        self.flush_tracking()
        # What an environment knows of its user and company is asked for anew as well.
        self.env.transaction.reset()
        with self._without_collection():
            result, self.figures[name][self.size] = self._get_figures(step)
        self.assertLedger(transfers)
        return result

    @contextmanager
    def _without_collection(self):
        """Keep the environments that a step makes: another one would ask anew."""
        gc.disable()
        try:
            yield
        finally:
            gc.enable()

    def _get_figures(self, step):
        """Return what a step returns, and how many queries it takes."""
        before = self.cr.sql_log_count
        result = step()
        # What is tracked is written at the end of a request.
        self.flush_tracking()
        self.env.flush_all()
        return result, self.cr.sql_log_count - before

    @contextmanager
    def taken_back(self):
        """Let things be as before, so that life can go on another way."""
        self.flush_tracking()
        with closing(self.cr.savepoint()):
            yield

    def assertQueriesPerLine(self, name, limit):
        """Check how many queries a line more costs in a step."""
        figures = self.figures[name]
        few, many = figures[self.FEW], figures[self.MANY]
        self.assertLessEqual((many - few) / (self.MANY - self.FEW), limit)


class PerformanceCase(LifeCase):
    """What a line more costs, in queries and in calls of functions."""

    FEW, SOME, MANY = 8, 28, 48
    SIZES = (FEW, SOME, MANY)

    def assertCostPerLine(self, name, queries, growth=1.3):
        """Check what a line more costs in a step, and that others don't make it dearer.

        :param queries: at most so many more for each line
        :param growth: how much dearer a line may be among many than among few; twice
            as dear says that the lines are gone through once more for each of them
        """
        few, some, many = (self.figures[name][size] for size in self.SIZES)
        self.assertLessEqual((many[0] - few[0]) / (self.MANY - self.FEW), queries)
        among_few = (some[1] - few[1]) / (self.SOME - self.FEW)
        among_many = (many[1] - some[1]) / (self.MANY - self.SOME)
        self.assertLessEqual(among_many, among_few * growth)

    def _get_figures(self, step):
        """Return what a step returns, and how many ``(queries, calls)`` it takes."""
        profile = cProfile.Profile(subcalls=False, builtins=False)
        profile.enable()
        try:
            result, queries = super()._get_figures(step)
        finally:
            profile.disable()
        calls = sum(
            entry.callcount
            for entry in profile.getstats()
            if getattr(entry.code, "co_filename", "") not in LEFT_OUT
        )
        return result, (queries, calls)

    def make_draft(self, number_of_lines):
        products = self._create_many_products("P", number_of_lines)
        self._add_stock(self.ec, products, 100)
        return self.make_transfer(lines={product: 10 for product in products})

    def make_approved(self, number_of_lines):
        transfer = self.make_draft(number_of_lines)
        self.submit(transfer)
        self.approve(transfer)
        return transfer

    def open_form(self, record, user=None):
        """Open a form, and return it: all it shows is read."""
        return Form(record.with_user(user or record.env.user))

    def open_question(self, transfer, user, step):
        action = getattr(transfer.with_user(user), step)()
        return Form.from_action(transfer.with_user(user).env, action)

    def type_quantity(self, form, quantity):
        with form.line_ids.edit(0) as line:
            line.quantity = quantity


class DiscrepancyPerformanceCase(LifeCase, DiscrepancyCase):
    def ship_many(self, number_of_lines):
        """Ship ten of many products."""
        products = self._create_many_products("P", number_of_lines)
        self._add_stock(self.ec, products, 100)
        return self.make_shipped_transfer({product: 10 for product in products})

    def prepare_count(self, transfer, user=None, **counted):
        """Count ``counted`` of each product."""
        count = self.start_count(transfer, user)
        count.line_ids.write(counted)
        return count

    def measure_submit(self, name, transfer, **counted):
        """Submit a count, and return what differs."""
        count = self.prepare_count(transfer, **counted)
        self.measure(name, transfer, count.action_submit)
        return self.get_discrepancies(transfer)

    def measure_settle(self, name, transfer, outcome, quantity=3):
        wizard = self.open_settle(transfer, outcome)
        wizard.line_ids.quantity = quantity
        with self.taken_back():
            self.measure(name, transfer, wizard.action_settle)

    def measure_step(self, step, discrepancies, user, answer=None):
        with self.taken_back():
            if answer:
                discrepancies.with_user(self.ec_staff).answer = answer
            self.measure(
                step.removeprefix("action_"),
                discrepancies.transfer_id,
                getattr(discrepancies.with_user(user), step),
            )

    def live_with_surplus_accepted(self, transfer):
        with self.taken_back():
            self.measure_submit(
                "submit_with_a_surplus_that_is_accepted",
                transfer,
                user=self.shop_approver,
                counted_quantity=12,
            )
