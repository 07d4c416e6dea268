import re
from pathlib import Path

from odoo.exceptions import AccessError
from odoo.tests import tagged

from ..tools.states import BADGES
from .common_till import TillCase

TABS = ("to_confirm", "to_arrive", "processing", "partial", "to_ship", "asked")


@tagged("post_install", "-at_install")
class TestTill(TillCase):
    """What a till shows: its store's transfers, and nothing else."""

    def get_tabs_of(self, transfer, **options):
        return [
            tab
            for tab in TABS
            if transfer.id in [row["id"] for row in self.get_tab(tab, **options)]
        ]

    def test_a_till_is_of_the_store_of_its_operation_type(self):
        for user in (self.shop_staff, self.shop_approver, self.head_office):
            start = self.at_till("get_start", user=user)
            self.assertEqual(start["store"]["id"], self.shop.id)

    def test_a_till_without_an_operation_type_is_told_so(self):
        till = self.env["store.transfer.till"].with_user(self.shop_staff)
        for picking_type_id in (False, None, "7", 0, -3, 2**70):
            with self.assertRefused("operation type"):
                till.get_transfers(picking_type_id, "to_arrive")
            self.assertNothingIsShown(till.get_start(picking_type_id))

    def test_a_till_of_another_company_is_of_no_store(self):
        company = self.env["res.company"].create({"name": "Other"})
        other = self._create_shop("Elsewhere", "ELS", company)
        with self.assertRefused("of no store"):
            self.at_till("get_transfers", "to_arrive", store=other)
        self.assertNothingIsShown(self.at_till("get_start", store=other))

    def test_staff_of_another_store_see_nothing(self):
        transfer = self.make_shipped_transfer()
        for arguments in (
            ("get_transfers", "to_arrive"),
            ("get_transfer", transfer.id),
            ("find", transfer.name),
        ):
            with self.assertRefused("not one of its staff", AccessError):
                self.at_till(*arguments, user=self.south_staff)

    def assertNothingIsShown(self, start):
        self.assertEqual(start, {"store": False, "counts": {}, "total": 0})

    def test_a_till_shows_nothing_by_itself_to_who_does_not_work_there(self):
        """It is no error: every till asks time and again what waits."""
        self.make_shipped_transfer()
        self.assertTrue(self.at_till("get_start")["total"])
        for user in (self.south_staff, self.inventory_user):
            self.assertNothingIsShown(self.at_till("get_start", user=user))

    def test_the_tabs_of_what_comes(self):
        transfer = self.make_waiting()
        self.assertEqual(self.get_tabs_of(transfer), ["to_confirm"])
        self.approve(transfer)
        self.assertEqual(self.get_tabs_of(transfer), ["to_arrive"])
        self.ship(transfer)
        self.assertEqual(self.get_tabs_of(transfer), ["to_arrive"])
        self.confirm_arrival(transfer)
        self.assertEqual(self.get_tabs_of(transfer), ["processing"])
        self.count(transfer, {self.tea: 9})
        self.assertEqual(self.get_tabs_of(transfer), ["partial"])

    def test_the_tabs_of_what_goes(self):
        at_ec = {"user": self.ec_staff, "store": self.ec}
        transfer = self.make_transfer()
        self.assertEqual(self.get_tabs_of(transfer, **at_ec), ["asked"])
        self.submit(transfer)
        self.assertEqual(self.get_tabs_of(transfer, **at_ec), ["asked"])
        self.approve(transfer)
        self.assertEqual(self.get_tabs_of(transfer, **at_ec), ["to_ship"])
        self.ship(transfer)
        self.assertEqual(self.get_tabs_of(transfer, **at_ec), [])

    def test_what_others_ask_for_is_to_confirm(self):
        transfer = self.make_transfer(user=self.shop_staff, initiator="destination")
        self.submit(transfer, self.shop_staff)
        at_ec = {"user": self.ec_approver, "store": self.ec}
        self.assertEqual(self.get_tabs_of(transfer, **at_ec), ["to_confirm"])
        self.assertEqual(self.get_tabs_of(transfer), ["asked"])

    def test_the_badge_counts_what_waits_for_the_store(self):
        before = self.at_till("get_start")
        transfer = self.make_waiting()
        self.assertEqual(self.at_till("get_start")["counts"]["to_confirm"], 1)
        # It waits for the approver, not for staff.
        self.assertEqual(self.at_till("get_start")["total"], before["total"])
        approver = self.at_till("get_start", user=self.shop_approver)
        self.assertEqual(approver["total"], before["total"] + 1)
        self.approve(transfer)
        self.assertEqual(self.at_till("get_start")["total"], before["total"])
        self.ship(transfer)
        self.assertEqual(self.at_till("get_start")["total"], before["total"] + 1)

    def test_a_row_says_what_is_next(self):
        transfer = self.make_waiting()
        [row] = self.get_tab("to_confirm", user=self.shop_approver)
        self.assertEqual(row["next"], "approve")
        self.assertEqual(row["partner"], "EC Warehouse")
        self.assertEqual(row["quantity"], "10 Units")
        [row] = self.get_tab("to_confirm")
        self.assertFalse(row["next"])
        self.approve(transfer)
        self.ship(transfer)
        [row] = self.get_tab("to_arrive")
        self.assertEqual(row["next"], "confirm_arrival")
        self.confirm_arrival(transfer)
        [row] = self.get_tab("processing")
        self.assertEqual(row["next"], "count")

    def test_a_till_never_acts_for_the_other_store_of_its_user(self):
        self.ec.transfer_staff_ids += self.shop_staff
        transfer = self.make_approved()
        shown = self.show(transfer)
        self.assertRegex(shown["steps"]["ship"], "not up to Shop North")
        self.assertFalse(self.show(transfer, store=self.ec)["steps"]["ship"])

    def test_a_list_is_searched(self):
        tea = self.make_shipped_transfer()
        mug = self.make_shipped_transfer({self.mug: 2}, remark="For the window")
        for text, found in (
            (tea.name, tea),
            ("MUG-001", mug),
            ("window", mug),
            ("ec ware", tea | mug),
            ("nothing at all", tea.browse()),
        ):
            ids = {row["id"] for row in self.get_tab("to_arrive", text=text)}
            self.assertEqual(ids, set(found.ids), text)

    def test_a_list_comes_in_pages(self):
        transfers = [self.make_waiting() for _ in range(3)]
        first = self.at_till("get_transfers", "to_confirm", "", 0, 2)
        rest = self.at_till("get_transfers", "to_confirm", "", 2, 2)
        self.assertEqual((first["total"], rest["total"]), (3, 3))
        ids = [row["id"] for row in first["transfers"] + rest["transfers"]]
        self.assertCountEqual(ids, [transfer.id for transfer in transfers])

    def test_a_tab_that_is_none_is_refused(self):
        for tab in ("nonsense", None, 3, ["done"]):
            with self.assertRefused("no tab"):
                self.at_till("get_transfers", tab)

    def test_one_transfer_is_shown_whole(self):
        transfer = self.make_shipped_transfer(remark="Handle with care")
        shown = self.show(transfer)
        [row] = shown["rows"]
        self.assertEqual(
            (row["sku"], row["shipped"], row["unit"]), ("TEA-001", 10, "Units")
        )
        self.assertEqual(shown["remark"], "Handle with care")
        self.assertFalse(shown["steps"]["count"])
        self.assertIn("count_sheet", shown["papers"])

    def test_what_waits_shows_what_both_stores_have(self):
        transfer = self.make_waiting()
        [row] = self.show(transfer)["rows"]
        self.assertEqual((row["source_free"], row["here"]), (100, 0))

    def test_another_stores_transfer_is_not_shown(self):
        transfer = self.make_transfer(destination_store_id=self.shop_south.id)
        for transfer_id in (transfer.id, 0, None, "1", 2**40):
            with self.assertRefused("no such transfer"):
                self.at_till("get_transfer", transfer_id)

    def test_who_counts_blind_is_told_no_quantity(self):
        self.shop.transfer_blind_count = True
        transfer = self.make_shipped_transfer({self.tea: 77})
        shown = self.show(transfer)
        self.assertTrue(shown["hides_lines"])
        self.assertFalse(shown["rows"])
        self.assertNotIn("77", repr(shown))
        self.assertNotIn("77", repr(self.get_tab("to_arrive")))
        self.assertFalse(self.get_tab("to_arrive", text="TEA-001"))
        self.assertIn("77", repr(self.show(transfer, user=self.shop_approver)))

    def test_who_counts_blind_ships_with_quantities(self):
        self.shop.transfer_blind_count = True
        self._add_stock(self.shop, self.tea, 20)
        transfer = self.make_transfer(
            user=self.shop_staff,
            lines={self.tea: 7},
            source_store_id=self.shop.id,
            destination_store_id=self.ec.id,
        )
        self.submit(transfer, self.shop_staff)
        self.approve(transfer, self.ec_approver)
        [row] = self.get_tab("to_ship")
        self.assertEqual(row["quantity"], "7 Units")

    def test_the_colours_are_those_of_the_back_office(self):
        folder = Path(__file__).parents[1] / "static" / "src" / "transfer_badge"
        script = (folder / "transfer_badge.js").read_text()
        states = script.partition("STATES_OF_A_TRANSFER = {")[2].partition("}")[0]
        colours = dict(re.findall(r"(\w+): \"(\w+)\"", states))
        for state, badge in BADGES.items():
            self.assertEqual(badge, f"text-bg-{colours.get(state, 'secondary')}")

    def test_a_list_costs_no_query_more_for_more_transfers(self):
        queries = []
        for _ in range(2):
            for _ in range(5):
                self.make_shipped_transfer()
            self.get_tab("to_arrive")
            self.flush_tracking()
            self.env.invalidate_all()
            before = self.cr.sql_log_count
            self.get_tab("to_arrive")
            queries.append(self.cr.sql_log_count - before)
        self.assertLessEqual(queries[1], queries[0])


