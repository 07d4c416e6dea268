from datetime import timedelta

from odoo import fields
from odoo.tests import tagged

from .common_api import ApiCase


@tagged("post_install", "-at_install")
class TestApi(ApiCase):
    """Another system does what people do in the back office, with their rights."""

    def test_an_order_from_its_creation_to_its_count(self):
        [answer] = self.call(
            self.ec_staff, "create_transfers", orders=[self.make_order()]
        )
        number = answer["transfer"]["number"]
        self.assertEqual((answer["key"], answer["created"]), ("A-1", True))
        self.assertEqual(answer["transfer"]["state"], "waiting")
        transfer = self.find_transfer(answer["transfer"])
        self.assertEqual(transfer.create_uid, self.ec_staff)
        shape = self.call(self.shop_approver, "approve", transfer=number, key="K-1")
        self.assertEqual(shape["state"], "approved")
        self.assertEqual(transfer.approval_user_id, self.shop_approver)
        shape = self.call(self.ec_staff, "ship", transfer=number, key="K-2")
        self.assertEqual(shape["state"], "in_transit")
        self.assertLedger(transfer)
        shape = self.call(
            self.shop_staff,
            "receive",
            transfer=transfer.id,
            key="K-3",
            lines=[{"sku": "TEA-001", "good": 8, "damaged": 2}],
        )
        self.assertLedger(transfer)
        self.assertEqual(shape["state"], "done")
        [line] = shape["lines"]
        self.assertEqual((line["received"], line["damaged"]), (8, 2))
        self.assertEqual(self.get_stock(self.shop, self.tea), 8)
        self.assertEqual(transfer.count_ids.user_id, self.shop_staff)
        events = self.env["store.transfer.event"].search(
            [("transfer_id", "=", transfer.id)]
        )
        self.assertEqual(set(events.mapped("origin")), {"api"})

    def test_what_an_order_can_say(self):
        day = fields.Date.today() + timedelta(days=9)
        dozen = self.env["uom.uom"].create(
            {
                "name": "Box of 12",
                "relative_factor": 12,
                "relative_uom_id": self.tea.uom_id.id,
            }
        )
        self.tea.uom_ids = dozen
        [answer] = self.call(
            self.ec_staff,
            "create_transfers",
            orders=[
                self.make_order(
                    company=self.company.name,
                    expected_date=day.isoformat(),
                    urgent=True,
                    remark="Winter",
                    submit=False,
                    lines=[
                        {
                            "sku": "TEA-001",
                            "quantity": 2,
                            "unit": "Box of 12",
                            "customer_name": "Ms. Lin",
                            "customer_phone": "0912",
                        },
                        {"sku": "MUG-001", "quantity": 3, "remark": "Blue ones"},
                    ],
                )
            ],
        )
        shape = answer["transfer"]
        self.assertEqual(shape["state"], "draft")
        self.assertEqual(shape["version"], 1)
        self.assertEqual((shape["source"], shape["destination"]), ("EC", "SHN"))
        self.assertEqual(shape["expected_date"], day.isoformat())
        self.assertEqual((shape["urgent"], shape["remark"]), (True, "Winter"))
        self.assertEqual([line["asked"] for line in shape["lines"]], [24, 3])
        self.assertEqual(shape["lines"][1]["remark"], "Blue ones")
        line = self.find_transfer(shape).line_ids[0]
        self.assertEqual((line.customer_name, line.customer_phone), ("Ms. Lin", "0912"))

    def test_third_parties(self):
        self.env["res.partner"].create(
            {"name": "Tea Farm", "ref": "V-77", "company_id": self.company.id}
        )
        transfer = self.create_order(
            self.shop_staff, kind="receipt", source=None, third_party="V-77"
        )
        self.assertEqual(transfer.partner_id.name, "Tea Farm")
        self.assertEqual(transfer.state, "approved")
        shape = self.call(
            self.shop_staff,
            "receive",
            transfer=transfer.name,
            key="K-1",
            lines=[{"sku": "TEA-001", "good": 10}],
        )
        self.assertEqual(shape["state"], "done")
        self.assertEqual(shape["third_party"], "Tea Farm")
        self.assertLedger(transfer)

    def test_a_shop_asks_for_goods(self):
        transfer = self.create_order(self.shop_staff, initiator="destination")
        self.assertEqual(
            (transfer.initiator, transfer.state), ("destination", "waiting")
        )

    def test_less_is_approved(self):
        transfer = self.create_order(
            lines=[
                {"sku": "TEA-001", "quantity": 10},
                {"sku": "MUG-001", "quantity": 4},
            ]
        )
        shape = self.call(
            self.shop_approver,
            "approve",
            transfer=transfer.name,
            key="K-1",
            lines=[{"sku": "TEA-001", "quantity": 6}],
            reason="Enough stock already",
            note="Until Monday",
        )
        self.assertEqual([line["approved"] for line in shape["lines"]], [6, 4])
        self.assertEqual(
            transfer.line_ids[0].not_approved_reason_id,
            self.env.ref("store_transfer.reason_enough_stock"),
        )
        self.assertLedger(transfer)

    def test_an_sku_on_two_lines_is_approved_in_their_order(self):
        transfer = self.create_order(
            lines=[
                {"sku": "TEA-001", "quantity": 10},
                {"sku": "TEA-001", "quantity": 4},
            ]
        )
        shape = self.call(
            self.shop_approver,
            "approve",
            transfer=transfer.name,
            key="K-1",
            lines=[{"sku": "TEA-001", "quantity": 11}],
            reason="reason_no_space",
        )
        self.assertEqual([line["approved"] for line in shape["lines"]], [10, 1])

    def test_a_transfer_is_rejected(self):
        transfer = self.create_order()
        shape = self.reject_by_system(
            self.shop_approver, transfer, "store_transfer.reason_no_space"
        )
        self.assertEqual(shape["state"], "rejected")
        self.assertEqual(
            transfer.reason_id, self.env.ref("store_transfer.reason_no_space")
        )

    def test_a_reason_that_there_is_none_of(self):
        """Named are those that would be accepted: none of vendors, or of others."""
        other = self.env["res.company"].create({"name": "Other Goods"})
        self.env["store.transfer.reason"].create(
            {"name": "Fair was moved", "usage": "close", "company_id": other.id}
        )
        self.ec_approver.company_ids += other
        transfer = self.create_order()
        self.approve(transfer)
        content = {"transfer": transfer.name, "key": "K-1", "rest": "close"}
        lines = [{"sku": "TEA-001", "quantity": 4}]
        self.assertAnswered(
            422,
            "no such reason: Nonsense. There are: Out of stock, Not found on the "
            "shelf, Damaged before shipping, No longer needed, Replaced by another "
            "product.$",
            self.ec_approver,
            "ship",
            {**content, "lines": lines, "reason": "Nonsense"},
        )
        for vendors in ("The vendor will not deliver it", "reason_vendor_short"):
            self.assertAnswered(
                422,
                "is for what a third party delivers. Choose another reason",
                self.ec_approver,
                "ship",
                {**content, "lines": lines, "reason": vendors},
            )
        self.assertEqual(transfer.state, "approved")
        self.assertLedger(transfer)

    def test_a_reason_that_two_companies_have(self):
        """It is the one of the transfer's company."""
        reasons = self.env["store.transfer.reason"]
        for sequence, company in enumerate(
            (self.env["res.company"].create({"name": "Other Goods"}), self.company)
        ):
            self.shop_approver.company_ids += company
            reason = reasons.create(
                {
                    "name": "Fair was moved",
                    "usage": "reject",
                    "company_id": company.id,
                    "sequence": sequence,
                }
            )
        transfer = self.create_order()
        self.reject_by_system(self.shop_approver, transfer, "Fair was moved")
        self.assertEqual(transfer.reason_id, reason)

    def test_steps_that_ask_nothing(self):
        transfer = self.create_order(submit=False)
        states = []
        for number, step in enumerate(("submit", "withdraw", "submit", "cancel")):
            shape = self.call(
                self.ec_staff,
                "do_step",
                transfer=transfer.name,
                step=step,
                key=f"K-{number}",
            )
            states.append(shape["state"])
        self.assertEqual(states, ["waiting", "draft", "waiting", "cancelled"])

    def test_the_arrival_is_confirmed(self):
        transfer = self.make_shipped_transfer()
        shape = self.call(
            self.shop_staff,
            "do_step",
            transfer=transfer.name,
            step="confirm_arrival",
            key="K-1",
        )
        self.assertEqual(shape["state"], "arrived")
        self.assertRegex(shape["dates"]["arrived"], r"^\d{4}-\d\d-\d\dT[\d:]{8}Z$")

    def test_some_is_shipped_and_the_rest_closed(self):
        transfer = self.create_order()
        self.approve(transfer)
        shape = self.call(
            self.ec_staff,
            "ship",
            transfer=transfer.name,
            key="K-1",
            lines=[{"sku": "TEA-001", "quantity": 4}],
        )
        [line] = shape["lines"]
        self.assertEqual((line["shipped"], line["to_ship"]), (4, 6))
        shape = self.call(
            self.ec_approver,
            "ship",
            transfer=transfer.name,
            key="K-2",
            lines=[{"sku": "TEA-001", "quantity": 1}],
            rest="close",
            reason="Out of stock",
        )
        [line] = shape["lines"]
        self.assertEqual((line["shipped"], line["to_ship"], line["closed"]), (5, 0, 5))
        self.assertLedger(transfer)

    def test_what_did_not_come_stays_expected(self):
        transfer = self.make_shipped_transfer(lines={self.tea: 10, self.mug: 2})
        shape = self.call(
            self.shop_staff,
            "receive",
            transfer=transfer.name,
            key="K-1",
            lines=[{"sku": "TEA-001", "good": 7, "remark": "One box was open"}],
        )
        self.assertEqual(shape["state"], "partial")
        self.assertEqual([line["received"] for line in shape["lines"]], [7, 0])
        self.assertEqual([line["short"] for line in shape["lines"]], [3, 2])
        rows = transfer.sudo().count_ids.line_ids
        self.assertEqual(rows.mapped("is_counted"), [True, True])
        self.assertEqual(rows[0].remark, "One box was open")
        self.assertLedger(transfer)

    def test_everything_came(self):
        transfer = self.make_shipped_transfer(lines={self.tea: 10, self.mug: 2})
        shape = self.call(self.shop_staff, "receive", transfer=transfer.name, key="K-1")
        self.assertEqual(shape["state"], "done")
        self.assertLedger(transfer)

    def test_transfers_are_read_by_number_and_by_key(self):
        transfer = self.create_order(key="A-7")
        [shape] = self.call(self.shop_staff, "get_transfers", transfers=[transfer.name])
        self.assertEqual(shape["id"], transfer.id)
        found = self.call(self.ec_staff, "get_transfers_by_key", keys=["A-7", "A-8"])
        self.assertEqual(found, {"A-7": shape})
        found = self.call(self.shop_staff, "get_transfers_by_key", keys=["A-7"])
        self.assertEqual(found, {})
