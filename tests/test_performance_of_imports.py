from unittest.mock import patch

from odoo.tests import tagged

from ..models.transfer_import.sheet.store_search import StoreSearch
from .common_import import ENGLISH, ImportCase


@tagged("post_install", "-at_install")
class TestPerformanceOfImports(ImportCase):
    """What a file names is looked up at once, however much of it there is."""

    FEW, MANY = 10, 600

    def _get_queries(self, *rows, headings):
        content = self.make_file(*rows, headings=headings)
        upload = self.upload(content)
        self.env.flush_all()
        self.env.invalidate_all()
        queries = []
        for _patched in self._patchExecute(queries):
            upload.action_check()
        self.assertFalse(upload.problem)
        # What is found is written down in parts.
        return [query for query in queries if not query.startswith("INSERT")]

    def assertSameQueries(self, make_row, headings=ENGLISH):
        """Check that many rows take the queries of few, and no longer ones.

        Of a list of values only the place is in the text of a query; what is written
        down about many rows may be read again in two parts.
        """
        self._get_queries(
            make_row(0), headings=headings
        )  # what Odoo keeps between requests
        few, many = (
            self._get_queries(
                *[make_row(number) for number in range(count)], headings=headings
            )
            for count in (self.FEW, self.MANY)
        )
        self.assertLessEqual(len(many), len(few) + 2)
        self.assertLessEqual(max(map(len, many)), max(map(len, few)) * 1.1)

    def test_stores_are_looked_up_once(self):
        upload = self.upload(self.make_file(self.make_row(), self.make_row(source="X")))
        search = "odoo.addons.store_transfer.models.transfer_import.choices.StoreSearch"
        with patch(search, side_effect=StoreSearch) as made:
            upload.action_check()
        made.assert_called_once()

    def test_unknown_skus(self):
        self.assertSameQueries(lambda number: self.make_row(sku=f"NO-{number}"))

    def test_unknown_skus_of_digits(self):
        self.assertSameQueries(lambda number: self.make_row(sku=f"{number + 100}"))

    def test_skus_with_one_wrong_letter(self):
        self.assertSameQueries(lambda number: self.make_row(sku=f"TEA-0{number:03}"))

    def test_names_in_place_of_skus(self):
        self.assertSameQueries(lambda number: self.make_row(sku=f"Some Tea {number}"))

    def test_units_behind_the_quantity(self):
        self.assertSameQueries(
            lambda number: self.make_row(quantity=f"{number + 1} pcs")
        )

    def test_many_numbers(self):
        headings = [*ENGLISH, "Number"]
        self.assertSameQueries(
            lambda number: [*self.make_row(), f"ST/{number}"], headings=headings
        )

    def test_unknown_contacts(self):
        self.assertSameQueries(
            lambda number: self.make_row(third_party=f"Nobody {number}")
        )
