from odoo.exceptions import AccessError, UserError, ValidationError
from odoo.tests import tagged

from .common_import_mapping import FOREIGN, MEANINGS, MappingCase


@tagged("post_install", "-at_install")
class TestImportMapping(MappingCase):
    """A layout that nobody knows is explained once, on the import's page."""

    def test_foreign_layout_is_explained_once(self):
        upload = self.check(self.make_foreign_file())
        self.assertEqual(upload.state, "draft")
        self.assertEqual(upload.column_ids.mapped("heading"), [*FOREIGN])
        self.assertEqual(upload.column_ids.mapped("letter"), ["A", "B", "C", "D", "E"])
        self.assertEqual(self.get_column(upload, "Filiale").samples, "SHS")
        self.assertFalse(any(upload.column_ids.mapped("column_name")))
        self.say(upload, **MEANINGS)
        self.assertFalse(upload.problem)
        self.assertEqual(upload.order_ids.source_store_id, self.shop)
        self.assertEqual(upload.order_ids.destination_store_id, self.shop_south)
        # Next month, and whoever imports: nothing to do.
        transfer = self.import_content(
            self.make_foreign_file(Stück=4), user=self.shop_staff
        )
        self.assertEqual(self.get_lines(transfer), [(self.tea, 4)])
        self.assertEqual(transfer.source_store_id, self.shop)

    def test_problem_names_the_headings_that_are_there(self):
        problem = self.get_problem(self.make_foreign_file())
        for heading in FOREIGN:
            self.assertIn(heading, problem)
        self.assertIn("SKU", problem)

    def test_unread_column_is_offered(self):
        headings = ["Expected date", "To store(s)", "SKU", "Quantity", "Bemerkung"]
        content = self.make_file(
            [self.date, "SHN", "TEA-001", 3, "For the window"], headings=headings
        )
        upload = self.check(content)
        self.assertEqual(upload.unread_column_count, 1)
        self.say(upload, Bemerkung="remark")
        self.assertEqual(upload.unread_column_count, 0)
        self.assertEqual(upload.order_ids.remark, "For the window")

    def test_column_that_is_not_needed(self):
        headings = ["Expected date", "To store(s)", "SKU", "Quantity", "Farbton"]
        content = self.make_file(
            [self.date, "SHN", "TEA-001", 3, "red"], headings=headings
        )
        upload = self.check(content)
        self.say(upload, Farbton="ignored")
        self.assertEqual(self.get_headings(), {"Farbton": "ignored"})
        self.assertIn("“Farbton” was not read, as", upload.finding_ids.problem)
        self.assertEqual(self.check(content).unread_column_count, 0)

    def test_meaning_is_forgotten_when_it_is_emptied(self):
        upload = self.check(self.make_foreign_file())
        self.say(upload, **MEANINGS)
        self.say(upload, Filiale=False)
        self.assertNotIn("Filiale", self.get_headings())
        self.assertTrue(upload.problem)

    def test_who_said_it_is_shown(self):
        upload = self.check(self.make_foreign_file(), self.ec_staff)
        self.say(upload, **MEANINGS)
        other = self.check(self.make_foreign_file())
        self.assertEqual(other.column_ids.said_by_id, self.ec_staff)

    def test_head_office_goes_before_our_own_list(self):
        """Their "From" may be what we call the third party."""
        headings = ["Expected date", "To store(s)", "SKU", "Quantity", "From"]
        content = self.make_file(
            [self.date, "SHS", "TEA-001", 3, "SHN"], headings=headings
        )
        upload = self.check(content)
        self.assertEqual(self.get_column(upload, "From").column_name, "source")
        self.say(upload, From="remark")
        self.assertEqual(upload.order_ids.source_store_id, self.ec)
        self.assertEqual(upload.order_ids.remark, "SHN")

    def test_marked_file_of_a_mapped_layout(self):
        upload = self.check(self.make_foreign_file(Artikel="NOPE"))
        self.say(upload, **MEANINGS)
        _headings, row = self.read_file(upload.marked_file)
        self.assertIn("Artikel", row[-1])

    def test_marked_file_of_what_was_read_otherwise_then(self):
        """Years later, headings may stand for something else, or for nothing."""
        upload = self.check(self.make_foreign_file(Artikel="NOPE"))
        self.say(upload, **MEANINGS)
        upload.sudo().state = "done"
        self.env["store.transfer.import.heading"].search([]).unlink()
        _headings, row = self.read_file(upload.marked_file)
        self.assertIn("Artikel", row[-1])

    def test_another_file_has_other_columns(self):
        upload = self.check(self.make_foreign_file())
        upload.file = False
        self.assertFalse(upload.column_ids)

    def test_large_file_is_mapped_as_well(self):
        self.company.transfer_import_background_rows = 0
        upload = self.upload(self.make_foreign_file())
        upload.action_check()
        self.say(upload, **MEANINGS)
        self.assertEqual(upload.state, "checking")
        with self.enter_registry_test_mode():
            self.env.ref("store_transfer.ir_cron_import").method_direct_trigger()
        self.assertEqual(upload.state, "checked")
        self.assertEqual(upload.column_ids.mapped("column_name"), [*MEANINGS.values()])

    def test_old_import_has_no_columns(self):
        upload = self.check(self.make_foreign_file())
        upload.sudo().column_ids.unlink()
        self.assertEqual(upload.unread_column_count, 0)
        upload.action_check()
        self.assertEqual(len(upload.column_ids), 5)


