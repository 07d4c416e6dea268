# What real transactions do to each other is the point here: they have to commit.
# pylint: disable=invalid-commit
from unittest.mock import patch

from odoo.tests import tagged
from odoo.tools import mute_logger

from .common_concurrency import TransferConcurrencyCase

RUN = "odoo.addons.store_transfer.models.ledger_check.run"


@tagged("post_install", "-at_install")
class TestLedgerCheckConcurrency(TransferConcurrencyCase):
    """The button is pressed by two people at the same moment."""

    def setUp(self):
        super().setUp()
        self.make_transfer().with_user(self.shop_approver).action_approve()
        self.env.cr.commit()
        self.checks = self.env["store.transfer.ledger.check"]
        self.addCleanup(self.forget_checks)

    def forget_checks(self):
        self.get_checks().unlink()
        self.env.cr.commit()

    def get_checks(self):
        return self.checks.search([("company_id", "=", self.company.id)])

    def press_twice_at_once(self):
        with mute_logger("odoo.sql_db"):
            return self.call_at_once(
                self.checks, [(self.head_office, "action_check_now", ())] * 2
            )

    def test_both_are_shown_the_one_that_waits(self):
        with patch(f"{RUN}.MANY_MOVES", 0):
            answers = self.press_twice_at_once()
        check = self.get_checks()
        self.assertEqual(check.mapped("state"), ["waiting"])
        self.assertEqual([answer["res_id"] for answer in answers], check.ids * 2)

    def test_of_a_small_company_one_check_is_made_after_the_other(self):
        self.press_twice_at_once()
        checks = self.get_checks()
        self.assertEqual(set(checks.mapped("state")), {"done"})
        self.assertFalse(sum(checks.mapped("finding_count")))
