"""Dates as people type them into the cells of a spreadsheet."""

import re
from datetime import date, datetime, time, timedelta, timezone
from typing import NamedTuple

from .texts import FIRST_DAY_OF_EXCEL, to_key, to_text

# Year 1 of the Taiwanese calendar is 1912.
FIRST_TAIWANESE_YEAR = 1912
# Another year is a slip of the finger, such as 115 that was meant to be Taiwanese.
POSSIBLE_YEARS = range(2000, 2100)

MONTHS = (
    "january",
    "february",
    "march",
    "april",
    "may",
    "june",
    "july",
    "august",
    "september",
    "october",
    "november",
    "december",
)
ENGLISH_MONTHS = {
    short: number
    for number, name in enumerate(MONTHS, start=1)
    for short in (name, name[:3])
} | {"sept": 9}
# Monday is 0. The signs of the Japanese are only known between brackets.
WEEKDAYS = {
    **{sign: number for number, sign in enumerate("一二三四五六日")},
    **{sign: number for number, sign in enumerate("月火水木金土")},
    "天": 6,
    **{
        name: number
        for number, name in enumerate(("mon", "tue", "wed", "thu", "fri", "sat", "sun"))
    },
}

WEEKDAY = re.compile(
    r"[(\[]\s*(?P<bracketed>[一二三四五六日天月火水木金土])\s*[)\]]"
    r"|[(\[]?\s*(?:星期|禮拜|礼拜|週|周)\s*(?P<chinese>[一二三四五六日天])\s*[)\]]?"
    r"|[(\[]?\b(?P<english>mon|tue|wed|thu|fri|sat|sun)"
    r"(?:s|day|sday|nesday|r|rs|rsday|urday)?\b[.,]{0,2}\s*[)\]]?[.,]?"
)
TIME = re.compile(
    r"(?:(?<=\d)t|\s|(?<=[日號号]))\s*"
    r"(?P<before>上午|下午|中午|凌晨|早上|晚上|[ap]\.?m\.?)?\s*"
    r"(?P<hour>\d{1,2})(?::(?P<minute>\d\d)(?::\d\d(?:[.,]\d+)?)?|[時时點点](?:(?P<minutes>"
    r"\d{1,2})分(?:\d{1,2}秒)?)?)"
    r"\s*(?P<after>上午|下午|[ap]\.?m\.?)?"
    r"\s*(?P<zone>z|utc|gmt|(?P<sign>[+-])(?P<ahead>\d\d):?(?P<minutes_ahead>\d\d))?$"
)
AFTERNOON = {"下午", "晚上", "pm"}
MORNING = {"上午", "凌晨", "早上", "am"}

ERA = "(?:(?:中華)?民國|(?:中华)?民国)"
DAY_AND_MONTH = r"(?P<separator>[-/. ])(?P<month>\d{1,2})(?P=separator)(?P<day>\d{1,2})"
YEAR_FIRST = re.compile(rf"(?P<year>\d{{4}}){DAY_AND_MONTH}")
YEAR_LAST = re.compile(
    r"(?P<first>\d{1,2})(?P<separator>[-/. ])(?P<second>\d{1,2})(?P=separator)"
    r"(?P<year>\d{4})"
)
DIGITS_ONLY = re.compile(r"(?P<year>20\d\d)(?P<month>\d\d)(?P<day>\d\d)")
CHINESE = re.compile(
    rf"(?:西元|公元|{ERA})?(?P<year>\d{{2,4}})年(?P<month>\d{{1,2}})月"
    r"(?P<day>\d{1,2})[日號号]?"
)
TAIWANESE = re.compile(rf"(?P<year>\d{{3}}){DAY_AND_MONTH}")
TAIWANESE_WITH_ERA = re.compile(rf"{ERA}(?P<year>\d{{2,3}}){DAY_AND_MONTH}")
TAIWANESE_DIGITS = re.compile(r"(?P<year>1\d\d)(?P<month>\d\d)(?P<day>\d\d)")
NAME = r"(?P<name>[^\W\d_]{3,12})\.?"
ORDINAL = r"(?:st|nd|rd|th|\.)?"
YEAR = r"(?P<year>\d{4}|'?\d{2})"
NAMED_MONTHS = (
    re.compile(rf"(?P<day>\d{{1,2}}){ORDINAL}[-/ ]*{NAME}[-/, ]*{YEAR}"),
    re.compile(rf"{NAME}[-/ ]*(?P<day>\d{{1,2}}){ORDINAL}[-/, ]+{YEAR}"),
    re.compile(rf"(?P<year>\d{{4}})[-/ ]*{NAME}[-/ ]*(?P<day>\d{{1,2}})"),
)
SERIAL = re.compile(r"\d{5}(?:\.\d+)?")
DATE_LIKE = re.compile(r"\d+\s*\D\s*\d+|\d{5,8}")


class ReadDate(NamedTuple):
    """A day, and whether it could have been meant otherwise."""

    day: date
    is_guess: bool = False


class WrongWeekdayError(ValueError):
    """A date with the name of another day of the week beside it."""


