"""What an import file is wrong about, cell by cell."""

from typing import NamedTuple

from ....spreadsheets.cells.texts import to_text
from ....spreadsheets.errors import SpreadsheetError
from ....spreadsheets.layout.columns import COLUMNS_BY_NAME
from ....tools.texts import shorten

MAX_VALUE_LENGTH = 200
# More of them are no file that anybody wrote.
MAX_FINDINGS = 100_000

ERROR = "error"
NOTICE = "notice"


class Finding(NamedTuple):
    """What the user is told about a cell; an error keeps its order from being made.

    :param column: the heading as the file has it
    :param column_name: of the :class:`Column`
    :param suggestion: what could stand in the cell instead of its text
    :param sheet: name of the sheet; empty where only one is read
    """

    level: str
    row: int
    column: str
    value: str
    problem: str
    remedy: str
    column_name: str = ""
    suggestion: str = ""
    sheet: str = ""


class Findings(list):
    """All that is found in a file: errors, which leave an order out, and notices.

    :param headings: ``{column name: heading as the file has it}``
    """

    def __init__(self, env, headings):
        super().__init__()
        self.env = env
        self.headings = headings
        self._rows_with_errors = set()
        self._unreadable = set()
        self._seen = set()

    def add_missing(self, row, column, remedy):
        return self.add_error(row, column, self.env._("This is missing."), remedy)

    def add_error(self, row, column, problem, remedy, value=None, suggestion=""):
        """Keep an error; return None, which stands for what could not be read."""
        self._rows_with_errors.add(row.id)
        self._add(ERROR, row, column, problem, remedy, value, suggestion)

    def add_notice(self, row, column, problem, remedy, value=None):
        self._add(NOTICE, row, column, problem, remedy, value)

    def add_unreadable(self, row, column, problem, remedy, *, is_error=True):
        """Keep what is wrong with a cell that has no value: nothing else matters."""
        add = self.add_error if is_error else self.add_notice
        add(row, column, problem, remedy)
        self._unreadable.add((row.id, column))

    def is_unreadable(self, row, column):
        return (row.id, column) in self._unreadable

    def _add(self, level, row, column, problem, remedy, value=None, suggestion=""):
        if self.is_unreadable(row, column):
            return
        value = to_text(row.get_text(column) if value is None else value)
        if len(value) > MAX_VALUE_LENGTH:
            # What is not known as a whole can't be read as something else.
            value, suggestion = shorten(value, MAX_VALUE_LENGTH), ""
        finding = Finding(
            level,
            row.number,
            row.headings.get(column) or self.get_heading(column),
            value,
            problem,
            remedy,
            column,
            suggestion,
            row.sheet,
        )
        # A cell that several orders have in common is told of once.
        if finding not in self._seen:
            self._seen.add(finding)
            self.append(finding)
        if len(self) > MAX_FINDINGS:
            raise SpreadsheetError("too_many_findings")

    def has_error(self, row):
        return row.id in self._rows_with_errors

    def get_heading(self, name):
        """Return the heading of a column as the file has it."""
        if name in self.headings:
            return self.headings[name]
        return COLUMNS_BY_NAME[name].get_heading(self.env.lang)
