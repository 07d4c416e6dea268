import _weakrefset
import cProfile

from odoo.tests import Form

from .common_discrepancies import DiscrepancyCase
from .common_transfers import StoreTransferCase

# Odoo goes through its environments; how many are alive is up to garbage collection.
LEFT_OUT = {_weakrefset.__file__}


class PerformanceCase(StoreTransferCase):
    """What a step costs per line, in queries and in calls of functions.

    Both are the same on every machine, however busy it is.
    """

    FEW, SOME, MANY = 8, 28, 48

    def assertCostPerLine(self, prepare, queries, growth=1.3):
        """Check what a line more costs, and that it does not depend on the others.

        :param prepare: gets a number of lines, and returns the step to be measured
        :param queries: at most so many more for each line
        :param growth: how much dearer a line may be among many than among few; twice
            as dear says that the lines are gone through once more for each of them
        """
        prepare(2)()  # what Odoo keeps between requests is there in life
        few, some, many = (
            self._measure(prepare(count)) for count in (self.FEW, self.SOME, self.MANY)
        )
        self.assertLessEqual((many[0] - few[0]) / (self.MANY - self.FEW), queries)
        among_few = (some[1] - few[1]) / (self.SOME - self.FEW)
        among_many = (many[1] - some[1]) / (self.MANY - self.SOME)
        self.assertLessEqual(among_many, among_few * growth)

    def _measure(self, step):
        """Run a step as a request does.

        :return: how many ``(queries, calls)`` it took
        """
        self.flush_tracking()
        self.env.invalidate_all()
        profile = cProfile.Profile(builtins=False)
        before = self.cr.sql_log_count
        profile.enable()
        try:
            step()
            # What is tracked is written at the end of a request.
            self.flush_tracking()
        finally:
            profile.disable()
        queries = self.cr.sql_log_count - before
        self.assertLedger(self.env["store.transfer"].sudo().search([]))
        return queries, sum(
            entry.callcount
            for entry in profile.getstats()
            if getattr(entry.code, "co_filename", "") not in LEFT_OUT
        )

    def make_draft(self, number_of_lines):
        products = self._create_many_products("P", number_of_lines)
        self._add_stock(self.ec, products, 100)
        return self.make_transfer(lines={product: 10 for product in products})

    def make_waiting(self, number_of_lines):
        transfer = self.make_draft(number_of_lines)
        self.submit(transfer)
        return transfer

    def make_approved(self, number_of_lines):
        transfer = self.make_waiting(number_of_lines)
        self.approve(transfer)
        return transfer

    def make_shipped(self, number_of_lines):
        transfer = self.make_approved(number_of_lines)
        self.ship(transfer)
        return transfer

    def make_receipt(self, number_of_lines):
        """Make a draft of goods that a vendor brings to the shop."""
        products = self._create_many_products("P", number_of_lines)
        return self.make_transfer(
            user=self.shop_staff,
            lines={product: 10 for product in products},
            kind="receipt",
            remark="Tea farm",
        )

    def make_short(self, number_of_lines):
        """Make a transfer of which three of ten pieces of each line are missing."""
        transfer = self.make_shipped(number_of_lines)
        count = self.start_count(transfer)
        count.line_ids.counted_quantity = 7
        count.action_submit()
        return transfer

    def make_count(self, number_of_lines):
        return self.start_count(self.make_shipped(number_of_lines))

    def open_form(self, record, user=None, view=None):
        """Open a form, and return it: all it shows is read."""
        return Form(record.with_user(user or record.env.user), view)


class DiscrepancyPerformanceCase(DiscrepancyCase):
    FEW, MANY = 5, 20

    def assertQueriesPerLine(self, prepare, limit):
        """Check what a line more costs.

        :param prepare: gets a number of lines, and returns the step to be measured
        """
        prepare(2)()  # what Odoo keeps between requests is there in life
        few, many = (
            self._count_queries(prepare(count)) for count in (self.FEW, self.MANY)
        )
        self.assertLessEqual((many - few) / (self.MANY - self.FEW), limit)

    def _count_queries(self, step):
        self.env.flush_all()
        self.env.invalidate_all()
        self.cr.precommit.run()
        before = self.cr.sql_log_count
        step()
        self.env.flush_all()
        # What is tracked is written at the end of a request.
        self.cr.precommit.run()
        self.env.flush_all()
        count = self.cr.sql_log_count - before
        self.assertLedger(self.env["store.transfer"].sudo().search([]))
        return count

    def create_products(self, number_of_products):
        products = self._create_many_products("P", number_of_products)
        self._add_stock(self.ec, products, 100)
        return products

    def make_counted(self, number_of_lines, user=None, submit=True, **counted):
        """Ship ten of many products, and count ``counted`` of each of them."""
        products = self.create_products(number_of_lines)
        transfer = self.make_shipped_transfer({product: 10 for product in products})
        count = self.start_count(transfer, user)
        count.line_ids.write(counted)
        if submit:
            count.action_submit()
        return transfer, count

    def make_discrepancies(self, number_of_lines, **counted):
        transfer, _count = self.make_counted(number_of_lines, **counted)
        return self.get_discrepancies(transfer)

    def prepare_submit(self, user=None, **counted):
        def prepare(number_of_lines):
            _transfer, count = self.make_counted(
                number_of_lines, user=user, submit=False, **counted
            )
            return count.action_submit

        return prepare

    def prepare_settle(self, outcome, quantity=3):
        def prepare(number_of_lines):
            transfer, _count = self.make_counted(number_of_lines, counted_quantity=7)
            wizard = self.open_wizard(
                transfer,
                self.shop_approver,
                "action_open_settle",
                outcome=outcome,
                reason_id=self.env.ref("store_transfer.reason_stolen").id,
            )
            wizard.line_ids.quantity = quantity
            return wizard.action_settle

        return prepare

    def prepare_step(self, step, user, answer=None, **counted):
        def prepare(number_of_lines):
            discrepancies = self.make_discrepancies(number_of_lines, **counted)
            if answer:
                discrepancies.with_user(self.ec_staff).answer = answer
            return getattr(discrepancies.with_user(user), step)

        return prepare
