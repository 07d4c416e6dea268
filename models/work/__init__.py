from . import (
    work,
    query,
    mine,
    actions,
)
