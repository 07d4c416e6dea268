from . import (
    substitution,
    access,
    proposal,
    answer,
    notification,
    transfer,
    line,
)
