"""What people, and programs, write into a cell where there is nothing to say."""

from .numbers import to_number
from .texts import to_key, to_text

# A question mark is none: whoever wrote it wants to know which one, or how many.
PLACEHOLDERS = {
    *("-", "--", "---", "‐", "–", "—", "——", "―", "ー", "_", ".", "/", "×", "x"),
    *("n/a", "n.a.", "na", "none", "nil", "null", "nan", "<na>"),
    *("無", "无", "免", "沒有", "没有", "空", "空白", "不適用", "不适用", "無廠商"),
}
# Longer texts need not be looked at.
LONGEST_PLACEHOLDER = max(map(len, PLACEHOLDERS)) + 2
# As a quantity, others may as well be a tick, or part of a number.
NO_QUANTITIES = PLACEHOLDERS - {"×", "x", ".", "/", "_"}


def is_placeholder(value):
    """Tell whether a cell only says that there is nothing."""
    return (
        isinstance(value, str)
        and len(value) <= LONGEST_PLACEHOLDER
        and to_key(value).strip("()[]") in PLACEHOLDERS
    )


def is_filled(value):
    """Tell whether there is anything to see in a cell."""
    if isinstance(value, str):
        # The first sign tells it of nearly all cells.
        return value[:1].isalnum() or bool(to_text(value))
    return value is not None


def says_nothing(value):
    """Tell whether a cell is empty, or only says so."""
    return not is_filled(value) or is_placeholder(value)


def asks_for_nothing(quantity):
    """Tell whether a cell with a quantity is empty, or says that there is none."""
    if not is_filled(quantity) or to_number(quantity) == 0:
        return True
    return is_placeholder(quantity) and to_key(quantity) in NO_QUANTITIES
