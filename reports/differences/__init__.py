from . import (
    report,
    query,
)
