"""What the overview reads is little of what there is: it is read off these indexes.

They hold only what is open, and all that the overview asks of it, so that it costs the
same however much is over.
"""

from odoo import models

from ...tools.states import OPEN_STATES

IS_OPEN = f"WHERE state IN {OPEN_STATES}"


class StoreTransfer(models.Model):
    _inherit = "store.transfer"

    _open_index = models.Index(
        "(company_id, source_store_id, destination_store_id) INCLUDE (id, state, kind,"
        " initiator, is_to_ship, is_to_count, is_to_take_back, expected_date,"
        " submit_date, approval_date, last_ship_date, arrival_date, last_count_date,"
        f" create_date) {IS_OPEN}"
    )


class StoreTransferLine(models.Model):
    _inherit = "store.transfer.line"

    _open_index = models.Index(
        "(transfer_id) INCLUDE (state, to_ship_quantity, in_transit_quantity,"
        f" to_take_back_quantity, unit_cost) {IS_OPEN}"
    )


class StockMove(models.Model):
    _inherit = "stock.move"

    _transfer_date_index = models.Index(
        "(date) WHERE transfer_line_id IS NOT NULL AND state = 'done'"
    )
