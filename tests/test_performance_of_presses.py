from odoo.tests import Form, tagged

from .common_performance import PerformanceCase


@tagged("post_install", "-at_install")
class TestPerformanceOfPresses(PerformanceCase):
    """What people do all day costs the same per line in a large transfer."""

    def test_open_a_draft(self):
        def prepare(number_of_lines):
            draft = self.make_draft(number_of_lines)
            return lambda: self.open_form(draft)

        self.assertCostPerLine(prepare, 0.1)

    def test_open_what_waits(self):
        def prepare(number_of_lines):
            waiting = self.make_waiting(number_of_lines)
            return lambda: self.open_form(waiting, self.shop_approver)

        self.assertCostPerLine(prepare, 0.1)

    def test_type_a_quantity_into_a_draft(self):
        def prepare(number_of_lines):
            form = self.open_form(self.make_draft(number_of_lines))

            def type_quantity():
                with form.line_ids.edit(0) as line:
                    line.quantity = 200

            return type_quantity

        self.assertCostPerLine(prepare, 0.1)

    def test_save_a_draft(self):
        def prepare(number_of_lines):
            form = self.open_form(self.make_draft(number_of_lines))
            with form.line_ids.edit(0) as line:
                line.quantity = 200
            return form.save

        self.assertCostPerLine(prepare, 0.1)

    def test_save_every_line_of_a_draft(self):
        def prepare(number_of_lines):
            draft = self.make_draft(number_of_lines)
            commands = [
                (1, line.id, {"quantity": 5 + number})
                for number, line in enumerate(draft.line_ids)
            ]
            return lambda: draft.web_save({"line_ids": commands}, {})

        # Each line that is written on locks its transfer, and asks where it stands.
        self.assertCostPerLine(prepare, 2)

    def test_submit(self):
        def prepare(number_of_lines):
            return self.make_draft(number_of_lines).action_submit

        self.assertCostPerLine(prepare, 0.1)

    def test_approve(self):
        def prepare(number_of_lines):
            waiting = self.make_waiting(number_of_lines)
            return waiting.with_user(self.shop_approver).action_approve

        self.assertCostPerLine(prepare, 2)

    def open_question(self, transfer, user, step):
        action = getattr(transfer.with_user(user), step)()
        return Form.from_action(transfer.with_user(user).env, action)

    def prepare_opening(self, make, user, step):
        def prepare(number_of_lines):
            transfer = make(number_of_lines)
            return lambda: self.open_question(transfer, user, step)

        return prepare

    def prepare_typing(self, make, user, step):
        def prepare(number_of_lines):
            form = self.open_question(make(number_of_lines), user, step)

            def type_quantity():
                with form.line_ids.edit(0) as line:
                    line.quantity = 1

            return type_quantity

        return prepare

    def prepare_answering(self, make, user, step, answer, **values):
        def prepare(number_of_lines):
            form = self.open_question(make(number_of_lines), user, step)
            with form.line_ids.edit(0) as line:
                line.quantity = 1
            for name, value in values.items():
                form[name] = value
            return lambda: getattr(form.save(), answer)()

        return prepare

    def test_open_the_question_of_shipping(self):
        self.assertCostPerLine(
            self.prepare_opening(self.make_approved, self.ec_staff, "action_open_ship"),
            0.1,
        )

    def test_type_what_is_shipped(self):
        self.assertCostPerLine(
            self.prepare_typing(self.make_approved, self.ec_staff, "action_open_ship"),
            0.1,
        )

    def test_ship(self):
        self.assertCostPerLine(
            self.prepare_answering(
                self.make_approved, self.ec_staff, "action_open_ship", "action_ship"
            ),
            2,
        )

    def test_open_the_question_of_approving(self):
        self.assertCostPerLine(
            self.prepare_opening(
                self.make_waiting, self.shop_approver, "action_open_approve"
            ),
            0.1,
        )

    def test_type_what_is_approved(self):
        self.assertCostPerLine(
            self.prepare_typing(
                self.make_waiting, self.shop_approver, "action_open_approve"
            ),
            0.1,
        )

    def test_approve_less(self):
        self.assertCostPerLine(
            self.prepare_answering(
                self.make_waiting,
                self.shop_approver,
                "action_open_approve",
                "action_approve",
                reason_id=self.env.ref("store_transfer.reason_no_space"),
            ),
            2,
        )

    def test_open_the_question_of_settling(self):
        self.assertCostPerLine(
            self.prepare_opening(
                self.make_short, self.shop_approver, "action_open_settle"
            ),
            0.1,
        )

    def test_choose_what_became_of_all_that_is_short(self):
        def prepare(number_of_lines):
            form = self.open_question(
                self.make_short(number_of_lines),
                self.shop_approver,
                "action_open_settle",
            )

            def choose():
                form.outcome = "lost"

            return choose

        self.assertCostPerLine(prepare, 0.1)

    def test_open_a_count(self):
        def prepare(number_of_lines):
            count = self.make_count(number_of_lines)
            return lambda: self.open_form(count)

        self.assertCostPerLine(prepare, 0.1)

    def prepare_save(self, number_of_lines):
        count = self.make_count(number_of_lines)
        commands = [
            (1, line.id, {"counted_quantity": number % 10})
            for number, line in enumerate(count.line_ids)
        ]
        return lambda: count.web_save({"line_ids": commands}, {})

    def test_save_counted_lines(self):
        self.assertCostPerLine(self.prepare_save, 0.1)

    def test_save_lines_that_are_counted_blind(self):
        self.shop.transfer_blind_count = True
        self.assertCostPerLine(self.prepare_save, 0.1)

    def test_everything_came(self):
        def prepare(number_of_lines):
            return self.make_count(number_of_lines).action_everything_came

        self.assertCostPerLine(prepare, 0.1)

    def test_scan_every_product_once(self):
        def prepare(number_of_lines):
            count = self.make_count(number_of_lines)
            events = [
                {
                    "uuid": f"{count.id:08}{number:08}",
                    "kind": "scan",
                    "barcode": line.default_code,
                }
                for number, line in enumerate(count.line_ids)
            ]
            return lambda: count.record_scans(events)

        # Each barcode is looked up by itself.
        self.assertCostPerLine(prepare, 6)

    def test_submit_a_count(self):
        def prepare(number_of_lines):
            count = self.make_count(number_of_lines)
            count.line_ids.counted_quantity = 10
            return count.action_submit

        self.assertCostPerLine(prepare, 2)

    def test_submit_a_receipt(self):
        def prepare(number_of_lines):
            return self.make_receipt(number_of_lines).action_submit

        self.assertCostPerLine(prepare, 2)

    def test_submit_the_count_of_a_receipt(self):
        def prepare(number_of_lines):
            receipt = self.make_receipt(number_of_lines)
            self.submit(receipt, self.shop_staff)
            count = self.start_count(receipt)
            count.line_ids.counted_quantity = 7
            return count.action_submit

        self.assertCostPerLine(prepare, 3)
