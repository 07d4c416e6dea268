from odoo.fields import Command
from odoo.tests import tagged

from .common_report import ReportCase, at


@tagged("post_install", "-at_install")
class TestReportCurrencies(ReportCase):
    """Two companies: 1 of the first's money is worth 4 of the second's."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        rate = Command.create({"rate": 4, "company_id": False})
        money = cls.env["res.currency"].create(
            {"name": "KPF", "symbol": "K", "rate_ids": [rate]}
        )
        cls.other = cls.env["res.company"].create(
            {"name": "Other Goods", "currency_id": money.id}
        )
        cls.head_office.company_ids += cls.other

    def make_losses(self):
        """Of ten tea at 30 three are lost; in the other company of ten at 40, ten."""
        transfer = self.make_shipped({self.tea: 10})
        self.run_at(at(3), self.count, transfer, {self.tea: 7})
        self.run_at(at(4), self.settle, transfer, "lost")
        self.tea.company_id = False
        elsewhere = transfer.sudo().copy({"name": "ELSEWHERE"})
        self.env.flush_all()
        self.cr.execute(
            "UPDATE store_transfer SET company_id = %s, state = 'done',"
            " approval_state = 'approved', submit_day = '2030-05-01' WHERE id = %s",
            [self.other.id, elsewhere.id],
        )
        self.cr.execute(
            "UPDATE store_transfer_line SET company_id = %s, unit_cost = 40,"
            " shipped_quantity = 10, lost_quantity = 10 WHERE transfer_id = %s",
            [self.other.id, elsewhere.id],
        )
        self.env.invalidate_all()

    def ask(self, *specs, groupby=()):
        rows = self.get_report().with_context(
            allowed_company_ids=(self.company | self.other).ids
        )
        domain = [("company_id", "in", (self.company | self.other).ids)]
        return self.run_at(at(20), rows._read_group, domain, groupby, specs)

    def test_values_of_two_companies_are_told_in_one_currency(self):
        """As the pivot asks: 90 of the first, and 400 of the second, which is 100."""
        self.make_losses()
        specs = ("lost_value:sum_currency", "currency_id:array_agg_distinct")
        [[lost, currencies]] = self.ask(*specs)
        self.assertAlmostEqual(lost, 90 + 400 / 4)
        self.assertEqual(len(currencies), 2)

    def test_a_rate_of_values_does_not_add_up_different_money(self):
        """(90 + 100) ÷ (300 + 100), not (90 + 400) ÷ (300 + 400)."""
        self.make_losses()
        [[rate]] = self.ask("shrink_rate:avg")
        self.assertAlmostEqual(rate, 190 / 400)
        rates = dict(self.ask("shrink_rate:avg", groupby=["company_id"]))
        self.assertAlmostEqual(rates[self.company], 0.3)
        self.assertAlmostEqual(rates[self.other], 1)
