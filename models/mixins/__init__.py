from . import (
    reach,
    guard,
    steps,
    blind,
    turns,
)
