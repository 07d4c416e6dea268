from unittest.mock import patch

from odoo.exceptions import AccessError, UserError, ValidationError
from odoo.fields import Command
from odoo.tests import tagged

from ..models.transfer_import import column as import_column
from ..spreadsheets.layout.columns import IGNORED
from ..spreadsheets.reader import SpreadsheetReader
from .common_import_mapping import MappingCase

HEADINGS = ["Expected date", "To store(s)", "SKU", "Quantity"]


class MemoryCase(MappingCase):
    def remember(self, user=None, **meanings):
        """Say in the list of head office what headings mean."""
        return (
            self.env["store.transfer.import.heading"]
            .with_user(user or self.head_office)
            .create(
                [
                    {"name": name, "column_name": column_name}
                    for name, column_name in meanings.items()
                ]
            )
        )

    def check_more(self, user=None, **cells):
        """Check a row with further columns: ``{heading: cell}``."""
        row = [self.date, "SHN", "TEA-001", 3, *cells.values()]
        content = self.make_file(row, headings=[*HEADINGS, *cells])
        return self.check(content, user)


@tagged("post_install", "-at_install")
class TestImportMemory(MemoryCase):
    """What one says of a file changes no file of another in silence."""

    def test_our_own_headings_are_read_as_ever(self):
        """Also where something else was remembered of them before."""
        content = self.make_file(
            [self.date, "SHN", None, "471", 3, "pcs"],
            headings=[*HEADINGS[:3], "Barcode", "Quantity", "Unit"],
        )
        mapping = {"barcode": IGNORED, "unit": "remark", "tostores": IGNORED}
        reading = SpreadsheetReader(content, mapping=mapping).read_file()
        self.assertEqual(reading.rows[0].get_text("barcode"), "471")
        self.assertEqual(reading.rows[0].get_text("unit"), "pcs")
        self.assertEqual(reading.rows[0].get_text("destination"), "SHN")

    def test_what_was_said_beside_our_own_heading(self):
        """Neither silences the other."""
        upload = self.check_more(self.shop_staff, Kolli=12)
        self.say(upload, Kolli="quantity")
        problem = self.check_more(self.ec_staff, Kolli=12).problem
        self.assertIn("More than one column may be Quantity: Quantity, Kolli", problem)
        self.assertIn("Say below which one is not needed, or delete it", problem)
        self.assertEqual(self.check_more(Kolli=3).order_ids.quantity, 3)

    def test_what_was_said_beside_a_word_that_we_know(self):
        self.remember(Kolli="quantity")
        content = self.make_file(
            [self.date, "SHN", "TEA-001", 3, 12],
            headings=[*HEADINGS[:3], "Qty", "Kolli"],
        )
        self.assertIn("Qty, Kolli", self.get_problem(content))

    def test_two_headings_that_shops_can_t_explain(self):
        problem = self.check_more(self.shop_staff, Qty=12).problem
        self.assertIn("give it another heading, or ask head office", problem)
        problem = self.check_more(數量=12).problem
        self.assertIn("Delete one of them from the file, or give it another", problem)

    def test_labels_that_contradict_each_other(self):
        self.remember(Zielort="destination")
        content = self.make_file(
            ["Zielort", "SHS"],
            ["To store(s)", "SHN"],
            ["SKU", "Quantity"],
            ["TEA-001", 3],
            headings=["Expected date", self.date],
        )
        self.assertIn("Zielort, To store(s)", self.get_problem(content))

    def test_only_head_office_changes_what_is_known(self):
        known = {"Pack size": 12, "Price": 30, "From": "SHS"}
        upload = self.check_more(self.shop_staff, **known)
        mine = self.check_more(**known)
        for heading in known:
            column = self.get_column(upload, heading)
            self.assertEqual(column.fixed_reason, "known")
            with self.assertRaisesRegex(UserError, "Ask head office"):
                column.column_name = "remark"
            with self.assertRaisesRegex(UserError, "Ask head office"):
                upload.column_ids = [
                    Command.update(column.id, {"column_name": "remark"})
                ]
            self.assertFalse(self.get_column(mine, heading).fixed_reason)
        self.assertFalse(self.get_headings())
        self.say(mine, **{"Pack size": "line_remark"})
        self.assertEqual(self.get_headings(), {"Pack size": "line_remark"})

    def test_what_head_office_has_changed_stays_so(self):
        self.remember(Price="remark")
        upload = self.check_more(self.shop_staff, Price=30)
        with self.assertRaisesRegex(UserError, "Ask head office"):
            self.get_column(upload, "Price").column_name = False

    def test_head_office_explains_the_file_of_a_shop(self):
        upload = self.check_more(self.shop_staff, Price=30)
        column = self.get_column(upload, "Price").with_user(self.head_office)
        column.column_name = "remark"
        self.assertEqual(self.get_headings(), {"Price": "remark"})
        with self.assertRaises(UserError):
            column.with_user(self.shop_staff).column_name = False

    def test_shops_can_t_change_files_that_head_office_has_checked(self):
        upload = self.check_more(Price=30)
        upload.sudo().user_id = self.shop_staff
        column = self.get_column(upload, "Price").with_user(self.shop_staff)
        self.assertFalse(column.fixed_reason)
        with self.assertRaisesRegex(UserError, "Ask head office"):
            column.column_name = "remark"

    def test_what_to_do_is_possible(self):
        """Shops are not sent to a choice that they don't have."""
        cells = {"Store": "SHS"}
        for user, remedy in (
            (self.shop_staff, "Give the column a heading in the file"),
            (self.head_office, "Say on this page what the column is"),
        ):
            upload = self.check_more(user, **cells)
            error = upload.finding_ids.filtered(lambda one: one.column == "Store")
            self.assertIn("it holds stores", error.problem)
            self.assertIn(remedy, error.remedy)

    def test_name_of_a_store(self):
        for name in ("SHN", "shop north", "Shop North (SHN)", "SHN 數量"):
            with self.assertRaisesRegex(ValidationError, "is the name of a store"):
                self.remember(**{name: "remark"})
        self.remember(**{"SHN 上週": IGNORED})
        upload = self.check_more(SHN="x")
        column = self.get_column(upload, "SHN")
        self.assertEqual(column.fixed_reason, "store")
        with self.assertRaisesRegex(UserError, "for the store of that name"):
            column.column_name = "ignored"

    def test_store_that_was_opened_later(self):
        """Its column in a matrix is read once, as what the store gets."""
        self.remember(**{"Shop West": "remark"})
        west = self._create_shop("Shop West", "SHW")
        content = self.make_file(
            ["SKU", "SHN", "Shop West"],
            ["TEA-001", 3, 5],
            headings=["Expected date", self.date],
        )
        upload = self.check(content)
        self.assertEqual(upload.order_ids.destination_store_id, self.shop | west)
        self.assertFalse(any(upload.order_ids.mapped("remark")))

    def test_each_check_says_who_said_it(self):
        self.remember(
            **{"Pack size": "line_remark", "Price": IGNORED, "Qty": "quantity"}
        )
        self.remember(Zielort="destination")
        content = self.make_file(
            ["Expected date", "SKU", "Qty", "Pack size", "Price"],
            [self.date, "TEA-001", 3, 12, 5],
            headings=["Zielort", "SHN"],
        )
        notice = self.check(content, self.ec_staff).finding_ids
        self.assertEqual((notice.level, notice.row), ("notice", 0))
        name = self.head_office.name
        self.assertIn(f"“Pack size” was read as Line remark, as {name}", notice.problem)
        self.assertIn(f"“Zielort” was read as To store(s), as {name}", notice.problem)
        # What we would read ourselves needs no word.
        self.assertNotIn("Qty", notice.problem)
        self.assertNotIn("Price", notice.problem)

    def test_strange_values(self):
        """What no page sends is refused with a sentence."""
        upload = self.check_more(Kolli=12)
        column = self.get_column(upload, "Kolli")
        for value in (["sku"], {"sku": 1}, 7):
            with self.assertRaisesRegex(UserError, "Choose from the list"):
                column.column_name = value
            with self.assertRaisesRegex(UserError, "Choose from the list"):
                upload.write(
                    {"column_ids": [Command.update(column.id, {"column_name": value})]}
                )
        for name in ("long " * 1000, "ﷺ" * 190):
            with self.assertRaisesRegex(ValidationError, "no more than 200 characters"):
                self.remember(**{name: "remark"})

    def test_columns_of_others(self):
        """The commands of a page reach no file of a colleague."""
        other = self.get_column(self.check_more(Kolli=12), "Kolli")
        upload = self.check_more(self.shop_staff, Kolli=12)
        with self.assertRaises(AccessError):
            upload.column_ids = [Command.update(other.id, {"column_name": "remark"})]

    def test_many_columns_are_remembered_at_once(self):
        self._count_queries(3)
        few, many = self._count_queries(5), self._count_queries(50)
        self.assertLessEqual(many, few)

    def _count_queries(self, count):
        headings = [f"{count}Word{number}" for number in range(count)]
        upload = self.check_more(**dict.fromkeys(headings, "x"))
        columns = upload.column_ids.filtered(lambda column: column.heading in headings)
        commands = [
            Command.update(column.id, {"column_name": name})
            for column, name in zip(
                columns, ["remark", *[IGNORED] * (count - 1)], strict=True
            )
        ]
        self.env.flush_all()
        self.env.invalidate_all()
        queries = []
        for _patched in self._patchExecute(queries):
            upload.column_ids = commands
            self.env.flush_all()
        self.assertEqual(len(columns.filtered("column_name")), count)
        self.assertEqual(set(columns.said_by_id), set(self.head_office))
        said = self.get_headings()
        self.assertEqual(said[headings[0]], "remark")
        self.assertEqual(said[headings[-1]], IGNORED)
        return len(queries)


