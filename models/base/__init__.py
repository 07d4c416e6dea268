from . import (
    mail_activity,
    mail_thread,
    ir_http,
)
