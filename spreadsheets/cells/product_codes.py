"""SKUs and barcodes, as people type them and as spreadsheets spoil them."""

import re
import unicodedata
from datetime import date

from .dates import MONTHS
from .texts import to_text

# A lost leading zero is looked for up to the length of a GTIN-14.
LONGEST_NUMERIC_SKU = 14
# What is longer loses its end when a spreadsheet makes a number of it.
DIGITS_OF_NUMBERS = 15
SHORTEST_BARCODE = 8
SHORTENED_NUMBER = re.compile(r"\d(\.\d+)?E\+\d+", re.IGNORECASE)

DASHES = "-\u2010\u2011\u2012\u2013\u2014\u2015\u2043\u2212\u30fc"
SPACES = " \t\n\u00a0\u3000"
# Two codes that differ in nothing but these characters look alike: the first ones are
# taken for the digits below them, the others are left out.
LOOK_ALIKE = f"oil{DASHES}{SPACES}_./"
DIGITS_LOOKED_LIKE = "011"
LOOK_ALIKES = {
    ord(character): DIGITS_LOOKED_LIKE[index : index + 1]
    for index, character in enumerate(LOOK_ALIKE)
}
ONLY_DASHES = dict.fromkeys(map(ord, DASHES + SPACES))
# Written to keep a spreadsheet from making a number of it.
MARKED_AS_TEXT = re.compile(r"""['‘’`´]+(.+)|="(.+)"|"(.+)\"""")
DISPLAY_NAME = re.compile(r"\[(.+?)\].*")
# What Excel writes into a text file of 10-11, in English and in Chinese.
SHORT_DAY = re.compile(
    r"(?P<day>\d{1,2})-(?P<name>[A-Za-z]{3})"
    r"|(?P<month>\d{1,2})月(?P<day_of_month>\d{1,2})日"
)
# Every day of a month is one of it.
LEAP_YEAR = 2000

CODE_SEPARATORS = re.compile(r"[/,;|&+、\s]+")
# More codes in one cell are no list of SKUs.
MOST_CODES_IN_CELL = 20
LETTERS = "0123456789abcdefghjkmnpqrstuvwxyz"
# A slip of the finger is told from another word only where enough is right.
LENGTHS_OF_MISTYPED = range(4, 21)


def to_codes(value):
    """Return the codes that a cell can mean, the most literal one first.

    Excel makes a number of a SKU like 4710001, and some tools write it as 4710001.0.
    What a number is shown as goes before what it is.
    """
    text = to_text(value)
    candidates = [text, _to_narrow(text)]
    if isinstance(value, int) and not isinstance(value, bool):
        candidates.append(str(int(value)))
    elif re.fullmatch(r"\d+\.0+", candidates[-1]):
        candidates.append(candidates[-1].partition(".")[0])
    return list(dict.fromkeys(filter(None, candidates)))


def _to_narrow(text):
    return " ".join(unicodedata.normalize("NFKC", text).split())


def to_unmarked(text):
    """Return a code without what people put before or behind it, as ``="00123"``."""
    text = _to_narrow(text).strip(" ,;.、。")
    match = MARKED_AS_TEXT.fullmatch(text)
    return next(filter(None, match.groups())).strip() if match else text


def to_digits(text):
    """Return the digits of a barcode that is written in groups, or nothing."""
    digits = to_unmarked(text).translate(ONLY_DASHES)
    return digits if digits.isdigit() and len(digits) >= SHORTEST_BARCODE else ""


def without_dashes(text):
    """Return what codes are compared by when only dashes and spaces may differ."""
    return to_unmarked(text).translate(ONLY_DASHES)


def to_look_alike_key(text):
    """Return what is the same of all codes that look alike: also of O and 0."""
    return to_unmarked(text).lower().translate(LOOK_ALIKES)


