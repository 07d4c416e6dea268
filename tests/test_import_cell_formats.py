from odoo.tests import tagged

from ..spreadsheets.cells.texts import to_text
from ..spreadsheets.table import CellError, PaddedNumber, UnsavedFormula
from .common_files import FileCase

FORMULA = b'<c r="A1"><f>1+1</f><v></v></c>'


@tagged("post_install", "-at_install")
class TestPaddedNumbers(FileCase):
    """A number is what people see: 456 in the format 00000 is 00456."""

    def read_number(self, number, number_format):
        book, sheet = self.make_sheet([number])
        sheet["A1"].number_format = number_format
        ((cell,),) = self.read_cells(self.save(book))
        return cell

    def assertShown(self, number, number_format, shown):
        cell = self.read_number(number, number_format)
        self.assertIsInstance(cell, PaddedNumber)
        self.assertEqual(to_text(cell), shown)
        self.assertEqual(cell, number)

    def test_zeros(self):
        self.assertShown(456, "00000", "00456")
        self.assertShown(4710001, "0" * 13, "0000004710001")
        self.assertShown(0, "000", "000")
        self.assertShown(456.0, "00000", "00456")

    def test_more_digits_than_zeros(self):
        self.assertShown(123456, "000", "123456")

    def test_other_parts_of_a_format(self):
        for number_format in (
            "[$-404]00000",
            "[Red]00000",
            "00000_ ",
            "00000;-0;0",
            "0000#",
            "##00000",
        ):
            self.assertShown(456, number_format, "00456")

    def test_texts_around_the_zeros(self):
        self.assertShown(1, '"HOM-"000', "HOM-001")
        self.assertShown(1, r"\A000", "A001")
        self.assertShown(456, '"00"0', "00456")
        self.assertShown(2, '0"箱"', "2箱")

    def test_formats_that_add_nothing(self):
        for number_format in ("General", "0", "0.00", "#,##0", "@", "0_);(0)", "0%"):
            cell = self.read_number(456, number_format)
            self.assertNotIsInstance(cell, PaddedNumber, number_format)
            self.assertEqual(cell, 456)

    def test_numbers_that_are_shown_otherwise(self):
        for number in (-456, 45.6):
            cell = self.read_number(number, "00000")
            self.assertNotIsInstance(cell, PaddedNumber)
            self.assertEqual(cell, number)


@tagged("post_install", "-at_install")
class TestFormulas(FileCase):
    """A formula has the value that was saved with it, and never silently none."""

    def read_formula(self, cell):
        book, _sheet = self.make_sheet(["x"])
        content = self.save(book)
        data = self.read_part(content)
        start, end = data.index(b"<c "), data.index(b"</row>")
        return self.read_cells(self.change_sheet(content, (data[start:end], cell)))

    def assertUnsaved(self, xml, text):
        ((cell,),) = self.read_formula(xml)
        self.assertIsInstance(cell, UnsavedFormula, xml)
        self.assertEqual(cell, text)

    def test_without_a_value(self):
        for xml in (
            FORMULA,
            b'<c r="A1"><f>1+1</f></c>',
            b'<c r="A1"><f>1+1</f><v/></c>',
            b'<c r="A1" s="0" t="n"><f>1+1</f><v /></c>',
            b'<c r="A1" t="str"><f>1+1</f></c>',
            b'<c r="A1" t="array"><f t="array" ref="A1">1+1</f></c>',
            b'<c r="A1">\n  <f>1+1</f>\n  <v>\n  </v>\n</c>',
            b'<c r="A1"><f ca="1">1+1</f><v></v><extLst/></c>',
        ):
            self.assertUnsaved(xml, "=1+1")

    def test_shared_formula(self):
        self.assertUnsaved(b'<c r="A1"><f t="shared" si="0"/></c>', "=")

    def test_long_formula(self):
        text = b"1+" * 10_000 + b"1"
        self.assertUnsaved(b'<c r="A1"><f>%s</f></c>' % text, f"={text.decode()}")

    def test_text_that_needs_escapes(self):
        self.assertUnsaved(b'<c r="A1"><f>"T"&amp;"N"</f><v></v></c>', '="T"&"N"')

    def test_saved_values(self):
        for xml, value in (
            (b'<c r="A1"><f>1+1</f><v>2</v></c>', 2),
            (b'<c r="A1" t="str"><f>A2</f><v>TN</v></c>', "TN"),
            (b'<c r="A1" t="b"><f>1=1</f><v>1</v></c>', True),
        ):
            ((cell,),) = self.read_formula(xml)
            self.assertEqual(cell, value)
            self.assertNotIsInstance(cell, UnsavedFormula)

    def test_value_that_is_an_empty_text(self):
        for xml in (
            b'<c r="A1" t="str"><f>""</f><v></v></c>',
            b'<c r="A1" t="str"><f>""</f><v/></c>',
        ):
            self.assertEqual(self.read_formula(xml), [])

    def test_error(self):
        ((cell,),) = self.read_formula(b'<c r="A1" t="e"><f>1/0</f><v>#DIV/0!</v></c>')
        self.assertIsInstance(cell, CellError)
        self.assertEqual(cell, "#DIV/0!")


@tagged("post_install", "-at_install")
class TestTexts(FileCase):
    """Texts are what people typed, in whatever way they are written in the file."""

    def read_inline(self, xml):
        book, _sheet = self.make_sheet(["x"])
        content = self.save(book)
        data = self.read_part(content)
        start, end = data.index(b"<c "), data.index(b"</row>")
        cell = b'<c r="A1" t="inlineStr"><is>%s</is></c>' % xml
        cells = self.read_cells(self.change_sheet(content, (data[start:end], cell)))
        return cells[0][0] if cells else None

    def test_line_breaks(self):
        for xml in (b"TC_x000D_\nTN", b"TC_x000d__x000A_TN", b"TC_x000D_TN", b"TC\nTN"):
            self.assertEqual(self.read_inline(b"<t>%s</t>" % xml), "TC\nTN")

    def test_escaped_escape(self):
        self.assertEqual(self.read_inline(b"<t>_x005F_x000D_</t>"), "_x000D_")

    def test_half_characters(self):
        self.assertEqual(self.read_inline(b"<t>_xD83D__xDE00_</t>"), "\U0001f600")
        self.read_inline(b"<t>_xD83D_</t>").encode()

    def test_fonts_and_how_it_is_spoken(self):
        text = self.read_inline(
            "<r><t>東</t></r><r><rPr/><t>京</t></r>"
            '<rPh sb="0" eb="2"><t>トウキョウ</t></rPh>'.encode()
        )
        self.assertEqual(text, "東京")

    def test_shared_texts(self):
        book, _sheet = self.make_sheet(["_x005F_x000D_", "TC\r\nTN", "x"])
        self.assertEqual(self.read_cells(self.save(book)), [["_x000D_", "TC\nTN", "x"]])

    def test_numbers_that_are_none(self):
        book, _sheet = self.make_sheet([12345])
        content = self.change_sheet(
            self.save(book), (b"<v>12345</v>", b"<v>1.#INF</v>")
        )
        ((cell,),) = self.read_cells(content)
        self.assertIsInstance(cell, CellError)
