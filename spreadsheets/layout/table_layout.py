"""Where a sheet has its table: its headings, and what each column is read as."""

from dataclasses import dataclass, field

from ..cells.numbers import to_number
from ..cells.texts import to_text
from .above_table import read_above
from .column_choice import Choice, choose_columns
from .columns import HEADING_ROWS, OF_STORES, PRODUCT_CODES, get_missing_columns
from .headings import find_meaning
from .matrix import find_store_columns

# One alone is a matrix only if nothing else says where goods go, or how much of them.
ENOUGH_STORES = 2


@dataclass
class TableLayout:
    """Where a table has its columns.

    :param number: of the row with the headings; 0 where they stand on another sheet
    :param headings: list of texts, of all columns
    :param choice: :class:`Choice` among the columns
    :param stores: list of :class:`StoreColumn`, the columns that name a store
    :param given: ``{column name: list of Given}`` of what stands above the table
    :param unit: what the heading of the quantities says that they are counted in, or
        a label above the table
    :param columns: ``{column name: index}``, known when the rows have been looked at
    :param unknown_stores: indexes of what may be further stores of a matrix
    :param named_stores: indexes of the headings that are a store's name, be there a
        matrix or not
    """

    number: int
    headings: list
    choice: Choice
    stores: list = field(default_factory=list)
    given: dict = field(default_factory=dict)
    unit: str = ""
    columns: dict = field(default_factory=dict)
    unknown_stores: set = field(default_factory=set)
    named_stores: set = field(default_factory=set)

    def get_heading(self, index):
        return self.headings[index] if index < len(self.headings) else ""

    def get_headings(self):
        """Return ``{column name: heading}`` of what the table says in columns."""
        return {name: self.headings[index] for name, index in self.columns.items()}

    def get_labels(self):
        """Return ``{label: column name}`` of what stands above the table."""
        return {
            given.label: name for name, found in self.given.items() for given in found
        }

    def is_matrix(self):
        places = self.choice.places
        alone = "destination" not in places and "quantity" not in places
        return len(self.stores) >= (1 if alone else ENOUGH_STORES)

    def get_missing(self, names=()):
        """Return the names of required columns that the table does not have.

        :param names: of columns that are known otherwise
        """
        of_stores = OF_STORES if self.is_matrix() else ()
        return get_missing_columns(
            {*self.choice.places, *self.given, *of_stores, *names}
        )

    def names_product(self):
        return any(name in self.choice.places for name in PRODUCT_CODES)

    def get_indexes(self):
        """Return the indexes of all columns that may be read."""
        places = [index for found in self.choice.places.values() for index in found]
        return sorted({*places, *(column.index for column in self.stores)})


class LayoutFinder:
    """Finds the row of headings among the first rows of a sheet.

    :param rows: list of the first :class:`TableRow` of a sheet
    :param clues: :class:`Clues`
    """

    def __init__(self, rows, clues):
        self.rows = rows
        self.clues = clues

    def find(self):
        """Find the first row that has all headings, or else the one most like it.

        :return: the :class:`TableLayout`, or None, and how many rows lie above what
            stands below the headings
        """
        nearest, best = (None, 0), ()
        for place, row in enumerate(self.rows[:HEADING_ROWS]):
            layout, end = self._read_row(place, row)
            if not layout.get_missing(self.clues.defaults):
                return layout, end
            rating = self._rate(layout, row)
            if rating > best:
                nearest, best = (layout, end), rating
        return nearest

    def _rate(self, layout, row):
        """Return how much a row looks like headings."""
        choice = layout.choice
        texts = [cell for cell in row.cells if isinstance(cell, str) and cell.strip()]
        return (
            layout.names_product(),
            len(choice.places),
            len(choice.ignored),
            len({text for text in texts if to_number(text) is None}),
        )

    def _read_row(self, place, row):
        stores = find_store_columns(row.cells, self.clues)
        meanings = self._find_meanings(row.cells, stores)
        headings = [to_text(cell) for cell in row.cells]
        layout = TableLayout(row.number, headings, choose_columns(meanings), stores)
        layout.named_stores = {column.index for column in stores if not column.rest}
        end = place + 1
        if layout.names_product():
            layout.given = read_above(self.rows[:place], self.clues.mapping)
            if not stores:
                end = self._look_for_stores(layout, place, meanings)
        layout.unit = self._find_unit(layout, meanings)
        return layout, end

    def _find_unit(self, layout, meanings):
        above = [given.value for given in layout.given.pop("unit", ())]
        places = layout.choice.places.get("quantity", ())
        units = [meanings[index].unit for index in places if index in meanings]
        return next(filter(None, [*units, *above]), "")

    def _find_meanings(self, cells, stores):
        """Return what headings mean; those of stores are nothing else."""
        of_stores = {column.index for column in stores}
        meanings = {
            index: find_meaning(cell, self.clues.mapping)
            for index, cell in enumerate(cells)
            if index not in of_stores
        }
        return {index: meaning for index, meaning in meanings.items() if meaning}

    def _look_for_stores(self, layout, place, meanings):
        """Find the stores of a matrix in the row above the headings, or below them.

        :return: the place of the first row below the headings
        """
        for other in (place - 1, place + 1):
            if 0 <= other < len(self.rows):
                row = self.rows[other]
                stores = self._find_stores_in(row, layout, meanings)
                if len(stores) >= ENOUGH_STORES and self._has_only(row, stores, layout):
                    self._take_stores(layout, stores, meanings)
                    return max(place, other) + 1
        return place + 1

    def _find_stores_in(self, row, layout, meanings):
        """Find stores where the headings say nothing, or only what their cells are."""
        open_columns = [
            index
            for index in range(len(row.cells))
            if self._may_be_of_store(layout, index, meanings.get(index))
        ]
        cells = [
            cell if index in open_columns else None
            for index, cell in enumerate(row.cells)
        ]
        return find_store_columns(cells, self.clues)

    def _may_be_of_store(self, layout, index, meaning):
        if not meaning:
            return not layout.get_heading(index)
        return meaning.name in OF_STORES

    def _has_only(self, row, stores, layout):
        """Tell whether a row has no values of labels, nor cells of an order."""
        if row.number < layout.number:
            given = {
                to_text(one.value) for found in layout.given.values() for one in found
            }
            return not given.issuperset(column.heading for column in stores)
        indexes = {column.index for column in stores}
        return all(
            index in indexes or to_text(cell) in ("", layout.get_heading(index))
            for index, cell in enumerate(row.cells)
        )

    def _take_stores(self, layout, stores, meanings):
        of_stores = {column.index for column in stores}
        layout.stores = stores
        for column in stores:
            missing = column.index + 1 - len(layout.headings)
            layout.headings += [""] * missing
            layout.headings[column.index] = column.heading
        layout.choice = choose_columns(
            {
                index: meaning
                for index, meaning in meanings.items()
                if index not in of_stores
            }
        )
