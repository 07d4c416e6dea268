from . import (
    company,
    settings,
    preference,
    mail_thread,
    reminder,
    letter,
)
