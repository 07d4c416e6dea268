"""How quantities are written in sentences: in one way, everywhere."""

import math
from collections import defaultdict
from decimal import Decimal

from odoo.tools import formatLang

# What is added up in a computer is a little off.
TINY = 1e-9
# What Odoo's units that count pieces are called in English, where there is one of them.
# All others, and all units in other languages, are called what they are called.
ONE_OF = {"Units": "Unit", "Dozens": "Dozen"}


def format_quantity(env, quantity, unit=None):
    """Return a quantity as the user writes it, exact and without zeros at its end.

    :param unit: a ``uom.uom``, whose name follows the number
    """
    # More digits than these are no quantity, but how a computer adds up.
    exact = Decimal(f"{quantity:.12g}").normalize()
    text = formatLang(env, quantity, digits=max(0, -exact.as_tuple().exponent))
    if not unit:
        return text
    name = unit.with_env(env).name
    return f"{text} {ONE_OF.get(name, name) if exact == 1 else name}"


def format_quantities(env, quantities):
    """Return sums as ``49 Units, 2.5 kg``: what is in different units is never added.

    :param quantities: ``{uom.uom: quantity}``
    """
    some = {unit: quantity for unit, quantity in quantities.items() if quantity}
    return ", ".join(
        format_quantity(env, quantity, unit) for unit, quantity in some.items()
    ) or format_quantity(env, 0)


def format_by_carton(env, quantity, carton, unit):
    """Return a quantity as ``8 Box of 12 + 4 Units``; just the number without cartons.

    :param quantity: in ``unit``
    :param carton: a ``uom.uom`` that holds several ``unit``, or ``unit`` itself
    """
    if carton == unit:
        return format_quantity(env, quantity)
    size = carton._compute_quantity(1, unit, round=False)
    cartons = max(0, math.floor(quantity / size + TINY))
    rest = unit.round(quantity - cartons * size)
    parts = [(part, of) for part, of in ((cartons, carton), (rest, unit)) if part]
    return " + ".join(format_quantity(env, *part) for part in parts or [(0, unit)])


def sum_by_unit(lines, field):
    """Return ``{uom.uom: sum of the field}`` of lines with a ``stock_uom_id``."""
    sums = defaultdict(float)
    for line in lines:
        sums[line.stock_uom_id] += line[field]
    return sums
