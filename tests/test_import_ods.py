import io
import zipfile
from datetime import date, datetime

from odoo.tests import tagged

from ..spreadsheets.cells.texts import to_text
from ..spreadsheets.files.file_kinds import open_file
from ..spreadsheets.table import CellError, PaddedNumber, UnsavedFormula
from .common_files import FileCase
from .common_import import ENGLISH, ImportCase

MEDIA_TYPE = "application/vnd.oasis.opendocument.spreadsheet"
DOCUMENT = """<?xml version="1.0" encoding="UTF-8"?>
<office:document-content
  xmlns:office="urn:oasis:names:tc:opendocument:xmlns:office:1.0"
  xmlns:style="urn:oasis:names:tc:opendocument:xmlns:style:1.0"
  xmlns:table="urn:oasis:names:tc:opendocument:xmlns:table:1.0"
  xmlns:text="urn:oasis:names:tc:opendocument:xmlns:text:1.0"
  xmlns:calcext="urn:org:documentfoundation:names:experimental:calc:xmlns:calcext:1.0">
<office:automatic-styles>%s</office:automatic-styles>
<office:body><office:spreadsheet>%s</office:spreadsheet></office:body>
</office:document-content>"""
HIDDEN_SHEET = (
    '<style:style style:name="h" style:family="table">'
    '<style:table-properties table:display="false"/></style:style>'
)
LOW_ROW = (
    '<style:style style:name="low" style:family="table-row">'
    '<style:table-row-properties style:row-height="0cm"/></style:style>'
)


class OdsMaker:
    """Makes files as LibreOffice writes them, with its attributes as keywords."""

    def make_ods(self, *tables, styles="", **parts):
        content = DOCUMENT % (styles, "".join(tables))
        output = io.BytesIO()
        with zipfile.ZipFile(output, "w", zipfile.ZIP_DEFLATED) as archive:
            archive.writestr("mimetype", MEDIA_TYPE)
            archive.writestr("content.xml", content)
            for name, data in parts.items():
                archive.writestr(name, data)
        return output.getvalue()

    def make_table(self, *rows, name="Rows", style=""):
        return (
            f'<table:table table:name="{name}" table:style-name="{style}">'
            f"<table:table-column/>{''.join(rows)}</table:table>"
        )

    def make_ods_row(self, *cells, **attributes):
        written = "".join(map(self.make_cell, cells))
        return f"<table:table-row{self._write(attributes)}>{written}</table:table-row>"

    def make_cell(self, value):
        """Return a cell; a text that is one already stays as it is."""
        if isinstance(value, str) and value.startswith("<"):
            return value
        if value is None:
            return "<table:table-cell/>"
        if isinstance(value, date):
            attributes = f'office:value-type="date" office:date-value="{value}"'
        elif isinstance(value, str):
            attributes = 'office:value-type="string"'
        else:
            attributes = f'office:value-type="float" office:value="{value}"'
        text = f"<text:p>{value}</text:p>"
        return f"<table:table-cell {attributes}>{text}</table:table-cell>"

    def make_odd_cell(self, inner="", **attributes):
        return f"<table:table-cell{self._write(attributes)}>{inner}</table:table-cell>"

    def _write(self, attributes):
        return "".join(
            f' {name.replace("__", ":").replace("_", "-")}="{value}"'
            for name, value in attributes.items()
        )


