"""How quantities are written in sentences: in one way, everywhere."""

from collections import defaultdict
from decimal import Decimal

from odoo.tools import formatLang


def format_quantity(env, quantity, unit=None):
    """Return a quantity as the user writes it, exact and without zeros at its end.

    :param unit: a ``uom.uom``, whose name follows the number
    """
    # More digits than these are no quantity, but how a computer adds up.
    exact = Decimal(f"{quantity:.12g}").normalize()
    text = formatLang(env, quantity, digits=max(0, -exact.as_tuple().exponent))
    return f"{text} {unit.with_env(env).name}" if unit else text


def format_quantities(env, quantities):
    """Return sums as ``49 Units, 2.5 kg``: what is in different units is never added.

    :param quantities: ``{uom.uom: quantity}``
    """
    some = {unit: quantity for unit, quantity in quantities.items() if quantity}
    return ", ".join(
        format_quantity(env, quantity, unit) for unit, quantity in some.items()
    ) or format_quantity(env, 0)


def sum_by_unit(lines, field):
    """Return ``{uom.uom: sum of the field}`` of lines with a ``stock_uom_id``."""
    sums = defaultdict(float)
    for line in lines:
        sums[line.stock_uom_id] += line[field]
    return sums
