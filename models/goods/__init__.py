from . import (
    old_goods,
    expiry,
    kits,
    missing_lots,
)
