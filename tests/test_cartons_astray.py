from odoo.exceptions import AccessError
from odoo.tests import tagged

from ..tools.carton_codes import make_sscc
from .common_cartons import CartonCase


@tagged("post_install", "-at_install")
class TestCartonsAstray(CartonCase):
    """A carton that nobody expects here: what is said, and what can be done."""

    def scan_refused(self, count, code, message):
        [result] = self.scan(count, code)
        self.assertEqual(result["status"], "refused")
        self.assertRegex(result["message"], message)
        return result

    def test_of_another_transfer_to_the_same_store(self):
        other, cartons = self.make_packed_transfer({self.mug: 2})
        count = self.start(self.make_shipped_transfer())
        result = self.scan_refused(
            count, cartons.name, f"of {other.name}, from EC Warehouse. Count it there"
        )
        self.assertEqual(
            result["offer"],
            {"kind": "count", "transfer_id": other.id, "name": other.name},
        )

    def test_of_another_transfer_that_was_received(self):
        other, cartons = self.make_packed_transfer({self.mug: 2})
        self.receive_all(other)
        count = self.start(self.make_shipped_transfer())
        result = self.scan_refused(count, cartons.name, "It was received before")
        self.assertFalse(result["offer"])

    def test_for_another_store(self):
        other, cartons = self.make_packed_transfer(
            {self.mug: 2}, destination_store_id=self.shop_south.id
        )
        transfer = self.make_shipped_transfer()
        count = self.start(transfer)
        result = self.scan_refused(
            count, cartons.name, f"is for Shop South, with {other.name}. Put it aside"
        )
        self.assertEqual(result["offer"], {"kind": "tell"})
        event = {"uuid": "t" * 8, "kind": "astray", "barcode": cartons.name}
        for _time in range(2):
            answer = count.record_scans([event])
            self.assertEqual(answer["results"]["t" * 8]["status"], "counted")
        messages = self.env["mail.message"].search(
            [
                ("model", "=", other._name),
                ("res_id", "=", other.id),
                ("body", "ilike", "stands at Shop North"),
            ]
        )
        note = messages.filtered(lambda message: message.message_type == "notification")
        self.assertEqual(len(note), 1, "Said once")
        told = (messages - note).notified_partner_ids
        for user in (self.south_staff, self.ec_staff, self.head_office):
            self.assertIn(user.partner_id, told)
        self.assertNotIn(self.shop_staff.partner_id, told)

    def test_nobody_is_told_of_a_carton_that_is_right(self):
        transfer, cartons = self.make_packed_transfer({self.mug: 2})
        count = self.start(transfer)
        for code in (cartons.name, "NOBODY-KNOWS", "", None):
            [result] = self.send(count, {"kind": "astray", "barcode": code})
            self.assertEqual(result["status"], "refused")

    def test_nobody_knows_it(self):
        count = self.start(self.make_shipped_transfer())
        [result] = self.scan(count, f"00{make_sscc('4712345', 1)}")
        self.assertEqual(result["status"], "unknown")
        self.assertIn("Open it and scan what is in it", result["message"])

    def test_not_shipped_yet(self):
        transfer = self.make_transfer(lines={self.tea: 5, self.mug: 2})
        self.submit(transfer)
        self.approve(transfer)
        self.ship(transfer, {self.tea: 5, self.mug: 0})
        carton = transfer.sudo()._create_cartons()
        self.scan_refused(
            self.start(transfer), carton.name, "has not left EC Warehouse on record"
        )

    def test_received_before(self):
        transfer, cartons = self.make_packed_transfer({self.tea: 6}, {self.tea: 4})
        first = self.start(transfer)
        self.scan(first, cartons[0].name)
        first.action_submit()
        self.scan_refused(self.start(transfer), cartons[0].name, "was received before")

    def test_settled_meanwhile(self):
        transfer, cartons = self.make_packed_transfer({self.tea: 6})
        self.count(transfer, {self.tea: 0})
        self.settle_all(transfer, "lost")
        other = self.start(self.make_shipped_transfer())
        self.scan_refused(other, cartons.name, "not on its way any more")

    def test_the_one_of_another_company_is_unknown(self):
        company = self.env["res.company"].create({"name": "Elsewhere"})
        transfer, cartons = self.make_packed_transfer({self.tea: 6})
        packages = self.env["stock.package"]
        self.assertFalse(packages._find_cartons([cartons.name], company))
        self.assertTrue(packages._find_cartons([cartons.name], self.company))

    def test_nobody_makes_a_package_a_carton_by_hand(self):
        transfer = self.make_shipped_transfer()
        packages = self.env["stock.package"].with_user(self.inventory_user)
        with self.assertRefused("when it is packed for it", AccessError):
            packages.create({"name": "X", "transfer_id": transfer.id})
        with self.assertRefused("when it is packed for it", AccessError):
            packages.with_context(default_transfer_id=transfer.id).create({"name": "X"})
        with self.assertRefused("when it is packed for it", AccessError):
            packages.create({"name": "X"}).transfer_number = 3
