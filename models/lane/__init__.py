from . import (
    lane,
    settings,
    rule,
    lookup,
    transfer,
)
