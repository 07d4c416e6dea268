from . import (
    settings,
    carton,
    astray,
    taken_back,
    transfer,
    packing,
)
