from odoo.exceptions import AccessError, UserError
from odoo.tests import tagged

from .common_import import ImportCase


@tagged("post_install", "-at_install")
class TestImportSuggestions(ImportCase):
    """What the check suggests is taken by one press, for this import."""

    def setUp(self):
        super().setUp()
        self.content = self.make_file(
            self.make_row(sku="tea-001"),
            self.make_row(sku="mug-001", remark="a"),
            self.make_row(sku="tea-001", remark="b"),
        )

    def get_suggested(self, upload):
        return upload.finding_ids.filtered("suggestion")

    def get_corrections(self, upload):
        return [(one.column, one.written, one.meant) for one in upload.replacement_ids]

    def test_one_press_for_all_cells_that_say_the_same(self):
        upload = self.check(self.content)
        self.assertEqual(upload.suggestion_count, 3)
        self.get_suggested(upload)[0].action_use_suggestion()
        self.assertEqual(self.get_corrections(upload), [("SKU", "tea-001", "TEA-001")])
        self.assertEqual(self.get_suggested(upload).mapped("value"), ["mug-001"])
        self.assertEqual(upload.error_count, 1)

    def test_pressing_twice(self):
        upload = self.check(self.content)
        finding = self.get_suggested(upload)[0]
        finding.action_use_suggestion()
        finding.action_use_suggestion()
        self.assertEqual(len(upload.replacement_ids), 1)

    def test_all_of_them(self):
        upload = self.check(self.content)
        upload.action_use_suggestions()
        self.assertEqual(upload.error_count, 0)
        self.assertEqual(upload.suggestion_count, 0)
        self.assertEqual(
            self.get_corrections(upload),
            [("SKU", "tea-001", "TEA-001"), ("SKU", "mug-001", "MUG-001")],
        )
        # Nothing is read otherwise without a word.
        self.assertEqual(upload.notice_count, 3)
        upload.action_import()
        products = upload.order_ids.transfer_id.line_ids.product_id
        self.assertEqual(products, self.tea | self.mug)

    def test_a_store_among_others(self):
        row = self.make_row(destination="SHS, Shop Norht")
        upload = self.check(self.make_file(row))
        self.get_suggested(upload).action_use_suggestion()
        self.assertEqual(
            upload.order_ids.destination_store_id, self.shop | self.shop_south
        )

    def test_undo(self):
        upload = self.check(self.content)
        upload.action_use_suggestions()
        upload.replacement_ids[0].action_undo()
        self.assertEqual(self.get_corrections(upload), [("SKU", "mug-001", "MUG-001")])
        self.assertEqual(upload.error_count, 2)
        upload.action_undo_corrections()
        self.assertFalse(upload.replacement_ids)
        self.assertEqual(upload.error_count, 3)

    def test_mended_file_need_not_be_corrected_again(self):
        upload = self.check(self.content)
        upload.action_use_suggestions()
        upload.file = self.prepare_upload(self.content)["file"]
        upload.action_check()
        self.assertEqual(upload.error_count, 0)

    def test_another_import_is_not_corrected(self):
        self.check(self.content).action_use_suggestions()
        self.assertEqual(self.check(self.content).error_count, 3)

    def test_finding_without_a_suggestion(self):
        upload = self.check(self.make_file(self.make_row(quantity="many")))
        upload.finding_ids.action_use_suggestion()
        self.assertFalse(upload.replacement_ids)
        self.assertEqual(upload.error_count, 1)

    def test_large_file_is_corrected_in_the_background(self):
        self.company.transfer_import_background_rows = 1
        upload = self.upload(self.content)
        upload.action_check()
        self.run_scheduler()
        upload.action_use_suggestions()
        self.assertEqual(upload.state, "checking")
        self.run_scheduler()
        self.assertEqual(upload.state, "checked")
        self.assertEqual(upload.error_count, 0)

    def run_scheduler(self):
        with self.enter_registry_test_mode():
            self.env.ref("store_transfer.ir_cron_import").method_direct_trigger()

    def test_not_after_the_import(self):
        upload = self.check(self.content)
        upload.action_use_suggestions()
        upload.action_import()
        for press in (
            upload.action_use_suggestions,
            upload.action_undo_corrections,
            upload.replacement_ids[0].action_undo,
        ):
            with self.assertRaisesRegex(UserError, "Start a new import"):
                press()
        self.assertEqual(len(upload.replacement_ids), 2)

    def test_only_who_imports(self):
        upload = self.check(self.content, self.ec_staff)
        self.get_suggested(upload)[1].action_use_suggestion()
        finding = self.get_suggested(upload)[0]
        other = self.env["res.company"].create({"name": "Other Goods"})
        stranger = self._create_user("stranger", "group_head_office", company=other)
        for user in (self.ec_approver, self.inventory_user, stranger):
            for press in (
                finding.with_user(user).action_use_suggestion,
                upload.with_user(user).action_use_suggestions,
                upload.with_user(user).action_undo_corrections,
                upload.replacement_ids.with_user(user).action_undo,
            ):
                with self.assertRaises(AccessError):
                    press()
        self.assertEqual(len(upload.replacement_ids), 1)

    def test_corrections_are_written_by_steps_only(self):
        upload = self.check(self.content)
        upload.action_use_suggestions()
        replacement = upload.replacement_ids[0]
        with self.assertRaises(AccessError):
            replacement.meant = "LMP-001"
        with self.assertRaises(AccessError):
            replacement.unlink()
        with self.assertRaises(AccessError):
            upload.replacement_ids = [(5,)]
        with self.assertRaises(AccessError):
            replacement.create(
                {
                    "import_id": upload.id,
                    "column_name": "sku",
                    "written": "x",
                    "meant": "TEA-001",
                }
            )
