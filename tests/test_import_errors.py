import base64
import io

import openpyxl

from odoo.exceptions import UserError
from odoo.fields import Command
from odoo.tests import tagged

from .common_import import CHINESE, ENGLISH, ImportCase


@tagged("post_install", "-at_install")
class TestImportErrors(ImportCase):
    """Wrong rows: everything is listed at once, and nothing is made."""

    def test_all_errors_at_once(self):
        errors = self.get_errors(
            self.make_row(),
            self.make_row(expected_date="soon", destination="Shop West, SHN"),
            self.make_next_row("NOPE", "many"),
            self.make_row(expected_date=None, sku=None, quantity=None),
            self.make_row(quantity=-1),
        )
        self.assertEqual(
            errors,
            [
                (3, "Expected date", "soon", "This is not a date."),
                (
                    3,
                    "To store(s)",
                    "Shop West",
                    "Formosa Goods has no store of this name.",
                ),
                (4, "SKU", "NOPE", "No product has this SKU or barcode."),
                (4, "Quantity", "many", "This is not a quantity."),
                (5, "Expected date", "", "This is missing."),
                (5, "SKU", "", "This is missing."),
                (5, "Quantity", "", "This is missing."),
                (6, "Quantity", "-1", "The quantity must be above zero."),
            ],
        )

    def test_columns_are_named_as_in_the_file(self):
        errors = self.get_errors(self.make_row(quantity="?"), headings=CHINESE)
        self.assertEqual(errors, [(2, "數量", "?", "This is not a quantity.")])

    def test_wrong_dates(self):
        for value in (
            "30/11/2026",
            "2026-02-30",
            "26/11/30",
            "0115/11/30",
            "9999-12-31",
            3000,
            "2026-11-30-01",
            True,
        ):
            errors = self.get_errors(self.make_row(expected_date=value))
            self.assertEqual(
                [error[:2] + error[3:] for error in errors],
                [(2, "Expected date", "This is not a date.")],
                value,
            )

    def test_wrong_quantities(self):
        for value in ("abc", "1e3", "nan", "inf", True, "1,5", "1,00", 1e12, "9" * 400):
            errors = self.get_errors(self.make_row(quantity=value))
            self.assertEqual(
                [(error[0], error[1], error[3]) for error in errors],
                [(2, "Quantity", "This is not a quantity.")],
                value,
            )
        for value in (0, -2, "-0.0"):
            errors = self.get_errors(self.make_row(quantity=value))
            self.assertEqual(errors[0][3], "The quantity must be above zero.", value)

    def test_quantity_impossible_in_the_unit(self):
        errors = self.get_errors(self.make_row(quantity=1.001))
        self.assertEqual(errors[0][:3], (2, "Quantity", "1.001"))
        self.assertIn("is not possible in this unit", errors[0][3])
        self.tea.tracking = "serial"
        errors = self.get_errors(self.make_row(quantity=1.5))
        self.assertIn("is not possible in this unit", errors[0][3])

    def test_wrong_stores(self):
        twin = self._create_shop("SHS", "TWN")
        other = self.env["res.company"].create({"name": "Other"})
        self._create_shop("Foreign Shop", "FRN", other)
        self._create_shop("Depot", "DPT").is_store = False
        rows = {
            "SHS": "There are 2 stores of this name.",
            "Foreign Shop": "Formosa Goods has no store of this name.",
            "DPT": "Formosa Goods has no store of this name.",
            "EC": "The goods would leave EC Warehouse for itself.",
        }
        errors = self.get_errors(*(self.make_row(destination=name) for name in rows))
        self.assertEqual(
            errors,
            [
                (row, "To store(s)", name, problem)
                for row, (name, problem) in enumerate(rows.items(), start=2)
            ],
        )
        self.import_rows(self.make_row(destination=twin.code))

    def test_missing_stores(self):
        self.assertEqual(
            self.get_errors(
                self.make_row(destination=None), self.make_row(destination=" , ")
            ),
            [
                (2, "To store(s)", "", "This is missing."),
                (3, "To store(s)", ",", "This is missing."),
            ],
        )

    def test_third_party_with_both_sides_or_none(self):
        errors = self.get_errors(
            self.make_row(third_party="Vendor", source="EC"),
            self.make_row(third_party="Vendor", destination=None),
        )
        self.assertEqual(
            errors,
            [
                (
                    row,
                    "Third party",
                    "Vendor",
                    "It is not clear which way the goods go.",
                )
                for row in (2, 3)
            ],
        )

    def test_first_row_has_no_order_above(self):
        errors = self.get_errors(self.make_next_row("TEA-001", 1))
        self.assertEqual(
            [error[:2] for error in errors], [(2, "Expected date"), (2, "To store(s)")]
        )

    def test_wrong_products(self):
        self._create_product("Service", "SRV-001", is_storable=False)
        self._create_product("Gone", "GNE-001", active=False)
        self._create_product("Second Lamp", "LMP-001")
        self._create_product("Nameless", False, barcode="4719999")
        other = self.env["res.company"].create({"name": "Other"})
        self._create_product("Foreign", "FRN-001", company_id=other.id)
        skus = {
            "SRV-001": "is not a product whose stock is tracked",
            "GNE-001": "is archived",
            "LMP-001": "2 products have this SKU",
            "4719999": "has no SKU",
            "FRN-001": "No product has this SKU",
        }
        errors = self.get_errors(*(self.make_row(sku=sku) for sku in skus))
        self.assertEqual([error[2] for error in errors], list(skus))
        for error, expected in zip(errors, skus.values(), strict=True):
            self.assertIn(expected, error[3])

    def test_product_outside_an_assortment(self):
        self.shop.write(
            {
                "transfer_assortment": "selected",
                "transfer_product_ids": [Command.set(self.mug.ids)],
            }
        )
        errors = self.get_errors(
            self.make_row(destination="SHN, SHS"), self.make_next_row("MUG-001", 1)
        )
        self.assertEqual(len(errors), 1)
        self.assertEqual(errors[0][:3], (2, "SKU", "TEA-001"))
        self.assertIn("not in the assortment of Shop North", errors[0][3])

    def test_no_right_for_the_source(self):
        problem = "You don't work for EC Warehouse."
        self.assertEqual(
            self.get_errors(
                self.make_row(destination="SHN, SHS"),
                self.make_row(source="EC"),
                user=self.south_staff,
            ),
            [
                (2, "From store", "EC Warehouse", problem),
                (3, "From store", "EC", problem),
            ],
        )
        self.import_rows(self.make_row(source="SHS"), user=self.south_staff)

    def test_no_right_for_the_destination_of_a_receipt(self):
        errors = self.get_errors(
            self.make_row(third_party="Vendor", destination="SHN, SHS"),
            user=self.south_staff,
        )
        self.assertEqual(
            [error[1:] for error in errors],
            [("To store(s)", "SHN, SHS", "You don't work for Shop North.")],
        )

    def test_one_error_stops_everything(self):
        self.get_errors(
            *(self.make_row(sku=sku) for sku in ("TEA-001", "MUG-001", "NOPE"))
        )

    def test_shortened_number(self):
        errors = self.check(self.make_file(self.make_row(sku="4.71E+12"))).finding_ids
        self.assertIn("shortened this number", errors.remedy)

    def test_zeros_that_could_be_two_products(self):
        self._create_product("Bowl", "0123")
        self._create_product("Plate", "00123")
        errors = self.get_errors(self.make_row(sku=123))
        self.assertEqual(errors[0][3], "2 products have this SKU.")

    def test_quantity_that_is_next_to_nothing(self):
        for quantity in (1e-7, 0.001):
            errors = self.get_errors(self.make_row(quantity=quantity))
            self.assertIn("is not possible", errors[0][3])

    def test_number_with_hundreds_of_digits(self):
        content = self.change_parts(
            self.make_file(self.make_row(quantity=12345, product_name=54321)),
            {
                "xl/worksheets/sheet1.xml": lambda data: data.replace(
                    b"12345", b"9" * 400
                ).replace(b"54321", b"8" * 400)
            },
        )
        upload = self.check(content)
        self.assertEqual(
            self.get_findings(upload, "error")[0][3], "This is not a quantity."
        )
        self.assertTrue(upload.marked_file)

    def test_formula_that_was_never_calculated(self):
        """It is no empty cell: the row must not join the order above it."""
        errors = self.get_errors(
            self.make_row(),
            self.make_row(expected_date="=A2", destination='="SHS"', sku="MUG-001"),
        )
        self.assertEqual(
            [error[:3] for error in errors],
            [(3, "Expected date", "=A2"), (3, "To store(s)", '="SHS"')],
        )

    def test_store_that_is_nearly_right(self):
        upload = self.check(self.make_file(self.make_row(destination="Shop Nrth")))
        remedy = upload.finding_ids.filtered(lambda one: one.level == "error").remedy
        self.assertIn("Did you mean", remedy)
        self.assertIn("Shop North (SHN)", remedy)

    def test_store_that_is_like_no_other(self):
        upload = self.check(self.make_file(self.make_row(destination="ZZZ")))
        self.assertIn(
            "EC Warehouse (EC), Shop North (SHN), Shop South (SHS)",
            upload.finding_ids.remedy,
        )

    def test_sku_in_another_case(self):
        upload = self.check(self.make_file(self.make_row(sku="tea-001")))
        self.assertEqual(upload.finding_ids.remedy, "Did you mean TEA-001?")

    def test_long_texts_are_shortened(self):
        errors = self.get_errors(self.make_row(sku="x" * 30_000))
        self.assertEqual(len(errors[0][2]), 201)

    def test_sum_of_rows_is_no_quantity(self):
        errors = self.get_errors(
            self.make_row(quantity=1e9), self.make_row(quantity=1e9)
        )
        self.assertEqual([error[:2] for error in errors], [(3, "Quantity")])


