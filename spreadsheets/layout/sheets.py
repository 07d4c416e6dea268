"""Which sheets of a file are read: the first with orders, and those that go on."""

from collections import Counter
from dataclasses import replace
from itertools import chain, islice

from ..cells.dates import looks_like_date
from ..cells.numbers import to_number
from ..cells.placeholders import is_filled
from ..errors import SpreadsheetError
from ..reading import Reading
from .columns import HEADING_ROWS, PRODUCT_CODES, get_missing_columns
from .file_columns import describe_columns
from .own_sheets import is_own_sheet
from .table_layout import LayoutFinder
from .table_reader import TableReader

# What sheets that go on with each other say in the same way: in a column, or above it.
DECISIVE_COLUMNS = {"expected_date", "destination", "quantity"}
# The same headings twice are an error only on the first sheet.
CONTRADICTIONS = ("two_headings", "two_ways", "other_headings")
# So many titles may stand above the rows of a sheet without headings.
MOST_TITLES = 3


class Sheets:
    """Reads the sheets of a file one by one.

    After that, ``readers`` has a :class:`TableReader` for each sheet that was read.

    :param clues: :class:`Clues`
    :param max_rows: how many rows of orders there may be
    """

    def __init__(self, clues, max_rows):
        self.clues = clues
        self.max_rows = max_rows
        self.readers = []
        self._unread = []
        self._repeated = []
        self._has_headings = False
        # Of what looks most like headings, as long as none are found.
        self._missing = get_missing_columns(())
        self._found = []

    def read_sheet(self, table):
        """Read a :class:`Table`, if it holds orders.

        :raise SpreadsheetError: when the columns of the first one contradict each other
        """
        head = list(islice(table.rows, HEADING_ROWS))
        if not head:
            return
        layout, start = LayoutFinder(head, self.clues).find()
        missing = layout.get_missing(self.clues.defaults) if layout else None
        if missing == [] and self._goes_on(layout):
            self._read(table, layout, chain(head[start:], table.rows))
        elif self.readers and self._fits(head):
            self._read(table, self._repeat_layout(), chain(head, table.rows))
        elif not is_own_sheet(head):
            self._unread.append(table.name)
            if missing and not self.readers:
                self._keep_nearest(layout, missing, head[start:])

    def _read(self, table, layout, rows):
        first, *_others = [*self.readers, None]
        rows_left = self.max_rows - sum(len(reader.rows) for reader in self.readers)
        first_id = self.readers[-1].next_id if first else 1
        reader = TableReader(layout, self.clues, rows_left, table.name, first_id)
        reader.is_text = table.is_text
        try:
            reader.read_rows(rows)
        except SpreadsheetError as error:
            if not first or error.reason not in CONTRADICTIONS:
                raise
            self._unread.append(table.name)
        else:
            self._has_headings = True
            if reader.rows:
                self._keep(reader)

    def _keep(self, reader):
        """Keep a sheet; one that only repeats what others say is read once."""
        if not self.readers:
            self.readers.append(reader)
            return
        before, more = _count_rows(self.readers), _count_rows([reader])
        if more <= before:
            self._repeated.append(reader.sheet)
        elif before <= more:
            self._repeated += [one.sheet for one in self.readers]
            self.readers = [reader]
        else:
            self.readers.append(reader)

    def _keep_nearest(self, layout, missing, rows):
        if not self._found or len(missing) < len(self._missing):
            self._missing = missing
            self._found = describe_columns(layout, rows)

    def _goes_on(self, layout):
        """Tell whether a sheet says the same as the first one, in the same way."""
        return not self.readers or (
            _get_manner(layout) == _get_manner(self.readers[0].layout)
        )

    def _fits(self, head):
        """Tell whether a sheet without headings goes on with the rows of the first."""
        first = self.readers[0].layout
        if first.stores or not {"expected_date", "destination"} & set(first.columns):
            return False
        for row in head[: MOST_TITLES + 1]:
            filled = [index for index, cell in enumerate(row.cells) if is_filled(cell)]
            if filled and len(filled) > 1:
                return filled[-1] < len(first.headings) and _fits_row(
                    row, first.columns
                )
        return False

    def _repeat_layout(self):
        """Return the layout of the first sheet for one without headings."""
        first = self.readers[0].layout
        places = {name: [index] for name, index in first.columns.items()}
        return replace(
            first, number=0, choice=replace(first.choice, places=places), columns={}
        )

    def finish(self):
        """Return the :class:`Reading` of all sheets.

        :raise SpreadsheetError: when nothing could be read
        """
        if not self.readers and self._has_headings:
            raise SpreadsheetError("no_rows")
        if not self.readers:
            raise SpreadsheetError("no_headings", self._missing, found=self._found)
        reading = Reading(headings=self.readers[0].layout.get_headings())
        for reader in self.readers:
            reading.rows += self._name_headings(reader, reading.headings)
            reading.labels.update(reader.layout.get_labels())
            reading.columns += reader.columns
            reading.left_out += reader.left_out
            reading.hidden_rows += reader.hidden_rows
            reading.sheets.append(reader.sheet)
        if len(self.readers) == 1:
            self._leave_out_name(reading)
        reading.unread_sheets = self._unread
        reading.repeated_sheets = self._repeated
        return reading

    def _name_headings(self, reader, headings):
        """Return the rows of a sheet with the headings that it has of its own."""
        own = {
            name: heading
            for name, heading in reader.layout.get_headings().items()
            if heading != headings.get(name)
        }
        if not own:
            return reader.rows
        return [row._replace(headings={**own, **row.headings}) for row in reader.rows]

    def _leave_out_name(self, reading):
        """Say nothing of sheets where only one is read."""
        for name in ("rows", "columns", "left_out"):
            setattr(
                reading,
                name,
                [one._replace(sheet="") for one in getattr(reading, name)],
            )
        reading.hidden_rows = [("", number) for _name, number in reading.hidden_rows]


def _count_rows(readers):
    """Return how often each row occurs in some sheets, by what it asks for."""
    return Counter(
        frozenset((name, cell) for name, cell in row.cells.items() if is_filled(cell))
        for reader in readers
        for row in reader.rows
    )


def _get_manner(layout):
    """Return what tells a list from a matrix, and from a form."""
    return layout.is_matrix(), DECISIVE_COLUMNS & {*layout.choice.places, *layout.given}


def _fits_row(row, columns):
    """Tell whether the cells of a row are what its columns are for."""
    cells = {
        name: row.cells[index] if index < len(row.cells) else None
        for name, index in columns.items()
    }
    return (
        to_number(cells["quantity"]) is not None
        and any(is_filled(cells.get(name)) for name in PRODUCT_CODES)
        and is_filled(cells.get("destination", True))
        and ("expected_date" not in cells or looks_like_date(cells["expected_date"]))
    )