@tagged("post_install", "-at_install")
class TestImportMappingAccess(MappingCase):
    """Who may say what a column is, when, and of which."""

    def setUp(self):
        super().setUp()
        self.content = self.make_foreign_file()

    def test_colleagues_leave_each_other_s_files_alone(self):
        upload = self.check(self.content, self.ec_staff)
        column = self.get_column(upload, "Filiale").with_user(self.shop_staff)
        with self.assertRaises(AccessError):
            column.column_name = "destination"
        with self.assertRaises(AccessError):
            column.read(["samples"])
        self.assertFalse(self.get_headings())

    def test_only_who_imports_maps(self):
        column = self.check(self.content).column_ids[:1]
        with self.assertRaises(AccessError):
            column.with_user(self.inventory_user).column_name = "sku"

    def test_nothing_but_the_meaning_is_written(self):
        column = self.get_column(self.check(self.content), "Filiale")
        other = self.check(self.content)
        for values in (
            {"heading": "SKU"},
            {"key": "sku"},
            {"fixed_reason": False},
            {"import_id": other.id},
            {"samples": "x"},
        ):
            with self.assertRaises(AccessError):
                column.write(values)
        with self.assertRaises(AccessError):
            column.unlink()
        with self.assertRaises(AccessError):
            column.create({"import_id": other.id, "heading": "x"})
        with self.assertRaisesRegex(UserError, "Choose from the list"):
            column.column_name = "nonsense"

    def test_not_after_the_import(self):
        upload = self.check(self.make_file(self.make_row()))
        upload.action_import()
        with self.assertRaisesRegex(UserError, "Start a new import"):
            upload.column_ids[:1].column_name = False

    def test_our_own_headings_mean_the_same_everywhere(self):
        upload = self.check(self.make_file(self.make_row(remark="x")))
        for heading in ("SKU", "Remark"):
            with self.assertRaisesRegex(UserError, "one of our own headings"):
                self.get_column(upload, heading).column_name = "ignored"
        headings = self.env["store.transfer.import.heading"]
        for heading in ("進倉店", "Barcode", "Unit", "單位", "Number", "Line remark"):
            with self.assertRaisesRegex(ValidationError, "one of our own headings"):
                headings.with_user(self.head_office).create(
                    {"name": heading, "column_name": "remark"}
                )

    def test_columns_that_can_t_be_told_apart(self):
        headings = [*FOREIGN, "Abgang", None]
        content = self.make_file(
            [self.date, "SHS", "TEA-001", 3, "SHN", "SHS", "odd"], headings=headings
        )
        upload = self.check(content)
        for column in self.get_column(upload, "Abgang"):
            with self.assertRaisesRegex(UserError, "Two columns have the heading"):
                column.column_name = "source"
        nameless = upload.column_ids - upload.column_ids.filtered("key")
        for column in nameless:
            with self.assertRaisesRegex(UserError, "Column G has no heading"):
                column.column_name = "remark"

    def test_head_office_manages_the_list(self):
        headings = self.env["store.transfer.import.heading"].with_user(self.head_office)
        heading = headings.create({"name": " Filiale: ", "column_name": "source"})
        self.assertEqual(heading.company_id, self.company)
        heading.column_name = "destination"
        with self.assertRaisesRegex(ValidationError, "letters or digits"):
            headings.create({"name": "---", "column_name": "source"})
        for user in (self.ec_staff, self.ec_approver):
            self.assertEqual(heading.with_user(user).name, " Filiale: ")
            with self.assertRaises(AccessError):
                heading.with_user(user).column_name = "remark"
            with self.assertRaises(AccessError):
                heading.with_user(user).unlink()
            with self.assertRaises(AccessError):
                headings.with_user(user).create(
                    {"name": "Artikel", "column_name": "sku"}
                )
        heading.unlink()

    def test_another_company_has_its_own_words(self):
        other = self.env["res.company"].create({"name": "Other Goods"})
        stranger = self._create_user("stranger", "group_head_office", company=other)
        self.say(self.check(self.content), **MEANINGS)
        headings = self.env["store.transfer.import.heading"].with_user(stranger)
        self.assertFalse(headings.search([]))
        upload = self.upload(self.content, stranger, company_id=other.id)
        upload.action_check()
        self.assertFalse(any(upload.column_ids.mapped("column_name")))
        self.say(upload, Filiale="source")
        self.assertEqual(self.get_headings(other), {"Filiale": "source"})
        self.assertEqual(self.get_headings(), MEANINGS)

    def test_other_checks_of_the_heading_are_void(self):
        """Nobody imports what would be read otherwise by now."""
        self.say(self.check(self.content), **MEANINGS)
        waiting = self.check(self.content, self.shop_staff)
        self.assertTrue(waiting.can_import)
        untouched = self.check(self.make_file(self.make_row()), self.ec_staff)
        heading = self.env["store.transfer.import.heading"].search(
            [("company_id", "=", self.company.id), ("name", "=", "Filiale")]
        )
        heading.with_user(self.head_office).column_name = "remark"
        self.assertEqual(waiting.state, "draft")
        self.assertIn(
            f"{self.head_office.name} has changed what the heading Filiale stands for",
            waiting.problem,
        )
        self.assertEqual(untouched.state, "checked")
        self.assertFalse(untouched.problem)
        with self.assertRaises(UserError):
            waiting.action_import()


