"""Which day it is somewhere, in SQL, and when a day begins.

The day of a transfer is that of the store where it goes to, else where it comes from.
The same is said in Python by ``_get_transfer_timezone`` of the store.
"""

from datetime import datetime, time

from pytz import UTC

from odoo.tools import SQL


def join_place():
    """Return the joins that a day needs, after those of ``company`` and the sides."""
    return SQL(
        """
         LEFT JOIN res_partner seat ON seat.id = company.partner_id
         LEFT JOIN res_partner place ON place.id = CASE
                   WHEN destination.id IS NULL THEN source.partner_id
                   ELSE destination.partner_id END
        """
    )


def day_of(env, moment):
    """Return the day at the store of a moment in UTC.

    :param moment: ``SQL``
    """
    return day_in(
        SQL(
            "COALESCE(NULLIF(place.tz, ''), NULLIF(seat.tz, ''), %s)",
            env.user.tz or "UTC",
        ),
        moment,
    )


def day_in(timezone, moment):
    """Return the day in a time zone of a moment in UTC.

    :param timezone: its name, or ``SQL``
    :param moment: ``SQL``
    """
    return SQL(
        "(%s::timestamp AT TIME ZONE 'UTC' AT TIME ZONE %s)::date", moment, timezone
    )


def get_begin(day, timezone):
    """Return when a day begins in a time zone, as a datetime in UTC."""
    begin = timezone.localize(datetime.combine(day, time.min))
    return begin.astimezone(UTC).replace(tzinfo=None)