@tagged("post_install", "-at_install")
class TestOds(OdsMaker, FileCase):
    """What OpenDocument says of cells, and only once where it is so many times."""

    def read_row(self, *cells):
        content = self.make_ods(self.make_table(self.make_ods_row(*cells)))
        ((row),) = self.read_cells(content)
        return row

    def test_values(self):
        self.assertEqual(
            self.read_row("x", None, 3, 2.5, self.date, None),
            ["x", None, 3, 2.5, self.date],
        )
        moment = self.make_odd_cell(
            office__value_type="date", office__date_value="2026-11-30T08:00:00"
        )
        truth = self.make_odd_cell(
            office__value_type="boolean", office__boolean_value="true"
        )
        self.assertEqual(
            self.read_row(moment, truth), [datetime(2026, 11, 30, 8), True]
        )

    def test_texts(self):
        for inner, text in (
            ("<text:p>a</text:p><text:p>b</text:p>", "a\nb"),
            ("<text:p>a<text:line-break/>b<text:s text:c='2'/>c</text:p>", "a\nb  c"),
            ("<text:p>a <text:span>b</text:span>\n  c</text:p>", "a b c"),
            (
                "<office:annotation><text:p>n</text:p></office:annotation>"
                "<text:p>a</text:p>",
                "a",
            ),
        ):
            cell = self.make_odd_cell(inner, office__value_type="string")
            self.assertEqual(self.read_row(cell), [text])

    def test_number_with_zeros(self):
        cell = self.make_odd_cell(
            "<text:p>00456</text:p>", office__value_type="float", office__value="456"
        )
        ((number),) = self.read_row(cell)
        self.assertIsInstance(number, PaddedNumber)
        self.assertEqual((to_text(number), number), ("00456", 456))

    def test_errors(self):
        for attributes in (
            {"calcext__value_type": "error", "office__value_type": "string"},
            {
                "table__formula": "of:=1/0",
                "office__value_type": "float",
                "office__value": "0",
            },
        ):
            cell = self.make_odd_cell("<text:p>#DIV/0!</text:p>", **attributes)
            ((value),) = self.read_row(cell)
            self.assertIsInstance(value, CellError)
            self.assertEqual(value, "#DIV/0!")

    def test_formula_without_a_value(self):
        ((value),) = self.read_row(self.make_odd_cell(table__formula="of:=[.A1]+1"))
        self.assertIsInstance(value, UnsavedFormula)
        self.assertEqual(value, "=[.A1]+1")

    def test_repeated_cells_and_rows(self):
        content = self.make_ods(
            self.make_table(
                self.make_ods_row(
                    "<table:table-cell table:number-columns-repeated='2'/>", "x"
                ),
                self.make_ods_row(table__number_rows_repeated=3),
                self.make_ods_row("y", table__number_rows_repeated=2),
                self.make_ods_row(
                    "<table:table-cell table:number-columns-repeated='16384'/>",
                    table__number_rows_repeated=1_048_568,
                ),
                self.make_ods_row("z"),
            )
        )
        with self.assertLittleWork():
            rows = self.read_rows(content)
        self.assertEqual(
            [(row.number, row.cells) for row in rows],
            [(1, [None, None, "x"]), (5, ["y"]), (6, ["y"]), (1_048_575, ["z"])],
        )

    def test_merged_cells(self):
        merged = self.make_odd_cell(
            "<text:p>TC</text:p>",
            office__value_type="string",
            table__number_rows_spanned=3,
            table__number_columns_spanned=2,
        )
        covered = "<table:covered-table-cell/>"
        content = self.make_ods(
            self.make_table(
                self.make_ods_row(merged, covered, 1),
                self.make_ods_row(covered, covered, 2),
                self.make_ods_row(covered),
                self.make_ods_row("TN", 4),
            )
        )
        rows = self.read_rows(content)
        self.assertEqual(
            [(row.number, row.cells, row.merged, row.widths) for row in rows],
            [
                (1, ["TC", None, 1], {0: 1}, {0: 1}),
                (2, ["TC", None, 2], {0: 1}, {0: 1}),
                (4, ["TN", 4], {}, {}),
            ],
        )

    def test_hidden_rows(self):
        content = self.make_ods(
            self.make_table(
                self.make_ods_row(1),
                self.make_ods_row(2, table__visibility="collapse"),
                self.make_ods_row(3, table__visibility="filter"),
                "<table:table-row-group table:display='false'>",
                self.make_ods_row(4),
                "</table:table-row-group>",
                self.make_ods_row(5, table__style_name="low"),
                self.make_ods_row(6),
            ),
            styles=LOW_ROW,
        )
        hidden = [row.number for row in self.read_rows(content) if row.is_hidden]
        self.assertEqual(hidden, [2, 3, 4, 5])

    def test_sheets(self):
        content = self.make_ods(
            self.make_table(self.make_ods_row(1), name="a"),
            self.make_table(self.make_ods_row(2), name="b", style="h"),
            self.make_table(self.make_ods_row(3), name="c"),
            styles=HIDDEN_SHEET,
        )
        self.assertEqual(list(self.read_tables(content)), ["a", "c"])

    def test_sheets_that_are_not_read_to_the_end(self):
        content = self.make_ods(
            self.make_table(self.make_ods_row(1), self.make_ods_row(2), name="a"),
            self.make_table(self.make_ods_row(3), name="b"),
        )
        found = [
            (table.name, next(iter(table.rows)).cells)
            for table in open_file(content).iterate_tables()
        ]
        self.assertEqual(found, [("a", [1]), ("b", [3])])

    def test_table_in_a_drawing(self):
        inner = self.make_table(self.make_ods_row("inner"))
        cell = self.make_odd_cell(
            f"<text:p>x</text:p>{inner}", office__value_type="string"
        )
        content = self.make_ods(
            self.make_table(self.make_ods_row(cell), self.make_ods_row("y"))
        )
        self.assertEqual(self.read_cells(content), [["x"], ["y"]])

    def test_first_day_and_macros(self):
        settings = (
            "<table:calculation-settings>"
            '<table:null-date table:date-value="1904-01-01"/>'
            "</table:calculation-settings>"
        )
        source = open_file(
            self.make_ods(
                settings, self.make_table(), **{"Basic/Standard/Module1.xml": "x"}
            )
        )
        list(source.iterate_tables())
        self.assertEqual(source.first_day, date(1904, 1, 1))
        self.assertTrue(source.has_macros)


