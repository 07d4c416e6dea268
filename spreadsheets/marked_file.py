"""Gives people their own file back, with what is wrong written beside each row."""

from collections import defaultdict

from .columns import COLUMNS_BY_NAME, MARK_KEYS, get_mark_heading, to_heading_key
from .workbook import REQUIRED_FORMAT, TEXT_FORMAT, open_workbook

COLOURS = {"error": "#F8B4B4", "notice": "#FDE9A9"}
MARK_FORMAT = {"text_wrap": True, "valign": "top"}
MARK_WIDTH = 80


def build_marked_file(reader, marks, language, title):
    """Return an ``.xlsx`` with the rows of a file and one more column.

    Rows keep their numbers and columns their places, so that what the errors say
    stays true. Formulas are replaced by their values.

    :param reader: a :class:`SpreadsheetReader` of the file
    :param marks: list of ``(row, heading, level, sentence)``, the worst first; a level
        is ``"error"`` or ``"notice"``
    :param language: code of the language that the new column's heading is in
    :param title: name of the sheet
    """
    table = reader.read_table()
    by_row = defaultdict(list)
    for row, heading, level, sentence in marks:
        by_row[row].append((heading, level, sentence))
    place = _find_place_of_mark(reader, table)
    headings = {index: reader.headings[name] for name, index in reader.columns.items()}
    with open_workbook(one_row_at_a_time=True) as (book, output):
        sheet = book.add_sheet(title)
        sheet.freeze_panes(reader.heading_number, 0)
        sheet.set_column(0, place - 1, 16)
        for name, index in reader.columns.items():
            sheet.set_column(index, index, COLUMNS_BY_NAME[name].width)
        sheet.set_column(place, place, MARK_WIDTH)
        for row in table:
            if row.number == reader.heading_number:
                _write_headings(book, sheet, row, place, language)
            else:
                _write_row(book, sheet, headings, row, place, by_row[row.number])
        last = max(row.number for row in table)
        sheet.autofilter(reader.heading_number - 1, 0, last - 1, place)
    return output.getvalue()


def _find_place_of_mark(reader, table):
    """Return where the sentences go: behind the rest, or where they were before."""
    headings = next(row for row in table if row.number == reader.heading_number)
    for index, cell in enumerate(headings.cells):
        if to_heading_key(cell) in MARK_KEYS:
            return index
    return max(_count_filled(row.cells) for row in table)


def _count_filled(cells):
    return max(
        (index for index, cell in enumerate(cells, start=1) if cell is not None),
        default=0,
    )


def _write_headings(book, sheet, row, place, language):
    cells = _replace(row.cells, place, get_mark_heading(language))
    for index, cell in enumerate(cells):
        properties = REQUIRED_FORMAT if cell is not None else {}
        book.write_cell(sheet, row.number - 1, index, cell, **properties)


def _write_row(book, sheet, headings, row, place, marks):
    colours = {
        heading: {"bg_color": COLOURS[level]}
        for heading, level, _text in reversed(marks)
    }
    cells = _replace(
        row.cells, place, "\n".join(text for _h, _l, text in marks) or None
    )
    for index, cell in enumerate(cells):
        properties = TEXT_FORMAT if isinstance(cell, str) else {}
        if index == place and marks:
            properties = {**MARK_FORMAT, **_get_worst_colour(marks)}
        colour = colours.get(headings.get(index), {})
        book.write_cell(sheet, row.number - 1, index, cell, **properties, **colour)


def _replace(cells, place, cell):
    """Return the cells with another one at ``place``, which may lie behind them."""
    before = [*cells[:place], *[None] * (place - len(cells))]
    return [*before, cell, *cells[place + 1 :]]


def _get_worst_colour(marks):
    levels = {level for _heading, level, _text in marks}
    return {"bg_color": COLOURS["error" if "error" in levels else "notice"]}