@tagged("post_install", "-at_install")
class TestImportLongTexts(MemoryCase):
    """What nobody can read to the end is cut, and nothing is done with a part."""

    def test_no_suggestion_for_a_part_of_a_cell(self):
        for length, suggestion in ((150, "TEA-001"), (250, "")):
            self.tea.name = f"Oolong {'x' * length}"
            content = self.make_file(self.make_row(sku=self.tea.name))
            error = self.check(content).finding_ids
            self.assertEqual(error.level, "error")
            self.assertEqual(error.suggestion, suggestion)
            self.assertLessEqual(len(error.value), 201)

    def test_headings_that_are_not_read(self):
        cells = {f"{number} {'x' * 3000}": "red" for number in range(50)}
        notice = self.check_more(**cells).finding_ids
        self.assertIn("not read: 0 xxx", notice.problem)
        self.assertLess(len(notice.problem), 2500)

    def test_heading_of_a_column_that_matters(self):
        error = self.check_more(**{"x" * 30_000: "SHS"}).finding_ids
        self.assertEqual(error.level, "error")
        self.assertEqual(len(error.column), 61)

    def test_file_of_long_headings(self):
        headings = [f"{number} {'x' * 3000}" for number in range(50)]
        problem = self.get_problem(
            self.make_file(["red"] * len(headings), headings=headings)
        )
        self.assertLess(len(problem), 2500)

    def test_two_ways_with_many_stores(self):
        shops = [self._create_shop(f"Shop {n:03}", f"S{n:03}").name for n in range(40)]
        problem = self.check_more(**dict.fromkeys(shops, 2)).problem
        self.assertIn("in two ways", problem)
        self.assertNotIn("Shop 039", problem)

    def test_more_columns_than_are_listed(self):
        """Those that are asked about are listed first."""
        with patch.object(import_column, "MOST_COLUMNS", 5):
            upload = self.check_more(Remark="x", Price=3, Sales=4, Kolli="SHS")
        self.assertEqual(len(upload.column_ids), 5)
        self.assertEqual(upload.column_ids[0].heading, "Kolli")
        self.assertIn("Say on this page", upload.finding_ids[0].remedy)
