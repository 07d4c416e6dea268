"""What an import file is wrong about, cell by cell."""

from typing import NamedTuple

from ....spreadsheets.cells import to_text
from ....spreadsheets.columns import COLUMNS_BY_NAME
from ....spreadsheets.errors import SpreadsheetError

MAX_VALUE_LENGTH = 200
# More of them are no file that anybody wrote.
MAX_FINDINGS = 100_000

ERROR = "error"
NOTICE = "notice"


class Finding(NamedTuple):
    """What the user is told about a cell; an error keeps its order from being made."""

    level: str
    row: int
    column: str
    value: str
    problem: str
    remedy: str


class Findings(list):
    """All that is found in a file: errors, which leave an order out, and notices.

    :param headings: ``{column name: heading as the file has it}``
    """

    def __init__(self, env, headings):
        super().__init__()
        self.env = env
        self.headings = headings
        self._rows_with_errors = set()

    def add_missing(self, row, column, remedy):
        return self.add_error(row, column, self.env._("This is missing."), remedy)

    def add_error(self, row, column, problem, remedy, value=None):
        """Keep an error; return None, which stands for what could not be read."""
        self._rows_with_errors.add(row.number)
        self._add(ERROR, row, column, problem, remedy, value)

    def add_notice(self, row, column, problem, remedy):
        self._add(NOTICE, row, column, problem, remedy)

    def _add(self, level, row, column, problem, remedy, value=None):
        value = to_text(row.get_text(column) if value is None else value)
        if len(value) > MAX_VALUE_LENGTH:
            value = f"{value[:MAX_VALUE_LENGTH]}…"
        heading = self.get_heading(column)
        self.append(Finding(level, row.number, heading, value, problem, remedy))
        if len(self) > MAX_FINDINGS:
            raise SpreadsheetError("too_many_findings")

    def has_error(self, row):
        return row.number in self._rows_with_errors

    def get_heading(self, name):
        """Return the heading of a column as the file has it."""
        if name in self.headings:
            return self.headings[name]
        return COLUMNS_BY_NAME[name].get_heading(self.env.lang)
