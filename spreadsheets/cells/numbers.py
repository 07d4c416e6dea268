"""Numbers and quantities as people type them into the cells of a spreadsheet."""

import re
from typing import NamedTuple

from ..table import PaddedNumber
from .texts import to_key

MAX_QUANTITY = 1e9

# 3 pcs, 2 箱, x3: a number, and what is counted.
NUMBER_AND_UNIT = re.compile(
    r"(?:[x×]\s?)?(?P<number>[+-]?[\d.,' ]*\d)\s*(?P<unit>[^\W\d_].*)?", re.DOTALL
)
PLAIN_NUMBER = re.compile(r"[+-]?\d+(\.\d*)?")
LONGEST_NUMBER = 40
IN_BRACKETS = re.compile(r"\((.*)\)")


class Measure(NamedTuple):
    """A number, and the text of the unit that is written behind it."""

    number: float
    unit: str = ""


def to_number(value):
    """Return the number in a cell, or None: enough to tell what a row or column is.

    Unlike :func:`to_measure` this knows of no language: commas don't matter, and what
    has a unit is no number.
    """
    if isinstance(value, (int, float)) and not isinstance(value, bool):
        return value
    if not isinstance(value, str) or len(value) > LONGEST_NUMBER:
        return None
    text = value if value.isdecimal() else to_key(value).replace(",", "")
    return float(text) if PLAIN_NUMBER.fullmatch(text) else None


def to_measure(value, notation):
    """Return the :class:`Measure` of a cell: a number, or a text such as ``1,000``.

    :raise ValueError: when it is none, or no quantity of anything
    """
    if isinstance(value, bool):
        raise ValueError(value)
    unit = ""
    # What people see may have a unit in it that only the format adds.
    if isinstance(value, PaddedNumber) or not isinstance(value, (int, float)):
        number, unit = _split(to_key(value))
        value = _to_number(number, notation)
    # Compared first: a whole number may have too many digits for a float.
    if isinstance(value, int) and abs(value) > MAX_QUANTITY:
        raise ValueError(value)
    number = float(value)
    if not abs(number) <= MAX_QUANTITY:
        raise ValueError(value)
    return Measure(number, unit)


def _split(text):
    match = NUMBER_AND_UNIT.fullmatch(text)
    return (match["number"], match["unit"] or "") if match else (text, "")


def _to_number(text, notation):
    """Return the number of a text; accountants write a negative one in brackets."""
    if match := IN_BRACKETS.fullmatch(text):
        return -float(_to_plain_number(match[1], notation))
    return float(_to_plain_number(text, notation))


def _to_plain_number(text, notation):
    """Return a number as Python writes it, without separators of thousands."""
    point = re.escape(notation.decimal_point)
    separators = {notation.thousands_separator, " "} - {""}
    grouped = "".join(
        rf"|\d{{1,3}}(?:{re.escape(separator)}\d{{3}})+" for separator in separators
    )
    number = rf"[+-]?(?:(?:\d+{grouped})(?:{point}\d*)?|{point}\d+)"
    if not re.fullmatch(number, text):
        raise ValueError(text)
    for separator in separators:
        text = text.replace(separator, "")
    return text.replace(notation.decimal_point, ".")
