from odoo.exceptions import AccessError
from odoo.tests import tagged

from .common_scan import ScanCase


@tagged("post_install", "-at_install")
class TestBlindCount(ScanCase):
    """Who counts blind does not learn how much is expected, whatever they call."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.shop.transfer_blind_count = True

    def test_a_blind_count_hides_what_is_expected(self):
        transfer = self.make_shipped_transfer(lines={self.tea: 10})
        count = self.start(transfer)
        screen = count.get_screen()
        self.assertTrue(screen["policies"]["blind"])
        answer = count.record_scans(
            [{"uuid": "a" * 8, "kind": "scan", "barcode": "TEA-001"}],
            since=screen["now"],
        )
        for row in screen["rows"] + answer["rows"]:
            self.assertNotIn("expected", row)
        line = count.line_ids
        for call in (
            lambda: line.read(["expected_quantity"]),
            lambda: line.read(["difference_quantity"]),
            lambda: line.search([("expected_quantity", "=", 10)]),
            lambda: line._read_group([], [], ["expected_quantity:sum"]),
            lambda: line.search([], order="expected_quantity"),
            lambda: line.web_read({"expected_quantity": {}}),
        ):
            with self.assertRaises(AccessError):
                call()
        self.assertNotIn("expected_quantity", line.read()[0])
        self.assertFalse(count.read(["expected_quantity"])[0]["expected_quantity"])
        self.assertFalse(count.difference_line_ids)
        for step in (
            count.action_everything_came,
            transfer.with_user(self.shop_staff).action_receive_all,
        ):
            with self.assertRefused("in a blind count|is being counted"):
                step()
        [result] = self.send(count, {"kind": "all_came", "line_id": line.id})
        self.assertEqual(result["status"], "refused")

    def read_form(self, transfer):
        """Read what the form shows."""
        view = transfer.get_view(view_type="form")
        names = {name for name in view["models"]["store.transfer"] if name != "id"}
        lines = {"fields": {"product_id": {}, "shipped_quantity": {}}}
        specification = {name: {} for name in names} | {"line_ids": lines}
        self.env.invalidate_all()
        return transfer.web_read(specification)[0]

    def test_the_transfer_hides_the_rows_of_a_blind_count(self):
        transfer = self.make_shipped_transfer(lines={self.tea: 10})
        as_staff = transfer.with_user(self.shop_staff)
        shown = self.read_form(as_staff)
        self.assertTrue(shown["hides_lines"])
        self.assertTrue(shown["can_count"])
        self.assertTrue(shown["can_confirm_arrival"])
        with self.assertRefused("counts blind"):
            as_staff.action_download_details()
        for user in (self.shop_approver, self.head_office, self.ec_staff):
            shown = self.read_form(transfer.with_user(user))
            self.assertFalse(shown["hides_lines"], user.login)
        self.count(transfer, {self.tea: 10})
        self.assertFalse(self.read_form(as_staff)["hides_lines"])

    def test_approvers_see_what_is_expected(self):
        transfer = self.make_shipped_transfer(lines={self.tea: 10})
        for user in (self.shop_approver, self.head_office):
            screen = self.start(transfer, user).get_screen()
            self.assertEqual(screen["rows"][0]["expected"], 10)

    def test_a_blind_count_is_submitted(self):
        transfer = self.make_shipped_transfer(lines={self.tea: 2, self.mug: 2})
        count = self.start(transfer)
        self.scan(count, "TEA-001", "TEA-001", "MUG-001")
        review = count.get_review()
        self.assertFalse(review["rows"] or review["outcomes"])
        count.action_submit()
        self.assertLedger(transfer)
        self.assertEqual(transfer.received_quantity, 3)

    def test_a_refused_surplus_is_put_aside_without_a_word(self):
        """Counted again and again, a refusal would tell how much is expected."""
        self.shop.transfer_surplus_policy = "refuse"
        transfer = self.make_shipped_transfer(lines={self.tea: 2})
        count = self.start(transfer)
        self.scan(count, "TEA-001", "TEA-001", "TEA-001")
        review = count.get_review()
        self.assertFalse(review["rows"] or review["outcomes"])
        count.action_submit()
        self.assertLedger(transfer)
        self.assertEqual(transfer.received_quantity, 2)
        discrepancy = transfer.sudo().discrepancy_ids
        self.assertEqual(
            (
                discrepancy.kind,
                discrepancy.quantity,
                discrepancy.state,
                discrepancy.outcome,
            ),
            ("surplus", 1, "settled", "refused"),
        )

    def test_an_approver_is_told_that_the_store_takes_no_surplus(self):
        self.shop.transfer_surplus_policy = "refuse"
        transfer = self.make_shipped_transfer(lines={self.tea: 2})
        count = self.start(transfer, self.shop_approver)
        self.scan(count, "TEA-001", "TEA-001", "TEA-001")
        with self.assertRefused("Oolong Tea: 1 Unit more than expected"):
            count.action_submit()

    def get_secrets(self, transfer):
        """Return ways to ask how much is expected of a transfer of tea."""
        lines = self.env["store.transfer.line"].with_user(self.shop_staff)
        line = lines.browse(transfer.sudo().line_ids.ids)
        of_transfer = [("transfer_id", "=", transfer.id)]
        transfers = transfer.browse()
        count_lines = self.start(transfer).line_ids
        return {
            "count": lambda: count_lines.search(
                [("transfer_line_id.quantity", "=", 10)]
            ),
            "read": lambda: line.read(["quantity"]),
            "web_read": lambda: line.web_read({"quantity": {}}),
            "search_read": lambda: lines.search_read(of_transfer, ["quantity"]),
            "group": lambda: lines.formatted_read_group(
                of_transfer, ["product_id"], ["quantity:sum"]
            ),
            "of transfer": lambda: transfer.web_read(
                {"line_ids": {"fields": {"quantity": {}}}}
            )[0]["line_ids"],
            "by lines": lambda: transfer.search(
                [("line_ids.quantity", "=", 10), ("id", "=", transfer.id)]
            ),
            "onchange": lambda: transfer.onchange(
                {}, [], {"line_ids": {"fields": {"quantity": {}}}}
            )["value"].get("line_ids"),
            "export": lambda: any(
                transfer.export_data(["line_ids/quantity"])["datas"][0]
            ),
            "copy": lambda: transfer.copy_data()[0].get("line_ids"),
            "sum": lambda: transfer.read(["asked_quantity"]),
            "sum by unit": lambda: transfer.read(["asked_by_unit"]),
            "sum of all": lambda: transfers._read_group(
                [], [], ["shipped_quantity:sum"]
            ),
            "by sum": lambda: transfer.search([("in_transit_quantity", "=", 10)]),
            "sorted by sum": lambda: transfer.search([], order="to_ship_quantity"),
        }

    def test_nobody_who_counts_blind_can_ask_for_it(self):
        self.shop_staff.group_ids += self.env.ref("base.group_allow_export")
        transfer = self.make_shipped_transfer(lines={self.tea: 10})
        transfer = transfer.with_user(self.shop_staff)
        for way, ask in self.get_secrets(transfer).items():
            # Whatever others have asked for before.
            self.assertEqual(transfer.sudo().line_ids.quantity, 10)
            for invalidate in (False, True):
                if invalidate:
                    self.env.invalidate_all()
                with self.subTest(way, invalidate=invalidate):
                    try:
                        self.assertFalse(ask())
                    except AccessError:
                        continue

    def test_what_one_may_not_see_is_there_for_all_others(self):
        """What a rule hides from one is never missing in what is worked out for all."""
        transfer = self.make_shipped_transfer(lines={self.tea: 10})
        self.env.invalidate_all()
        self.assertFalse(transfer.with_user(self.shop_staff).line_ids)
        self.assertEqual(transfer.with_user(self.ec_staff).line_ids.quantity, 10)
        self.count(transfer, {self.tea: 4})
        self.assertEqual(transfer.state, "partial")
        self.assertEqual(transfer.received_quantity, 4)

    def test_before_it_is_approved(self):
        transfer = self.make_transfer(lines={self.tea: 10})
        self.submit(transfer)
        self.assertFalse(transfer.with_user(self.shop_staff).line_ids)
        self.assertTrue(transfer.with_user(self.shop_approver).line_ids)

    def test_what_they_ask_for_themselves(self):
        transfer = self.make_transfer(user=self.shop_staff, initiator="destination")
        self.submit(transfer, self.shop_staff)
        self.assertTrue(transfer.with_user(self.shop_staff).line_ids)
        self.approve(transfer, self.ec_approver)
        self.assertFalse(transfer.with_user(self.shop_staff).line_ids)

    def test_what_they_send_themselves(self):
        self.ec.transfer_blind_count = True
        transfer = self.make_transfer(lines={self.tea: 10})
        self.submit(transfer)
        self.approve(transfer)
        line = transfer.with_user(self.ec_staff).line_ids
        self.assertEqual(line.to_ship_quantity, 10)
        self.ship(transfer, {self.tea: 10})
        self.assertEqual(line.shipped_quantity, 10)

    def test_lists_leave_out_how_many_pieces_it_is(self):
        transfer = self.make_shipped_transfer()
        for user, is_shown in ((self.shop_staff, False), (self.shop_approver, True)):
            as_user = transfer.with_user(user)
            self.assertEqual("asked_quantity" in as_user.fields_get(), is_shown)
            for view_type in ("list", "kanban", "calendar"):
                with self.subTest(view_type, user=user.login):
                    shown = as_user.get_view(view_type=view_type)["models"]
                    shown = shown["store.transfer"]
                    self.assertEqual("asked_by_unit" in shown, is_shown)
                    self.assertIn("expected_date", shown)

    def test_what_is_short_is_not_told_to_who_counts_the_rest(self):
        transfer = self.make_shipped_transfer(lines={self.tea: 10})
        self.count(transfer, {self.tea: 6})
        discrepancies = self.env["store.transfer.discrepancy"].with_user(
            self.shop_staff
        )
        self.assertFalse(discrepancies.search([("transfer_id", "=", transfer.id)]))
        self.assertFalse(transfer.with_user(self.shop_staff).discrepancy_ids)
        self.assertFalse(transfer.with_user(self.shop_staff).number_of_discrepancies)
        discrepancy = transfer.with_user(self.shop_approver).discrepancy_ids
        self.assertEqual(discrepancy.quantity, 4)
        self.assertIn("4 Units", discrepancy.display_name)
        # An error of Odoo's names in debug mode what one may not read.
        blind = discrepancy.with_user(self.shop_staff).sudo()
        self.assertNotIn("4 Units", blind.display_name)
        messages = transfer.with_user(self.shop_staff).message_ids.mapped("body")
        self.assertTrue(any("counted: 6 Units in good" in body for body in messages))
        self.assertFalse(any("10" in body for body in messages))
        self.receive_all(transfer, self.shop_approver)
        self.assertTrue(discrepancies.search([("transfer_id", "=", transfer.id)]))

    def make_shipped_serials(self, number_of_bikes=2):
        bike = self._create_product("Bicycle", "BIKE-001", tracking="serial")
        lots = self.env["stock.lot"].create(
            [{"name": f"B-{number}", "product_id": bike.id} for number in (1, 2)]
        )
        for lot in lots:
            self._add_stock(self.ec, bike, 1, lot=lot)
        return self.make_shipped_transfer(lines={bike: number_of_bikes, self.tea: 1})

    def test_a_product_alone_does_not_tell_its_only_serial_number(self):
        count = self.start(self.make_shipped_serials(number_of_bikes=1))
        hidden = count.sudo().line_ids - count.line_ids
        for line_id in (None, hidden.id):
            [result] = self.send(
                count, {"kind": "scan", "barcode": "BIKE-001", "line_id": line_id}
            )
            self.assertEqual(result["status"], "asks_lot")
        self.assertEqual(count.line_ids.product_id, self.tea)
        [result] = self.scan(count, "B-1")
        self.assertEqual(result["status"], "counted")

    def test_serial_numbers_are_shown_when_they_are_scanned(self):
        transfer = self.make_shipped_serials()
        count = self.start(transfer)
        rows = count.get_screen()["rows"]
        self.assertEqual([row["sku"] for row in rows], ["TEA-001"])
        self.assertEqual(count.line_ids.product_id, self.tea)
        hidden = count.sudo().line_ids - count.line_ids
        self.assertEqual(len(hidden), 2)
        [result] = self.send(
            count, {"kind": "set", "line_id": hidden[0].id, "quantity": 0}
        )
        self.assertEqual(result["status"], "refused")
        [known, unknown] = self.scan(count, "B-2", "B-9")
        self.assertEqual((known["status"], unknown["status"]), ("counted", "unknown"))
        rows = count.get_screen()["rows"]
        self.assertEqual({row["lot"] for row in rows}, {"", "B-2"})

    def test_every_line_can_be_counted(self):
        """What is not shown has not to be counted as zero."""
        self.shop.transfer_require_every_line = True
        transfer = self.make_shipped_serials()
        count = self.start(transfer)
        self.scan(count, "B-1")
        with self.assertRefused(r"not counted yet \(1\).*\n.*Oolong Tea"):
            count.action_submit()
        self.scan(count, "TEA-001")
        count.action_submit()
        self.assertLedger(transfer)
        self.assertEqual(transfer.in_transit_quantity, 1)

    def test_the_form_of_a_blind_count(self):
        count = self.start(self.make_shipped_transfer())
        action = count.transfer_id.action_start_count()
        view_id, view_type = action["views"][0]
        arch = count.get_view(view_id, view_type)["arch"]
        self.assertNotIn("expected_quantity", arch)
        seen = count.with_user(self.shop_approver).get_view(view_id, view_type)
        self.assertIn("expected_quantity", seen["arch"])
