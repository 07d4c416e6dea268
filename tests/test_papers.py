from odoo.exceptions import AccessError, UserError
from odoo.tests import tagged
from odoo.tools.safe_eval import safe_eval

from .common_papers import PaperCase
from .common_transfers import StoreTransferCase


@tagged("post_install", "-at_install")
class TestPapers(PaperCase, StoreTransferCase):
    """Papers are what comes out of the printer: texts that are read, codes scanned."""

    def make_approved_transfer(self, **values):
        transfer = self.make_transfer(**values)
        self.submit(transfer)
        self.approve(transfer)
        return transfer

    def test_pick_list_is_in_the_order_of_the_shelves(self):
        shelves = {
            product: self._create_location(name, self.ec.lot_stock_id)
            for name, product in (("C-1", self.tea), ("A-9", self.mug))
        }
        for product, shelf in shelves.items():
            self.env["stock.quant"]._update_available_quantity(
                product, self.ec.lot_stock_id, -100
            )
            self.env["stock.quant"]._update_available_quantity(product, shelf, 100)
        transfer = self.make_approved_transfer(
            lines={self.tea: 10, self.lamp: 2, self.mug: 3}
        )
        [paper] = self.get_papers("pick_list", transfer, self.ec_staff)
        rows = [
            (row["shelf"], row["sku"], row["quantity"])
            for page in paper["pages"]
            for row in page
        ]
        self.assertEqual(
            rows,
            [
                ("Stock", "LMP-001", "2 Units"),
                ("A-9", "MUG-001", "3 Units"),
                ("C-1", "TEA-001", "10 Units"),
            ],
        )

    def test_pick_list_says_what_is_not_there(self):
        transfer = self.make_approved_transfer(lines={self.tea: 130})
        paper = self.print_paper("pick_list", transfer, self.ec_staff)
        self.assertRegex(paper.text, "TEA-001 Oolong Tea 100 Units")
        self.assertRegex(paper.text, "Not there TEA-001 Oolong Tea 30 Units")

    def test_codes_say_the_number_and_open_the_transfer(self):
        transfer = self.make_approved_transfer()
        paper = self.print_paper("transfer_slip", transfer, self.ec_staff)
        link = f"{transfer.get_base_url()}/store-transfer/{transfer.name}"
        self.assertEqual(paper.codes, {transfer.name: "Code128", link: "QRCode"})
        self.assertEqual(paper.get_size(), (210, 297))

    def test_slip_says_what_was_sent_and_what_follows(self):
        transfer = self.make_approved_transfer(lines={self.tea: 10, self.mug: 4})
        self.ship(transfer, {self.tea: 6, self.mug: 4})
        paper = self.print_paper("transfer_slip", transfer, self.shop_staff)
        self.assertIn("Oolong Tea 10 Units 6 Units 4 Units", paper.text)
        self.assertRegex(paper.text, "Clay Mug 4 Units 4 Units [^0-9 ] Handed")

    def test_many_are_one_document(self):
        transfers = self.env["store.transfer"].concat(
            *(self.make_approved_transfer() for _ in range(3))
        )
        paper = self.print_paper("pick_list", transfers, self.ec_staff)
        self.assertEqual(len(paper.pages), 3)
        for transfer, page in zip(transfers, paper.pages, strict=True):
            self.assertIn(transfer.name, page)

    def test_each_page_says_whose_it_is(self):
        products = self._create_many_products("LONG", 120)
        self._add_stock(self.ec, products, 5)
        transfer = self.make_approved_transfer(lines=dict.fromkeys(products, 5))
        paper = self.print_paper("transfer_slip", transfer, self.ec_staff)
        pages = len(paper.pages)
        self.assertGreater(pages, 2)
        for number, page in enumerate(paper.pages, start=1):
            self.assertIn(transfer.name, page)
            self.assertIn(f"Page {number} of {pages}", page)
            self.assertIn("Product", page)

    def test_long_names_are_not_cut_and_stay_on_their_pages(self):
        name = "高山烏龍茶禮盒（春茶）" * 6 + " Limited edition of this spring"
        products = self._create_many_products("LONG", 40)
        products.name = name
        self._add_stock(self.ec, products, 5)
        transfer = self.make_approved_transfer(lines=dict.fromkeys(products, 5))
        for paper in ("pick_list", "transfer_slip"):
            [prepared] = self.get_papers(paper, transfer, self.ec_staff)
            printed = self.print_paper(paper, transfer, self.ec_staff)
            self.assertEqual(len(printed.pages), len(prepared["pages"]))
            # Words may be broken at the end of a line.
            text = printed.text.replace(" ", "")
            self.assertEqual(text.count("高山烏龍茶禮盒"), 6 * len(products))
            self.assertEqual(text.count("Limitededition"), len(products))

    def test_chinese_is_readable(self):
        self.tea.name = "高山烏龍茶禮盒"
        transfer = self.make_approved_transfer()
        paper = self.print_paper("transfer_slip", transfer, self.shop_staff)
        self.assertIn("高山烏龍茶禮盒", paper.text)

    def test_only_the_source_picks(self):
        transfer = self.make_approved_transfer()
        with self.assertRefused("EC Warehouse, and you are not", AccessError):
            self.get_papers("pick_list", transfer, self.shop_staff)
        self.assertTrue(self.get_papers("pick_list", transfer, self.head_office))

    def test_strangers_print_nothing(self):
        transfer = self.make_approved_transfer()
        for user in (self.south_staff, self.inventory_user):
            for paper in ("pick_list", "transfer_slip"):
                with self.assertRaises(AccessError):
                    self.get_papers(paper, transfer, user)

    def test_what_has_no_paper_says_why(self):
        draft = self.make_transfer()
        with self.assertRefused(f"{draft.name} is Draft: there is no such paper"):
            self.get_papers("transfer_slip", draft, self.ec_staff)
        shipped = self.make_shipped_transfer()
        with self.assertRefused("nothing left to ship"):
            self.get_papers("pick_list", shipped | draft, self.ec_staff)
        with self.assertRefused("Choose the transfers"):
            self.get_papers("pick_list", draft.browse(), self.ec_staff)

    def test_blind_stores_read_no_quantities(self):
        self.shop.transfer_blind_count = True
        transfer = self.make_shipped_transfer(lines={self.tea: 37})
        paper = self.print_paper("transfer_slip", transfer, self.ec_staff)
        self.assertIn("Oolong Tea", paper.text)
        self.assertNotIn("37", paper.text.replace(transfer.name, ""))
        with self.assertRefused("Shop North counts blind", UserError):
            self.get_papers("transfer_slip", transfer, self.shop_staff)

    def count_queries(self, transfers):
        """Return how many queries the papers of shipped transfers take."""
        self.env.invalidate_all()
        before = self.env.cr.sql_log_count
        for paper in ("transfer_slip", "packing_list", "carton_labels", "manifest"):
            self.get_papers(paper, transfers, self.ec_staff)
        self.get_papers("count_sheet", transfers, self.shop_staff)
        return self.env.cr.sql_log_count - before

    def make_transfer_of_many(self, prefix, number_of_products):
        products = self._create_many_products(prefix, number_of_products)
        self._add_stock(self.ec, products, 5)
        return self.make_shipped_transfer(lines=dict.fromkeys(products, 5))

    def test_many_lines_cost_no_query_each(self):
        self.count_queries(self.make_transfer_of_many("WARM", 2))
        few = self.count_queries(self.make_transfer_of_many("FEW", 2))
        many = self.count_queries(self.make_transfer_of_many("MANY", 60))
        self.assertLess(many, few + 10)

    def test_many_transfers_cost_no_query_each(self):
        transfers = self.env["store.transfer"].concat(
            *(self.make_shipped_transfer() for _ in range(9))
        )
        self.count_queries(transfers[0])
        one = self.count_queries(transfers[0])
        many = self.count_queries(transfers)
        self.assertLess(many, one + 8)

    def test_the_menu_has_the_papers(self):
        for user, papers in ((self.ec_staff, True), (self.inventory_user, False)):
            actions = self.env["ir.actions.actions"].with_user(user)
            reports = actions.get_bindings("store.transfer").get("report", ())
            names = {report["name"] for report in reports}
            for paper in ("Pick List", "Transfer Slip", "Hand-over Manifest"):
                self.assertEqual(paper in names, papers)

    def get_offered(self, transfer, user):
        """Return the names of what the menu of the form has, when it is opened."""
        actions = self.env["ir.actions.actions"].with_user(user)
        bound = actions.get_bindings(transfer._name)["report"]
        reports = self.env["ir.actions.report"].with_user(user)
        reports = reports.browse(report["id"] for report in bound)
        offered = reports.get_valid_action_reports(transfer._name, transfer.ids)
        return set(reports.browse(offered).sudo().mapped("name"))

    def test_the_menu_offers_what_there_is_to_print(self):
        transfer = self.make_transfer(lines={self.tea: 10})
        self.assertFalse(self.get_offered(transfer, self.ec_staff))
        self.submit(transfer)
        self.approve(transfer)
        offered = self.get_offered(transfer, self.ec_staff)
        self.assertLess({"Pick List", "Transfer Slip", "Hand-over Manifest"}, offered)
        self.assertNotIn("Discrepancy Note", offered)
        self.ship(transfer)
        self.count(transfer, {self.tea: 9})
        offered = self.get_offered(transfer, self.ec_staff)
        self.assertLess({"Transfer Slip", "Discrepancy Note"}, offered)
        self.assertNotIn("Pick List", offered)

    def test_the_menu_offers_each_side_its_own_papers(self):
        transfer = self.make_shipped_transfer(lines={self.tea: 10})
        self.assertIn("Count Sheet", self.get_offered(transfer, self.shop_staff))
        self.assertNotIn("Count Sheet", self.get_offered(transfer, self.ec_staff))
        approved = self.make_approved_transfer()
        self.assertIn("Pick List", self.get_offered(approved, self.ec_staff))
        self.assertNotIn("Pick List", self.get_offered(approved, self.shop_staff))
        labels = "Carton Labels"
        along = {"Hand-over Manifest", labels, f"{labels} on A4"}
        along.add(f"{labels} for Label Printers (ZPL)")
        for user in (self.ec_staff, self.head_office):
            self.assertLess(along, self.get_offered(transfer, user))
        self.assertFalse(along & self.get_offered(transfer, self.shop_staff))

    def test_the_menu_offers_what_one_of_many_has(self):
        transfers = self.make_shipped_transfer(lines={self.tea: 10})
        back = self.make_transfer(
            user=self.shop_staff,
            source_store_id=self.shop.id,
            destination_store_id=self.ec.id,
        )
        self.assertNotIn(
            "Hand-over Manifest", self.get_offered(transfers | back, self.shop_staff)
        )
        self.assertIn(
            "Count Sheet", self.get_offered(transfers | back, self.shop_staff)
        )

    def test_the_menu_offers_who_counts_blind_no_slip_before(self):
        transfer = self.make_shipped_transfer(lines={self.tea: 10})
        self.shop.transfer_blind_count = True
        self.assertNotIn("Transfer Slip", self.get_offered(transfer, self.shop_staff))
        self.assertIn("Transfer Slip", self.get_offered(transfer, self.ec_staff))

    def test_a_file_is_called_like_its_paper(self):
        transfer = self.make_approved_transfer()
        report = self.env.ref("store_transfer.action_report_pick_list")
        name = safe_eval(report.print_report_name, {"object": transfer})
        self.assertEqual(name, f"Pick List {transfer.name.replace('/', '-')}")

    def test_third_parties_read_their_own_language(self):
        self.env["res.lang"]._activate_lang("zh_TW")
        self.tea.with_context(lang="zh_TW").name = "烏龍茶"
        partner = self.env["res.partner"].create({"name": "Hotel", "lang": "zh_TW"})
        transfer = self.make_transfer(kind="dispatch", partner_id=partner.id)
        self.submit(transfer)
        self.assertIn(
            "烏龍茶", self.print_paper("transfer_slip", transfer, self.ec_staff).text
        )
        self.assertIn(
            "Oolong Tea", self.print_paper("pick_list", transfer, self.ec_staff).text
        )
