from odoo.tests import tagged

from .common_api import ApiCase


@tagged("post_install", "-at_install")
class TestApiUnused(ApiCase):
    """What is sent, and would not be used, is refused: who sent it meant something."""

    def assertRefusedOver(self, method, message, user=None, **content):
        self.assertAnswered(422, message, user or self.shop_approver, method, content)

    def make_waiting(self, **values):
        transfer = self.make_transfer(**values)
        self.submit(transfer)
        return transfer

    def test_a_lot_of_goods_that_have_none(self):
        transfer = self.make_shipped_transfer()
        self.assertRefusedOver(
            "receive",
            "line 1: .*Oolong Tea has no lots or serial numbers",
            transfer=transfer.name,
            key="K-1",
            lines=[{"sku": "TEA-001", "good": 10, "lot": "L-1"}],
        )
        self.assertEqual(transfer.state, "in_transit")
        approved = self.make_waiting()
        self.approve(approved)
        self.assertRefusedOver(
            "ship",
            "line 1: .*Oolong Tea has no lots or serial numbers",
            user=self.ec_staff,
            transfer=approved.name,
            key="K-2",
            lines=[{"sku": "TEA-001", "quantity": 1, "lot": "L-1"}],
        )
        self.assertEqual(approved.state, "approved")

    def test_a_reason_of_what_is_approved_as_asked(self):
        for number, (lines, why) in enumerate(
            (
                (None, {"reason": "No space"}),
                (None, {"reason": "Nonsense"}),
                (None, {"note": "Full"}),
                ([{"sku": "TEA-001", "quantity": 10}], {"reason": "No space"}),
            )
        ):
            transfer = self.make_waiting()
            content = {"lines": lines} if lines else {}
            with self.subTest(number):
                self.assertRefusedOver(
                    "approve",
                    "reason and note say why less is approved",
                    transfer=transfer.name,
                    key=f"K-{number}",
                    **content,
                    **why,
                )
                self.assertEqual(transfer.state, "waiting")

    def test_a_reason_of_a_rest_that_is_kept(self):
        transfer = self.make_waiting()
        self.approve(transfer)
        for number, why in enumerate(
            ({"reason": "Sold out"}, {"note": "Later", "rest": "keep"})
        ):
            self.assertRefusedOver(
                "ship",
                "reason and note say why the rest is closed",
                user=self.ec_staff,
                transfer=transfer.name,
                key=f"K-{number}",
                **why,
            )
        self.assertEqual(transfer.state, "approved")

    def test_a_line_that_is_named_by_two_that_differ(self):
        transfer = self.make_waiting(lines={self.tea: 10, self.mug: 5})
        line = transfer.line_ids[0]
        self.assertRefusedOver(
            "approve",
            "line 1: .* is not on this transfer",
            transfer=transfer.name,
            key="K-1",
            lines=[{"line": line.id, "sku": "MUG-001", "quantity": 1}],
            reason="No space",
        )

    def test_a_store_that_there_is_none_of(self):
        self.assertRefusedOver(
            "get_changes",
            "NOWHERE",
            stores=["SHN", "NOWHERE"],
        )

    def test_a_store_or_third_party_that_the_kind_has_none_of(self):
        vendor = self.env["res.partner"].create({"name": "Mill", "ref": "MILL"})
        self.assertTrue(vendor)
        for number, values in enumerate(
            (
                {"third_party": "MILL"},
                {"kind": "receipt", "third_party": "MILL"},
                {"kind": "dispatch", "third_party": "MILL"},
                {"kind": "dispatch", "destination": "", "initiator": "destination"},
            )
        ):
            with self.subTest(number):
                self.assertRefusedOver(
                    "create_transfers",
                    "Order",
                    user=self.head_office,
                    orders=[self.make_order(key=f"K-{number}", **values)],
                )

    def test_the_phone_of_nobody(self):
        line = {"sku": "TEA-001", "quantity": 1, "customer_phone": "0912"}
        self.assertRefusedOver(
            "create_transfers",
            "line 1: customer_name is missing",
            user=self.ec_staff,
            orders=[self.make_order(lines=[line])],
        )
