"""Conditions that Odoo's own operators don't have."""

from odoo.fields import Domain
from odoo.tools import SQL


def is_in_any_case(field, texts):
    """Return the domain of what has one of the texts in a field, in any case.

    All are looked up at once: were each a condition of its own, every record would be
    compared with all of them.
    """

    def to_sql(model, alias, query):
        return SQL(
            "lower(%s) IN (SELECT lower(text) FROM unnest(%s::text[]) AS text)",
            model._field_to_sql(alias, field, query),
            list(texts),
        )

    return Domain.custom(to_sql=to_sql)
