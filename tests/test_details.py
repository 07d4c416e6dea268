import io

import openpyxl

from odoo.exceptions import AccessError
from odoo.fields import Command
from odoo.tests import tagged

from .common_import import CHINESE, ImportCase


@tagged("post_install", "-at_install")
class TestDetails(ImportCase):
    """下載明細: the lines as a spreadsheet, of one transfer or of many."""

    def download(self, transfers, user):
        action = transfers.with_user(user).action_download_details()
        details = self.env["store.transfer.details"].search(
            [], order="id desc", limit=1
        )
        self.assertIn(f"/{details.id}/file?download=true", action["url"])
        return details.with_user(user).with_context(lang=user.lang).file

    def read_details(self, transfers, user=None):
        headings, *rows = self.read_file(
            self.download(transfers, user or self.shop_staff)
        )
        return [dict(zip(headings, row, strict=True)) for row in rows]

    def test_lines_of_a_transfer_that_came_short(self):
        transfer = self.make_shipped_transfer(lines={self.tea: 10, self.mug: 5})
        self.confirm_arrival(transfer)
        self.count(transfer, {self.tea: 10, self.mug: 3})
        tea, mug = self.read_details(transfer)
        self.assertEqual(
            {
                name: tea[name]
                for name in ("Number", "State", "From store", "To store(s)", "SKU")
            },
            {
                "Number": transfer.name,
                "State": "Partial",
                "From store": "EC Warehouse",
                "To store(s)": "Shop North",
                "SKU": "TEA-001",
            },
        )
        quantities = ("Quantity", "Approved", "Shipped", "Received", "Short")
        self.assertEqual([tea[name] for name in quantities], [10, 10, 10, 10, 0])
        self.assertEqual([mug[name] for name in quantities], [5, 5, 5, 3, 2])

    def test_lots_and_reasons(self):
        self.tea.tracking = "lot"
        for name, quantity in (("L1", 4), ("L2", 6)):
            lot = self.env["stock.lot"].create(
                {"name": name, "product_id": self.tea.id, "company_id": self.company.id}
            )
            self._add_stock(self.ec, self.tea, quantity, lot)
        self._add_stock(self.ec, self.tea, -100)
        transfer = self.make_transfer(lines={self.tea: 10, self.mug: 2})
        self.submit(transfer)
        self.approve(transfer)
        self.ship(transfer, {self.tea: 10, self.mug: 0})
        self.close_rest(transfer)
        tea, mug = self.read_details(transfer)
        self.assertEqual(tea["Lots"], "L1 (4), L2 (6)")
        self.assertEqual(mug["Reason"], "Out of stock")
        self.assertFalse(tea["Reason"])

    def test_many_transfers_in_one_file(self):
        transfers = self.make_transfer() | self.make_transfer(lines={self.mug: 1})
        rows = self.read_details(transfers, self.ec_staff)
        self.assertEqual([row["Number"] for row in rows], transfers.mapped("name"))

    def test_exported_file_can_be_edited_and_imported(self):
        box = self.env.ref("uom.product_uom_dozen")
        self.tea.uom_ids += box
        transfers = (
            self.make_transfer(remark="Winter", lines={self.tea: 10, self.mug: 5})
            | self.make_transfer(
                self.ec_staff,
                kind="receipt",
                source_store_id=False,
                destination_store_id=self.ec.id,
                remark="Tea Garden\nby truck",
            )
            | self.make_transfer(
                kind="dispatch", destination_store_id=False, remark="Charity"
            )
        )
        transfers.line_ids[0].with_user(self.ec_staff).write(
            {"product_uom_id": box.id, "quantity": 2, "remark": "In the red box"}
        )
        content = self.decode(self.download(transfers, self.ec_staff))
        imported = self.import_content(content, self.ec_staff)
        for old, new in zip(transfers.sorted("id"), imported.sorted("id"), strict=True):
            for field in ("kind", "source_store_id", "destination_store_id", "remark"):
                self.assertEqual(new[field] or False, old[field] or False, field)
            self.assertEqual(
                [(line.product_id, line.asked_quantity) for line in new.line_ids],
                [(line.product_id, line.asked_quantity) for line in old.line_ids],
            )
        self.assertEqual(imported.line_ids[0].remark, "In the red box")

    def test_headings_in_chinese(self):
        self.env["res.lang"]._activate_lang("zh_TW")
        self.ec_staff.lang = "zh_TW"
        headings = self.read_file(self.download(self.make_transfer(), self.ec_staff))[0]
        self.assertLessEqual(set(CHINESE), set(headings))

    def test_printed_all_columns_stand_beside_each_other(self):
        transfer = self.make_transfer()
        content = self.decode(self.download(transfer, self.ec_staff))
        sheet = openpyxl.load_workbook(io.BytesIO(content)).active
        self.assertTrue(sheet.sheet_properties.pageSetUpPr.fitToPage)
        page = sheet.page_setup
        self.assertEqual((page.orientation, page.fitToHeight), ("landscape", 0))
        self.assertEqual(sheet.print_title_rows, "$1:$1")

    def test_only_what_one_may_see(self):
        transfer = self.make_transfer()
        for user in (self.south_staff, self.inventory_user):
            with self.assertRaises(AccessError):
                transfer.with_user(user).action_download_details()
        self.download(transfer, self.ec_staff)
        details = self.env["store.transfer.details"].search(
            [], order="id desc", limit=1
        )
        with self.assertRaises(AccessError):
            details.with_user(self.ec_approver).read(["file"])

    def test_transfers_that_were_smuggled_in(self):
        transfer = self.make_transfer()
        details = self.env["store.transfer.details"].with_user(self.south_staff)
        with self.assertRaises(AccessError):
            details.create({"transfer_ids": [Command.set(transfer.ids)]}).read(["file"])

    def test_queries_do_not_grow_with_the_lines(self):
        products = self._create_product("Cup", "CUP-0")
        for number in range(1, 60):
            products |= self._create_product(f"Cup {number}", f"CUP-{number}")
        small = self.make_transfer(lines={products[0]: 1})
        large = self.make_transfer(lines=dict.fromkeys(products, 1))
        counts = []
        for transfer in (small, small, large):
            self.env.invalidate_all()
            before = self.env.cr.sql_log_count
            self.download(transfer, self.ec_staff)
            counts.append(self.env.cr.sql_log_count - before)
        self.assertLessEqual(counts[2], counts[1] + 3)


