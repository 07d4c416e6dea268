from . import (
    ir_actions_report,
    paper,
    pick_list,
    transfer_slip,
)
