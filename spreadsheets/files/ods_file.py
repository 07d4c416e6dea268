"""OpenDocument's spreadsheet, ``.ods``, as LibreOffice, Google and Excel save it.

Why this is read here and by no library: see docs/decisions/13-ods.md.
"""

import re

from lxml import etree

from ..cells.texts import FIRST_DAY_OF_EXCEL
from ..errors import SpreadsheetError
from ..table import MAX_SHEETS, Table, TableRow
from .archive import check_part, iterate_sheet_chunks, open_archive
from .merges import Merge, Merges
from .ods_cells import get_name, get_number, iterate_cells, read_day

MEDIA_TYPE = b"application/vnd.oasis.opendocument.spreadsheet"
CONTENT = "content.xml"
MANIFEST = "META-INF/manifest.xml"
ENCRYPTED = b"encryption-data"
MACROS = "Basic/"
MAX_CELLS = 4_000_000
ROW_TAG = re.compile(rb"<(?:[^\s<>/:]+:)?table-row[\s/>]")

TABLE = get_name("table", "table")
ROW = get_name("table", "table-row")
GROUP = get_name("table", "table-row-group")
STYLE = get_name("style", "style")
STYLE_NAME = get_name("style", "name")
TABLE_PROPERTIES = get_name("style", "table-properties")
ROW_PROPERTIES = get_name("style", "table-row-properties")
NULL_DATE = get_name("table", "null-date")
TABLE_STYLE = get_name("table", "style-name")
DISPLAY = get_name("table", "display")
VISIBILITY = get_name("table", "visibility")
# Thousands of these stand side by side.
MANY = (ROW, STYLE)
ROWS_REPEATED = get_name("table", "number-rows-repeated")


class OdsFile:
    """The sheets of a workbook, read as one stream from the first to the last.

    The rows of a table are gone through before the next table is asked for. After the
    last one, ``has_macros`` and ``first_day`` are those of the workbook.
    """

    encoding = ""

    def __init__(self, content):
        self.content = content
        self.has_macros = False
        self.first_day = FIRST_DAY_OF_EXCEL
        # Of all sheets together, each as often as its row is there.
        self._cells_left = MAX_CELLS
        # Names of the styles by which nobody sees a sheet or a row.
        self._invisible = set()

    def iterate_tables(self):
        """Yield the :class:`Table` of each visible sheet.

        :raise SpreadsheetError: before anything is unpacked that should not be
        """
        with open_archive(self.content) as archive:
            self._check_archive(archive)
            with archive.open(CONTENT) as source:
                yield from self._iterate_tables(_iterate_events(source))

    def _check_archive(self, archive):
        parts = {part.filename: part for part in archive.infolist()}
        self.has_macros = any(name.startswith(MACROS) for name in parts)
        if MANIFEST in parts:
            check_part(archive, parts[MANIFEST])
            if ENCRYPTED in archive.read(MANIFEST):
                raise SpreadsheetError("encrypted")
        for _chunk in iterate_sheet_chunks(archive, parts[CONTENT], ROW_TAG):
            # Nothing but what is checked on the way.
            pass

    def _iterate_tables(self, events):
        count = 0
        for event, element in events:
            if element.tag == STYLE and event == "end":
                self._read_style(element)
            elif element.tag == NULL_DATE and event == "end":
                day = read_day(element.get(get_name("table", "date-value"), ""))
                self.first_day = day or self.first_day
            elif element.tag == TABLE and event == "start":
                count += 1
                if count > MAX_SHEETS:
                    raise SpreadsheetError("too_many_sheets")
                if element.get(TABLE_STYLE) not in self._invisible:
                    name = element.get(get_name("table", "name"), "")
                    yield Table(name, self._iterate_rows(events))

    def _read_style(self, style):
        table, row = style.find(TABLE_PROPERTIES), style.find(ROW_PROPERTIES)
        height = "" if row is None else row.get(get_name("style", "row-height"), "")
        is_hidden = table is not None and table.get(DISPLAY) == "false"
        if is_hidden or re.fullmatch(r"0(\.0*)?[a-z]*", height):
            self._invisible.add(style.get(STYLE_NAME))

    def _iterate_rows(self, events):
        merges, number, closed_groups = Merges(()), 1, []
        # A drawing in a cell may have tables of its own.
        depth = 1
        for event, element in events:
            if element.tag == TABLE:
                depth += 1 if event == "start" else -1
                if not depth:
                    return
            elif depth > 1:
                continue
            elif element.tag == GROUP and event == "start":
                closed_groups.append(element.get(DISPLAY) == "false")
            elif element.tag == GROUP:
                closed_groups.pop()
            elif element.tag == ROW and event == "end":
                repeated = get_number(element, ROWS_REPEATED)
                is_hidden = any(closed_groups) or self._is_hidden(element)
                yield from self._repeat_row(
                    element, number, repeated, merges, is_hidden
                )
                number += repeated

    def _is_hidden(self, row):
        """Tell whether nobody sees a row: hidden by hand, by a filter or so low."""
        is_visible = row.get(VISIBILITY, "visible") == "visible"
        return not is_visible or row.get(TABLE_STYLE) in self._invisible

    def _repeat_row(self, row, number, repeated, merges, is_hidden):
        """Yield a row as often as it stands below itself; an empty one, not at all."""
        cells = []
        for index, value, rows, columns in iterate_cells(row):
            cells += [None] * (index - len(cells))
            cells.append(value)
            if rows > 1 or columns > 1:
                last, last_index = number + rows - 1, index + columns - 1
                merges.add(Merge(number, last, index, last_index))
        if not cells:
            return
        self._cells_left -= repeated * len(cells)
        if self._cells_left < 0:
            raise SpreadsheetError("too_many_rows")
        for place in range(number, number + repeated):
            copied = list(cells)
            merged = merges.fill(place, copied)
            if merged is not None:
                widths = merges.get_widths()
                yield TableRow(place, copied, is_hidden, merged, widths)


def _iterate_events(source):
    """Yield what is known of the document, in its order; rows are not kept."""
    events = etree.iterparse(
        source,
        events=("start", "end"),
        tag=(TABLE, ROW, GROUP, STYLE, NULL_DATE),
        resolve_entities=False,
        remove_comments=True,
        remove_pis=True,
    )
    for event, element in events:
        yield event, element
        if event == "end":
            element.clear()
            while element.tag in MANY and element.getprevious() is not None:
                del element.getparent()[0]
