"""How quantities are written in sentences."""

from odoo.tools import formatLang


def format_quantity(env, quantity):
    """Return a quantity as the user writes it, without zeros at its end."""
    text = formatLang(env, quantity, dp="Product Unit")
    language = env["res.lang"]._lang_get(env.lang or "en_US")
    point = language.decimal_point
    return text.rstrip("0").rstrip(point) if point and point in text else text
