from odoo.tests import tagged

from .common_kpi_machine import KpiMachineCase
from .common_transfers import StoreTransferCase


@tagged("post_install", "-at_install")
class TestKpiMachine(KpiMachineCase, StoreTransferCase):
    """The analysis says of random histories what their raw records say."""

    runs = 4

    def test_figures_of_random_histories(self):
        self.run_at_random()
