from odoo.tests import tagged

from .test_differences import DifferencesCase


class PerformanceOfDifferencesCase(DifferencesCase):
    FEW, MANY = 10, 40

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

    # --- Many differences ---

    def create_products(self, number_of_products):
        products = self._create_many_products("P", number_of_products)
        self._add_stock(self.ec, products, 100)
        return products

    def make_counted(self, number_of_lines, user=None, submit=True, **counted):
        """Ship ten of many products, and count ``counted`` of each of them."""
        user = user or self.shop_staff
        products = self.create_products(number_of_lines)
        transfer = self.make_shipped_transfer({product: 10 for product in products})
        action = transfer.with_user(user).action_start_count()
        counts = self.env["store.transfer.count"].with_user(user)
        count = counts.browse(action["res_id"])
        count.line_ids.write(counted)
        if submit:
            count.action_submit()
        return transfer, count

    def make_cases(self, number_of_lines, **counted):
        transfer, _count = self.make_counted(number_of_lines, **counted)
        return self.get_cases(transfer)

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
            cases = self.make_cases(number_of_lines, **counted)
            if answer:
                cases.with_user(self.ec_staff).answer = answer
            return getattr(cases.with_user(user), step)

        return prepare


@tagged("post_install", "-at_install")
class TestPerformanceOfDifferences(PerformanceOfDifferencesCase):
    """Deciding on many differences takes a few queries more for each of them."""

    # --- Settling ---

    def test_settle_as_not_sent(self):
        self.assertQueriesPerLine(self.prepare_settle("not_sent"), 2)

    def test_settle_as_returned(self):
        self.assertQueriesPerLine(self.prepare_settle("returned"), 2)

    def test_settle_as_lost(self):
        self.assertQueriesPerLine(self.prepare_settle("lost"), 2)

    def test_settle_as_damaged(self):
        self.assertQueriesPerLine(self.prepare_settle("damaged"), 2)

    def test_settle_some_of_each(self):
        self.assertQueriesPerLine(self.prepare_settle("lost", quantity=1), 2)

    # --- Submitting a count ---

    def test_submit_with_shorts(self):
        self.assertQueriesPerLine(self.prepare_submit(counted_quantity=7), 3)

    def test_submit_with_damaged(self):
        self.assertQueriesPerLine(
            self.prepare_submit(counted_quantity=8, damaged_quantity=2), 3
        )

    def test_submit_with_a_surplus_that_is_accepted(self):
        self.assertQueriesPerLine(
            self.prepare_submit(user=self.shop_approver, counted_quantity=12), 3
        )

    def test_submit_with_a_surplus_that_is_held(self):
        self.assertQueriesPerLine(self.prepare_submit(counted_quantity=12), 3)

    # --- Deciding ---

    def test_accept(self):
        self.assertQueriesPerLine(
            self.prepare_step("action_accept", self.shop_approver, counted_quantity=12),
            1,
        )

    def test_refuse(self):
        self.assertQueriesPerLine(
            self.prepare_step("action_refuse", self.shop_approver, counted_quantity=12),
            1,
        )

    def test_uphold(self):
        self.assertQueriesPerLine(
            self.prepare_step(
                "action_uphold",
                self.shop_approver,
                counted_quantity=8,
                damaged_quantity=2,
            ),
            1,
        )

    def test_answer(self):
        self.assertQueriesPerLine(
            self.prepare_step(
                "action_answer", self.ec_staff, answer="Sorry", counted_quantity=7
            ),
            1,
        )

    def test_dispute(self):
        self.assertQueriesPerLine(
            self.prepare_step(
                "action_dispute", self.ec_staff, answer="No", counted_quantity=7
            ),
            1,
        )
