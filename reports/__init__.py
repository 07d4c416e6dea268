from . import (
    analysis,
    ir_actions_report,
    paper,
    pick_list,
    transfer_slip,
    packing_list,
    carton_labels,
    manifest,
    count_sheet,
    discrepancy_note,
    ledger_check,
    in_transit,
)
