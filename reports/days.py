"""Which day it is at a store, in SQL.

That is the day of a transfer where it goes to, else where it comes from. The same is
said in Python by ``_get_transfer_timezone`` of the store.
"""

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
    return SQL(
        "(%s::timestamp AT TIME ZONE 'UTC' AT TIME ZONE"
        " COALESCE(NULLIF(place.tz, ''), NULLIF(seat.tz, ''), %s))::date",
        moment,
        env.user.tz or "UTC",
    )
