from . import (
    transfer_import,
    summary,
    template,
    check,
    run,
    order,
    finding,
)
