from . import (
    till,
    tabs,
    list,
    transfer,
    code,
    pin_attempt,
    pin,
    steps,
    differences,
    lookup,
    slip,
    order,
)
