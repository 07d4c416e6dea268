import json

from odoo.tests import tagged
from odoo.tools import file_open

from ..models.dashboard.dashboard import SHEET
from .common_transfers import StoreTransferCase


@tagged("post_install", "-at_install")
class TestDashboardSheet(StoreTransferCase):
    """What the dashboard shows, where its app may be missing."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        with file_open(SHEET) as sheet:
            cls.sheet = json.load(sheet)
        cls.charts = [
            figure["data"]
            for sheet in cls.sheet["sheets"]
            for figure in sheet["figures"]
            if "metaData" in figure["data"]
        ]

    def assertFields(self, model, names, matching):
        fields = self.env[model].fields_get()
        for name in names:
            self.assertIn(name.partition(":")[0], fields)
        for match in matching.values():
            first, _dot, rest = match["chain"].partition(".")
            field = fields[first]
            if rest:
                field = self.env[field["relation"]].fields_get()[rest]
            self.assertEqual(field["type"], match["type"])

    def test_its_charts_ask_for_fields_that_there_are(self):
        self.assertTrue(self.charts)
        for chart in self.charts:
            meta = chart["metaData"]
            names = [*meta["groupBy"], meta["measure"]]
            self.assertFields(meta["resModel"], names, chart["fieldMatching"])

    def test_its_pivots_ask_for_what_head_office_may_read(self):
        self.make_shipped_transfer()
        for pivot in self.sheet["pivots"].values():
            rows = [row["fieldName"] for row in pivot["rows"]]
            measures = [measure["id"] for measure in pivot["measures"]]
            self.assertFields(
                pivot["model"], [*rows, *measures], pivot["fieldMatching"]
            )
            report = self.env[pivot["model"]].with_user(self.head_office)
            self.assertTrue(report.formatted_read_group([], rows, measures))

    def test_a_phone_that_shows_nothing_but_figures_says_what_they_are(self):
        for figure in self.sheet["sheets"][0]["figures"]:
            self.assertTrue(figure["data"]["title"]["text"])

    def test_odoo_translates_all_that_it_says(self):
        """Odoo doesn't translate titles of axes, names of pivots and of measures."""
        for chart in self.charts:
            self.assertNotIn("axesDesign", chart)
        for pivot in self.sheet["pivots"].values():
            for measure in pivot["measures"]:
                self.assertNotIn("userDefinedName", measure)
        shown = [
            cell
            for cell in self.sheet["sheets"][0]["cells"].values()
            if not cell.startswith('=_t("')
        ]
        for cell in shown:
            # Without headings of its own.
            self.assertRegex(cell, r"^=PIVOT\(\d, \d+, FALSE, FALSE, , FALSE\)$")

    def test_what_it_opens_is_there(self):
        for menu in self.sheet["chartOdooMenusReferences"].values():
            self.assertTrue(self.env.ref(menu))

    def test_each_filter_filters_all(self):
        filters = {one["id"] for one in self.sheet["globalFilters"]}
        for source in (*self.charts, *self.sheet["pivots"].values()):
            self.assertEqual(set(source["fieldMatching"]), filters)
