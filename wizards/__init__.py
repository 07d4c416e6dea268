from . import (
    stock_picking_return,
    store_transfer_wizard,
    store_transfer_quantity_line,
    store_transfer_approve,
    store_transfer_close,
    store_transfer_reject,
    store_transfer_settle,
    store_transfer_overrule,
    store_transfer_ship,
    store_transfer_many,
    store_transfer_substitute,
    store_transfer_details,
)
