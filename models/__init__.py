from . import (
    base,
    store,
    inventory,
    mixins,
    transfer,
    carton,
    count,
    pick,
    transfer_import,
    discrepancy,
    goods,
    work,
)