def to_date(value, notation, first_day=FIRST_DAY_OF_EXCEL):
    """Return the date of a cell: a real date, or a text in one of many notations.

    Known are 2026-11-30, 2026/11/30, 20261130, 2026年11月30日, the Taiwanese 115/11/30,
    1151130 and 民國115年11月30日, 11/30/2026 or 30/11/2026 as the language has it,
    30.11.2026, 30-Nov-2026 and Nov 30, 2026, each with a day of the week and a time;
    and a spreadsheet's own number of a day.

    :param first_day: the day that the workbook counts its days from
    :return: :class:`ReadDate`
    :raise ValueError: when it is none of these, or no day of this century
    """
    found = _read_value(value, notation, first_day)
    if found.day.year not in POSSIBLE_YEARS:
        raise ValueError(value)
    return found


def looks_like_date(value):
    """Tell whether a cell may be meant as a date, be it a right one or not."""
    return isinstance(value, date) or bool(DATE_LIKE.search(to_text(value)))


def _read_value(value, notation, first_day):
    if isinstance(value, datetime):
        return ReadDate(value.date())
    if isinstance(value, date):
        return ReadDate(value)
    if isinstance(value, bool):
        raise ValueError(value)
    if isinstance(value, float) and not value.is_integer():
        return _read_serial(value, first_day)
    text = to_key(value).lstrip("'‘’`").rstrip(".。")
    if SERIAL.fullmatch(text):
        found = _read_serial(float(text), first_day)
        return found._replace(is_guess=isinstance(value, str))
    return _read_text(text, notation)


def _read_serial(number, first_day):
    """Read the number of a day, with the time of day as its fraction.

    A date whose format was lost is such a number. In this century it can't be
    anything else.
    """
    if not 0 <= number < 100_000:
        raise ValueError(number)
    return ReadDate(first_day + timedelta(days=int(number)))


def _read_text(text, notation):
    text, weekday = _take_weekday(text)
    moment = TIME.search(text)
    if moment:
        text = text[: moment.start()]
    found = _read_day(_tidy(text), notation)
    if weekday is not None and found.day.weekday() != weekday:
        raise WrongWeekdayError(text)
    if moment and moment["zone"] and notation.timezone:
        found = _to_local_day(found, moment, notation.timezone)
    return found


def _take_weekday(text):
    """Return a text without its day of the week, and the number of that or None."""
    match = WEEKDAY.search(text)
    if not match:
        return text, None
    sign = match["bracketed"] or match["chinese"] or match["english"]
    return f"{text[: match.start()]} {text[match.end() :]}".strip(), WEEKDAYS[sign]


def _tidy(text):
    """Return a text without spaces, except where only these part the numbers."""
    text = re.sub(r"\s*([-/.年月日號号])\s*", r"\1", text.strip())
    return re.sub(r"\s+", " ", text).strip(" ,").rstrip(".")


def _read_day(text, notation):
    for pattern in (YEAR_FIRST, DIGITS_ONLY):
        if match := pattern.fullmatch(text):
            return ReadDate(_make_date(match["year"], match["month"], match["day"]))
    if match := YEAR_LAST.fullmatch(text):
        return _read_year_last(match, notation)
    for pattern in (CHINESE, TAIWANESE, TAIWANESE_WITH_ERA, TAIWANESE_DIGITS):
        if match := pattern.fullmatch(text.replace(" ", "")):
            is_guess = pattern is TAIWANESE_DIGITS
            return ReadDate(_make_taiwanese_date(match), is_guess)
    for pattern in NAMED_MONTHS:
        if match := pattern.fullmatch(text):
            return _read_named_month(match, notation)
    raise ValueError(text)


def _read_year_last(match, notation):
    """Read 30/11/2026 as the language has it; between dots, the day comes first."""
    first, second = match["first"], match["second"]
    if notation.is_day_first or match["separator"] != ".":
        day, month = (first, second) if notation.is_day_first else (second, first)
        return ReadDate(_make_date(match["year"], month, day))
    if int(second) > 12:
        return ReadDate(_make_date(match["year"], first, second))
    is_guess = int(first) <= 12 and first != second
    return ReadDate(_make_date(match["year"], second, first), is_guess)


def _read_named_month(match, notation):
    names = ENGLISH_MONTHS | notation.months
    if match["name"] not in names:
        raise ValueError(match["name"])
    year = match["year"].strip("'")
    is_short = len(year) == 2
    day = _make_date(
        f"20{year}" if is_short else year, names[match["name"]], match["day"]
    )
    return ReadDate(day, is_guess=is_short)


def _make_taiwanese_date(match):
    year = int(match["year"])
    if year < 1000:
        year += FIRST_TAIWANESE_YEAR - 1
    return _make_date(year, match["month"], match["day"])


def _make_date(year, month, day):
    return date(int(year), int(month), int(day))


def _to_local_day(found, moment, local_zone):
    """Return the day that a moment in another zone is at the place meant."""
    hour = int(moment["hour"])
    meridiem = (moment["before"] or moment["after"] or "").replace(".", "")
    if meridiem in AFTERNOON and hour < 12:
        hour += 12
    elif meridiem in MORNING and hour == 12:
        hour = 0
    ahead = timedelta(
        hours=int(moment["ahead"] or 0), minutes=int(moment["minutes_ahead"] or 0)
    )
    zone = timezone(-ahead if moment["sign"] == "-" else ahead)
    clock = time(hour, int(moment["minute"] or moment["minutes"] or 0), tzinfo=zone)
    day = datetime.combine(found.day, clock).astimezone(local_zone).date()
    return ReadDate(day, found.is_guess or day != found.day)
