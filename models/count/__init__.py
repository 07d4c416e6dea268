from . import (
    count,
    access,
    expected,
    submission,
    surplus,
    discrepancies,
    review,
    screen,
    apply,
    line,
    line_goods,
    scan,
)
