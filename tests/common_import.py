import base64
import cProfile
import io
import zipfile
from contextlib import contextmanager
from datetime import date, timedelta
from itertools import zip_longest
from unittest.mock import patch

import openpyxl

from ..models.transfer_import.sheet.store_search import StoreSearch
from ..models.transfer_import.sheet.transfer_sheet import TransferSheet
from ..spreadsheets.layout.columns import TEMPLATE_COLUMNS
from ..spreadsheets.reading import Reading, SheetRow
from .common_transfers import StoreTransferCase

# A sound file of a few rows takes a tenth of the calls.
MOST_CALLS = 500_000
MOST_BYTES = 50 * 1024**2
ENGLISH = [column.get_heading("en_US") for column in TEMPLATE_COLUMNS]
CHINESE = [column.get_heading("zh_TW") for column in TEMPLATE_COLUMNS]
NAMES = [column.name for column in TEMPLATE_COLUMNS]


class FileMaker:
    """Makes real spreadsheets. The class has ``date``, ``company``."""

    def make_row(self, **values):
        """Return the cells of a row: by default 3 tea from EC to the north shop."""
        values = {
            "expected_date": self.date,
            "destination": "Shop North",
            "sku": "TEA-001",
            "quantity": 3,
            **values,
        }
        return [values.get(name) for name in NAMES]

    def make_next_row(self, sku, quantity, **values):
        """Return the cells of a row that goes on with the order above it."""
        return self.make_row(
            expected_date=None, destination=None, sku=sku, quantity=quantity, **values
        )

    def make_file(self, *rows, headings=ENGLISH):
        book = openpyxl.Workbook()
        for row in [headings, *rows]:
            book.active.append(row)
        return self.save(book)

    def save(self, book):
        output = io.BytesIO()
        book.save(output)
        return output.getvalue()

    def add_part(self, content, name, data=b"x"):
        """Return a file of Excel's with one more part in its archive."""
        return self.change_parts(content, added={name: data})

    def change_parts(self, content, changes=None, added=None):
        """Return a file of Excel's with other parts.

        :param changes: ``{name of a part: function from old to new data}``
        """
        output = io.BytesIO()
        with (
            zipfile.ZipFile(io.BytesIO(content)) as archive,
            zipfile.ZipFile(output, "w", zipfile.ZIP_DEFLATED) as changed,
        ):
            for name in archive.namelist():
                change = (changes or {}).get(name, bytes)
                changed.writestr(name, change(archive.read(name)))
            for name, data in (added or {}).items():
                changed.writestr(name, data)
        return output.getvalue()

    def prepare_upload(self, content):
        return {
            "company_id": self.company.id,
            "file": base64.b64encode(content),
            "file_name": "season.xlsx",
        }

    @contextmanager
    def assertLittleWork(self):
        """Check that a file is not gone through for what is not in it.

        Counted are calls of functions, of which each row and each cell takes some, and
        the bytes that are unpacked: no clock, since machines are busy with other tests.
        """
        unpacked = []
        read = zipfile.ZipExtFile.read

        def count(part, size=-1):
            content = read(part, size)
            unpacked.append(len(content))
            return content

        profile = cProfile.Profile(builtins=False)
        with patch.object(zipfile.ZipExtFile, "read", count):
            profile.enable()
            try:
                yield
            finally:
                profile.disable()
        calls = sum(entry.callcount for entry in profile.getstats())
        self.assertLess(calls, MOST_CALLS)
        self.assertLess(sum(unpacked), MOST_BYTES)


