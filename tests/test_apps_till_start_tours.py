from odoo.tests import tagged

from .common_till_tours import TillTourCase
from .common_tours import ScanTourCase


@tagged("post_install", "-at_install")
class TestTillStartTours(TillTourCase, ScanTourCase):
    """The till starts without the screens of transfers, and has them soon after.

    On the desktop only: what is loaded when has nothing to do with the size.
    """

    def make_arrived(self):
        transfer = self.make_shipped_transfer(lines={self.tea: 10})
        self.confirm_arrival(transfer)
        return transfer

    def test_they_come_when_the_till_is_idle(self):
        self.play_at_till("idle")

    def test_the_network_goes_before_they_came(self):
        self.play_at_till("late")

    def test_what_is_scanned_before_they_came_is_looked_up_then(self):
        self.play_at_till("early")

    def test_what_is_scanned_before_they_came_is_refused_aloud_when_they_are_left(self):
        self.play_at_till("too_early")

    def test_what_is_scanned_into_a_count_before_it_is_there_is_in_no_other(self):
        transfers = self.make_arrived() | self.make_arrived()
        self.play_at_till("early_elsewhere")
        self.assertFalse(self.get_counted(transfers.sudo().count_ids))

    def test_a_code_that_begins_before_the_count_is_there_and_ends_after_it(self):
        # One of a scanner that hesitates
        self.env["ir.config_parameter"].set_param(
            "barcode.max_time_between_keys_in_ms", 3000
        )
        transfer = self.make_arrived()
        self.play_at_till("code_across")
        count = transfer.sudo().count_ids.ensure_one()
        self.assertEachOnce(count)
        self.assertEqual(self.get_counted(count), {(self.tea, False): 2})

    def test_a_first_look_without_a_network_leads_to_what_waits_later(self):
        self.make_arrived()
        self.play_at_till("first_tab")

    def test_scans_that_were_kept_are_sent_though_nobody_opens_them(self):
        transfer = self.make_arrived()
        self.play_at_till("kept_scans")
        count = transfer.sudo().count_ids.ensure_one()
        self.assertEachOnce(count)
        self.assertEqual(self.get_counted(count), {(self.tea, False): 2})
