import io
import random
import zipfile

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from odoo.tests import tagged
from odoo.tools import mute_logger

from .common_import import CHINESE, ENGLISH, NAMES, ImportCase

# What people, and programs, write into cells.
ODD_CELLS = st.one_of(
    st.none(),
    st.booleans(),
    st.integers(-(10**15), 10**15),
    st.floats(allow_nan=False, allow_infinity=False),
    st.text(max_size=20),
    st.sampled_from(
        [
            "",
            " ",
            "=1+1",
            "#N/A",
            "115/11/30",
            "2026/02/30",
            "1,000",
            "１，０００",
            "-3",
            "0",
            "1e3",
            "SHN",
            "SHN, SHS",
            "shn、SHS",
            "EC",
            "TEA-001",
            "MUG-001",
            "tea-001",
            "\x00",
            "\ud800",
            "9" * 400,
        ]
    ),
)


@tagged("post_install", "-at_install")
class TestImportMutations(ImportCase):
    """Valid files, changed at random: never a traceback, never half an import."""

    def import_anything(self, content, **values):
        """Do with a file what a hasty user does: press whatever can be pressed."""
        before = self.env["store.transfer"].search([])
        upload = self.upload(content, **values)
        upload.action_check()
        made = self.env["store.transfer"].search([]) - before
        self.assertFalse(made, "A check makes nothing")
        if upload.finding_ids:
            self.assertTrue(upload.marked_file)
        if not upload.can_import:
            self.assertTrue(upload.problem or upload.error_count)
            return
        announced = upload.transfer_count, upload.line_count, upload.quantity
        upload.action_import()
        self.assertEqual(upload.state, "done")
        made = self.env["store.transfer"].search([]) - before
        self.assertEqual(upload.order_ids.transfer_id.sorted("id"), made.sorted("id"))
        self.assertEqual(
            (len(made), len(made.line_ids), sum(made.mapped("asked_quantity"))),
            announced,
        )
        for order in upload.order_ids.filtered("transfer_id"):
            self.assertEqual(order.transfer_id.line_count, order.line_count)
            self.assertEqual(order.transfer_id.asked_quantity, order.quantity)
        if upload.error_count:
            self.assertTrue(upload.skip_errors)
        self.assertLedger(made)

    def make_rows(self):
        return [
            self.make_row(remark="Winter"),
            self.make_next_row("MUG-001", 2),
            self.make_row(destination="SHN, SHS", sku="LMP-001"),
            self.make_row(third_party="Vendor", destination="SHS"),
        ]

    @settings(
        max_examples=150,
        deadline=None,
        derandomize=True,
        suppress_health_check=list(HealthCheck),
    )
    @given(
        cells=st.lists(
            st.tuples(st.integers(0, 4), st.integers(0, len(NAMES) - 1), ODD_CELLS),
            max_size=6,
        ),
        skip_errors=st.booleans(),
        is_chinese=st.booleans(),
    )
    def test_any_cells(self, cells, skip_errors, is_chinese):
        rows = [CHINESE if is_chinese else ENGLISH, *self.make_rows()]
        rows = [list(row) for row in rows]
        for row, column, value in cells:
            rows[row][column] = value
        lines = []
        for row in rows:
            texts = ("" if cell is None else str(cell) for cell in row)
            lines.append("\t".join(text.replace("\t", " ") for text in texts))
        content = "\n".join(lines).encode("utf-8", "replace")
        with self.env.cr.savepoint() as savepoint:
            self.import_anything(content, skip_errors=skip_errors)
            savepoint.rollback()
        self.env.invalidate_all()

    @settings(
        max_examples=150,
        deadline=None,
        derandomize=True,
        suppress_health_check=list(HealthCheck),
    )
    @given(seed=st.integers(0, 2**32), parts=st.integers(1, 30))
    def test_any_bytes(self, seed, parts):
        """Bytes change inside the archive's parts, or in the archive itself."""
        chance = random.Random(seed)
        content = self.make_file(*self.make_rows())
        if chance.random() < 0.5:
            name = chance.choice(zipfile.ZipFile(io.BytesIO(content)).namelist())
            content = self.change_parts(
                content, {name: lambda data: self.scramble(data, chance, parts)}
            )
        else:
            content = self.scramble(content, chance, parts)
        # Odoo itself looks at what is uploaded, and remarks on what it can't open.
        with (
            mute_logger("odoo.tools.mimetypes.guess_mimetype"),
            self.env.cr.savepoint() as savepoint,
        ):
            self.import_anything(content)
            savepoint.rollback()
        self.env.invalidate_all()

    def scramble(self, data, chance, times):
        changed = bytearray(data)
        for _time in range(times):
            place = chance.randrange(len(changed))
            changed[place] = chance.randrange(256)
        return bytes(changed)
