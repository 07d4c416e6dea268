from odoo.tests import tagged

from .common_cartons import CartonCase


@tagged("post_install", "-at_install")
class TestCartonsOpened(CartonCase):
    """Where cartons are opened, a scan says that one is here, and no more."""

    def test_by_the_rule_of_the_company(self):
        self.company.transfer_carton_policy = "open"
        self.check_is_opened()

    def test_by_the_rule_of_the_store(self):
        self.shop.with_user(self.head_office).transfer_carton_policy = "open"
        self.check_is_opened()

    def check_is_opened(self):
        transfer, cartons = self.make_packed_transfer({self.tea: 6}, {self.mug: 2})
        count = self.start(transfer)
        [result] = self.scan(count, cartons[0].name)
        self.assertEqual(result["status"], "counted")
        self.assertIn("Open it, and count what is in it", result["message"])
        line = self.get_line(count, self.tea)
        self.assertEqual(line.counted_quantity, 0)
        screen = count.get_screen()
        self.assertFalse(screen["policies"]["trusts_cartons"])
        self.assertEqual(screen["cartons"][0]["parts"], [[line.id, 6]])
        self.assertIn(cartons[1].name, count.get_review()["missing_cartons"])
        self.send(count, {"kind": "set", "line_id": line.id, "quantity": 6})
        count.action_submit()
        self.assertLedger(transfer)
        self.assertEqual(self.get_places(cartons), ["internal", "transit"])

    def test_a_store_trusts_though_the_company_does_not(self):
        self.company.transfer_carton_policy = "open"
        self.shop.with_user(self.head_office).transfer_carton_policy = "trust"
        transfer, cartons = self.make_packed_transfer({self.tea: 6})
        count = self.start(transfer)
        self.scan(count, cartons.name)
        self.assertEqual(self.get_line(count, self.tea).counted_quantity, 6)

    def test_who_counts_blind_learns_nothing(self):
        self.shop.transfer_blind_count = True
        transfer, cartons = self.make_packed_transfer({self.tea: 6}, {self.mug: 2})
        count = self.start(transfer)
        screen = count.get_screen()
        self.assertEqual([each["parts"] for each in screen["cartons"]], [[], []])
        answer = count.record_scans(
            [{"uuid": "c" * 8, "kind": "scan", "barcode": cartons[0].name}]
        )
        self.assertNotIn("6", answer["results"]["c" * 8]["message"].split(")")[1])
        self.assertNotIn("quantity", str(answer["cartons_here"]))
        self.assertEqual(self.get_line(count, self.tea).counted_quantity, 0)

    def test_who_counts_blind_is_told_of_each_carton_that_was_not_scanned(self):
        self.shop.transfer_blind_count = True
        transfer, cartons = self.make_packed_transfer({self.tea: 1}, {self.mug: 2})
        count = self.start(transfer)
        self.scan(count, cartons[1].name, "TEA-001")
        self.assertEqual(
            count.get_review()["missing_cartons"], f"{cartons[0].name} (1 of 2)"
        )

    def test_undo(self):
        self.company.transfer_carton_policy = "open"
        transfer, cartons = self.make_packed_transfer({self.tea: 6})
        count = self.start(transfer)
        self.send(count, {"uuid": "1" * 8, "kind": "scan", "barcode": cartons.name})
        self.send(count, {"kind": "undo", "undoes": "1" * 8})
        self.assertFalse(count.get_changes(False)["cartons_here"])
