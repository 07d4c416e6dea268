from odoo.tests import tagged

from .common_ledger_machine import LedgerMachineCase
from .common_transfers import StoreTransferCase


@tagged("post_install", "-at_install")
class TestLedger(LedgerMachineCase, StoreTransferCase):
    """No unit is ever lost, invented or stranded, whatever people do."""

    runs = 15

    def test_random_actions_of_all_roles(self):
        self.run_at_random()
