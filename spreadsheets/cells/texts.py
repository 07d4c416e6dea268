"""What people type into the cells of a spreadsheet, read as texts."""

import re
import unicodedata
from datetime import date, datetime, time

# Excel counts the days since then.
FIRST_DAY_OF_EXCEL = date(1899, 12, 30)

STORE_SEPARATORS = re.compile(r"[,，、;；\n]")
# .NET writes the line breaks of Windows like this into a workbook.
LINE_BREAKS = re.compile(r"(?:_x000D_|\r)\n?", re.IGNORECASE)
INVISIBLE_CHARACTERS = re.compile(
    "[\x00-\x08\x0b-\x1f\x7f\xad\u200b-\u200f\u202a-\u202e\u2060\u2066-\u2069\ufeff]"
)


def to_text(value):
    """Return the cell as the user sees it; a whole number has no decimals."""
    if value is None:
        return ""
    # Most cells are texts, and each is asked for many times.
    text = value if isinstance(value, str) else _show(value)
    if not text.isprintable() or "_x" in text:
        text = INVISIBLE_CHARACTERS.sub("", LINE_BREAKS.sub("\n", text))
    return text.strip()


def _show(value):
    if isinstance(value, datetime):
        is_day = value.time() == time.min
        return str(value.date() if is_day else value.replace(microsecond=0))
    if isinstance(value, float) and value.is_integer():
        value = int(value)
    return str(value)


def to_key(value):
    """Return what texts are compared by: full-width, case and spaces don't matter."""
    text = unicodedata.normalize("NFKC", to_text(value))
    return " ".join(text.casefold().split())


def split_stores(value):
    """Return the names in a cell that may name several stores."""
    names = (name.strip() for name in STORE_SEPARATORS.split(to_text(value)))
    return [name for name in names if name]
