from . import (
    transfer_import,
    access,
    summary,
    template,
    check,
    run,
    order,
    finding,
)
