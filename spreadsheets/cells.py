"""What people type into the cells of a spreadsheet, read as values."""

import re
import unicodedata
from datetime import date, datetime, time, timedelta
from typing import NamedTuple

MAX_QUANTITY = 1e9
# A lost leading zero is looked for up to the length of a GTIN-14.
LONGEST_NUMERIC_SKU = 14

STORE_SEPARATORS = re.compile(r"[,，、;；\n]")
INVISIBLE_CHARACTERS = re.compile(
    "[\x00-\x08\x0b-\x1f\x7f\xad\u200b-\u200f\u202a-\u202e\u2060\u2066-\u2069\ufeff]"
)
SHORTENED_NUMBER = re.compile(r"\d(\.\d+)?E\+\d+", re.IGNORECASE)

YEAR_FIRST = re.compile(r"(?P<year>\d{4})([-/.])(?P<month>\d{1,2})\2(?P<day>\d{1,2})")
YEAR_LAST = re.compile(r"(?P<first>\d{1,2})([-/.])(?P<second>\d{1,2})\2(?P<year>\d{4})")
DIGITS_ONLY = re.compile(r"(?P<year>20\d\d)(?P<month>\d\d)(?P<day>\d\d)")
TAIWANESE_DIGITS = re.compile(r"(?P<year>1\d\d)(?P<month>\d\d)(?P<day>\d\d)")
CHINESE = re.compile(
    r"(?P<era>民國|中華民國)?(?P<year>\d{2,4})年(?P<month>\d{1,2})月(?P<day>\d{1,2})日?"
)
TAIWANESE = re.compile(r"(?P<year>\d{3})([-/.])(?P<month>\d{1,2})\2(?P<day>\d{1,2})")
TIME = re.compile(r"[ t]\d{1,2}:\d\d(:\d\d(\.\d+)?)?$")
# Excel counts the days since then. A date whose format was lost is such a number; in
# this range, of the years 2000 to 2099, it can't be anything else.
FIRST_DAY_OF_EXCEL = date(1899, 12, 30)
DAYS_OF_EXCEL = range(36526, 73051)
# Year 1 of the Taiwanese calendar is 1912.
FIRST_TAIWANESE_YEAR = 1912
# Another year is a slip of the finger, such as 115 that was meant to be Taiwanese.
POSSIBLE_YEARS = range(2000, 2100)


class Notation(NamedTuple):
    """How the user's language writes dates and numbers."""

    is_day_first: bool = False
    decimal_point: str = "."
    thousands_separator: str = ","

    @classmethod
    def of(cls, date_format, decimal_point, thousands_separator):
        """Return the notation of a language.

        :param date_format: as ``strftime`` takes it
        """
        day, month = map(date_format.find, ("%d", "%m"))
        return cls(
            is_day_first=0 <= day < month,
            decimal_point=decimal_point or ".",
            # As in the texts that it is compared with: a narrow space is a space.
            thousands_separator=unicodedata.normalize(
                "NFKC", thousands_separator or ""
            ),
        )


def to_text(value):
    """Return the cell as the user sees it; a whole number has no decimals."""
    if value is None:
        return ""
    if isinstance(value, datetime) and value.time() == time.min:
        value = value.date()
    if isinstance(value, datetime):
        value = value.replace(microsecond=0)
    if isinstance(value, float) and value.is_integer():
        value = int(value)
    return INVISIBLE_CHARACTERS.sub("", str(value)).strip()


def to_key(value):
    """Return what texts are compared by: full-width, case and spaces don't matter."""
    text = unicodedata.normalize("NFKC", to_text(value))
    return " ".join(text.casefold().split())


def to_skus(value):
    """Return the SKUs that a cell can mean, the most literal one first.

    Excel makes a number of a SKU like 4710001, and some tools write it as 4710001.0.
    """
    text = to_text(value)
    candidates = [text, " ".join(unicodedata.normalize("NFKC", text).split())]
    if re.fullmatch(r"\d+\.0+", candidates[-1]):
        candidates.append(candidates[-1].partition(".")[0])
    return list(dict.fromkeys(filter(None, candidates)))


def add_leading_zeros(sku):
    """Return the SKUs that Excel would have made this number of."""
    if not re.fullmatch(r"[1-9]\d*", sku):
        return []
    return [
        sku.zfill(length) for length in range(len(sku) + 1, LONGEST_NUMERIC_SKU + 1)
    ]


def is_shortened_number(value):
    """Tell whether Excel saved a long number as 4.71E+12: its end is lost."""
    return bool(SHORTENED_NUMBER.fullmatch(to_text(value)))


def to_date(value, notation):
    """Return the date of a cell: a real date, or a text in one of many notations.

    Known are 2026-11-30, 2026/11/30, 20261130, 2026年11月30日, the Taiwanese 115/11/30,
    1151130 and 民國115年11月30日, 11/30/2026 or 30/11/2026 as the language has it, and
    Excel's own number of a day.

    :raise ValueError: when it is none of these, or no day of this century
    """
    found = _read_date(value, notation)
    if found.year not in POSSIBLE_YEARS:
        raise ValueError(value)
    return found


def _read_date(value, notation):
    if isinstance(value, datetime):
        return value.date()
    if isinstance(value, date):
        return value
    text = TIME.sub("", to_key(value)).replace(" ", "")
    if isinstance(value, bool) or not text:
        raise ValueError(value)
    if isinstance(value, (int, float)) and value in DAYS_OF_EXCEL:
        return FIRST_DAY_OF_EXCEL + timedelta(days=int(value))
    for pattern in (YEAR_FIRST, DIGITS_ONLY):
        if match := pattern.fullmatch(text):
            return _make_date(match["year"], match["month"], match["day"])
    if match := YEAR_LAST.fullmatch(text):
        parts = match["first"], match["second"]
        day, month = parts if notation.is_day_first else reversed(parts)
        return _make_date(match["year"], month, day)
    for pattern in (CHINESE, TAIWANESE, TAIWANESE_DIGITS):
        if match := pattern.fullmatch(text):
            year = int(match["year"])
            if year < 1000:
                year += FIRST_TAIWANESE_YEAR - 1
            return _make_date(year, match["month"], match["day"])
    raise ValueError(value)


def _make_date(year, month, day):
    return date(int(year), int(month), int(day))


def to_quantity(value, notation):
    """Return the number of a cell, or of a text such as ``1,000``.

    :raise ValueError: when it is none, or no quantity of anything
    """
    if isinstance(value, bool):
        raise ValueError(value)
    if not isinstance(value, (int, float)):
        value = _to_plain_number(to_key(value), notation)
    # Compared first: a whole number may have too many digits for a float.
    if isinstance(value, int) and abs(value) > MAX_QUANTITY:
        raise ValueError(value)
    quantity = float(value)
    if not abs(quantity) <= MAX_QUANTITY:
        raise ValueError(value)
    return quantity


def _to_plain_number(text, notation):
    """Return a number as Python writes it, without separators of thousands."""
    point, separator = map(
        re.escape, (notation.decimal_point, notation.thousands_separator)
    )
    grouped = rf"|\d{{1,3}}(?:{separator}\d{{3}})+" if separator else ""
    number = rf"[+-]?(?:(?:\d+{grouped})(?:{point}\d*)?|{point}\d+)"
    if not re.fullmatch(number, text):
        raise ValueError(text)
    return text.replace(notation.thousands_separator, "").replace(
        notation.decimal_point, "."
    )


def split_stores(value):
    """Return the names in a cell that may name several stores."""
    names = (name.strip() for name in STORE_SEPARATORS.split(to_text(value)))
    return [name for name in names if name]
