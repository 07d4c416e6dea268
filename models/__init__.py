from . import (
    base,
    store,
    inventory,
    mixins,
    transfer,
    carton,
    count,
    transfer_import,
    discrepancy,
    goods,
)
