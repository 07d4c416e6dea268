from . import (
    transfer_import,
    summary,
    check,
    run,
    order,
    finding,
)