@tagged("post_install", "-at_install")
class TestHostileOds(OdsMaker, FileCase):
    def get_reason_quickly(self, content):
        with self.assertLittleWork():
            return self.get_reason(content)

    def test_encrypted(self):
        manifest = {"META-INF/manifest.xml": "<x><manifest:encryption-data/></x>"}
        content = self.make_ods("garbage", **manifest)
        self.assertEqual(self.get_reason(content), "encrypted")

    def test_entities(self):
        content = self.make_ods(self.make_table())
        changed = self.change_parts(
            content,
            {"content.xml": lambda data: b'<!DOCTYPE x [<!ENTITY a "b">]>' + data},
        )
        self.assertEqual(self.get_reason_quickly(changed), "not_spreadsheet")

    def test_millions_of_filled_rows(self):
        row = self.make_ods_row(*["x"] * 100, table__number_rows_repeated=2_000_000_000)
        content = self.make_ods(self.make_table(row))
        self.assertEqual(self.get_reason_quickly(content), "too_many_rows")

    def test_millions_of_cells_in_a_row(self):
        cell = '<table:table-cell table:number-columns-repeated="2000000000"/>'
        content = self.make_ods(self.make_table(self.make_ods_row(*[cell] * 3, "x")))
        with self.assertLittleWork():
            self.assertEqual(self.read_rows(content), [])

    def test_bomb(self):
        content = self.make_ods(" " * (60 * 1024**2))
        self.assertEqual(self.get_reason_quickly(content), "unpacks_too_large")

    def test_elements_around_the_rows(self):
        content = self.make_ods("<text:p/>" * 200_000)
        self.assertEqual(self.get_reason_quickly(content), "unpacks_too_large")

    def test_far_too_many_sheets(self):
        content = self.make_ods(*[self.make_table(self.make_ods_row(1))] * 501)
        self.assertEqual(self.get_reason(content), "too_many_sheets")


@tagged("post_install", "-at_install")
class TestImportOds(OdsMaker, ImportCase):
    def test_transfers(self):
        rows = [ENGLISH, self.make_row(), self.make_next_row("MUG-001", 2.5)]
        content = self.make_ods(
            self.make_table(*[self.make_ods_row(*row) for row in rows])
        )
        transfer = self.import_content(content, file_name="season.ods")
        self.assertEqual(self.get_lines(transfer), [(self.tea, 3), (self.mug, 2.5)])
        self.assertEqual(transfer.expected_date, self.date)
