"""Writes marks into a workbook of Excel's as it is, with all that openpyxl can keep.

Formulas are replaced by their values. Macros, pictures and charts are left out.
"""

import io
import re
import zipfile

import openpyxl
from lxml import etree
from openpyxl.cell.cell import ILLEGAL_CHARACTERS_RE, MergedCell
from openpyxl.styles import Alignment, Font, PatternFill
from openpyxl.utils import get_column_letter, range_boundaries

from ..table import UnsavedFormula
from .marks import COLOURS, MARK_WIDTH
from .workbook import NO_VALUE, REQUIRED_FORMAT

# Each cell is an object of its own, and so is each row with a format.
MOST_TAGS = 1_000_000
# Each cell in a range that is merged, is a link or has a comment is made.
MOST_CELLS_IN_RANGES = 200_000
RANGE = re.compile(
    rb"<(?:[^\s<>/:]+:)?(?:mergeCell|hyperlink|comment)\s[^<>]*?\bref\s*=\s*[\"']"
    rb"([A-Za-z]{1,3}\d{1,7}:[A-Za-z]{1,3}\d{1,7})[\"']"
)
RELATIONS = re.compile(r"xl/\w+/_rels/[^/]*\.rels")
KEPT_RELATIONS = ("/hyperlink", "/comments", "/table")
WORKBOOK = re.compile(r"xl/workbook\d*\.xml")
# Parts of the workbook that lead elsewhere, and names for cells that are not there.
LEFT_OUT = ("pivotCaches", "externalReferences")
LOST_NAME = re.compile(r"\[|#REF!")
LONGEST_TEXT = 32_767


def can_be_marked(content):
    """Tell whether openpyxl can load a file, checked before, without great effort."""
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        parts = [archive.read(name) for name in archive.namelist()]
    return (
        sum(part.count(b"<") for part in parts) <= MOST_TAGS
        and sum(map(_count_cells_in_ranges, parts)) <= MOST_CELLS_IN_RANGES
    )


def _count_cells_in_ranges(part):
    total = 0
    for found in RANGE.findall(part):
        left, top, right, bottom = range_boundaries(found.decode())
        total += (abs(right - left) + 1) * (abs(bottom - top) + 1)
    return total


def mark_workbook(content, tables, heading):
    """Return the content of a workbook with marks in the sheets that were read.

    :param tables: list of :class:`MarkedTable`
    :param heading: of the column that the marks stand in
    """
    book = openpyxl.load_workbook(
        io.BytesIO(_leave_out(content)), data_only=True, keep_links=False
    )
    for sheet in book.chartsheets:
        book.remove(sheet)
    for table in tables:
        _SheetMarker(book[table.name], table).mark(heading)
    output = io.BytesIO()
    book.template = False
    book.save(output)
    return output.getvalue()


def _leave_out(content):
    """Return a workbook without pictures, charts and what is kept elsewhere."""
    output = io.BytesIO()
    with (
        zipfile.ZipFile(io.BytesIO(content)) as archive,
        zipfile.ZipFile(output, "w") as kept,
    ):
        for name in archive.namelist():
            part = archive.read(name)
            if RELATIONS.fullmatch(name):
                part = _change(part, _leads_away)
            elif WORKBOOK.fullmatch(name):
                part = _change(part, _is_lost)
            kept.writestr(name, part)
    return output.getvalue()


def _change(part, is_left_out):
    root = etree.fromstring(part, etree.XMLParser(resolve_entities=False))
    for element in [*root.iter(etree.Element)]:
        if is_left_out(element):
            element.getparent().remove(element)
    return etree.tostring(root)


def _leads_away(element):
    kind = element.get("Type")
    return kind is not None and not kind.endswith(KEPT_RELATIONS)


def _is_lost(element):
    name = etree.QName(element).localname
    return name in LEFT_OUT or (
        name == "definedName" and bool(LOST_NAME.search(element.text or ""))
    )


class _SheetMarker:
    """Writes the marks of a sheet into it.

    :param sheet: a sheet of openpyxl's
    :param table: :class:`MarkedTable`
    """

    def __init__(self, sheet, table):
        self.sheet = sheet
        self.table = table
        self.column = table.place + 1
        self.letter = get_column_letter(self.column)

    def mark(self, heading):
        number = self.table.layout.number
        self._make_column()
        for row in self.table.rows:
            if row.number != number:
                self._mark_row(row)
        if number:
            self._write_heading(number, heading)

    def _make_column(self):
        """Make the last column wide; it may have been one of many alike."""
        widths = self.sheet.column_dimensions
        for width in list(widths.values()):
            if width.min and width.min < self.column <= width.max:
                width.max = self.column - 1
        width = widths[self.letter]
        width.min = width.max = self.column
        width.width, width.hidden = MARK_WIDTH, False

    def _write_heading(self, number, heading):
        cell = self.sheet.cell(number, self.column)
        self._write_text(cell, heading)
        cell.fill = _make_fill(REQUIRED_FORMAT["bg_color"])
        cell.font = Font(bold=True, color=REQUIRED_FORMAT["font_color"].strip("#"))
        if not self.sheet.auto_filter.ref and not self.sheet.tables:
            last = f"{self.letter}{self.table.last_row}"
            self.sheet.auto_filter.ref = f"A{number}:{last}"

    def _mark_row(self, row):
        if self.table.was_marked_before:
            self._remove_marks(row.number)
        for index, value in enumerate(row.cells):
            if isinstance(value, UnsavedFormula) and index != self.table.place:
                self._write_text(self.sheet.cell(row.number, index + 1), NO_VALUE)
        for index, level in self.table.get_levels(row.number).items():
            number = row.merged.get(index, row.number)
            self.sheet.cell(number, index + 1).fill = _make_fill(COLOURS[level])
        if sentences := self.table.get_sentences(row.number):
            self._write_sentences(row.number, sentences)

    def _write_sentences(self, number, sentences):
        cell = self.sheet.cell(number, self.column)
        self._write_text(cell, sentences)
        cell.fill = _make_fill(COLOURS[self.table.get_worst_level(number)])
        cell.alignment = Alignment(wrap_text=True, vertical="top")
        # Nobody could mend what nobody sees.
        self.sheet.row_dimensions[number].hidden = False

    def _remove_marks(self, number):
        self._write_text(self.sheet.cell(number, self.column), None)
        for cell in self.sheet[number]:
            if cell.fill.fgColor.rgb in OUR_FILLS:
                cell.fill = PatternFill()

    def _write_text(self, cell, text):
        """Write a text that stays one, whatever it begins with."""
        if isinstance(cell, MergedCell):
            return
        cell.value = text and ILLEGAL_CHARACTERS_RE.sub("", text)[:LONGEST_TEXT]
        if text:
            cell.data_type = "s"


def _make_fill(colour):
    return PatternFill("solid", fgColor=colour.replace("#", "FF"))


OUR_FILLS = {_make_fill(colour).fgColor.rgb for colour in COLOURS.values()}
