from odoo.tests import tagged

from .common_files import FileCase


@tagged("post_install", "-at_install")
class TestHiddenRows(FileCase):
    """Rows that nobody sees are read, and marked as such."""

    def read_hidden(self, book):
        return [row.number for row in self.read_rows(self.save(book)) if row.is_hidden]

    def make_numbered_sheet(self):
        return self.make_sheet(*[[number] for number in range(1, 6)])

    def test_nothing_is_hidden(self):
        book, _sheet = self.make_numbered_sheet()
        self.assertEqual(self.read_hidden(book), [])

    def test_hidden_by_hand_or_by_a_filter(self):
        book, sheet = self.make_numbered_sheet()
        sheet.auto_filter.ref = "A1:A5"
        sheet.row_dimensions[3].hidden = True
        sheet.row_dimensions[4].hidden = True
        self.assertEqual(self.read_hidden(book), [3, 4])

    def test_collapsed_outline(self):
        book, sheet = self.make_numbered_sheet()
        sheet.row_dimensions.group(2, 4, hidden=True)
        self.assertEqual(self.read_hidden(book), [2, 3, 4])

    def test_outline_that_is_open(self):
        book, sheet = self.make_numbered_sheet()
        sheet.row_dimensions.group(2, 4)
        self.assertEqual(self.read_hidden(book), [])

    def test_height_of_nothing(self):
        book, _sheet = self.make_numbered_sheet()
        content = self.change_sheet(
            self.save(book), (b'<row r="2"', b'<row r="2" ht="0" customHeight="1"')
        )
        hidden = [row.number for row in self.read_rows(content) if row.is_hidden]
        self.assertEqual(hidden, [2])

    def test_other_heights(self):
        book, sheet = self.make_numbered_sheet()
        sheet.row_dimensions[2].height = 40
        self.assertEqual(self.read_hidden(book), [])

    def test_in_words_as_some_tools_write_it(self):
        book, _sheet = self.make_numbered_sheet()
        content = self.change_sheet(
            self.save(book), (b'<row r="2"', b'<row r="2" hidden="true"')
        )
        hidden = [row.number for row in self.read_rows(content) if row.is_hidden]
        self.assertEqual(hidden, [2])
