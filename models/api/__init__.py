from . import (
    key,
    api,
    lookup,
    shape,
    creation,
    reading,
    steps,
    shipping,
    receiving,
)
