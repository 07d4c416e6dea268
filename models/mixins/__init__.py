from . import (
    reach,
    guard,
    blind,
    turns,
)
