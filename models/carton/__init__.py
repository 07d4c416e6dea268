from . import (
    settings,
    carton,
    astray,
    transfer,
    packing,
)
