from odoo.exceptions import AccessError, UserError
from odoo.tests import tagged

from .common_till import TillCase


@tagged("post_install", "-at_install")
class TestStepsAtTheTill(TillCase):
    """Each step is the back office's own, with the same rules."""

    def do(self, method, transfer, *arguments, **options):
        shown = self.at_till(method, transfer.id, *arguments, **options)
        self.assertEqual(shown["id"], transfer.id)
        self.assertLedger(transfer)
        return shown

    def get_reason(self, name):
        return self.env.ref(f"store_transfer.reason_{name}").id

    def test_an_approver_approves_all(self):
        transfer = self.make_waiting()
        shown = self.do("approve", transfer, user=self.shop_approver)
        self.assertEqual(shown["state"], "approved")
        self.assertEqual(transfer.approval_user_id, self.shop_approver)

    def test_an_approver_approves_less(self):
        transfer = self.make_waiting({self.tea: 10, self.mug: 5})
        line = transfer.line_ids.filtered(lambda line: line.product_id == self.tea)
        self.do(
            "approve",
            transfer,
            {str(line.id): 4},
            self.get_reason("enough_stock"),
            "Half a shelf",
            user=self.shop_approver,
        )
        self.assertEqual(transfer.line_ids.mapped("approved_quantity"), [4, 5])
        self.assertEqual(
            line.not_approved_reason_id.id, self.get_reason("enough_stock")
        )

    def test_less_is_not_approved_without_a_reason(self):
        transfer = self.make_waiting()
        with self.assertRefused("why you approve less"):
            self.do(
                "approve",
                transfer,
                {transfer.line_ids.id: 4},
                user=self.shop_approver,
            )
        self.assertEqual(transfer.state, "waiting")

    def test_staff_do_not_approve(self):
        transfer = self.make_waiting()
        with self.assertRefused("only a store approver", AccessError):
            self.do("approve", transfer)
        with self.assertRaises(AccessError):
            self.do("approve", transfer, {transfer.line_ids.id: 4})
        with self.assertRaises(AccessError):
            self.do("reject", transfer, self.get_reason("no_space"))

    def test_quantities_that_are_none_are_refused(self):
        transfer = self.make_waiting()
        other = self.make_waiting()
        line = transfer.line_ids
        for quantities in (
            {line.id: "x"},
            {line.id: float("nan")},
            {line.id: -1},
            {line.id: 11},
            {line.id: True},
            {other.line_ids.id: 1},
            {"x": 1},
            [line.id],
            7,
        ):
            with self.assertRefused("."):
                self.do(
                    "approve",
                    transfer,
                    quantities,
                    self.get_reason("enough_stock"),
                    user=self.shop_approver,
                )
        self.assertEqual(transfer.state, "waiting")

    def test_an_approver_rejects_with_a_reason(self):
        transfer = self.make_waiting()
        shown = self.do(
            "reject",
            transfer,
            self.get_reason("no_space"),
            "Until Monday",
            user=self.shop_approver,
        )
        self.assertEqual(shown["state"], "rejected")
        self.assertEqual(transfer.reason_note, "Until Monday")

    def test_nothing_is_rejected_without_a_reason_for_it(self):
        transfer = self.make_waiting()
        for reason in (None, False, 0, 2**40, "x"):
            with self.assertRefused("Choose a reason"):
                self.do("reject", transfer, reason, user=self.shop_approver)
        with self.assertRefused("not for it"):
            self.do(
                "reject",
                transfer,
                self.get_reason("out_of_stock"),
                user=self.shop_approver,
            )

    def test_the_other_sides_step_is_not_done_at_this_till(self):
        """Head office may do it, but not where it would be a mistake."""
        transfer = self.make_approved()
        with self.assertRefused("not up to Shop North"):
            self.do("ship", transfer, user=self.head_office)

    def test_staff_ship_part_and_the_rest_later(self):
        transfer = self.make_approved({self.tea: 10, self.mug: 5})
        tea = transfer.line_ids.filtered(lambda line: line.product_id == self.tea)
        at_ec = {"user": self.ec_staff, "store": self.ec}
        self.do("ship", transfer, {str(tea.id): 3}, **at_ec)
        self.assertEqual(transfer.line_ids.mapped("shipped_quantity"), [3, 5])
        shown = self.do("ship", transfer, **at_ec)
        self.assertEqual(transfer.line_ids.mapped("shipped_quantity"), [10, 5])
        self.assertFalse(shown["action"])

    def test_an_approver_ships_and_closes_the_rest(self):
        transfer = self.make_approved()
        at_ec = {"user": self.ec_approver, "store": self.ec}
        self.do(
            "ship",
            transfer,
            {transfer.line_ids.id: 6},
            "close",
            self.get_reason("out_of_stock"),
            **at_ec,
        )
        self.assertEqual(transfer.line_ids.closed_quantity, 4)

    def test_staff_may_not_close_the_rest(self):
        transfer = self.make_approved()
        at_ec = {"user": self.ec_staff, "store": self.ec}
        with self.assertRefused("only a store approver", AccessError):
            self.do(
                "ship",
                transfer,
                {transfer.line_ids.id: 6},
                "close",
                self.get_reason("out_of_stock"),
                **at_ec,
            )
        self.assertFalse(transfer.line_ids.shipped_quantity)

    def test_an_approver_closes_what_is_not_shipped(self):
        transfer = self.make_approved()
        self.do(
            "close",
            transfer,
            self.get_reason("out_of_stock"),
            user=self.ec_approver,
            store=self.ec,
        )
        self.assertEqual(transfer.state, "cancelled")

    def test_staff_undo_a_shipment(self):
        transfer = self.make_shipped_transfer()
        at_ec = {"user": self.ec_staff, "store": self.ec}
        with self.assertRefused("not up to Shop North"):
            self.do("do_step", transfer, "undo_shipment")
        shown = self.do("do_step", transfer, "undo_shipment", **at_ec)
        self.assertEqual(shown["state"], "approved")
        self.assertEqual(transfer.to_ship_quantity, 10)

    def test_an_approver_undoes_a_count(self):
        transfer = self.make_shipped_transfer()
        self.count(transfer, {self.tea: 8})
        with self.assertRefused("only a store approver", AccessError):
            self.do("do_step", transfer, "undo_count")
        shown = self.do("do_step", transfer, "undo_count", user=self.shop_approver)
        self.assertEqual(shown["state"], "arrived")
        self.assertTrue(shown["count"])
        self.assertFalse(transfer.line_ids.received_quantity)

    def test_an_approver_closes_what_a_third_party_does_not_send(self):
        transfer = self.make_transfer(
            user=self.shop_staff,
            kind="receipt",
            initiator="destination",
            remark="Tea Farm",
            source_store_id=False,
        )
        self.submit(transfer, self.shop_staff)
        self.count(transfer, {self.tea: 6})
        self.do(
            "close",
            transfer,
            self.get_reason("out_of_stock"),
            user=self.shop_approver,
        )
        self.assertEqual(transfer.line_ids.closed_quantity, 4)

    def test_arrival_is_confirmed_and_prints_where_the_store_wants_it(self):
        transfer = self.make_shipped_transfer()
        self.shop.transfer_print_on_arrival = True
        shown = self.do("do_step", transfer, "confirm_arrival")
        self.assertEqual(shown["state"], "arrived")
        self.assertEqual(shown["action"]["tag"], "do_multi_print")
        self.assertEqual(transfer.arrival_user_id, self.shop_staff)

    def test_a_step_that_is_none_is_refused(self):
        transfer = self.make_shipped_transfer()
        for step in ("unlink", "approve", None, ["submit"]):
            with self.assertRefused("no step"):
                self.do("do_step", transfer, step)

    def test_the_scan_screens_are_opened(self):
        transfer = self.make_approved()
        at_ec = {"user": self.ec_staff, "store": self.ec}
        pick = self.at_till("start", transfer.id, "pick", **at_ec)
        self.assertEqual(self.show(transfer, **at_ec)["pick"]["id"], pick["pick_id"])
        self.ship(transfer)
        count = self.at_till("start", transfer.id, "count")
        self.assertEqual(self.show(transfer)["count"]["id"], count["count_id"])
        with self.assertRefused("no job"):
            self.at_till("start", transfer.id, "dance")

    def test_an_approver_settles_what_is_short(self):
        transfer = self.make_shipped_transfer({self.tea: 10, self.mug: 5})
        self.count(transfer, {self.tea: 8, self.mug: 4})
        differences = self.show(transfer, self.shop_approver)["differences"]
        self.assertEqual(
            {one["product"] for one in differences}, {"Oolong Tea", "Clay Mug"}
        )
        by_sku = {one["sku"]: one["id"] for one in differences}
        reason = self.env["store.transfer.reason"].search(
            [("usage", "=", "short")], limit=1
        )
        answer = {
            "difference_id": by_sku["TEA-001"],
            "outcome": "lost",
            "reason_id": reason.id,
        }
        self.do("settle", transfer, [answer], user=self.shop_approver)
        self.assertEqual(transfer.line_ids.mapped("lost_quantity"), [2, 0])
        with self.assertRefused("settled meanwhile"):
            self.do("settle", transfer, [answer], user=self.shop_approver)
        for answers in (None, {}, [7], [{"difference_id": "x"}]):
            with self.assertRefused("what is short"):
                self.do("settle", transfer, answers, user=self.shop_approver)

    def test_a_vendor_is_blamed_for_nothing_between_stores(self):
        transfer = self.make_shipped_transfer()
        self.count(transfer, {self.tea: 8})
        reason = self.env.ref("store_transfer.reason_not_delivered")
        offered = self.show(transfer, self.shop_approver)["reasons"]["short"]
        self.assertNotIn(reason.id, [one["id"] for one in offered])
        answer = {
            "difference_id": transfer.sudo().discrepancy_ids.id,
            "outcome": "lost",
            "reason_id": reason.id,
        }
        with self.assertRefused("what a third party delivers"):
            self.do("settle", transfer, [answer], user=self.shop_approver)
        self.assertEqual(transfer.line_ids.lost_quantity, 0)

    def test_the_rest_is_not_closed_for_a_vendor_between_stores(self):
        transfer = self.make_approved()
        reason = self.env.ref("store_transfer.reason_vendor_short")
        with self.assertRefused("what a third party delivers"):
            self.do("close", transfer, reason.id, user=self.ec_approver, store=self.ec)
        self.assertEqual(transfer.to_ship_quantity, 10)

    def test_a_vendor_is_blamed_for_what_it_did_not_bring(self):
        transfer = self.make_transfer(
            user=self.shop_staff, kind="receipt", lines={self.tea: 10}
        )
        self.submit(transfer, self.shop_staff)
        self.count(transfer, {self.tea: 8})
        reason = self.env.ref("store_transfer.reason_not_delivered")
        offered = self.show(transfer, self.shop_approver)["reasons"]["short"]
        self.assertIn(reason.id, [one["id"] for one in offered])
        answer = {
            "difference_id": transfer.sudo().discrepancy_ids.id,
            "reason_id": reason.id,
        }
        self.do("settle", transfer, [answer], user=self.shop_approver)
        self.assertEqual(transfer.state, "done")

    def test_for_a_receipt_all_reasons_are_to_choose_from(self):
        reasons = self.env["store.transfer.reason"].with_user(self.shop_approver)
        both = reasons.search([("is_of_vendor", "in", [False, True])])
        self.assertEqual(both, reasons.search([]))
        of_stores = reasons.search([("is_of_vendor", "in", [False])])
        self.assertEqual(of_stores, both.filtered(lambda one: not one.is_of_vendor))
        self.assertEqual(
            both - of_stores, reasons.search([("is_of_vendor", "=", True)])
        )
        self.assertEqual(len(both - of_stores), 2)

    def test_who_has_deleted_a_vendor_reason_settles_for_all_others(self):
        self.env.ref("store_transfer.reason_vendor_short").unlink()
        transfer = self.make_shipped_transfer()
        self.count(transfer, {self.tea: 8})
        answer = {
            "difference_id": transfer.sudo().discrepancy_ids.id,
            "outcome": "lost",
            "reason_id": self.env.ref("store_transfer.reason_stolen").id,
        }
        self.do("settle", transfer, [answer], user=self.shop_approver)
        self.assertEqual(transfer.line_ids.lost_quantity, 2)

    def test_staff_do_not_settle(self):
        transfer = self.make_shipped_transfer()
        self.count(transfer, {self.tea: 8})
        [difference] = transfer.sudo().discrepancy_ids
        answer = {"difference_id": difference.id, "outcome": "lost", "reason_id": 1}
        with self.assertRaises(AccessError):
            self.do("settle", transfer, [answer])

    def test_a_surplus_is_accepted_by_an_approver(self):
        transfer = self.make_shipped_transfer()
        self.count(transfer, {self.tea: 12})
        [difference] = transfer.sudo().discrepancy_ids
        with self.assertRefused("only a store approver", AccessError):
            self.do("decide", transfer, difference.id, "accept")
        self.do("decide", transfer, difference.id, "accept", user=self.shop_approver)
        self.assertEqual(transfer.line_ids.received_quantity, 12)

    def test_the_source_answers(self):
        transfer = self.make_shipped_transfer()
        self.count(transfer, {self.tea: 8})
        [difference] = transfer.sudo().discrepancy_ids
        at_ec = {"user": self.ec_staff, "store": self.ec}
        self.do("decide", transfer, difference.id, "answer", "We sent ten", **at_ec)
        self.assertEqual(difference.answer, "We sent ten")
        self.assertEqual(difference.state, "answered")
        with self.assertRefused("not up to Shop North"):
            self.do("decide", transfer, difference.id, "answer", "Hm")

    def test_a_paper_is_printed(self):
        transfer = self.make_shipped_transfer()
        action = self.at_till("print_paper", transfer.id, "count_sheet")
        self.assertEqual(action["type"], "ir.actions.report")
        for paper in ("nonsense", None, "pick_list"):
            with self.assertRaises(UserError):
                self.at_till("print_paper", transfer.id, paper)


