from . import (
    report,
    ratios,
    query,
)
