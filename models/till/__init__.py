from . import (
    till,
    tabs,
    list,
    transfer,
    code,
    steps,
    differences,
)