@tagged("post_install", "-at_install")
class TestOdoosOwnExportAndImport(ImportCase):
    """Odoo's own buttons go on working on transfers."""

    FIELDS = [
        "company_id/id",
        "expected_date",
        "source_store_id",
        "destination_store_id",
        "remark",
        "line_ids/product_id",
        "line_ids/quantity",
    ]

    def test_export_and_import(self):
        self.head_office.group_ids += self.env.ref("base.group_allow_export")
        transfer = self.make_transfer(
            self.head_office, remark="Winter", lines={self.tea: 10, self.mug: 5}
        )
        rows = transfer.export_data(self.FIELDS)["datas"]
        self.assertEqual(len(rows), 2)
        rows = [["" if cell is None else str(cell) for cell in row] for row in rows]
        result = (
            self.env["store.transfer"]
            .with_user(self.head_office)
            .load(self.FIELDS, rows)
        )
        self.assertFalse(result["messages"])
        copy = self.env["store.transfer"].browse(result["ids"])
        self.assertEqual(self.get_lines(copy), [(self.tea, 10), (self.mug, 5)])
        self.assertEqual(copy.state, "draft")
        self.assertLedger(copy)

    def test_odoos_import_screen_reads_its_file(self):
        content = (
            "expected_date,source_store_id,destination_store_id,"
            "line_ids/product_id,line_ids/quantity\n"
            f"{self.date},EC Warehouse,Shop North,[TEA-001] Oolong Tea,3\n"
        ).encode()
        screen = (
            self.env["base_import.import"]
            .with_user(self.head_office)
            .create(
                {
                    "res_model": "store.transfer",
                    "file": content,
                    "file_type": "text/csv",
                    "file_name": "transfers.csv",
                }
            )
        )
        names = content.decode().splitlines()[0].split(",")
        result = screen.execute_import(
            names, names, {"quoting": '"', "separator": ",", "has_headers": True}
        )
        self.assertFalse(result["messages"])
        transfer = self.env["store.transfer"].browse(result["ids"])
        self.assertEqual(self.get_lines(transfer), [(self.tea, 3)])
