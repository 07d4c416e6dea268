"""How the user's language writes dates and numbers."""

import unicodedata
from typing import NamedTuple


class Notation(NamedTuple):
    """How the user's language writes dates and numbers.

    :param months: ``{name of a month, in lower case: its number}``
    :param timezone: ``tzinfo`` of the place that dates are meant for; without one, a
        date is the day that is written, whatever zone stands behind it
    """

    is_day_first: bool = False
    decimal_point: str = "."
    thousands_separator: str = ","
    months: dict = {}
    timezone: object = None

    @classmethod
    def of(
        cls, date_format, decimal_point, thousands_separator, months=(), timezone=None
    ):
        """Return the notation of a language.

        :param date_format: as ``strftime`` takes it
        :param months: names of the months, as ``(number, name)``
        """
        day, month = map(date_format.find, ("%d", "%m"))
        return cls(
            is_day_first=0 <= day < month,
            decimal_point=decimal_point or ".",
            # As in the texts that it is compared with: a narrow space is a space.
            thousands_separator=unicodedata.normalize(
                "NFKC", thousands_separator or ""
            ),
            months={
                unicodedata.normalize("NFKC", name).casefold().rstrip("."): number
                for number, name in months
            },
            timezone=timezone,
        )
