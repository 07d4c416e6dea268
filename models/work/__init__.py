from . import (
    work,
    goods,
    query,
    mine,
    actions,
)
