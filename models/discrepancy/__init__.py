from . import (
    discrepancy,
    access,
    answer,
    decision,
    opening,
    sync,
    notification,
)
