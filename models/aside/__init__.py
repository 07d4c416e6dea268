from . import (
    aside,
    access,
    place,
    keeping,
    release,
    line,
    transfer,
    count,
    till,
)
