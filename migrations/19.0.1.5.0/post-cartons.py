from odoo import SUPERUSER_ID, api


def migrate(cr, version):
    """Number what was packed in the Inventory app, and is on its way now."""
    env = api.Environment(cr, SUPERUSER_ID, {})
    shipped = env["stock.move"].search(
        [
            ("transfer_flow", "=", "ship"),
            ("state", "=", "done"),
            ("transfer_line_id.in_transit_quantity", ">", 0),
            ("move_line_ids.result_package_id", "!=", False),
        ]
    )
    env["store.transfer"]._sync_cartons(shipped)
