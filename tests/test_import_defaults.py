from datetime import date

from odoo.exceptions import AccessError, UserError
from odoo.tests import Form, tagged

from .common_import import ImportCase


@tagged("post_install", "-at_install")
class TestImportDefaults(ImportCase):
    """What a file does not say is said once, on the import's page."""

    def make_list(self, *rows, headings=("SKU", "Quantity")):
        return self.make_file(*rows, headings=headings)

    def fill_in(self, upload, **values):
        with Form(upload) as form:
            for name, value in values.items():
                setattr(form, name, value)
        upload.action_check()

    def test_all_of_it(self):
        upload = self.check(self.make_list(["TEA-001", 3], ["MUG-001", 2]))
        self.assertIn("Expected date", upload.problem)
        self.fill_in(
            upload,
            expected_date=self.date,
            source_store_id=self.shop,
            destination_store_id=self.shop_south,
            remark="Season",
        )
        self.assertFalse(self.get_findings(upload, "error"))
        upload.action_import()
        transfer = upload.order_ids.transfer_id
        self.assertEqual(transfer.expected_date, self.date)
        self.assertEqual(transfer.source_store_id, self.shop)
        self.assertEqual(transfer.destination_store_id, self.shop_south)
        self.assertEqual(transfer.remark, "Season")
        self.assertEqual(self.get_lines(transfer), [(self.tea, 3), (self.mug, 2)])

    def test_store_that_was_archived_since(self):
        """Its short code stands nowhere in the file; nothing is offered for it."""
        store = self._create_shop("Shop New", "SHY")
        upload = self.upload(
            self.make_list(["TEA-001", 3]),
            expected_date=self.date,
            destination_store_id=store.id,
        )
        store.active = False
        upload.action_check()
        error = upload.finding_ids.filtered(lambda one: one.level == "error")
        self.assertEqual(error.value, "Shop New")
        self.assertIn("chosen on this page is archived", error.problem)
        self.assertFalse(error.suggestion)

    def test_what_the_file_says_goes_first(self):
        headings = ["To store(s)", "SKU", "Quantity", "Remark"]
        content = self.make_file(
            ["SHN", "TEA-001", 3, "own"], ["SHS", "TEA-001", 3, None], headings=headings
        )
        upload = self.upload(
            content,
            expected_date=self.date,
            destination_store_id=self.shop_south.id,
            remark="given",
        )
        upload.action_check()
        self.assertEqual(
            [
                (order.destination_store_id, order.remark, order.expected_date)
                for order in upload.order_ids
            ],
            [
                (self.shop, "own", self.date),
                (self.shop_south, "given", self.date),
            ],
        )

    def test_date_of_a_matrix(self):
        content = self.make_file(
            ["TEA-001", 3, None], ["MUG-001", 1, 2], headings=["SKU", "SHN", "SHS"]
        )
        upload = self.check(content)
        self.assertIn("Expected date", upload.problem)
        self.assertEqual(
            upload.column_ids.mapped("fixed_reason"), ["own", "store", "store"]
        )
        self.fill_in(upload, expected_date=self.date)
        self.assertFalse(upload.finding_ids)
        self.assertEqual(
            [
                (order.destination_store_id, order.quantity)
                for order in upload.order_ids
            ],
            [(self.shop, 4), (self.shop_south, 2)],
        )
        self.assertEqual(upload.order_ids.source_store_id, self.ec)
        with self.assertRaisesRegex(UserError, "is for the store of that name"):
            upload.column_ids[1].column_name = "ignored"

    def test_another_answer_voids_the_check(self):
        upload = self.check(self.make_file(self.make_row()))
        upload.remark = "Season"
        self.assertEqual(upload.state, "draft")
        self.assertTrue(upload.column_ids)

    def test_not_after_the_import(self):
        upload = self.check(self.make_file(self.make_row()))
        upload.action_import()
        for values in (
            {"expected_date": date(2030, 1, 1)},
            {"source_store_id": self.shop.id},
            {"destination_store_id": self.shop.id},
            {"remark": "x"},
        ):
            with self.assertRaisesRegex(UserError, "Start a new import"):
                upload.write(values)

    def test_store_of_another_company(self):
        other = self.env["res.company"].create({"name": "Other Goods"})
        foreign = self._create_shop("Foreign", "FOR", other)
        upload = self.upload(self.make_list(["TEA-001", 3]))
        for name in ("source_store_id", "destination_store_id"):
            with self.assertRaises(AccessError):
                upload[name] = foreign
            with self.assertRaises(UserError):
                upload.sudo()[name] = foreign

    def test_stores_go_with_their_company(self):
        other = self.env["res.company"].create({"name": "Other Goods"})
        self.head_office.company_ids += other
        head_office = self.env["store.transfer.import"].with_user(self.head_office)
        upload = head_office.with_context(
            allowed_company_ids=(self.company | other).ids
        ).create({"company_id": self.company.id, "source_store_id": self.shop.id})
        self.assertEqual(upload.source_store_id, self.shop)
        upload.company_id = other
        self.assertFalse(upload.source_store_id)

    def test_staff_choose_a_store_they_don_t_work_for(self):
        upload = self.upload(
            self.make_list(["TEA-001", 3]),
            self.ec_staff,
            expected_date=self.date,
            source_store_id=self.shop.id,
            destination_store_id=self.shop_south.id,
        )
        upload.action_check()
        self.assertIn(
            "You don't work for Shop North.", upload.finding_ids.mapped("problem")
        )
        self.assertFalse(upload.can_import)
