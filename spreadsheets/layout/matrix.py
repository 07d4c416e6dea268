"""A table with a column for each store: a cell says how much that store gets."""

import re
from collections import Counter
from typing import NamedTuple

from ..cells.texts import to_text
from .columns import LONGEST_HEADING, OF_STORES, to_heading_key
from .headings import (
    MODIFIERS,
    find_exact_meaning,
    find_loose_meaning,
    split_heading,
)

SPACES = re.compile(r"\s+")
SEVERAL = re.compile("[/／、,，+&]")


class StoreColumn(NamedTuple):
    """A column with what one store gets.

    :param store: the name by which the store is known, as a part of the heading
    :param rest: key of what else stands in the heading
    """

    index: int
    heading: str
    store: str
    rest: str = ""


def find_store_columns(cells, clues):
    """Return the :class:`StoreColumn` of each heading that names one store.

    Known are the store's name or short code, both of them ("台中店(TC)"), and another
    word beside it, as in "TC 台中". A word that several have beside them says no name
    but what is counted: "TC 銷量".

    :param cells: a row of headings
    """
    columns = [
        column
        for index, cell in enumerate(cells)
        if (column := _find_store_column(index, to_text(cell), clues))
    ]
    rests = Counter(column.rest for column in columns)
    return [column for column in columns if not column.rest or rests[column.rest] == 1]


def _find_store_column(index, heading, clues):
    if not heading or len(heading) > LONGEST_HEADING or find_exact_meaning(heading):
        return None
    if clues.is_store(heading):
        return StoreColumn(index, heading, heading)
    for parts in (split_heading(heading), SPACES.split(heading)):
        stores = {part: key for part in parts if (key := clues.identify_store(part))}
        rests = [part for part in parts if part not in stores]
        rest = "".join(to_heading_key(part) for part in rests if not _is_neutral(part))
        is_clear = not rest or not SEVERAL.search(heading)
        if len(set(stores.values())) == 1 and is_clear and not _is_other(rests):
            return StoreColumn(index, heading, next(iter(stores)), rest)
    return None


def _is_neutral(part):
    meaning = find_exact_meaning(part) or find_loose_meaning(part)
    return bool(meaning) and meaning.name in OF_STORES


def _is_other(parts):
    """Tell whether words say that a column holds no quantities for a store."""
    meanings = [find_exact_meaning(part) for part in parts]
    return any(to_heading_key(part) in MODIFIERS for part in parts) or any(
        meaning and meaning.name not in OF_STORES for meaning in meanings
    )
