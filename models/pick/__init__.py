from . import (
    pick,
    access,
    expected,
    apply,
    other_goods,
    screen,
    review,
    typed,
    submission,
    line,
    scan,
)
