"""Puts into rows what a file says once, above a table, or the import's page does."""

from ..cells.placeholders import says_nothing
from .above_table import Given
from .columns import ORDER_COLUMNS

OTHER_SIDES = {"source": "destination", "destination": "source"}


class GivenValues:
    """What is known of all rows of a table, where they don't say it themselves.

    :param layout: the :class:`TableLayout`
    :param clues: :class:`Clues`
    """

    def __init__(self, layout, clues):
        above = {name: found[0] for name, found in layout.given.items()}
        defaults = {
            name: Given(name, "", value) for name, value in clues.defaults.items()
        }
        self.above = set(above)
        self.values = {**defaults, **above}
        # Else a row without any of them goes on with the order above it.
        self.counts_for_all = not set(ORDER_COLUMNS) & set(layout.columns)

    def fill(self, rows):
        """Return the rows with cells that say all."""
        if not self.values:
            return rows
        return [self._fill_row(row, place) for place, row in enumerate(rows)]

    def _fill_row(self, row, place):
        if place and not self.counts_for_all and row.goes_on():
            return row
        filled = {
            name: given
            for name, given in self.values.items()
            if says_nothing(row.cells.get(name)) and self._fits(name, row)
        }
        cells = {name: given.value for name, given in filled.items()}
        labels = {name: given.label for name, given in filled.items() if given.label}
        return row._replace(
            cells={**row.cells, **cells}, headings={**row.headings, **labels}
        )

    def _fits(self, name, row):
        """Tell whether a store is meant: goods of a third party have one side only."""
        other = OTHER_SIDES.get(name)
        has_third_party = "third_party" in self.above or not says_nothing(
            row.cells.get("third_party")
        )
        if not other or not has_third_party:
            return True
        if not says_nothing(row.cells.get(other)):
            return False
        return name in self.above or other not in self.above