@tagged("post_install", "-at_install")
class TestCodesAtTheTill(TillCase):
    """What a scan stands for."""

    def find(self, code, **options):
        return self.at_till("find", code, **options)

    def test_a_transfer_by_number_address_and_picking(self):
        transfer = self.make_shipped_transfer()
        picking = self.get_pickings(transfer, "internal") or transfer.sudo().picking_ids
        for code in (
            transfer.name,
            transfer.name.lower(),
            f"https://shop.example/store-transfer/{transfer.name}",
            picking[:1].name,
        ):
            found = self.find(code)
            self.assertEqual((found["kind"], found["id"]), ("transfer", transfer.id))

    def test_a_product_by_each_of_its_codes(self):
        self.tea.barcode = "4711234567899"
        for code in ("4711234567899", "TEA-001", "0104711234567899"):
            found = self.find(code)
            self.assertEqual(
                (found["kind"], found["id"]), ("product", self.tea.id), code
            )

    def test_a_packaging_says_how_much_is_in_it(self):
        box = self.env["uom.uom"].create(
            {
                "name": "Box of 12",
                "relative_factor": 12,
                "relative_uom_id": self.tea.uom_id.id,
            }
        )
        (self.tea | self.mug).uom_ids = box
        self.env["product.uom"].create(
            [
                {"product_id": product.id, "uom_id": box.id, "barcode": barcode}
                for product, barcode in (
                    (self.tea, "4711234567813"),
                    (self.mug, "4711234567820"),
                )
            ]
        )
        # A product's own code comes before a packaging's, also of the same product.
        self.mug.default_code = "4711234567820"
        for code, product, quantity in (
            ("4711234567813", self.tea, 12),
            ("0104711234567813", self.tea, 12),
            ("TEA-001", self.tea, 1),
            ("4711234567820", self.mug, 1),
        ):
            found = self.find(code)
            self.assertEqual((found["id"], found["quantity"]), (product.id, quantity))

    def test_a_carton(self):
        transfer = self.make_approved()
        carton = transfer.sudo()._create_cartons()
        for code in (carton.name, f"]C1{carton.name}"):
            found = self.find(code)
            self.assertEqual(
                (found["kind"], found["transfer_id"]), ("carton", transfer.id)
            )

    def test_of_another_store_nothing_is_told(self):
        transfer = self.make_transfer(destination_store_id=self.shop_south.id)
        self.submit(transfer)
        carton = transfer.sudo()._create_cartons()
        for code in (transfer.name, carton.name, "nobody knows it", ""):
            self.assertEqual(self.find(code), {"kind": False})

    def test_an_address_without_a_number_is_of_nothing(self):
        for code in ("https://shop.example/store-transfer//", "%", "ST/____/00001"):
            self.assertEqual(self.find(code), {"kind": False})

    def test_what_is_no_text_is_refused(self):
        for code in (7, ["x"], {"a": 1}):
            with self.assertRefused("as a text"):
                self.find(code)
