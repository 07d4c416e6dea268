from . import (
    base,
    store,
    inventory,
    mixins,
    transfer,
    count,
    transfer_import,
    discrepancy,
    goods,
)
