from . import (
    company,
    settings,
    mailing,
    queue,
    mail_compose_message,
    stock_picking,
)
