"""Writes what transfers are about, or went through, as a table in a spreadsheet."""

from .workbook import HEADING_FORMAT, TEXT_FORMAT, open_workbook

A4 = 9
QUANTITY_FORMAT = {"num_format": "#,##0.###"}
WIDTHS = {"product_name": 32, "remark": 32, "lots": 28}


def build_details(title, headings, rows):
    """Return an ``.xlsx`` with a row of headings, and the rows below it.

    :param title: name of the sheet
    :param headings: ``{name of a column: its heading}``, in the order of the sheet
    :param rows: iterable of ``{name of a column: cell}``; the cell is None where it
        is empty
    """
    with open_workbook(one_row_at_a_time=True) as (book, output):
        sheet = book.add_sheet(title)
        sheet.freeze_panes(1, 0)
        _fit_to_paper(sheet)
        for index, (name, heading) in enumerate(headings.items()):
            sheet.set_column(index, index, WIDTHS.get(name, 15))
            book.write_cell(sheet, 0, index, heading, **HEADING_FORMAT)
        for number, cells in enumerate(rows, start=1):
            for index, name in enumerate(headings):
                value = cells[name]
                is_text = isinstance(value, str)
                properties = TEXT_FORMAT if is_text else QUANTITY_FORMAT
                book.write_cell(sheet, number, index, value, **properties)
    return output.getvalue()


def _fit_to_paper(sheet):
    """Print all columns beside each other, on as many pages as the rows need."""
    sheet.set_paper(A4)
    sheet.set_landscape()
    sheet.fit_to_pages(1, 0)
    sheet.repeat_rows(0)
