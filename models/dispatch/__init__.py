from . import (
    company,
    settings,
    mailing,
    queue,
    stock_picking,
)
