from ast import literal_eval

from odoo.exceptions import AccessError, UserError
from odoo.tests import tagged

from .common_import import ImportCase


@tagged("post_install", "-at_install")
class TestImportAccess(ImportCase):
    """Who may import, and what anybody may call."""

    def setUp(self):
        super().setUp()
        self.content = self.make_file(self.make_row())

    def test_only_store_staff_import(self):
        with self.assertRaises(AccessError):
            self.upload(self.content, self.inventory_user)
        upload = self.upload(self.content)
        for step in ("action_check", "action_import", "action_go_on", "action_cancel"):
            with self.assertRaises(AccessError):
                getattr(upload.with_user(self.inventory_user), step)()

    def test_staff_see_their_own_imports_only(self):
        upload = self.check(self.content, self.ec_staff)
        of_colleague = upload.with_user(self.ec_approver)
        for step in (
            "action_check",
            "action_import",
            "action_view_transfers",
            "action_download_marked_file",
        ):
            with self.assertRaises(AccessError):
                getattr(of_colleague, step)()
        with self.assertRaises(AccessError):
            of_colleague.order_ids.read(["line_count"])
        found = upload.with_user(self.head_office).search([("id", "=", upload.id)])
        self.assertEqual(found, upload)

    def test_only_into_own_companies(self):
        other = self.env["res.company"].create({"name": "Other"})
        upload = self.upload(self.content)
        upload.sudo().company_id = other
        with self.assertRaises(AccessError):
            upload.action_check()

    def test_file_is_not_moved_into_a_foreign_company(self):
        other = self.env["res.company"].create({"name": "Other"})
        upload = self.upload(self.content, self.ec_staff)
        with self.assertRaises(AccessError):
            upload.company_id = other

    def test_marked_file_without_marks(self):
        upload = self.check(self.content)
        self.assertEqual(upload.read(["marked_file"])[0]["marked_file"], False)

    def test_what_was_found_is_written_by_steps_only(self):
        upload = self.check(self.make_file(self.make_row(sku="NOPE")))
        for values in (
            {"state": "checked"},
            {"error_count": 0},
            {"user_id": self.ec_staff.id},
            {"finding_ids": [(5,)]},
            {"order_ids": [(0, 0, {"line_count": 1})]},
        ):
            with self.assertRaises(AccessError):
                upload.write(values)
        with self.assertRaises(AccessError):
            upload.finding_ids.unlink()
        with self.assertRaises(AccessError):
            upload.order_ids.write({"has_errors": False})

    def test_default_values_of_the_context_don_t_help(self):
        model = self.env["store.transfer.import"].with_user(self.ec_staff)
        upload = model.with_context(
            default_state="done", default_user_id=self.head_office.id
        ).create({})
        self.assertEqual(upload.state, "draft")
        self.assertEqual(upload.user_id, self.ec_staff)

    def test_importing_before_checking(self):
        upload = self.upload(self.content)
        with self.assertRaisesRegex(UserError, "To Check"):
            upload.action_import()

    def test_importing_with_errors(self):
        upload = self.check(self.make_file(self.make_row(sku="NOPE")))
        with self.assertRaisesRegex(UserError, "Errors in the file: 1"):
            upload.action_import()

    def test_rights_lost_after_the_check(self):
        upload = self.check(self.content, self.ec_staff)
        self.ec.transfer_staff_ids -= self.ec_staff
        upload.action_import()
        self.assertEqual(upload.state, "checked")
        self.assertEqual(
            self.get_findings(upload, "error"),
            [(2, "From store", "EC Warehouse", "You don't work for EC Warehouse.")],
        )
        self.assertFalse(upload.order_ids.transfer_id)

    def test_another_file_voids_the_check(self):
        upload = self.check(self.content)
        upload.file = False
        self.assertEqual(upload.state, "draft")
        self.assertFalse(upload.order_ids)
        with self.assertRaises(UserError):
            upload.action_import()

    def test_nothing_is_changed_after_the_import(self):
        upload = self.check(self.content)
        upload.action_import()
        for values in ({"file": False}, {"import_again": True}):
            with self.assertRaisesRegex(UserError, "Start a new import"):
                upload.write(values)
        with self.assertRaisesRegex(UserError, "is kept"):
            upload.unlink()

    def let_a_week_pass(self):
        self.env.flush_all()
        self.env.cr.execute(
            "UPDATE store_transfer_import"
            " SET write_date = write_date - interval '8 days'"
        )
        self.env.invalidate_all()

    def test_what_was_never_imported_is_deleted(self):
        unused, used = self.check(self.content), self.check(self.content)
        empty, broken = self.upload(b""), self.check(b"broken")
        used.action_import()
        self.let_a_week_pass()
        self.env["store.transfer.import"]._gc_unused()
        self.assertFalse((unused | empty | broken).exists())
        self.assertTrue(used.exists())

    def test_what_was_cancelled_in_part_is_kept(self):
        upload = self.check(self.content)
        upload.action_import()
        upload.sudo().state = "cancelled"
        self.let_a_week_pass()
        self.env["store.transfer.import"]._gc_unused()
        self.assertTrue(upload.exists())

    def test_list_of_earlier_imports(self):
        """A file that was only uploaded, or is no use, is not worth a row."""
        upload, _unused = self.check(self.content), self.upload(b"")
        action = self.env["ir.actions.act_window"]._for_xml_id(
            "store_transfer.action_store_transfer_imports"
        )
        imports = self.env["store.transfer.import"].with_user(self.head_office)
        found = imports.search(literal_eval(action["domain"]))
        self.assertEqual(
            found.filtered(lambda one: one.company_id == self.company), upload
        )
