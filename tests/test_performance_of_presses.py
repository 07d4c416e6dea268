from odoo.tests import tagged

from .common_performance import PerformanceCase


@tagged("post_install", "-at_install")
class TestPerformanceOfPresses(PerformanceCase):
    """What people do all day costs the same per line in a large transfer."""

    def live(self, number_of_lines):
        transfer = self.make_draft(number_of_lines)
        self.live_as_draft(transfer)
        self.measure("submit", transfer, transfer.action_submit)
        self.live_while_waiting(transfer)
        approver = transfer.with_user(self.shop_approver)
        self.measure("approve", transfer, approver.action_approve)
        self.live_until_shipped(transfer)
        self.live_until_counted(transfer)
        self.live_until_settled(transfer)

    def live_as_draft(self, draft):
        form = self.measure("open_a_draft", draft, lambda: self.open_form(draft))
        self.measure(
            "type_a_quantity_into_a_draft",
            draft,
            lambda: self.type_quantity(form, 200),
        )
        with self.taken_back():
            self.measure("save_a_draft", draft, form.save)
        with self.taken_back():
            values = [{"quantity": 5 + number} for number in range(len(draft.line_ids))]
            self.save_lines("save_every_line_of_a_draft", draft, draft, values)

    def save_lines(self, name, transfer, record, changes):
        """Measure saving ``changes`` of each line, as the browser sends them."""
        commands = [
            (1, line.id, change)
            for line, change in zip(record.line_ids, changes, strict=True)
        ]
        self.measure(
            name, transfer, lambda: record.web_save({"line_ids": commands}, {})
        )

    def live_while_waiting(self, waiting):
        self.measure(
            "open_what_waits",
            waiting,
            lambda: self.open_form(waiting, self.shop_approver),
        )
        form = self.measure(
            "open_the_question_of_approving",
            waiting,
            lambda: self.open_question(
                waiting, self.shop_approver, "action_open_approve"
            ),
        )
        self.measure(
            "type_what_is_approved", waiting, lambda: self.type_quantity(form, 1)
        )
        form.reason_id = self.env.ref("store_transfer.reason_no_space")
        with self.taken_back():
            self.measure("approve_less", waiting, lambda: form.save().action_approve())

    def live_until_shipped(self, transfer):
        form = self.measure(
            "open_the_question_of_shipping",
            transfer,
            lambda: self.open_question(transfer, self.ec_staff, "action_open_ship"),
        )
        self.measure(
            "type_what_is_shipped", transfer, lambda: self.type_quantity(form, 1)
        )
        with self.taken_back():
            self.measure("ship", transfer, lambda: form.save().action_ship())
        self.ship(transfer)

    def live_until_counted(self, transfer):
        with self.taken_back():
            self.shop.transfer_blind_count = True
            self.save_count(
                "save_lines_that_are_counted_blind",
                transfer,
                self.start_count(transfer),
            )
        count = self.start_count(transfer)
        self.measure("open_a_count", transfer, lambda: self.open_form(count))
        with self.taken_back():
            self.save_count("save_counted_lines", transfer, count)
        with self.taken_back():
            self.measure("everything_came", transfer, count.action_everything_came)
        with self.taken_back():
            self.scan_every_product(transfer, count)
        with self.taken_back():
            count.line_ids.counted_quantity = 10
            self.measure("submit_a_count", transfer, count.action_submit)
        count.line_ids.counted_quantity = 7
        count.action_submit()

    def save_count(self, name, transfer, count):
        values = [
            {"counted_quantity": number % 10} for number in range(len(count.line_ids))
        ]
        self.save_lines(name, transfer, count, values)

    def scan_every_product(self, transfer, count):
        events = [
            {
                "uuid": f"{count.id:08}{number:08}",
                "kind": "scan",
                "barcode": line.default_code,
            }
            for number, line in enumerate(count.line_ids)
        ]
        self.measure(
            "scan_every_product_once", transfer, lambda: count.record_scans(events)
        )

    def live_until_settled(self, transfer):
        form = self.measure(
            "open_the_question_of_settling",
            transfer,
            lambda: self.open_question(
                transfer, self.shop_approver, "action_open_settle"
            ),
        )
        self.measure(
            "choose_what_became_of_all_that_is_short",
            transfer,
            lambda: setattr(form, "outcome", "lost"),
        )

    def test_open_a_draft(self):
        self.assertCostPerLine("open_a_draft", 0.1)

    def test_open_what_waits(self):
        self.assertCostPerLine("open_what_waits", 0.1)

    def test_type_a_quantity_into_a_draft(self):
        self.assertCostPerLine("type_a_quantity_into_a_draft", 0.1)

    def test_save_a_draft(self):
        self.assertCostPerLine("save_a_draft", 0.1)

    def test_save_every_line_of_a_draft(self):
        # Each line that is written on locks its transfer, and asks where it stands.
        self.assertCostPerLine("save_every_line_of_a_draft", 2)

    def test_submit(self):
        self.assertCostPerLine("submit", 0.1)

    def test_approve(self):
        self.assertCostPerLine("approve", 2)

    def test_open_the_question_of_shipping(self):
        self.assertCostPerLine("open_the_question_of_shipping", 0.1)

    def test_type_what_is_shipped(self):
        self.assertCostPerLine("type_what_is_shipped", 0.1)

    def test_ship(self):
        self.assertCostPerLine("ship", 2)

    def test_open_the_question_of_approving(self):
        self.assertCostPerLine("open_the_question_of_approving", 0.1)

    def test_type_what_is_approved(self):
        self.assertCostPerLine("type_what_is_approved", 0.1)

    def test_approve_less(self):
        self.assertCostPerLine("approve_less", 2)

    def test_open_the_question_of_settling(self):
        self.assertCostPerLine("open_the_question_of_settling", 0.1)

    def test_choose_what_became_of_all_that_is_short(self):
        self.assertCostPerLine("choose_what_became_of_all_that_is_short", 0.1)

    def test_open_a_count(self):
        self.assertCostPerLine("open_a_count", 0.1)

    def test_save_counted_lines(self):
        self.assertCostPerLine("save_counted_lines", 0.1)

    def test_save_lines_that_are_counted_blind(self):
        self.assertCostPerLine("save_lines_that_are_counted_blind", 0.1)

    def test_everything_came(self):
        self.assertCostPerLine("everything_came", 0.1)

    def test_scan_every_product_once(self):
        # Each barcode is looked up by itself.
        self.assertCostPerLine("scan_every_product_once", 6)

    def test_submit_a_count(self):
        self.assertCostPerLine("submit_a_count", 2)


@tagged("post_install", "-at_install")
class TestPerformanceOfReceipts(PerformanceCase):
    """What a vendor brings to the shop."""

    def live(self, number_of_lines):
        products = self._create_many_products("P", number_of_lines)
        receipt = self.make_transfer(
            user=self.shop_staff,
            lines={product: 10 for product in products},
            kind="receipt",
            remark="Tea farm",
        )
        self.measure("submit", receipt, receipt.action_submit)
        count = self.start_count(receipt)
        count.line_ids.counted_quantity = 7
        self.measure("submit_the_count", receipt, count.action_submit)

    def test_submit(self):
        self.assertCostPerLine("submit", 2)

    def test_submit_the_count(self):
        self.assertCostPerLine("submit_the_count", 3)
