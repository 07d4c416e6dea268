"""What stands above a table and counts for all its rows, as on a form.

A label and its value stand beside each other, in one cell with a colon between them, or
below each other where all of a row are labels.
"""

import re
from itertools import zip_longest
from typing import NamedTuple

from ..cells.texts import to_text
from .columns import LONGEST_HEADING, ORDER_COLUMNS
from .headings import VENDOR, find_meaning, names_unit

NAMES = {*ORDER_COLUMNS, "remark", "number", "unit"}
COLON = re.compile("[:：]")
# Before the next label in the same cell.
NEXT_PAIR = re.compile(
    r"[\n;；\u3000]|\s{2,}|\s+(?=[\u3400-\u9fff]+\s*[:：])|\s+(?=(?:From|To)\b[^:：]*[:：])"
)


class Given(NamedTuple):
    """A value that counts for all rows, and where it comes from.

    :param label: as the file has it, or empty
    """

    name: str
    label: str
    value: object
    sureness: int = 0


def read_above(rows, mapping):
    """Return ``{column name: list of Given}`` of the rows above a table.

    Those of the surest label only: several of them contradict each other.

    :param rows: list of :class:`TableRow`
    """
    found = {}
    for row, below in zip_longest(rows, rows[1:]):
        for given in _read_row(row, below, mapping):
            # A unit may as well be a department.
            if given.name != "unit" or names_unit(to_text(given.value)):
                _add(found.setdefault(given.name, []), given)
    return found


def _add(others, given):
    """Add a value to those of labels that are as sure, if it is another one."""
    if others and given.sureness < others[0].sureness:
        others.clear()
    values = {to_text(other.value) for other in others}
    is_sure = not others or given.sureness == others[0].sureness
    if is_sure and to_text(given.value) not in values:
        others.append(given)


def _read_row(row, below, mapping):
    labels = {
        index: name
        for index, cell in enumerate(row.cells)
        if (name := _find_label(cell, mapping))
    }
    filled = [index for index, cell in enumerate(row.cells) if to_text(cell)]
    if len(filled) > 1 and len(labels) == len(filled):
        yield from _read_below(row, below, labels, mapping)
        return
    for place, index in enumerate(filled):
        after = filled[place + 1] if place + 1 < len(filled) else None
        if index not in labels:
            yield from _read_pairs(row.cells[index], mapping)
        elif after is not None and after not in labels:
            yield _make_given(row.cells[index], row.cells[after], labels[index])


def _find_label(cell, mapping):
    """Return the :class:`Meaning` of a cell that is a label and nothing else."""
    text = to_text(cell)
    if not isinstance(cell, str) or len(text) > LONGEST_HEADING:
        return None
    meaning = find_meaning(COLON.sub(" ", text).strip(), mapping)
    if COLON.search(text.rstrip(":： ")) or not meaning:
        return None
    name = "third_party" if meaning.name == VENDOR else meaning.name
    return meaning._replace(name=name) if name in NAMES else None


def _make_given(label, value, meaning):
    label = to_text(label).rstrip(":： ")
    return Given(meaning.name, label, value, meaning.sureness)


def _read_pairs(cell, mapping):
    """Yield what stands in one cell, as in "Date: 2026-11-30; To: North"."""
    text = to_text(cell)
    if not isinstance(cell, str) or len(text) > LONGEST_HEADING:
        return
    for pair in NEXT_PAIR.split(text):
        label, *values = COLON.split(pair, maxsplit=1)
        meaning = values and _find_label(label, mapping)
        if meaning and values[0].strip():
            yield _make_given(label, values[0].strip(), meaning)


def _read_below(row, below, labels, mapping):
    """Yield the values in the row below one of labels only."""
    is_next = below and below.number == row.number + 1
    if not is_next or any(_find_label(cell, mapping) for cell in below.cells):
        return
    for index, meaning in labels.items():
        value = below.cells[index] if index < len(below.cells) else None
        if to_text(value):
            yield _make_given(row.cells[index], value, meaning)
