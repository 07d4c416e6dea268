from odoo.api import SUPERUSER_ID, Environment
from odoo.tools import file_open

SHEET = "store_transfer/data/dashboard/store_transfer_dashboard.json"
# Checksums of the sheets of earlier versions, until 19.0.1.8.0 and after it.
SHIPPED = (
    "b3ba51e408ba5a418c749bf9864c75bc3d23cf53",
    "1136edf4e6136e7eac5ca57b536cec440f59cb37",
)


def migrate(cr, version):
    """Give a dashboard that nobody has changed the headings that phones show.

    The app *Dashboards* may be loaded after this, so its file is written, not it.
    """
    env = Environment(cr, SUPERUSER_ID, {})
    dashboard_id = env["ir.model.data"]._xmlid_to_res_id("store_transfer.dashboard")
    unchanged = env["ir.attachment"].search(
        [
            ("res_model", "=", "spreadsheet.dashboard"),
            ("res_field", "=", "spreadsheet_binary_data"),
            ("res_id", "=", dashboard_id),
            ("checksum", "in", SHIPPED),
        ]
    )
    with file_open(SHEET, "rb") as sheet:
        unchanged.raw = sheet.read()
