"""Gives people their own file back, with what is wrong written beside each row."""

import logging

from ..files.excel_file import ExcelFile
from ..layout.columns import COLUMNS_BY_NAME, get_mark_heading
from .marked_workbook import can_be_marked, mark_workbook
from .marks import COLOURS, MARK_WIDTH, MarkedTable
from .workbook import REQUIRED_FORMAT, TEXT_FORMAT, open_workbook

_logger = logging.getLogger(__name__)

MARK_FORMAT = {"text_wrap": True, "valign": "top"}
MOST_MERGED_CELLS = 200_000
# Of the names of sheets; Excel takes no longer ones, and no such characters.
LONGEST_NAME = 31
FORBIDDEN_IN_NAMES = str.maketrans(dict.fromkeys("[]:*?/\\'", " "))


def build_marked_file(reader, marks, language, title):
    """Return an ``.xlsx`` with the rows of a file and one more column.

    Rows keep their numbers and columns their places, so that what the errors say
    stays true. Formulas are replaced by their values. A workbook of Excel's keeps its
    other sheets and its formats; other files are written anew.

    :param reader: a :class:`SpreadsheetReader` of the file
    :param marks: list of :class:`Mark`, the worst first
    :param language: code of the language that the new column's heading is in
    :param title: name of the sheet, where the file has no name for it
    """
    found = reader.read_tables()
    tables = [MarkedTable(table, _get_marks(table, found, marks)) for table in found]
    heading = get_mark_heading(language)
    source = reader.source
    if isinstance(source, ExcelFile) and can_be_marked(source.content):
        try:
            return mark_workbook(source.content, tables, heading)
        except Exception:
            # openpyxl fails in a dozen ways on what it would have to write again.
            _logger.info("A workbook is written anew.", exc_info=True)
    return _write_anew(tables, heading, title)


def _get_marks(table, tables, marks):
    """Return the marks of a sheet.

    Those that name none are about the only sheet, or about the file as a whole: they
    stand on the first one. What is about no row in particular stands beside the first
    row of orders; beside the headings stands by what we find our own column again.
    """
    names = ("", table.name) if table is tables[0] else (table.name,)
    return [
        mark if mark.row else mark._replace(row=table.first_row)
        for mark in marks
        if mark.sheet in names
    ]


def _write_anew(tables, heading, title):
    merges = list(map(_find_merges, tables))
    with open_workbook(one_row_at_a_time=not any(merges)) as (book, output):
        names = set()
        for table, ranges in zip(tables, merges, strict=True):
            name = _make_name(table.name if len(tables) > 1 else title, names)
            sheet = book.add_sheet(name)
            for first, last, index in ranges:
                sheet.merge_range(first - 1, index, last - 1, index, None)
            _write_table(book, sheet, table, heading, bool(ranges))
    return output.getvalue()


def _find_merges(table):
    """Return ``(first row, last row, index)`` of the cells over several rows.

    Where they are far too many to be written, each row has its copy.
    """
    last_rows = {}
    for row in table.rows:
        for index, first in row.merged.items():
            last_rows[first, index] = row.number
    merges = [
        (first, last, index)
        for (first, index), last in last_rows.items()
        if first < last
    ]
    area = sum(last - first for first, last, _index in merges)
    return merges if area <= MOST_MERGED_CELLS else []


def _make_name(name, names):
    """Return a name that Excel takes, and that no other sheet has."""
    name = name.translate(FORBIDDEN_IN_NAMES).strip()[:LONGEST_NAME] or "1"
    while name.casefold() in names:
        name = f"{name[: LONGEST_NAME - 4]} {len(names) + 1}"
    names.add(name.casefold())
    return name


def _write_table(book, sheet, table, heading, is_merged):
    number = table.layout.number
    sheet.freeze_panes(number, 0)
    sheet.set_column(0, table.place, 16)
    for name, index in table.layout.columns.items():
        sheet.set_column(index, index, COLUMNS_BY_NAME[name].width)
    sheet.set_column(table.place, table.place, MARK_WIDTH)
    for row in table.rows:
        if row.number == number:
            _write_headings(book, sheet, row, table.place, heading)
        else:
            _write_row(book, sheet, table, row, is_merged)
    if number:
        sheet.autofilter(number - 1, 0, table.last_row - 1, table.place)


def _write_headings(book, sheet, row, place, heading):
    for index, cell in enumerate(_replace(row.cells, place, heading)):
        properties = REQUIRED_FORMAT if cell is not None else {}
        book.write_cell(sheet, row.number - 1, index, cell, **properties)


def _write_row(book, sheet, table, row, is_merged):
    sentences = table.get_sentences(row.number)
    levels = table.get_levels(row.number)
    for index, cell in enumerate(_replace(row.cells, table.place, sentences)):
        if is_merged and row.merged.get(index, row.number) != row.number:
            continue
        properties = dict(TEXT_FORMAT) if isinstance(cell, str) else {}
        level = levels.get(index)
        if index == table.place and sentences:
            properties = dict(MARK_FORMAT)
            level = table.get_worst_level(row.number)
        if level:
            properties["bg_color"] = COLOURS[level]
        book.write_cell(sheet, row.number - 1, index, cell, **properties)


def _replace(cells, place, cell):
    """Return the cells with another one at ``place``, which may lie behind them."""
    before = [*cells[:place], *[None] * (place - len(cells))]
    return [*before, cell, *cells[place + 1 :]]
