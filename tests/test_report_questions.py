from dateutil.relativedelta import relativedelta
from lxml import etree

from odoo import fields
from odoo.tests import tagged
from odoo.tools.safe_eval import safe_eval

from .common_report import ReportCase, at

REPORTS = (
    "store.transfer.report",
    "store.transfer.discrepancy.report",
    "store.transfer.in.transit",
    "store.transfer.lead.time",
)
# Others have filters and groups only.
WITH_QUESTIONS = REPORTS[:2]


@tagged("post_install", "-at_install")
class TestReportQuestions(ReportCase):
    """What can be chosen in the search of a report can be answered, to every role."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.readers = (
            cls.head_office,
            cls.ec_approver,
            cls.shop_staff,
            cls.south_staff,
        )

    def get_filters(self, rows):
        """Return the filters that a user has to choose from, by name."""
        search = etree.fromstring(rows.get_view(view_type="search")["arch"])
        return {node.get("name"): node for node in search.iter("filter")}

    def read_filter(self, rows, node):
        """Return the domain of a filter, and the context that it sets."""
        known = {
            "context_today": lambda: fields.Date.context_today(rows),
            "relativedelta": relativedelta,
            "uid": rows.env.uid,
        }
        return (
            safe_eval(node.get("domain") or "[]", known),
            safe_eval(node.get("context") or "{}", known),
        )

    def answer_all(self, report, user):
        """Press each filter alone; return how many set what a table shows."""
        rows = self.env[report].with_user(user)
        questions = 0
        for name, node in self.get_filters(rows).items():
            with self.subTest(report, user=user.login, filter=name):
                domain, context = self.read_filter(rows, node)
                rows.search(domain, limit=1)
                if group := context.get("group_by"):
                    rows._read_group(domain, [group], ["__count"])
                if "pivot_measures" in context:
                    questions += 1
                    self.answer(rows, domain, context)
        return questions

    def answer(self, rows, domain, context):
        for groups, measures in (
            (context["pivot_row_groupby"], context["pivot_measures"]),
            (context["graph_groupbys"], [context["graph_measure"]]),
        ):
            specs = [f"{name}:{rows._fields[name].aggregator}" for name in measures]
            rows.formatted_read_grouping_sets(domain, [[], groups], specs)

    def test_filters_groups_and_questions(self):
        self.run_at(at(20), self.make_history)
        for report in REPORTS:
            for user in self.readers:
                questions = self.answer_all(report, user)
                self.assertEqual(bool(questions), report in WITH_QUESTIONS)

    def test_each_measure_can_be_asked_for(self):
        """Of all rows, and of each lane: also where there is nothing to divide by."""
        self.run_at(at(20), self.make_history)
        for report in REPORTS:
            rows = self.env[report].with_user(self.shop_staff)
            specs = [
                f"{name}:{field.aggregator}"
                for name, field in rows._fields.items()
                if field.aggregator and field.store and name != "id"
            ]
            for groups in ([], ["lane"]):
                with self.subTest(report, groups=groups):
                    self.assertTrue(rows._read_group([], groups, specs))
