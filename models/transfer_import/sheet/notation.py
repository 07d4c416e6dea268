"""How the language of the user writes dates and numbers."""

from babel.dates import get_month_names

from odoo.tools.misc import babel_locale_parse

from ....spreadsheets.cells.notation import Notation


def get_notation(env):
    """Return how the user of ``env`` writes dates and numbers."""
    language = env["res.lang"]._lang_get(env.lang or "en_US")
    stores = env["stock.warehouse"]
    return Notation.of(
        language.date_format,
        language.decimal_point,
        language.thousands_sep,
        months=_get_months(language.code),
        timezone=stores.with_context(tz=stores._get_transfer_timezone()).env.tz,
    )


def _get_months(code):
    """Return the names of the months in a language, as ``(number, name)``."""
    locale = babel_locale_parse(code)
    return [
        month
        for width in ("wide", "abbreviated")
        for context in ("format", "stand-alone")
        for month in get_month_names(width, context, locale).items()
    ]
