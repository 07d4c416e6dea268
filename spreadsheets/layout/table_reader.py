"""Reads the rows of a table: what each asks for, and which ask for nothing."""

from ..cells.numbers import to_number
from ..cells.placeholders import asks_for_nothing, is_filled, says_nothing
from ..cells.texts import to_text
from ..errors import SpreadsheetError
from ..reading import LeftOutRow, SheetRow
from .columns import ORDER_COLUMNS
from .file_columns import describe_columns
from .given_values import GivenValues
from .no_orders import RowSorter
from .order_form import is_blank, is_order_form
from .settlement import Settlement

LONGEST_TEXT = 100
# What a row says of its transfer, and not of a product.
HEAD_COLUMNS = (*ORDER_COLUMNS, "number")
# {what a row may be: (columns of which one is filled below, why it is left out then)}
DOUBTFUL = {
    "section": (("destination",), "note"),
    "sum": (ORDER_COLUMNS, "total"),
}


class TableReader:
    """Reads the table of a sheet.

    After :meth:`read_rows`, ``rows``, ``left_out``, ``hidden_rows`` and ``columns`` are
    those of a :class:`Reading`.

    :param layout: the :class:`TableLayout`; it is settled by the rows
    :param clues: :class:`Clues`
    :param max_rows: how many rows there may be, and lines in a matrix
    :param sheet: name of the sheet
    :param first_id: that the first of the rows gets
    """

    def __init__(self, layout, clues, max_rows, sheet, first_id=1):
        self.layout = layout
        self.clues = clues
        self.max_rows = max_rows
        self.sheet = sheet
        self.next_id = first_id
        self.rows = []
        self.left_out = []
        self.hidden_rows = []
        self.columns = []
        # Whether a cell behind the last heading is the end of another one.
        self.is_text = False
        # Of a row that was left out, and says of the next one where it goes.
        self._head = None
        self._sorter = None

    def read_rows(self, rows):
        """Read the rows below the headings.

        :param rows: iterable of :class:`TableRow`
        :raise SpreadsheetError: when there are too many, or columns contradict
        """
        rows = self._collect(rows)
        try:
            Settlement(self.layout, rows, self.clues).settle()
        except SpreadsheetError as error:
            error.found = describe_columns(self.layout, rows, self.sheet)
            raise
        rows = self._leave_out(rows)
        self.columns = describe_columns(self.layout, rows, self.sheet)
        self._make_rows(rows)
        self.left_out.sort()

    def _collect(self, rows):
        """Return the rows that have something in the columns that may be read."""
        indexes = self.layout.get_indexes()
        collected = []
        for row in rows:
            if self._is_any_filled(row, indexes):
                collected.append(row)
            elif self._has_note(row):
                self._add_left_out(row, "note")
            if len(collected) + len(self.left_out) > 2 * self.max_rows:
                raise SpreadsheetError("too_many_rows")
        return collected

    def _is_any_filled(self, row, indexes):
        """Tell whether one of some cells is filled."""
        count = len(row.cells)
        return any(index < count and is_filled(row.cells[index]) for index in indexes)

    def _has_note(self, row):
        """Tell whether a text stands in a column that nobody knows to be of no use."""
        return any(
            isinstance(cell, str)
            and is_filled(cell)
            and to_number(cell) is None
            and index not in self.layout.choice.ignored
            for index, cell in enumerate(row.cells)
        )

    def _add_left_out(self, row, reason):
        texts = filter(None, map(to_text, row.cells))
        text = " · ".join(texts)[:LONGEST_TEXT]
        self.left_out.append(LeftOutRow(row.number, reason, text, self.sheet))

    def _leave_out(self, rows):
        """Return the rows that ask for something."""
        sorter = self._sorter = RowSorter(self.layout, self.clues)
        kept, doubtful = [], []
        for row in rows:
            reason = sorter.find_reason(row)
            if reason in DOUBTFUL:
                doubtful.append((row, reason))
            elif reason:
                self._add_left_out(row, reason)
            else:
                kept += self._choose_doubtful(doubtful, row)
                kept.append(row)
                doubtful = []
        self._choose_doubtful(doubtful, None)
        if len(kept) > self.max_rows:
            raise SpreadsheetError("too_many_rows")
        return kept

    def _choose_doubtful(self, doubtful, row):
        """Return those of the rows above another that ask for something.

        :param doubtful: list of ``(row, reason)``
        :param row: the next row that surely asks for something, if there is one
        """
        kept = []
        for above, reason in doubtful:
            names, final_reason = DOUBTFUL[reason]
            places = [
                self.layout.columns[name]
                for name in names
                if name in self.layout.columns
            ]
            if row and not self._is_any_filled(row, places):
                kept.append(above)
            else:
                self._add_left_out(above, final_reason)
        return kept

    def _make_rows(self, rows):
        if self.layout.stores:
            for row in rows:
                self._spread(row, self._make_row(row))
        else:
            self._read_list(rows, [self._make_row(row) for row in rows])
        self.rows = GivenValues(self.layout, self.clues).fill(self.rows)

    def _read_list(self, rows, made_rows):
        # A label of a further form names no product.
        labels = {
            made.id
            for row, made in zip(rows, made_rows, strict=True)
            if is_blank(made) and self._sorter.says_order(row)
        }
        is_form = is_order_form([made for made in made_rows if made.id not in labels])
        for row, made in zip(rows, made_rows, strict=True):
            if is_form and is_blank(made) and made.id not in labels:
                self._leave_out_blank(row, made)
            else:
                self._keep(row, self._add_head(made))
                self._head = None

    def _make_row(self, row):
        cells, count = row.cells, len(row.cells)
        columns = self.layout.columns
        values = {
            name: cells[index] if index < count else None
            for name, index in columns.items()
        }
        if self.layout.unit and "unit" not in values:
            values["unit"] = self.layout.unit
        merged = {}
        if row.merged:
            merged = {
                name: (row.merged[index], index)
                for name, index in columns.items()
                if index in row.merged
            }
        self.next_id += 1
        return SheetRow(
            self.next_id - 1,
            row.number,
            values,
            self.sheet,
            merged=merged,
            surplus=self._get_surplus(row) if self.is_text else "",
        )

    def _get_surplus(self, row):
        behind = row.cells[len(self.layout.headings) :]
        return " · ".join(filter(None, map(to_text, behind)))

    def _keep(self, row, made):
        self.rows.append(made)
        if row.is_hidden:
            self.hidden_rows.append((self.sheet, row.number))

    def _leave_out_blank(self, row, made):
        self._add_left_out(row, "no_quantity")
        if not made.goes_on():
            self._head = made

    def _add_head(self, row):
        """Return a row with what the first of its order says, which was left out."""
        if not self._head or not row.goes_on():
            return row
        head = {name: self._head.cells.get(name) for name in HEAD_COLUMNS}
        cells = {**row.cells, **{name: head[name] for name in head if head[name]}}
        remark = self._head.cells.get("remark")
        if not says_nothing(remark):
            # What a row remarks that goes on with another is of its product only.
            cells["line_remark"] = cells.get("line_remark") or cells.get("remark")
            cells["remark"] = remark
        return row._replace(cells=cells)

    def _spread(self, row, made):
        """Keep a row for each store that gets something."""
        if made.goes_on():
            made = self._add_head(made)
        else:
            self._head = made
        origins = self._find_origins(row)
        stores = [
            column
            for column in self.layout.stores
            if (index := origins.get(column.index, column.index)) < len(row.cells)
            and not asks_for_nothing(row.cells[index])
        ]
        if not stores:
            self._add_left_out(row, "no_quantity")
        for column in stores:
            self._keep(row, self._make_row_for_store(row, made, column, origins))
        if len(self.rows) > self.max_rows:
            raise SpreadsheetError("too_many_lines")

    def _find_origins(self, row):
        """Return ``{index: index of the first}`` of merged cells of several stores."""
        if not row.widths:
            return {}
        indexes = [column.index for column in self.layout.stores]
        origins = {}
        for first, last in row.widths.items():
            covered = [index for index in indexes if first <= index <= last]
            if len(covered) > 1:
                origins.update(dict.fromkeys(covered, first))
        return origins

    def _make_row_for_store(self, row, made, column, origins):
        """Return what a store gets; what it shares with others is merged."""
        merged, index = made.merged, origins.get(column.index, column.index)
        if index in row.merged or column.index in origins:
            place = row.merged.get(index, row.number), index
            merged = {**merged, "quantity": place}
        self.next_id += 1
        return SheetRow(
            self.next_id - 1,
            row.number,
            {
                **made.cells,
                "destination": column.store,
                "quantity": row.cells[index],
            },
            self.sheet,
            {"destination": column.heading, "quantity": column.heading},
            merged,
        )
