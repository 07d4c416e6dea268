"""Describes the columns of a file, for people to see what they are read as."""

from itertools import islice

from ..cells.placeholders import is_filled
from ..cells.texts import to_text
from ..reading import OF_DOCUMENT, OF_STORE, OF_VENDORS, FileColumn
from .columns import IGNORED

# So many cells of a column are shown to tell what it holds.
SAMPLES = 3
# More different texts than that are no names of stores or vendors.
MAX_VALUES = 1000


def describe_columns(layout, rows, sheet=""):
    """Return a :class:`FileColumn` for each column that is filled.

    :param layout: the :class:`TableLayout`
    :param rows: list of the :class:`TableRow` below the headings
    """
    width = max((len(row.cells) for row in rows), default=0)
    names = _get_names(layout)
    of_stores = {*layout.named_stores}
    # With another word beside its name, what one alone is may be said by people.
    if len(layout.stores) > 1:
        of_stores.update(column.index for column in layout.stores)
    columns = []
    for index in range(width):
        samples = list(islice(_iterate_filled(rows, index), SAMPLES))
        if samples:
            name = names.get(index) or _get_name_of_unread(layout, rows, index)
            columns.append(
                FileColumn(
                    index,
                    layout.get_heading(index),
                    name,
                    list(map(to_text, samples)),
                    sheet,
                    _get_doubt(layout, index),
                    frozenset() if name else _get_values(rows, index),
                    index in of_stores,
                )
            )
    return columns


def _iterate_filled(rows, index):
    for row in rows:
        if index < len(row.cells) and is_filled(row.cells[index]):
            yield row.cells[index]


def _get_names(layout):
    names = dict.fromkeys(layout.choice.ignored, IGNORED)
    names.update((column.index, "quantity") for column in layout.stores)
    for name, indexes in layout.choice.places.items():
        names.update(dict.fromkeys(indexes, name))
    return names


def _get_name_of_unread(layout, rows, index):
    """Return what a column is that nobody has given a name: at best, it only counts."""
    if layout.get_heading(index):
        return ""
    cells = [row.cells[index] if index < len(row.cells) else None for row in rows]
    start = cells[0]
    counts = isinstance(start, int) and start in (0, 1)
    return IGNORED if counts and cells == list(range(start, start + len(cells))) else ""


def _get_doubt(layout, index):
    if index in layout.choice.vendors:
        return OF_VENDORS
    if layout.choice.spare.get(index) == "expected_date":
        return OF_DOCUMENT
    return OF_STORE if index in layout.unknown_stores else ""


def _get_values(rows, index):
    cells = {row.cells[index] for row in rows if index < len(row.cells)}
    texts = map(to_text, filter(is_filled, cells))
    return frozenset(islice(texts, MAX_VALUES))
