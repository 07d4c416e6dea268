from unittest import SkipTest

from odoo.tests import tagged
from odoo.tools.barcode import check_barcode_encoding

from .common_transfers import StoreTransferCase


@tagged("post_install", "-at_install")
class TestDemo(StoreTransferCase):
    """The demo data shows everything there is, and its ledger is right."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.chain = cls.env.ref("store_transfer.demo_company", raise_if_not_found=False)
        if not cls.chain:
            raise SkipTest("This database has no demo data.")
        cls.transfers = cls.env["store.transfer"].search(
            [("company_id", "=", cls.chain.id)]
        )

    def _get_states(self, kind):
        of_kind = self.transfers.filtered(lambda transfer: transfer.kind == kind)
        return set(of_kind.mapped("state"))

    def test_every_state_is_there(self):
        states = {state for state, _label in self.transfers._fields["state"].selection}
        self.assertEqual(self._get_states("between"), states)
        self.assertLessEqual(
            {"approved", "arrived", "partial", "done"}, self._get_states("receipt")
        )
        self.assertLessEqual({"approved", "done"}, self._get_states("dispatch"))

    def test_special_cases_are_there(self):
        lines = self.transfers.line_ids
        self.assertTrue(self.transfers.filtered("is_late"))
        self.assertTrue(self.transfers.filtered(lambda one: one.priority == "1"))
        self.assertTrue(self.transfers.filtered("shortage_message"))
        self.assertTrue(lines.filtered("closed_quantity"))
        self.assertTrue(lines.filtered("not_approved_quantity"))
        kinds = self.transfers.discrepancy_ids.mapped("kind")
        self.assertLessEqual({"short", "damaged", "surplus"}, set(kinds))
        self.assertEqual(set(lines.mapped("tracking")), {"none", "lot", "serial"})
        self.assertTrue(lines.filtered(lambda one: one.product_uom_id.factor == 12))

    def test_ledger(self):
        self.assertLedger(self.transfers)
        checks = self.env["store.transfer.ledger.check"]
        check = checks._begin(self.chain, self.env.user)
        check._run()
        self.assertGreater(check.move_count, 200)
        self.assertFalse(check.finding_count)

    def test_history_has_each_end_of_a_difference(self):
        settled = self.transfers.discrepancy_ids.filtered(
            lambda one: one.state == "settled"
        )
        self.assertLessEqual(
            {
                "accepted",
                "arrived",
                "closed",
                "damaged",
                "lost",
                "not_sent",
                "returned",
            },
            set(settled.mapped("outcome")),
        )
        self.assertTrue(settled.filtered("is_by_rule"))

    def test_history_was_lived_in_order_and_is_over(self):
        moments = (
            "submit_date",
            "approval_date",
            "ship_date",
            "arrival_date",
            "count_date",
            "last_count_date",
            "done_date",
        )
        done = self.transfers.filtered(lambda one: one.state == "done")
        self.assertGreater(len(done), 30)
        for transfer in done:
            lived = [transfer[name] for name in moments if transfer[name]]
            self.assertEqual(lived, sorted(lived), transfer.name)
            self.assertLess(lived[-1], self.env.cr.now())
            self.assertEqual(transfer.create_date, transfer.submit_date)
            self.assertEqual(min(transfer.message_ids.mapped("date")), lived[0])
            self.assertEqual(min(transfer.event_ids.mapped("date")), lived[0])

    def test_history_lets_reports_tell_something(self):
        report = self.env["store.transfer.report"]
        for source, destination, least, most in (
            (False, False, 0.3, 0.9),
            ("EC", "XY", 0.5, 0.95),
            ("EC", "TN", 0.1, 0.5),
        ):
            domain = [("company_id", "=", self.chain.id)]
            if source:
                domain += [
                    ("source_store_id.code", "=", source),
                    ("destination_store_id.code", "=", destination),
                ]
            [[on_time]] = report._read_group(domain, [], ["otif_rate:avg"])
            with self.subTest(destination=destination):
                self.assertGreater(on_time, least)
                self.assertLess(on_time, most)

    def test_some_lanes_promise_a_time(self):
        lanes = self.env["store.transfer.lane"].search(
            [("company_id", "=", self.chain.id), ("is_promised", "=", True)]
        )
        self.assertGreaterEqual(len(lanes), 2)

    def test_what_is_approved_has_pickings_of_its_company(self):
        approved = self.transfers.filtered(
            lambda transfer: transfer.approval_state == "approved"
        )
        for transfer in approved:
            self.assertTrue(transfer.picking_ids, transfer.name)
        self.assertEqual(approved.picking_ids.company_id, self.chain)

    def test_products_can_be_transferred(self):
        products = self.env["product.product"].search(
            [("company_id", "=", self.chain.id)]
        )
        self.assertGreaterEqual(len(products), 40)
        for product in products:
            self.assertTrue(product.is_storable and product.default_code, product.name)
            self.assertTrue(check_barcode_encoding(product.barcode, "ean13"))

    def test_every_role_has_a_user_who_sees_transfers(self):
        users = self.env["res.users"].search([("company_id", "=", self.chain.id)])
        for role in ("group_staff", "group_approver", "group_head_office"):
            group = self.env.ref(f"store_transfer.{role}")
            self.assertTrue(users & group.user_ids, role)
        for user in users & self.env.ref("store_transfer.group_staff").all_user_ids:
            self.assertTrue(
                self.env["store.transfer"].with_user(user).search([], limit=1),
                user.login,
            )
