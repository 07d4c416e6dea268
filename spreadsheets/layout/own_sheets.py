"""The sheets of our own template that hold no orders."""

from ..cells.texts import to_text
from .columns import TEMPLATE_COLUMNS, to_heading_key

HEADINGS = [
    {to_heading_key(heading) for heading in column.headings.values()}
    for column in TEMPLATE_COLUMNS
]
STORE_HEADINGS = [
    keys
    for column, keys in zip(TEMPLATE_COLUMNS, HEADINGS, strict=True)
    if column.name in ("source", "destination")
]


def is_own_sheet(rows):
    """Tell whether these are the stores to choose from, or the help on each column.

    :param rows: list of the first :class:`TableRow` of a sheet
    """
    return _fits(rows[0].cells, STORE_HEADINGS) or _fits(
        [row.cells[0] for row in rows[1:]], HEADINGS
    )


def _fits(cells, headings):
    """Tell whether cells have just these headings, in whatever language."""
    keys = [to_heading_key(cell) for cell in cells if to_text(cell)]
    return len(keys) == len(headings) and all(
        key in known for key, known in zip(keys, headings, strict=True)
    )
