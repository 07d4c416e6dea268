from . import (
    lane,
    lookup,
    transfer,
)
