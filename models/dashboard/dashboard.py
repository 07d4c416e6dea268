import base64
import logging

from psycopg2 import OperationalError

from odoo import api, models
from odoo.tools import file_open

_logger = logging.getLogger(__name__)

DASHBOARD = "store_transfer.dashboard"
SHEET = "store_transfer/data/dashboard/store_transfer_dashboard.json"
APP = "spreadsheet.dashboard"
MODULE = "spreadsheet_dashboard"
GROUP = f"{MODULE}.spreadsheet_dashboard_group_logistics"


class StoreTransferDashboard(models.AbstractModel):
    """The dashboard of transfers in Odoo's app *Dashboards*, where that is installed.

    The addon does not depend on the app: it looks for it whenever a registry is made,
    which is also after an app was installed, or taken away.
    """

    _name = "store.transfer.dashboard"
    _description = "Dashboard of Store Transfer"

    def _register_hook(self):
        super()._register_hook()
        # What is known is kept by Odoo between requests: a usual start asks nothing.
        if APP not in self.env or self._get_dashboard_id() or self.env.cr.readonly:
            return
        try:
            with self.env.cr.savepoint():
                self._create_dashboard()
        except OperationalError:
            # It is not worth a start: another worker did it, or the next one will.
            _logger.info("The dashboard of transfers is left to another worker.")
        except Exception:
            # Nor is a dashboard that can't be made: the server starts without it.
            _logger.warning("The dashboard of transfers can't be made", exc_info=True)

    @api.model
    def _get_dashboard_id(self):
        return self.env["ir.model.data"]._xmlid_to_res_id(DASHBOARD)

    @api.model
    def _create_dashboard(self):
        """Create the dashboard, once; an update of the addon leaves it as it is."""
        self.env.cr.execute(
            "SELECT pg_try_advisory_xact_lock(hashtext(%s))", [DASHBOARD]
        )
        [is_ours] = self.env.cr.fetchone()
        group = self.env.ref(GROUP, raise_if_not_found=False)
        if not is_ours or not group:
            return
        with file_open(SHEET, "rb") as sheet:
            content = base64.b64encode(sheet.read())
        dashboard = self.env[APP]._load_records(
            [
                {
                    "xml_id": DASHBOARD,
                    "noupdate": True,
                    "values": {
                        "name": "Store Transfer",
                        "dashboard_group_id": group.id,
                        "group_ids": self.env.ref("store_transfer.group_approver").ids,
                        "sequence": 250,
                        "is_published": True,
                        "spreadsheet_binary_data": content,
                    },
                }
            ]
        )
        for language, _name in self.env["res.lang"].get_installed():
            translated = dashboard.with_context(lang=language)
            translated.name = translated.env._("Store Transfer")

    @api.model
    def _delete_dashboard(self):
        """Delete the dashboard: it would hold on to what its app wants to delete."""
        if APP in self.env:
            self.env[APP].browse(self._get_dashboard_id() or []).exists().unlink()
