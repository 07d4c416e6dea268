"""How a moment is written in sentences: where it is read, not where it is sent from."""

from odoo.tools import format_datetime


def format_moment(env, moment):
    """Return a moment in UTC in the language and the time zone of the environment.

    Odoo's own function looks at who is logged in, and not at the context, which says
    for whom it is written.
    """
    return format_datetime(env, moment, tz=env.tz.zone)
