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
