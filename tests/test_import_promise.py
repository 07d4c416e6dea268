from unittest.mock import patch

from odoo.tests import tagged

from .common_import_mapping import FOREIGN, MEANINGS, MappingCase

RUN = "odoo.addons.store_transfer.models.transfer_import.run"
CHANGED = "something has changed since the file was checked"


class PromiseCase(MappingCase):
    def remember(self, name, column_name):
        headings = self.env["store.transfer.import.heading"]
        return headings.with_user(self.head_office).create(
            {"name": name, "column_name": column_name}
        )

    def assertNothingMade(self, upload):
        """Check that the user has to look again, and can import it then."""
        self.assertEqual(upload.state, "checked")
        self.assertIn(CHANGED, upload.problem)
        self.assertFalse(upload.sudo().order_ids.transfer_id)
        upload.action_import()
        self.assertEqual(upload.state, "done")
        self.assertFalse(upload.problem)


@tagged("post_install", "-at_install")
class TestImportPromise(PromiseCase):
    """What was shown is imported, or nothing: time passes between check and import."""

    def test_sku_of_another_product(self):
        upload = self.check(self.make_file(self.make_row()))
        self.tea.default_code = "TEA-OLD"
        self.mug.default_code = "TEA-001"
        upload.action_import()
        self.assertNothingMade(upload)
        self.assertEqual(
            self.get_lines(upload.sudo().order_ids.transfer_id), [(self.mug, 3)]
        )

    def test_product_archived_where_errors_are_left_out(self):
        upload = self.check(
            self.make_file(
                self.make_row(sku="NOPE", destination="SHS", remark="x"),
                self.make_row(),
                self.make_row(sku="MUG-001", remark="y"),
            ),
            skip_errors=True,
        )
        self.assertEqual(upload.transfer_count, 2)
        self.mug.active = False
        upload.action_import()
        self.assertEqual(upload.transfer_count, 1)
        self.assertNothingMade(upload)

    def test_label_above_the_table_is_forgotten(self):
        heading = self.remember("Abgang", "source")
        content = self.make_file(
            ["Expected date", "To store(s)", "SKU", "Quantity"],
            [self.date, "SHS", "TEA-001", 3],
            headings=["Abgang", "SHN"],
        )
        upload = self.check(content)
        self.assertEqual(upload.order_ids.source_store_id, self.shop)
        heading.unlink()
        upload.action_import()
        self.assertNothingMade(upload)

    def test_store_of_the_page_is_deleted(self):
        store = self._create_shop("Shop New", "SHY")
        upload = self.check(
            self.make_file(
                self.make_row(), self.make_row(source="SHN", destination="SHS")
            ),
            source_store_id=store.id,
        )
        # As the database does when the store is deleted.
        upload.sudo().order_ids.filtered(
            lambda order: order.source_store_id == store
        ).unlink()
        self.env.flush_all()
        self.env.cr.execute(
            "UPDATE store_transfer_import SET source_store_id = NULL WHERE id = %s",
            [upload.id],
        )
        self.env.invalidate_all()
        upload.action_import()
        self.assertNothingMade(upload)

    def test_errors_are_told_as_such(self):
        upload = self.check(self.make_file(self.make_row()))
        self.tea.active = False
        upload.action_import()
        self.assertEqual(upload.state, "checked")
        self.assertEqual(upload.error_count, 1)
        self.assertIn(CHANGED, upload.problem)

    def test_check_again_keeps_to_what_is_shown_then(self):
        upload = self.check(self.make_file(self.make_row()))
        self.tea.default_code = "TEA-OLD"
        self.mug.default_code = "TEA-001"
        upload.action_import()
        upload.action_check()
        self.assertFalse(upload.problem)
        self.assertTrue(upload.can_import)

    def test_notice_alone_is_no_change(self):
        self._add_stock(self.shop, self.tea, 10)
        upload = self.check(
            self.make_file(self.make_row(source="SHN", destination="SHS"))
        )
        self.assertFalse(upload.finding_ids)
        self._add_stock(self.shop, self.tea, -10)
        self.env.invalidate_all()
        upload.action_import()
        self.assertEqual(upload.state, "done")
        self.assertTrue(upload.finding_ids)


@tagged("post_install", "-at_install")
class TestImportPromiseInBackground(PromiseCase):
    """A large file waits for the scheduler, in which time others go on working."""

    def setUp(self):
        super().setUp()
        self.company.transfer_import_background_rows = 0

    def run_scheduler(self):
        with self.enter_registry_test_mode():
            self.env.ref("store_transfer.ir_cron_import").method_direct_trigger()

    def check_large(self, content, **values):
        upload = self.upload(content, **values)
        upload.action_check()
        self.run_scheduler()
        self.assertEqual(upload.state, "checked")
        return upload

    def test_heading_is_changed_before_the_import(self):
        headings = [self.remember(*said) for said in MEANINGS.items()]
        upload = self.check_large(self.make_foreign_file())
        upload.action_import()
        headings[FOREIGN.index("Abgang")].column_name = "remark"
        self.run_scheduler()
        self.assertEqual(upload.state, "checked")
        self.assertIn(CHANGED, upload.problem)
        self.assertFalse(upload.order_ids.transfer_id)
        self.assertEqual(upload.order_ids.remark, "SHN")
        message = self.env["mail.message"].search(
            [("model", "=", upload._name), ("res_id", "=", upload.id)]
        )
        self.assertEqual(message.partner_ids, self.head_office.partner_id)
        self.assertIn(CHANGED, message.body)

    def test_draft_that_was_deleted_is_not_made_again(self):
        upload = self.check_large(
            self.make_file(self.make_row(), self.make_row(remark="Winter"))
        )
        upload.action_import()
        with patch(f"{RUN}.TRANSFERS_AT_ONCE", 1):
            upload.sudo()._as_importing_user()._do_next_part()
        self.assertEqual(upload.done_count, 1)
        upload.order_ids.transfer_id.with_user(self.head_office).unlink()
        self.run_scheduler()
        self.assertEqual(upload.state, "done")
        self.assertEqual(upload.order_ids.mapped("result"), ["deleted", "draft"])