@tagged("post_install", "-at_install")
class TestWhoIsAtTheTill(TillCase):
    """One login serves a whole shop: the till says who stood there."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.env = cls.env(
            context={
                **cls.env.context,
                "tracking_disable": False,
                "mail_notrack": False,
            }
        )

    def get_said(self, transfer):
        return " ".join(transfer.sudo().message_ids.mapped(lambda one: one.body or ""))

    def test_the_trail_names_the_cashier(self):
        transfer = self.make_shipped_transfer()
        self.flush_tracking()
        self.at_till(
            "do_step",
            transfer.id,
            "confirm_arrival",
            store_transfer_cashier="Mei <b>Lin</b>",
        )
        self.flush_tracking()
        self.assertIn("At the till: Mei Lin<", self.get_said(transfer))

    def test_who_counts_is_kept_on_the_count_and_each_scan(self):
        transfer = self.make_shipped_transfer()
        count = self.start_count(transfer).with_context(
            store_transfer_origin="till", store_transfer_cashier="Mei"
        )
        count.record_scans(
            [{"uuid": "a-scan-of-mei", "kind": "scan", "barcode": "TEA-001"}]
        )
        self.assertEqual(count.scan_ids.cashier, "Mei")
        count.action_submit()
        self.assertEqual(count.cashier, "Mei")
        self.assertIn("At the till: Mei", self.get_said(transfer))

    def test_who_picks_is_kept_on_the_pick_list(self):
        transfer = self.make_approved()
        self.at_till(
            "ship",
            transfer.id,
            user=self.ec_staff,
            store=self.ec,
            store_transfer_cashier="Bo",
        )
        self.assertEqual(transfer.sudo().pick_ids.cashier, "Bo")

    def test_nothing_is_said_in_the_back_office(self):
        transfer = self.make_shipped_transfer()
        self.receive_all(transfer)
        self.flush_tracking()
        self.assertNotIn("At the till", self.get_said(transfer))

    def test_only_a_till_says_who_stands_there(self):
        transfer = self.make_shipped_transfer()
        for origin in (None, "scan", "import", "api", ["till"]):
            transfer.with_user(self.ec_staff).with_context(
                store_transfer_origin=origin, store_transfer_cashier="The boss"
            ).message_post(body="Hello")
        self.assertNotIn("The boss", self.get_said(transfer))

    def test_a_name_is_a_short_text(self):
        transfer = self.make_shipped_transfer()
        for cashier in (7, ["x"], "x" * 5000, "\x00Mei\ud800"):
            transfer.with_user(self.ec_staff).with_context(
                store_transfer_origin="till", store_transfer_cashier=cashier
            ).message_post(body="Hello")
        said = self.get_said(transfer)
        self.assertIn("At the till: Mei<", said)
        self.assertNotIn("x" * 101, said)
