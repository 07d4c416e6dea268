import base64
import json
from unittest.mock import patch

from odoo.tests import tagged
from odoo.tools import mute_logger

from .common_transfers import StoreTransferCase


@tagged("post_install", "-at_install")
class TestDashboard(StoreTransferCase):
    """The dashboard in the app *Dashboards*, which is not asked for."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.dashboard = cls.env.ref("store_transfer.dashboard")

    def look_for_it(self):
        """Do what happens when a registry is made."""
        self.env["store.transfer.dashboard"]._register_hook()

    def get_dashboards(self):
        return self.env["spreadsheet.dashboard"].search(
            [("name", "=", "Store Transfer")]
        )

    def test_it_is_there_once(self):
        self.look_for_it()
        self.assertEqual(self.get_dashboards(), self.dashboard)

    def test_a_usual_start_asks_for_nothing(self):
        self.look_for_it()
        with self.assertQueryCount(0):
            self.look_for_it()

    def test_it_is_made_anew_when_it_is_gone(self):
        self.dashboard.unlink()
        self.look_for_it()
        self.assertEqual(len(self.get_dashboards()), 1)

    def test_a_sheet_that_is_broken_does_not_stop_a_start(self):
        self.dashboard.unlink()
        hook = "odoo.addons.store_transfer.models.dashboard.dashboard"
        with patch(f"{hook}.SHEET", "store_transfer/none.json"), mute_logger(hook):
            self.look_for_it()
        self.assertFalse(self.get_dashboards())
        self.look_for_it()
        self.assertEqual(len(self.get_dashboards()), 1)

    def test_an_update_keeps_what_was_changed(self):
        data = self.env["ir.model.data"].search(
            [("module", "=", "store_transfer"), ("name", "=", "dashboard")]
        )
        self.assertTrue(data.noupdate)

    def test_who_sees_it(self):
        for user, sees in (
            (self.head_office, True),
            (self.shop_approver, True),
            (self.shop_staff, False),
        ):
            self.assertEqual(self.dashboard in self._search_as(user), sees)

    def _search_as(self, user):
        return self.env["spreadsheet.dashboard"].with_user(user).search([])

    def test_it_opens(self):
        dashboard = self.dashboard.with_user(self.head_office)
        content = json.loads(dashboard._get_serialized_readonly_dashboard())
        self.assertEqual(content["translation_namespace"], "store_transfer")
        self.assertEqual(content["snapshot"]["sheets"][0]["name"], "Dashboard")

    def update_from_earlier_version(self):
        self.run_migration("19.0.1.11.0/post-dashboard_sheet.py")
        return base64.b64decode(self.dashboard.spreadsheet_binary_data)

    def get_file(self):
        return self.env["ir.attachment"].search(
            [
                ("res_model", "=", self.dashboard._name),
                ("res_field", "=", "spreadsheet_binary_data"),
                ("res_id", "=", self.dashboard.id),
            ]
        )

    def test_an_update_gives_the_new_sheet_to_who_has_changed_nothing(self):
        newest = base64.b64decode(self.dashboard.spreadsheet_binary_data)
        self.get_file().raw = b"{}"
        self.env.cr.execute(
            "UPDATE ir_attachment SET checksum = %s WHERE id = %s",
            ["1136edf4e6136e7eac5ca57b536cec440f59cb37", self.get_file().id],
        )
        self.env.invalidate_all()
        self.assertEqual(self.update_from_earlier_version(), newest)

    def test_an_update_keeps_a_sheet_of_ones_own(self):
        self.get_file().raw = b"{}"
        self.assertEqual(self.update_from_earlier_version(), b"{}")

    def test_an_update_without_the_dashboard(self):
        self.dashboard.unlink()
        self.run_migration("19.0.1.11.0/post-dashboard_sheet.py")
        self.assertFalse(self.get_dashboards())
