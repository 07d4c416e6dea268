from odoo.tests import tagged

from .common_cartons import CartonCase
from .common_papers import PaperCase


@tagged("post_install", "-at_install")
class TestPapersOfCartons(PaperCase, CartonCase):
    """What is on a carton, and on the papers that say what is in it."""

    def read_zpl(self, transfers, user):
        reports = self.env["ir.actions.report"].with_user(user)
        content, kind = reports._render_qweb_text(
            "store_transfer.report_carton_labels_zpl", transfers.ids
        )
        self.assertEqual(kind, "text")
        return content.decode()

    def test_packing_list_says_what_is_in_which_carton(self):
        transfer, cartons = self.make_packed_transfer(
            {self.tea: 6}, {self.tea: 4, self.mug: 2}, lines={self.tea: 12, self.mug: 2}
        )
        paper = self.print_paper("packing_list", transfer, self.shop_staff)
        first, second = (
            f"Carton {number} of 2: {carton.name}"
            for number, carton in enumerate(cartons, start=1)
        )
        self.assertRegex(
            paper.text,
            f"{first} .*Oolong Tea 6 Units.*{second}.*Oolong Tea 4 Units.*Clay Mug 2 "
            "Units.*Not in a carton.*Oolong Tea 2 Units",
        )

    def test_without_cartons_it_is_one_list(self):
        transfer = self.make_shipped_transfer(lines={self.tea: 3})
        paper = self.print_paper("packing_list", transfer, self.ec_staff)
        self.assertIn("Oolong Tea 3 Units", paper.text)
        self.assertNotIn("carton", paper.text.lower())

    def test_before_shipping_it_says_what_is_set_aside(self):
        transfer = self.make_transfer(lines={self.tea: 3})
        self.submit(transfer)
        self.approve(transfer)
        [carton] = self.pack(transfer, {self.tea: 3})
        [paper] = self.get_papers("packing_list", transfer, self.ec_staff)
        heading, row = paper["pages"][0]
        self.assertEqual(heading["heading"], f"Carton 1 of 1: {carton.name}")
        self.assertEqual(row["quantity"], "3 Units")

    def test_blind_stores_read_no_quantities(self):
        self.shop.transfer_blind_count = True
        transfer, _cartons = self.make_packed_transfer({self.tea: 37})
        paper = self.print_paper("packing_list", transfer, self.ec_staff)
        self.assertIn("Oolong Tea", paper.text)
        self.assertNotIn("37 Units", paper.text)
        for name in ("carton_labels", "manifest"):
            paper = self.print_paper(name, transfer, self.ec_staff)
            self.assertNotIn("Units", paper.text)

    def test_labels_say_which_of_how_many(self):
        transfer, cartons = self.make_packed_transfer({self.tea: 1}, {self.tea: 2})
        paper = self.print_paper("carton_labels", transfer, self.ec_staff)
        self.assertEqual(paper.get_size(), (100, 150))
        for number, (page, carton) in enumerate(
            zip(paper.pages, cartons, strict=True), start=1
        ):
            self.assertIn(f"{number} of 2", page)
            self.assertIn("Shop North", page)
            self.assertIn(carton.name, page)
            self.assertEqual(paper.codes[carton.name], "Code128")
            link = f"{transfer.get_base_url()}/store-carton/{carton.name}"
            self.assertEqual(paper.codes[link], "QRCode")

    def test_labels_of_cartons_without_numbers(self):
        transfer = self.make_shipped_transfer(lines={self.tea: 3})
        transfer.with_user(self.ec_staff).carton_quantity = 3
        paper = self.print_paper("carton_labels", transfer, self.ec_staff)
        for number, page in enumerate(paper.pages, start=1):
            self.assertIn(f"{number} of 3", page)
        self.assertEqual(len(paper.pages), 3)
        self.assertEqual(paper.codes[transfer.name], "Code128")
        [manifest] = self.get_papers("manifest", transfer, self.ec_staff)
        self.assertEqual(manifest["carton_count"], 3)

    def test_cartons_with_numbers_are_counted_by_these(self):
        transfer, cartons = self.make_packed_transfer({self.tea: 1}, {self.tea: 2})
        transfer.with_user(self.ec_staff).carton_quantity = 7
        self.assertTrue(transfer.with_user(self.ec_staff).has_cartons)
        papers = self.get_papers("carton_labels", transfer, self.ec_staff)
        self.assertEqual(len(papers), 2)
        [manifest] = self.get_papers("manifest", transfer, self.ec_staff)
        self.assertEqual(manifest["carton_count"], len(cartons))

    def test_impossible_numbers_of_cartons(self):
        transfer = self.make_transfer()
        for number in (-1, 1000, 2_000_000_000):
            with self.assertRefused("how many cartons there are, at most 999"):
                transfer.carton_quantity = number

    def test_labels_of_a_company_with_a_gs1_prefix(self):
        self.company.transfer_gs1_prefix = "4719512"
        transfer = self.make_transfer(lines={self.tea: 3})
        self.submit(transfer)
        self.approve(transfer)
        [carton] = self.pack(transfer, {self.tea: 3})
        carton.name = self.company._get_next_carton_names(1)[0]
        self.ship(transfer)
        paper = self.print_paper("carton_labels", transfer, self.ec_staff)
        self.assertEqual(paper.codes[f"(00){carton.name}"], "Code128")
        # FNC1 first, then pairs of digits: that makes it a GS1 code.
        text = self.read_zpl(transfer, self.ec_staff)
        self.assertIn(f"^FD>;>800{carton.name}^FS", text)

    def test_four_labels_on_a_sheet(self):
        transfer, cartons = self.make_packed_transfer(
            *({self.tea: 1} for _ in range(5))
        )
        paper = self.print_paper("carton_labels_sheet", transfer, self.ec_staff)
        self.assertEqual(len(paper.pages), 2)
        self.assertEqual(paper.get_size(), (210, 297))
        self.assertLessEqual(set(cartons.mapped("name")), paper.codes.keys())

    def test_label_of_a_transfer_without_cartons(self):
        transfer = self.make_shipped_transfer()
        paper = self.print_paper("carton_labels", transfer, self.ec_staff)
        self.assertIn("1 of 1", paper.text)
        self.assertEqual(paper.codes[transfer.name], "Code128")

    def test_text_for_label_printers(self):
        self.shop.name = "R&D ^Shop~ <North>"
        transfer, cartons = self.make_packed_transfer({self.tea: 1}, {self.mug: 1})
        text = self.read_zpl(transfer, self.ec_staff)
        self.assertTrue(text.strip().startswith("^XA"))
        self.assertEqual(text.count("^XA"), 2)
        self.assertEqual(text.count("^XZ"), 2)
        # What a printer or a browser would take for a command is written as a code.
        self.assertIn("R_26D _5EShop_7E _3CNorth_3E", text)
        for carton in cartons:
            self.assertIn(f"^FD{carton.name}^FS", text)

    def test_a_label_opened_as_a_page_is_no_page(self):
        transfer = self.make_shipped_transfer(carrier="<script>alert(1)</script>^XZ&")
        html, kind = (
            self.env["ir.actions.report"]
            .with_user(self.ec_staff)
            ._render_qweb_html("store_transfer.report_carton_labels_zpl", transfer.ids)
        )
        self.assertEqual(kind, "html")
        self.assertNotIn(b"<script", html)
        self.assertIn(b"_3Cscript_3E", html)
        self.assertEqual(html.count(b"^XZ"), 1)

    def test_manifest_of_a_truck(self):
        packed, _cartons = self.make_packed_transfer({self.tea: 1}, {self.tea: 2})
        south = self.make_transfer(
            destination_store_id=self.shop_south.id, remark="Ring twice"
        )
        self.submit(south)
        self.approve(south, self.head_office)
        transfers = packed | south
        paper = self.print_paper("manifest", transfers, self.ec_staff)
        self.assertEqual(len(paper.pages), 1)
        self.assertRegex(paper.text, f"{packed.name} Shop North 2 1 ")
        self.assertRegex(paper.text, f"{south.name} Shop South .*Ring twice")
        self.assertLessEqual(set(transfers.mapped("name")), paper.codes.keys())

    def test_a_cartons_code_opens_its_transfer(self):
        transfer, cartons = self.make_packed_transfer({self.tea: 1})
        link = self.get_papers("carton_labels", transfer, self.ec_staff)[0]["labels"][
            0
        ]["link"]
        found = transfer.with_user(self.shop_staff).get_transfers_to_count(link)
        self.assertEqual([each["id"] for each in found], transfer.ids)
        self.assertTrue(link.endswith(cartons.name))
