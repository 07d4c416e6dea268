from . import (
    discrepancy,
    access,
    answer,
    decision,
    by_rule,
    opening,
    sync,
    notification,
)