def add_leading_zeros(code):
    """Return the codes that Excel would have made this number of."""
    if not re.fullmatch(r"[1-9]\d*", code):
        return []
    return [
        code.zfill(length) for length in range(len(code) + 1, LONGEST_NUMERIC_SKU + 1)
    ]


def has_lost_digits(value):
    """Tell whether a spreadsheet has cut a long number, or shows it as 4.71E+12."""
    if isinstance(value, float):
        return abs(value) >= 10**DIGITS_OF_NUMBERS
    text = to_text(value)
    if isinstance(value, int):
        return len(text) > DIGITS_OF_NUMBERS
    return bool(SHORTENED_NUMBER.fullmatch(text))


def split_codes(text):
    """Return the codes of a cell that may name several products."""
    codes = [code for code in CODE_SEPARATORS.split(_to_narrow(text)) if code]
    return codes if 1 < len(codes) <= MOST_CODES_IN_CELL else []


def get_code_of_display_name(text):
    """Return the SKU of ``[TEA-001] Oolong Tea``, or nothing."""
    match = DISPLAY_NAME.fullmatch(_to_narrow(text))
    return match[1].strip() if match else ""


def get_day(value):
    """Return the date that a cell holds, or None; a text file has it as 10-Nov.

    Which year it is, such a text does not say.
    """
    if isinstance(value, date):
        return value
    match = SHORT_DAY.fullmatch(value) if isinstance(value, str) else None
    if not match:
        return None
    name = (match["name"] or "").casefold()
    names = [month[:3].casefold() for month in MONTHS]
    try:
        month = names.index(name) + 1 if name else int(match["month"])
        return date(LEAP_YEAR, month, int(match["day"] or match["day_of_month"]))
    except ValueError:
        return None


def restore_codes(value):
    """Return the codes that a spreadsheet may have made this date or number of."""
    if day := get_day(value):
        return _restore_from_date(day)
    if isinstance(value, (int, float)) and not isinstance(value, bool):
        return _restore_from_power(to_text(value))
    return []


def _restore_from_date(day):
    """Of 10-11, Excel makes the 10th of November or the 11th of October; MAR-1, too."""
    month = MONTHS[day.month - 1][:3].upper()
    pairs = [
        (str(day.month), str(day.day)),
        (f"{day:%m}", f"{day:%d}"),
        (str(day.month), f"{day:%d}"),
        (month, str(day.day)),
        (month, f"{day:%d}"),
    ]
    if day.day == 1:
        pairs += [(name, f"{day:%y}") for name in (str(day.month), f"{day:%m}", month)]
        pairs += [(name, f"{day:%Y}") for name in (str(day.month), f"{day:%m}", month)]
    codes = [
        code.format(first, second)
        for first, second in pairs
        for code in ("{0}-{1}", "{1}-{0}", "{0}/{1}", "{1}/{0}", "{0}{1}")
        if code != "{0}{1}" or first == month
    ]
    return list(dict.fromkeys(codes))


def _restore_from_power(text):
    """Of 12E3, Excel makes 12000."""
    match = re.fullmatch(r"([1-9]\d*?)(0+)", text)
    if not match:
        return []
    digits, zeros = match.groups()
    return [
        f"{digits}{zeros[: len(zeros) - power]}E{padded}"
        for power in range(1, len(zeros) + 1)
        for padded in (str(power), f"{power:02}")
    ]


def get_mistyped(key):
    """Return all keys that one slip of a finger can have made this one of."""
    if len(key) not in LENGTHS_OF_MISTYPED:
        return set()
    splits = [(key[:index], key[index:]) for index in range(len(key) + 1)]
    found = {left + right[1:] for left, right in splits if right}
    found |= {
        left + right[1] + right[0] + right[2:]
        for left, right in splits
        if len(right) > 1
    }
    for left, right in splits:
        for letter in LETTERS:
            found.add(left + letter + right)
            if right:
                found.add(left + letter + right[1:])
    return found - {key}
