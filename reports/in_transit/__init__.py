from . import (
    in_transit,
    query,
)
