from . import (
    work,
    goods,
    query,
    mine,
    people,
    lateness,
    actions,
)
