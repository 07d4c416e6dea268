from . import (
    settings,
    carton,
    astray,
    transfer,
)
