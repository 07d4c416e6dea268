from odoo.tests import tagged

from .common_discrepancies import DiscrepancyCase


@tagged("post_install", "-at_install")
class TestMyWorkGoods(DiscrepancyCase):
    """A row says what is missing or differs, without a press."""

    def get_goods(self, user, kind):
        rows = self.env["store.transfer.work"].with_user(user).search([])
        return rows.filtered(lambda row: row.kind == kind).goods

    def make_different(self):
        """Of the tea one is short, of the mugs one is damaged, and there is a lamp."""
        transfer = self.make_shipped_transfer({self.tea: 5, self.mug: 5, self.lamp: 1})
        count = self.start_count(transfer)
        counted = {self.tea: (4, 0), self.mug: (4, 1), self.lamp: (2, 0)}
        for line in count.line_ids:
            line.counted_quantity, line.damaged_quantity = counted[line.product_id]
        count.action_submit()
        self.assertLedger(transfer)
        return transfer

    def test_what_is_still_to_come(self):
        self.make_different()
        for user in (self.shop_staff, self.shop_approver):
            self.assertRegex(
                self.get_goods(user, "count"), r"^Missing: 1 Unit × Oolong Tea$"
            )

    def test_what_is_to_be_settled_and_decided(self):
        self.make_different()
        self.assertRegex(
            self.get_goods(self.ec_staff, "answer"),
            r"^Short: 1 Unit × Oolong Tea; Damaged: 1 Unit × Clay Mug$",
        )
        self.assertRegex(
            self.get_goods(self.shop_approver, "settle"), r"^Short: .* Oolong Tea; Dam"
        )
        self.assertRegex(
            self.get_goods(self.shop_approver, "accept"),
            r"^Surplus: 1 Unit × Paper Lamp$",
        )

    def test_of_many_the_first_are_named(self):
        products = self.tea | self.mug | self.lamp
        transfer = self.make_shipped_transfer(dict.fromkeys(products, 2))
        self.count(transfer, dict.fromkeys(products, 1))
        self.assertRegex(self.get_goods(self.shop_staff, "count"), "^.*, .*, 1 more$")

    def test_who_counts_blind_learns_nothing_of_it(self):
        self.make_different()
        self.shop.transfer_blind_count = True
        self.assertFalse(self.get_goods(self.shop_staff, "count"))
        self.assertTrue(self.get_goods(self.shop_approver, "count"))

    def test_many_rows_in_as_few_queries_as_one(self):
        def count_queries():
            self.flush_tracking()
            self.env.invalidate_all()
            rows = self.env["store.transfer.work"].with_user(self.shop_approver)
            rows = rows.search([])
            before = self.cr.sql_log_count
            rows.mapped("goods")
            return self.cr.sql_log_count - before

        self.make_different()
        count_queries()
        of_few = count_queries()
        for _number in range(4):
            self.make_different()
        self.assertLessEqual(count_queries(), of_few)
