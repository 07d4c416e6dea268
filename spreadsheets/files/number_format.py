"""How a workbook shows a whole number: 456 in the format 00000 is shown as 00456."""

import re
from typing import NamedTuple

from ..table import PaddedNumber

TEXTS = r'(?:"[^"]*"|\\.)*'
# Neither names of colours and languages nor room for a bracket is shown. Behind a
# semicolon stands how other numbers are shown, such as negative ones.
ZEROS = re.compile(
    rf"(?:\[[^\]=<>]*\])*({TEXTS})#*(0[0#]*)({TEXTS})(?:[_*].)*(?:;.*)?", re.DOTALL
)


class Padding(NamedTuple):
    """What a format adds to a whole number.

    :param length: digits that are shown at least
    """

    before: str
    length: int
    after: str

    def apply(self, number):
        """Return a number as it is shown: only a whole one has no other digits."""
        if number < 0 or number != int(number):
            return number
        digits = f"{int(number):0{self.length}}"
        return PaddedNumber(number, f"{self.before}{digits}{self.after}")


def read_padding(code):
    """Return the :class:`Padding` of a format, or None if it adds nothing.

    :param code: the format as Excel writes it, or None
    """
    match = ZEROS.fullmatch(code or "")
    if not match:
        return None
    padding = Padding(_read_text(match[1]), len(match[2]), _read_text(match[3]))
    return None if padding == ("", 1, "") else padding


def _read_text(code):
    return re.sub(r'"([^"]*)"|\\(.)', r"\1\2", code, flags=re.DOTALL)
