# What real transactions do to each other is the point here: they have to commit.
# pylint: disable=invalid-commit
from odoo.tests import tagged

from .common_concurrency import TransferConcurrencyCase


@tagged("post_install", "-at_install")
class TestUndoConcurrency(TransferConcurrencyCase):
    """A count is undone while somebody counts what came later."""

    def make_counted(self):
        """Return the count of a part, and the later one of which nothing is counted."""
        transfer = self.make_transfer()
        transfer.with_user(self.shop_approver).action_approve()
        action = transfer.with_user(self.ec_staff).action_open_ship()
        wizards = self.env[action["res_model"]].with_user(self.ec_staff)
        wizards.with_context(**action["context"]).create({}).action_ship()
        counts = [self.start_count(transfer)]
        for line in counts[0].line_ids:
            line.counted_quantity = 2
        counts[0].action_submit()
        counts.append(self.start_count(transfer))
        self.env.cr.commit()
        return counts

    def start_count(self, transfer):
        action = transfer.with_user(self.shop_staff).action_scan()
        counts = self.env["store.transfer.count"].with_user(self.shop_staff)
        return counts.browse(action["params"]["count_id"])

    def test_no_scan_of_a_later_count_is_lost(self):
        for run in range(4):
            first, later = self.make_counted()
            transfer = first.transfer_id
            events = [
                {"uuid": f"later{run}-{number}", "kind": "scan", "barcode": "TEA-001"}
                for number in range(3)
            ]
            scanned, _undone = self.call_each_at_once(
                [
                    (later, self.shop_staff, "record_scans", [events]),
                    (transfer, self.shop_approver, "action_undo_count", []),
                ]
            )
            statuses = {result["status"] for result in scanned["results"].values()}
            counted = sum(later.line_ids.mapped("counted_quantity"))
            if later.state == "cancelled":
                self.assertEqual((statuses, counted), ({"closed"}, 0))
            else:
                self.assertEqual((statuses, counted), ({"counted"}, 3))
                self.assertEqual(first.state, "done")