@tagged("post_install", "-at_install")
class TestImportWithoutErrors(ImportCase):
    """A tick imports what is right, and leaves out whole transfers."""

    def import_right_ones(self, *rows):
        upload = self.check(self.make_file(*rows), skip_errors=True)
        self.assertTrue(upload.error_count)
        upload.action_import()
        self.assertEqual(upload.state, "done")
        self.assertLedger(upload.order_ids.transfer_id)
        return upload

    def test_one_wrong_line_leaves_out_its_transfer(self):
        upload = self.import_right_ones(
            self.make_row(),
            self.make_next_row("NOPE", 1),
            self.make_row(destination="SHS"),
        )
        self.assertEqual(upload.order_ids.mapped("result"), ["errors", "draft"])
        transfer = upload.order_ids.transfer_id
        self.assertEqual(transfer.destination_store_id, self.shop_south)

    def test_unknown_store_leaves_out_what_it_may_belong_to(self):
        """A typing mistake may mean any store: no transfer is imported by half."""
        rows = [
            self.make_row(),
            self.make_row(destination="Shop Nroth", sku="MUG-001"),
            self.make_row(sku="LMP-001"),
            self.make_row(destination="SHS", remark="other"),
        ]
        upload = self.import_right_ones(*rows)
        self.assertEqual(upload.order_ids.mapped("result"), ["errors", "draft"])
        self.assertEqual(upload.unknown_row_count, 1)
        notices = self.get_findings(upload, "notice")
        self.assertEqual(notices[0][0], 2)
        self.assertIn("Row 3 may belong to the same transfer", notices[0][3])
        # Nothing comes twice when it is mended.
        rows[1] = self.make_row(sku="MUG-001")
        transfer = self.import_rows(*rows)
        self.assertEqual(
            self.get_lines(transfer), [(self.tea, 3), (self.mug, 3), (self.lamp, 3)]
        )

    def test_unclear_third_party_leaves_out_what_it_may_belong_to(self):
        upload = self.import_right_ones(
            self.make_row(third_party="Vendor"),
            self.make_row(third_party="Vendor", source="EC"),
            self.make_row(remark="other"),
        )
        self.assertEqual(upload.order_ids.mapped("result"), ["errors", "draft"])

    def test_unknown_source_leaves_out_what_it_may_belong_to(self):
        upload = self.import_right_ones(
            self.make_row(), self.make_row(source="ECC"), self.make_row(remark="other")
        )
        self.assertEqual(upload.order_ids.mapped("result"), ["errors", "draft"])

    def test_row_that_says_nothing_may_belong_to_any_order(self):
        """Stores merged downwards, the date repeated: how people write it in Excel."""
        upload = self.check(
            self.make_file(
                self.make_row(),
                self.make_row(destination=None, sku="MUG-001"),
                self.make_row(destination="SHS"),
            ),
            skip_errors=True,
        )
        self.assertFalse(upload.can_import)
        self.assertEqual(upload.order_ids.mapped("result"), ["errors", "errors"])

    def test_wrong_line_for_several_stores_leaves_out_them_all(self):
        upload = self.import_right_ones(
            self.make_row(destination="SHN, SHS"),
            self.make_next_row("MUG-001", 0),
            self.make_row(remark="other"),
        )
        self.assertEqual(
            upload.order_ids.mapped("result"), ["errors", "errors", "draft"]
        )

    def test_row_without_a_date_may_belong_to_any_order_of_its_stores(self):
        upload = self.import_right_ones(
            self.make_row(),
            self.make_row(expected_date="soon", sku="MUG-001"),
            self.make_row(destination="SHS"),
        )
        self.assertEqual(upload.order_ids.mapped("result"), ["errors", "draft"])

    def test_nothing_is_right(self):
        upload = self.check(self.make_file(self.make_row(sku="NOPE")), skip_errors=True)
        self.assertFalse(upload.can_import)
        with self.assertRaisesRegex(UserError, "Every transfer"):
            upload.action_import()


