"""Writes ``.xlsx`` files in which nothing that people typed becomes a formula."""

import io
from contextlib import contextmanager
from datetime import date, datetime

import xlsxwriter

from ..table import PaddedNumber, UnsavedFormula

# Beyond so many digits a spreadsheet keeps no number as it is.
LARGEST_EXACT_NUMBER = 10**15
DATE_FORMAT = {"num_format": "yyyy-mm-dd"}
# As text, a SKU keeps its leading zeros.
TEXT_FORMAT = {"num_format": "@"}
HEADING_FORMAT = {"bold": True, "border": 1, "bg_color": "#E7E9ED"}
REQUIRED_FORMAT = {
    **HEADING_FORMAT,
    "bg_color": "#714B67",
    "font_color": "#FFFFFF",
}
# Stands where nobody has calculated a formula: uploaded again, it is an error as well.
NO_VALUE = "#VALUE!"


class Workbook:
    """A workbook in memory, whose formats are made once each."""

    def __init__(self, book):
        self.book = book
        self._formats = {}

    def add_sheet(self, name):
        return self.book.add_worksheet(name)

    def get_format(self, **properties):
        key = tuple(sorted(properties.items()))
        if key not in self._formats:
            self._formats[key] = self.book.add_format(properties)
        return self._formats[key]

    def write_cell(self, sheet, row, column, value, **properties):
        """Write a value as what it is: a text stays a text, even ``=1+1``."""
        if isinstance(value, (date, datetime)):
            cell_format = self.get_format(**{**properties, **DATE_FORMAT})
            sheet.write_datetime(row, column, value, cell_format)
            return
        if isinstance(value, PaddedNumber):
            self._write_padded_number(sheet, row, column, value, properties)
            return
        cell_format = self.get_format(**properties) if properties else None
        if isinstance(value, UnsavedFormula):
            value = NO_VALUE
        if value is None or value == "":
            sheet.write_blank(row, column, None, cell_format)
        elif isinstance(value, bool):
            sheet.write_boolean(row, column, value, cell_format)
        elif isinstance(value, (int, float)) and abs(value) < LARGEST_EXACT_NUMBER:
            sheet.write_number(row, column, value, cell_format)
        else:
            text = str(value).replace("\r\n", "\n")
            sheet.write_string(row, column, text, cell_format)

    def _write_padded_number(self, sheet, row, column, number, properties):
        """Write a number as it is shown; what is more than digits stays as a text."""
        shown = str(number)
        if shown.isdecimal():
            properties = {**properties, "num_format": "0" * len(shown)}
            sheet.write_number(row, column, number, self.get_format(**properties))
        else:
            sheet.write_string(row, column, shown, self.get_format(**properties))


@contextmanager
def open_workbook(*, one_row_at_a_time=False):
    """Give a workbook to fill, and where its content is found afterwards.

    :param one_row_at_a_time: rows are written from top to bottom and not kept
    :return: a :class:`Workbook` and an ``io.BytesIO``
    """
    output = io.BytesIO()
    options = {"in_memory": True, "constant_memory": one_row_at_a_time}
    with xlsxwriter.Workbook(output, options) as book:
        yield Workbook(book), output
