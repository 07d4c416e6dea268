from odoo.tests.common import BaseCase

from ..tools.paper_pages import count_lines, divide


class TestPaperPages(BaseCase):
    """Rows go on pages of their own making, whatever prints them."""

    def divide(self, heights, first=10, others=20, last=0):
        return divide(heights, lambda height: height - 0.6, first, others, last)

    def test_a_page_takes_what_fits(self):
        self.assertEqual(self.divide([5, 5, 5]), [[5, 5], [5]])
        self.assertEqual(self.divide([5] * 7), [[5, 5], [5] * 4, [5]])

    def test_what_is_taller_than_a_page_has_one_of_its_own(self):
        self.assertEqual(self.divide([30, 1]), [[30], [1]])

    def test_no_rows_are_one_page(self):
        self.assertEqual(self.divide([]), [[]])

    def test_nobody_signs_an_empty_page(self):
        self.assertEqual(self.divide([5, 4], last=2), [[5], [4]])
        self.assertEqual(self.divide([5, 3], last=2), [[5, 3]])

    def test_chinese_letters_are_twice_as_wide(self):
        self.assertEqual(count_lines("tea" * 10, 30), 1)
        self.assertEqual(count_lines("烏龍茶" * 10, 30), 2)
        self.assertEqual(count_lines("", 30), 1)
        self.assertEqual(count_lines("one\ntwo", 30), 2)