@tagged("post_install", "-at_install")
class TestImportMarkedFile(ImportCase):
    """One's own file comes back, with what is wrong beside each row."""

    def test_mend_the_marked_file_and_upload_it(self):
        rows = [
            ["Allocation of the season"],
            ["", *ENGLISH, "Buyer"],
            [None, *self.make_row(sku="TEA-999"), "Mei"],
            [None, *self.make_row(destination="SHS", quantity="many"), "Mei"],
            [None, *self.make_row(remark="fine"), "Mei"],
        ]
        upload = self.check(self.make_file(*rows[1:], headings=rows[0]))
        marked = self.read_file(upload.marked_file)
        self.assertEqual(marked[1][1:], [*ENGLISH, "Buyer", "Check result"])
        self.assertIn("SKU: No product has this SKU", marked[2][-1])
        self.assertIn("Quantity: This is not a quantity", marked[3][-1])
        self.assertIsNone(marked[4][-1])
        self.assertEqual([row[9] for row in marked[2:]], ["Mei"] * 3)

        book = openpyxl.load_workbook(io.BytesIO(self.decode(upload.marked_file)))
        self.assertEqual(book.active["G3"].fill.fgColor.rgb, "FFF8B4B4")
        book.active["G3"].value = "TEA-001"
        book.active["H4"].value = 5
        upload.file = base64.b64encode(self.save(book))
        upload.action_check()
        self.assertFalse(upload.error_count)
        upload.action_import()
        self.assertEqual(len(upload.order_ids.transfer_id), 3)

    def test_marking_twice_replaces_the_marks(self):
        upload = self.check(self.make_file(self.make_row(sku="TEA-999")))
        again = self.check(self.decode(upload.marked_file))
        self.assertEqual(
            self.read_file(again.marked_file), self.read_file(upload.marked_file)
        )

    def test_text_file_comes_back_as_a_workbook(self):
        upload = self.check(
            "品號;數量;進倉店;預計到貨日\n1;2;SHN;2030/11/30".encode("cp950")
        )
        marked = self.read_file(upload.marked_file)
        self.assertEqual(marked[0][:4], ["品號", "數量", "進倉店", "預計到貨日"])
        self.assertEqual(marked[1][:4], ["1", "2", "SHN", "2030/11/30"])
        self.assertIn("No product", marked[1][4])

    def test_notices_are_marked_as_well(self):
        upload = self.check(self.make_file(self.make_row(product_name="Clay Mug")))
        self.assertIn(
            "TEA-001 is Oolong Tea", self.read_file(upload.marked_file)[1][-1]
        )

    def test_download_button(self):
        upload = self.check(self.make_file(self.make_row(sku="TEA-999")))
        url = upload.action_download_marked_file()["url"]
        self.assertIn(f"/{upload.id}/marked_file?download=true", url)
        self.assertIn("season", url)
