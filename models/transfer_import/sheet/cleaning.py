"""What the cells of an import file hold, before anything is looked up."""

from ....spreadsheets.cells.placeholders import is_placeholder
from ....spreadsheets.cells.texts import split_stores, to_key, to_text
from ....spreadsheets.table import CellError, UnsavedFormula

MAY_BE_EMPTY = {
    *("source", "third_party", "product_name", "barcode", "unit", "number"),
    *("remark", "line_remark"),
}
# So many characters a cell may have; what is longer is no text that anybody wrote.
LONGEST_TEXT = 1000
LONGEST_TEXTS = {"line_remark": 500, "destination": 20_000}
NEVER_TOO_LONG = 500
# They stand for the cell above, which may have been another one before it was sorted.
DITTO_MARKS = {*("同上", "〃", "″", "''", '"', "ditto", "same as above", "as above")}
LONGEST_MARK = max(map(len, DITTO_MARKS)) + 2
# A text file has them as texts.
ERROR_TEXTS = {
    *("#n/a", "#ref!", "#value!", "#div/0!", "#name?", "#null!", "#num!"),
    *("#spill!", "#calc!", "#getting_data"),
}


def is_failed_formula(value):
    """Tell whether a cell has nothing but the error of its formula."""
    return isinstance(value, CellError) or (
        isinstance(value, str)
        and value.startswith("#")
        and to_key(value) in ERROR_TEXTS
    )


class CellCleaner:
    """Takes out of all rows what only says that a cell is empty, and what is no value.

    :param stores: the :class:`StoreSearch`: a store may be called like a placeholder
    :param replacements: ``{(column name, text as written): text meant}``, what the user
        has chosen instead
    """

    def __init__(self, env, findings, stores, replacements):
        self.env = env
        self.findings = findings
        self.stores = stores
        self.replacements = replacements

    def clean_rows(self, rows):
        """Return the rows with cells that can be read, or are known as of no use."""
        return [self._clean_row(row) for row in rows]

    def _clean_row(self, row):
        cells = {}
        for name, value in row.cells.items():
            if isinstance(value, str) and len(value) > NEVER_TOO_LONG:
                value = self._shorten(row, name, value)
            if name in MAY_BE_EMPTY and self._says_nothing(name, value):
                value = None
            if self.replacements:
                value = self._replace(row, name, value)
            if value is not row.cells[name]:
                cells[name] = value
        cells = {**row.cells, **cells} if cells else row.cells
        if is_placeholder(cells.get("sku")) and cells.get("barcode") is not None:
            cells = {**cells, "sku": None}
        if is_placeholder(cells.get("destination")) and self._may_go_to_no_store(cells):
            cells = {**cells, "destination": None}
        row = row if cells is row.cells else row._replace(cells=cells)
        self._check_values(row)
        return row

    def _shorten(self, row, name, value):
        """Refuse a text that is too long, and go on with its start."""
        longest = LONGEST_TEXTS.get(name, LONGEST_TEXT)
        if len(value) <= longest:
            return value
        self._add_unreadable(
            row,
            name,
            self.env._("This text has %s characters.", len(value)),
            self.env._("Shorten it to %s.", longest),
        )
        return value[:longest]

    def _says_nothing(self, name, value):
        if name == "source":
            return is_placeholder(value) and not self.stores.find(value)
        is_zero = name == "third_party" and to_text(value) == "0"
        # What a look-up gives for an empty cell.
        return is_zero or is_placeholder(value)

    def _may_go_to_no_store(self, cells):
        is_store = self.stores.find(cells["destination"])
        return cells.get("third_party") is not None and not is_store

    def _replace(self, row, name, value):
        text = to_text(value)
        if (name, text) in self.replacements:
            return self._get_replacement(row, name, text)
        if name != "destination":
            return value
        names = split_stores(text)
        if not any((name, store) in self.replacements for store in names):
            return value
        return ", ".join(
            self._get_replacement(row, name, store)
            if (name, store) in self.replacements
            else store
            for store in names
        )

    def _get_replacement(self, row, name, text):
        meant = self.replacements[name, text]
        self.findings.add_notice(
            row,
            name,
            self.env._("Read as %s, as you chose.", meant),
            self.env._("Undo it under Corrections if it is not meant."),
            text,
        )
        return meant

    def _check_values(self, row):
        for name, value in row.cells.items():
            if not isinstance(value, str):
                continue
            if len(value) <= LONGEST_MARK and to_key(value) in DITTO_MARKS:
                self._add_unreadable(
                    row,
                    name,
                    self.env._("This stands for the cell above."),
                    self.env._("Enter in each row what is meant."),
                )
            elif isinstance(value, UnsavedFormula):
                self._add_unreadable(
                    row,
                    name,
                    self.env._("This formula has no value."),
                    self.env._("Open the file in Excel, save it, and upload it again."),
                )
            elif is_failed_formula(value):
                self._add_unreadable(
                    row,
                    name,
                    self.env._("This formula gave %s.", to_text(value)),
                    self.env._("Mend the formula, or enter what should stand here."),
                )

    def _add_unreadable(self, row, name, problem, remedy):
        """A name, or a barcode beside a SKU, changes nothing of what is made."""
        is_extra = name == "product_name" or (
            name == "barcode" and row.cells.get("sku") is not None
        )
        self.findings.add_unreadable(row, name, problem, remedy, is_error=not is_extra)
