from odoo.exceptions import AccessError
from odoo.tests import tagged

from .common_discrepancies import SettledCase, SurplusCase
from .common_in_transit import InTransitRows
from .common_owners import OwnersCase


@tagged("post_install", "-at_install")
class TestInTransit(InTransitRows, SettledCase, SurplusCase):
    """A tea costs 30, a mug 12. Every step is also held against the stock in transit,
    by ``assertLedger``."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.mug.with_company(cls.company).standard_price = 12

    def make_two_shipments(self):
        """Ship six tea on Monday, four on Thursday."""
        with self.in_days(0):
            transfer = self.make_transfer()
            self.submit(transfer)
            self.approve(transfer)
            self.ship(transfer, {self.tea: 6})
        with self.in_days(3):
            self.ship(transfer)
        return transfer

    def get_by_shipment(self):
        """Return ``{on which day it was shipped: quantity}``."""
        by_day = {}
        for date, quantity in self.get_goods("ship_date", "quantity"):
            by_day[date.day] = by_day.get(date.day, 0) + quantity
        return by_day

    def get_ways(self):
        return self.get_goods("direction", "quantity", "value")

    def test_what_a_row_says(self):
        with self.in_days(0):
            transfer = self.make_shipped_transfer({self.tea: 10, self.mug: 5})
            transfer.with_user(self.ec_staff).write(
                {"carrier": "Blue Van", "tracking_number": "BV-1"}
            )
        with self.in_days(4):
            goods = self.get_goods(
                "product_id",
                "quantity",
                "value",
                "age",
                "age_group",
                "lane",
                "carrier",
                "tracking_number",
                "direction",
            )
            said = (4, "age_03", "EC Warehouse → Shop North", "Blue Van", "BV-1")
            self.assertEqual(
                goods,
                [
                    ("Clay Mug", 5, 60, *said, "to_destination"),
                    ("Oolong Tea", 10, 300, *said, "to_destination"),
                ],
            )
            rows = self.get_rows()
        self.assertEqual(rows.source_store_id, self.ec)
        self.assertEqual(rows.destination_store_id, self.shop)
        shipped = self.get_pickings(transfer, "outgoing", "done")
        self.assertEqual(set(rows.mapped("shipment")), {shipped.name})
        self.assertEqual(rows.currency_id, self.company.currency_id)
        self.assertEqual(rows.categ_id, self.tea.categ_id)

    def test_ages(self):
        with self.in_days(0):
            self.make_shipped_transfer()
        for days, group in (
            (0, "age_00"),
            (2.99, "age_00"),
            (3, "age_03"),
            (7, "age_03"),
            (8, "age_08"),
            (14, "age_08"),
            (15, "age_15"),
            (30, "age_15"),
            (31, "age_31"),
        ):
            with self.in_days(days):
                [goods] = self.get_goods("age", "age_group")
            self.assertEqual(goods, (int(days), group))

    def test_what_is_added_up(self):
        """A manager sees what is on its way by lane and age, and what it is worth."""
        with self.in_days(0):
            self.make_shipped_transfer({self.tea: 10})
        with self.in_days(5):
            self.make_shipped_transfer({self.tea: 2, self.mug: 5})
        with self.in_days(9):
            rows = self.get_rows()._read_group(
                [("company_id", "=", self.company.id)],
                ["lane", "age_group"],
                ["quantity:sum", "value:sum", "age:max", "__count"],
            )
        lane = "EC Warehouse → Shop North"
        self.assertEqual(
            rows, [(lane, "age_03", 7, 120, 4, 2), (lane, "age_08", 10, 300, 9, 1)]
        )

    def test_what_was_shipped_first_was_received_first(self):
        transfer = self.make_two_shipments()
        self.assertEqual(self.get_by_shipment(), {2: 6, 5: 4})
        self.count(transfer, {self.tea: 5})
        self.assertEqual(self.get_by_shipment(), {2: 1, 5: 4})
        self.count(transfer, {self.tea: 3})
        self.assertEqual(self.get_by_shipment(), {5: 2})
        self.count(transfer, {self.tea: 2})
        self.assertFalse(self.get_rows())

    def test_lots_tell_which_shipment_was_received(self):
        matcha = self._create_product("Matcha", "MAT-001", tracking="lot")
        with self.in_days(0):
            self.make_lots(matcha, "M-1")
            transfer = self.make_transfer(lines={matcha: 10})
            self.submit(transfer)
            self.approve(transfer)
            self.ship(transfer)
        with self.in_days(3):
            self.make_lots(matcha, "M-2")
            self.get_pickings(transfer, "outgoing").sudo().action_assign()
            self.ship(transfer)
        count = self.start_count(transfer)
        for line in count.line_ids:
            line.counted_quantity = 5 if line.lot_id.name == "M-2" else 1
        count.action_submit()
        self.assertLedger(transfer)
        self.assertEqual(self.get_by_shipment(), {2: 4})
        self.assertEqual(self.get_goods("lot_name", "quantity"), [("M-1", 4)])

    def test_some_came_damaged(self):
        transfer = self.make_shipped_transfer()
        count = self.start_count(transfer)
        count.line_ids.write({"counted_quantity": 5, "damaged_quantity": 2})
        count.action_submit()
        self.assertLedger(transfer)
        self.assertEqual(self.get_ways(), [("to_destination", 3, 90)])

    def test_settled(self):
        for outcome, ways in (
            ("lost", []),
            ("damaged", []),
            ("not_sent", []),
            ("returned", [("to_source", 3, 90)]),
        ):
            with self.subTest(outcome):
                transfer, _discrepancy = self.make_settled(outcome)
                self.assertEqual(self.get_ways(), ways)
        transfer.with_user(self.ec_staff).action_take_back()
        self.assertLedger(transfer)
        self.assertFalse(self.get_rows())

    def test_decided_otherwise(self):
        """What was lost is on its way again, since it was shipped."""
        with self.in_days(0):
            transfer, discrepancy = self.make_disputed("lost")
        with self.in_days(20):
            self.decide_otherwise(discrepancy, "expected")
            self.assertEqual(self.get_ways(), [("to_destination", 3, 90)])
            self.assertEqual(self.get_goods("age"), [(20,)])
        self.receive_all(transfer)
        self.assertFalse(self.get_rows())

    def test_a_shipment_is_undone(self):
        transfer = self.make_two_shipments()
        transfer.with_user(self.ec_staff).action_undo_shipment()
        self.assertLedger(transfer)
        self.assertEqual(self.get_by_shipment(), {2: 6})
        with self.in_days(6):
            self.ship(transfer)
        self.assertEqual(self.get_by_shipment(), {2: 6, 8: 4})

    def test_a_count_is_undone(self):
        """The goods have been on their way since they were shipped."""
        transfer = self.make_two_shipments()
        self.count(transfer, {self.tea: 7})
        self.assertEqual(self.get_by_shipment(), {5: 3})
        transfer.with_user(self.shop_approver).action_undo_count()
        self.assertLedger(transfer)
        self.assertEqual(self.get_by_shipment(), {2: 6, 5: 4})

    def test_a_surplus_is_accepted(self):
        transfer = self.make_shipped_transfer()
        self.count_lines(transfer, {self.tea: 12}, user=self.shop_approver)
        self.assertFalse(self.get_rows())

    def test_sent_back_in_the_inventory_app(self):
        with self.in_days(0):
            transfer = self.make_shipped_transfer()
        with self.in_days(2):
            self.count(transfer, {self.tea: 6})
            received = self.get_pickings(transfer, "incoming", "done")
        with self.in_days(9):
            self.validate_picking(self.return_picking(received, 2))
            self.assertLedger(transfer)
            self.assertEqual(
                self.get_goods("direction", "quantity", "age"),
                [("to_destination", 4, 9), ("to_source", 2, 0)],
            )
            transfer.with_user(self.ec_staff).action_take_back()
            self.assertLedger(transfer)
            self.assertEqual(
                self.get_goods("direction", "quantity", "age"),
                [("to_destination", 4, 9)],
            )

    def test_returned_on_its_way_in_the_inventory_app(self):
        """What is returned of the second shipment is no more of the second."""
        transfer = self.make_two_shipments()
        shipped = self.get_pickings(transfer, "outgoing", "done").sorted("id")
        self.validate_picking(self.return_picking(shipped[1], 3))
        self.assertLedger(transfer)
        self.assertEqual(self.get_by_shipment(), {2: 6, 5: 1})

    def test_only_between_stores(self):
        """What a vendor brings, and what is sent to one, is in nobody's transit."""
        receipt = self.make_transfer(
            user=self.shop_staff, kind="receipt", source_store_id=False
        )
        self.submit(receipt, self.shop_staff)
        dispatch = self.make_transfer(kind="dispatch", destination_store_id=False)
        self.submit(dispatch)
        self.ship(dispatch)
        self.assertFalse(self.get_rows())

    def test_goods_of_no_transfer(self):
        """They stand in transit, so they are in the report; head office only."""
        self.make_shipped_transfer()
        for product, quantity in ((self.tea, 4), (self.lamp, 2)):
            self.env["stock.quant"]._update_available_quantity(
                product, self.transit, quantity
            )
        self.assertEqual(
            self.get_goods("product_id", "direction", "quantity", "value"),
            [
                ("Oolong Tea", "none", 4, 120),
                ("Oolong Tea", "to_destination", 10, 300),
                ("Paper Lamp", "none", 2, 0),
            ],
        )
        self.assertEqual(len(self.get_rows(self.ec_staff)), 1)
        lamps = self.get_rows(domain=[("product_id", "=", self.lamp.id)])
        with self.assertRefused("Paper Lamp.*belong to no transfer"):
            lamps.action_open()

    def test_a_row_opens_its_transfer(self):
        transfer = self.make_shipped_transfer()
        action = self.get_rows(self.ec_staff).action_open()
        self.assertEqual(action["res_model"], "store.transfer")
        self.assertEqual(action["res_id"], transfer.id)

    def test_who_sees_what(self):
        north = self.make_shipped_transfer()
        south = self.make_transfer(destination_store_id=self.shop_south.id)
        self.submit(south)
        self.approve(south, self.head_office)
        self.ship(south)
        for user, transfers in (
            (self.ec_staff, north | south),
            (self.ec_approver, north | south),
            (self.shop_staff, north),
            (self.shop_approver, north),
            (self.south_staff, south),
            (self.head_office, north | south),
        ):
            with self.subTest(user.login):
                self.assertEqual(self.get_rows(user).transfer_id, transfers)
        with self.assertRaises(AccessError):
            self.get_rows(self.inventory_user)

    def test_who_counts_blind(self):
        self.shop.transfer_blind_count = True
        transfer = self.make_shipped_transfer()
        self.assertFalse(self.get_rows(self.shop_staff))
        for user in (self.ec_staff, self.shop_approver, self.head_office):
            self.assertEqual(self.get_rows(user).transfer_id, transfer, user.login)
        row = self.get_rows().with_user(self.shop_staff)
        with self.assertRaises(AccessError):
            row.check_access("read")

    def test_companies_are_kept_apart(self):
        self.make_shipped_transfer()
        other = self.env["res.company"].create({"name": "Other Goods"})
        stranger = self._create_user("stranger", "group_head_office", company=other)
        self.assertFalse(self.get_rows(stranger))

    def test_one_query_however_much_there_is(self):
        self.make_shipped_transfer()
        rows = self.get_rows()
        for _more in range(2):
            rows.invalidate_model()
            with self.assertQueryCount(1):
                rows._read_group([], ["lane", "age_group"], ["quantity:sum"])
            self.make_two_shipments()


@tagged("post_install", "-at_install")
class TestInTransitOfOwners(InTransitRows, OwnersCase):
    def test_consigned_goods_are_worth_nothing_to_the_company(self):
        self.bowl.with_company(self.company).standard_price = 100
        self._add_stock(self.ec, self.bowl, 3)
        self.make_shipped_transfer({self.bowl: 13})
        self.assertEqual(
            self.get_goods("owner_id", "quantity", "value"),
            [("", 3, 300), ("Yingge Potter", 10, 0)],
        )