@tagged("post_install", "-at_install")
class TestImportTwoHeadings(MappingCase):
    """Two columns that may be the same are decided on by people."""

    def check_two(self, *headings):
        content = self.make_file(
            [self.date, "SHN", "TEA-001", 3, 4],
            headings=["Expected date", "To store(s)", "SKU", *headings],
        )
        return self.check(content)

    def test_the_other_one_is_meant(self):
        """What somebody says of one file does not silence another column of ours."""
        upload = self.check_two("Quantity", "Qty to ship")
        self.assertIn("Quantity, Qty to ship", upload.problem)
        column = self.get_column(upload, "Qty to ship")
        self.assertFalse(column.column_name)
        self.assertFalse(column.sheet)
        self.say(upload, **{"Qty to ship": "quantity"})
        self.assertIn("Quantity, Qty to ship", upload.problem)
        self.assertIn("which one is not needed, or delete it", upload.problem)
        # Without the other one, it is read.
        upload.file = self.prepare_upload(
            self.make_file(
                [self.date, "SHN", "TEA-001", 4],
                headings=["Expected date", "To store(s)", "SKU", "Qty to ship"],
            )
        )["file"]
        upload.action_check()
        self.assertEqual(upload.order_ids.quantity, 4)
        # The template's own heading is read as ever in the next file.
        transfer = self.import_rows(self.make_row(quantity=5))
        self.assertEqual(self.get_lines(transfer), [(self.tea, 5)])

    def test_the_other_one_is_not_needed(self):
        upload = self.check_two("Quantity", "Qty to ship")
        self.say(upload, **{"Qty to ship": "ignored"})
        self.assertEqual(upload.order_ids.quantity, 3)

    def test_the_same_heading_twice(self):
        upload = self.check_two("Quantity", "Quantity")
        self.assertIn("Two columns have the heading Quantity", upload.problem)

    def test_labels_above_the_table(self):
        content = self.make_file(
            ["Arrival date", "2026-12-02"],
            ["To store(s)", "SKU", "Quantity"],
            ["SHN", "TEA-001", 3],
            headings=["Expected date", "2026-12-01"],
        )
        problem = self.check(content).problem
        self.assertIn("More than one place says Expected date", problem)
