from psycopg2 import errors

from odoo.tests import tagged
from odoo.tools import mute_logger

from .common_import import ImportCase


@tagged("post_install", "-at_install")
class TestImportRepeated(ImportCase):
    """The same thing twice, on purpose or not: nothing is made twice."""

    def setUp(self):
        super().setUp()
        self.rows = [self.make_row(), self.make_row(destination="SHS", quantity=5)]
        self.content = self.make_file(*self.rows)

    def count_transfers(self):
        return self.env["store.transfer"].search_count(
            [("company_id", "=", self.company.id)]
        )

    def test_pressing_twice_imports_once(self):
        upload = self.check(self.content)
        first = upload.action_import()
        second = upload.action_import()
        self.assertEqual(second["domain"], first["domain"])
        self.assertEqual(self.count_transfers(), 2)

    def test_same_file_again_makes_nothing(self):
        transfers = self.import_content(self.content)
        upload = self.check(self.content, self.ec_staff)
        self.assertFalse(upload.can_import)
        self.assertEqual(upload.order_ids.mapped("result"), ["earlier", "earlier"])
        self.assertEqual(upload.earlier_count, 2)
        self.assertEqual(
            self.get_findings(upload, "notice"),
            [
                (2, "To store(s)", transfers[0].name, "This was imported before."),
                (3, "To store(s)", transfers[1].name, "This was imported before."),
            ],
        )
        with self.assertRaisesRegex(Exception, "imported before"):
            upload.action_import()
        self.assertEqual(
            upload.action_view_earlier()["domain"], [("id", "in", transfers.ids)]
        )

    def test_same_orders_in_another_file_make_nothing(self):
        """Saved as something else, sorted otherwise: what it asks for counts."""
        self.import_content(self.content)
        lines = ["SKU;Quantity;To store;Expected date"]
        for row in reversed(self.rows):
            lines.append(f"{row[5]};{row[6]};{row[3]};{row[0]:%Y/%m/%d}")
        upload = self.check("\n".join(lines).encode())
        self.assertEqual(upload.order_ids.mapped("result"), ["earlier", "earlier"])

    def test_only_what_is_new_is_imported(self):
        """A mended file has the rows of before in it: they are left out."""
        wrong = self.make_row(destination="SHS", remark="Fragile", sku="NOPE")
        upload = self.check(self.make_file(*self.rows, wrong), skip_errors=True)
        self.assertEqual(upload.transfer_count, 2)
        upload.action_import()
        self.assertEqual(self.count_transfers(), 2)

        mended = self.make_row(destination="SHS", remark="Fragile")
        upload = self.check(self.make_file(*self.rows, mended))
        self.assertEqual(upload.transfer_count, 1)
        self.assertEqual(upload.left_out_count, 2)
        upload.action_import()
        self.assertEqual(self.count_transfers(), 3)
        self.assertEqual(upload.order_ids.transfer_id.remark, "Fragile")

    def test_again_if_the_user_says_so(self):
        self.import_content(self.content)
        upload = self.check(self.content)
        upload.import_again = True
        self.assertTrue(upload.can_import)
        self.assertEqual(upload.transfer_count, 2)
        upload.action_import()
        self.assertEqual(upload.state, "done")
        self.assertEqual(self.count_transfers(), 4)

    def test_again_after_the_draft_was_deleted(self):
        transfers = self.import_content(self.content)
        transfers[0].with_user(self.head_office).unlink()
        upload = self.check(self.content)
        self.assertEqual(upload.order_ids.mapped("result"), ["new", "earlier"])

    def test_again_after_the_transfer_was_cancelled(self):
        transfers = self.import_content(self.content)
        transfers[0].with_user(self.head_office).action_cancel()
        upload = self.check(self.content)
        self.assertEqual(upload.order_ids.mapped("result"), ["new", "earlier"])

    def test_spaces_and_case_of_a_remark_are_no_matter(self):
        self.import_rows(self.make_row(remark="Winter promo"))
        upload = self.check(
            self.make_file(
                self.make_row(remark="winter  ｐromo", sku="MUG-001"),
                self.make_row(remark="Winter promo "),
            )
        )
        self.assertEqual(len(upload.order_ids), 1)
        upload = self.check(self.make_file(self.make_row(remark=" winter　promo")))
        self.assertEqual(upload.order_ids.result, "earlier")

    def test_sum_of_rows_in_another_order_is_the_same(self):
        rice = self._create_product(
            "Rice", "RIC-001", uom_id=self.env.ref("uom.product_uom_kgm").id
        )
        rows = [
            self.make_row(sku=rice.default_code, quantity=quantity)
            for quantity in (0.1, 0.2, 0.3)
        ]
        self.import_rows(*rows)
        upload = self.check(self.make_file(*reversed(rows)))
        self.assertEqual(upload.order_ids.result, "earlier")

    def test_language_of_the_user_is_no_matter(self):
        """What is written into the remark of a third party is not what counts."""
        self.env["res.lang"]._activate_lang("zh_TW")
        content = self.make_file(self.make_row(third_party="Nobody Knows"))
        self.import_content(content)
        upload = self.upload(content).with_context(lang="zh_TW")
        upload.action_check()
        self.assertEqual(upload.order_ids.result, "earlier")

    def test_other_lines_for_the_same_stores_and_date(self):
        transfer = self.import_rows(self.make_row())
        notices = self.get_notices(self.make_row(quantity=4))
        self.assertEqual(len(notices), 1)
        self.assertEqual(notices[0][2], transfer.name)
        self.assertIn("with other products or quantities", notices[0][3])

    def test_two_imports_of_the_same_orders_between_check_and_import(self):
        first, second = self.check(self.content), self.check(self.content)
        first.action_import()
        second.action_import()
        self.assertEqual(second.state, "checked")
        self.assertEqual(second.order_ids.mapped("result"), ["earlier", "earlier"])
        self.assertEqual(self.count_transfers(), 2)

    def test_database_refuses_the_same_order_twice(self):
        """What two people do in the same moment, neither of them can see."""
        self.import_content(self.content)
        upload = self.check(self.content)
        order = upload.sudo().order_ids[0]
        twin = order.earlier_transfer_id.copy()
        with self.assertRaises(errors.UniqueViolation), mute_logger("odoo.sql_db"):
            order.transfer_id = twin
            order.flush_recordset()
