"""What people type into the cells of a spreadsheet, read as values."""

import re
import unicodedata
from datetime import date, datetime

MAX_QUANTITY = 1e9
STORE_SEPARATORS = re.compile(r"[,，、\n]")
NUMBER = re.compile(r"[+-]?(\d+\.?\d*|\.\d+)")
CONTROL_CHARACTERS = re.compile(r"[\x00-\x08\x0b-\x1f\x7f]")


def to_text(value):
    """Return the cell as the user sees it; a whole number has no decimals."""
    if value is None:
        return ""
    if isinstance(value, datetime) and not value.time():
        value = value.date()
    if isinstance(value, datetime):
        value = value.replace(microsecond=0)
    if isinstance(value, float) and value.is_integer():
        value = int(value)
    return CONTROL_CHARACTERS.sub("", str(value)).strip()


def to_key(value):
    """Return what texts are compared by: full-width, case and spaces don't matter."""
    text = unicodedata.normalize("NFKC", to_text(value))
    return " ".join(text.casefold().split())


def to_skus(value):
    """Return the SKUs that a cell can mean, the most literal one first.

    Excel makes a number of a SKU like 4710001, and some tools write it as 4710001.0.
    """
    text = to_text(value)
    candidates = [text, unicodedata.normalize("NFKC", text)]
    if re.fullmatch(r"\d+\.0+", text):
        candidates.append(text.partition(".")[0])
    return list(dict.fromkeys(filter(None, candidates)))


def to_date(value):
    """Return the date of a cell, that is a real date or an ISO text.

    :raise ValueError: when it is neither
    """
    if isinstance(value, datetime):
        return value.date()
    if isinstance(value, date):
        return value
    return date.fromisoformat(to_key(value))


def to_quantity(value):
    """Return the number of a cell.

    :raise ValueError: when it is none, or no quantity of anything
    """
    if isinstance(value, bool):
        raise ValueError(value)
    text = to_key(value)
    if not isinstance(value, (int, float)) and not NUMBER.fullmatch(text):
        raise ValueError(value)
    quantity = float(value if isinstance(value, (int, float)) else text)
    if not abs(quantity) <= MAX_QUANTITY:
        raise ValueError(value)
    return quantity


def split_stores(value):
    """Return the names in a cell that may name several stores."""
    names = (name.strip() for name in STORE_SEPARATORS.split(to_text(value)))
    return [name for name in names if name]