class ImportCase(FileMaker, StoreTransferCase):
    """People with spreadsheets; every file is a real one, made in the test."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.date = date.today() + timedelta(days=7)

    def decode(self, binary):
        """Return the bytes of a binary field."""
        return base64.b64decode(binary)

    def read_file(self, binary):
        """Return the rows of the first sheet of a binary field with an ``.xlsx``."""
        book = openpyxl.load_workbook(io.BytesIO(self.decode(binary)))
        return [list(row) for row in book.worksheets[0].values]

    def upload(self, content, user=None, **values):
        return (
            self.env["store.transfer.import"]
            .with_user(user or self.head_office)
            .create({**self.prepare_upload(content), **values})
        )

    def check(self, content, user=None, **values):
        """Upload a file and have it checked: nothing is made by that."""
        before = self.env["store.transfer"].search_count([])
        upload = self.upload(content, user, **values)
        upload.action_check()
        self.assertEqual(self.env["store.transfer"].search_count([]), before)
        self.assertEqual(
            upload.error_count,
            len(upload.finding_ids.filtered(lambda finding: finding.level == "error")),
        )
        return upload

    def import_content(self, content, user=None, **values):
        """Import a file that is right, and return the transfers."""
        upload = self.check(content, user, **values)
        self.assertFalse(upload.problem)
        self.assertFalse(self.get_findings(upload, "error"))
        action = upload.action_import()
        self.assertEqual(upload.state, "done")
        self.assertEqual(action["res_model"], "store.transfer")
        transfers = self.env["store.transfer"].search(action["domain"], order="id")
        self.assertEqual(transfers, upload.sudo().order_ids.transfer_id)
        self.assertEqual(upload.transfer_count, len(transfers))
        self.assertEqual(upload.line_count, len(transfers.line_ids))
        self.assertEqual(upload.quantity, sum(transfers.mapped("asked_quantity")))
        self.assertLedger(transfers)
        return transfers

    def import_rows(self, *rows, user=None, headings=ENGLISH, **values):
        content = self.make_file(*rows, headings=headings)
        return self.import_content(content, user, **values)

    def get_findings(self, upload, level):
        """Return ``(row, column, value, problem)`` of the errors or of the notices."""
        found = upload.finding_ids.filtered(lambda finding: finding.level == level)
        for finding in found:
            self.assertTrue(finding.remedy)
        return [
            (finding.row, finding.column, finding.value or "", finding.problem)
            for finding in found
        ]

    def get_errors(self, *rows, user=None, headings=ENGLISH, **values):
        """Check rows that are wrong, and return the errors as above."""
        content = self.make_file(*rows, headings=headings)
        upload = self.check(content, user, **values)
        self.assertFalse(upload.problem)
        self.assertFalse(upload.can_import)
        return self.get_findings(upload, "error")

    def get_notices(self, *rows, user=None, headings=ENGLISH, **values):
        content = self.make_file(*rows, headings=headings)
        upload = self.check(content, user, **values)
        self.assertFalse(upload.problem)
        return self.get_findings(upload, "notice")

    def get_problem(self, content, user=None):
        """Check a file that is no use as a whole, and return what is said."""
        upload = self.check(content, user)
        self.assertFalse(upload.finding_ids)
        self.assertFalse(upload.order_ids)
        self.assertFalse(upload.can_import)
        self.assertEqual(upload.state, "draft")
        self.assertTrue(upload.problem)
        return upload.problem

    def read_cells(self, *rows, merged=(), replacements=None, **reading):
        """Read rows as a file of any kind may give them, with ``{column name: cell}``.

        :param merged: of each row, see :class:`SheetRow`
        :return: the :class:`TransferSheet`
        """
        defaults = dict(zip(NAMES, self.make_row(), strict=True))
        rows = [
            SheetRow(number, number + 1, {**defaults, **cells}, merged=merge)
            for number, (cells, merge) in enumerate(
                zip_longest(rows, merged, fillvalue={}), start=1
            )
        ]
        env = self.env(user=self.head_office.id)
        sheet = TransferSheet(
            env,
            Reading(rows=rows, **reading),
            StoreSearch(env),
            replacements=replacements,
        )
        sheet.read_rows()
        return sheet

    def get_lines(self, transfer):
        return [(line.product_id, line.quantity) for line in transfer.line_ids]
