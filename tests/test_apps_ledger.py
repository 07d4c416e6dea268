from odoo.tests import tagged

from .common_apps_ledger import BoughtLedgerProducts


@tagged("post_install", "-at_install")
class TestLedgerBesideApps(BoughtLedgerProducts):
    """The same where goods have costs, and lots expire."""

    runs = 5

    def test_random_actions_of_all_roles(self):
        self.run_at_random()
