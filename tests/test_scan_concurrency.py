# What real transactions do to each other is the point here: they have to commit.
# pylint: disable=invalid-commit
from odoo.tests import tagged

from .common_concurrency import TransferConcurrencyCase


@tagged("post_install", "-at_install")
class TestScanConcurrency(TransferConcurrencyCase):
    """Devices send and somebody submits at the same moment, on real connections."""

    def make_count(self):
        transfer = self.make_transfer()
        transfer.with_user(self.shop_approver).action_approve()
        action = transfer.with_user(self.ec_staff).action_open_ship()
        wizards = self.env[action["res_model"]].with_user(self.ec_staff)
        wizards.with_context(**action["context"]).create({}).action_ship()
        action = transfer.with_user(self.shop_staff).action_scan()
        self.env.cr.commit()
        return self.env["store.transfer.count"].browse(action["params"]["count_id"])

    def make_events(self, name, *skus):
        return [
            {"uuid": f"{name}-{number:06}", "kind": "scan", "barcode": sku}
            for number, sku in enumerate(skus)
        ]

    def get_counted(self, count):
        return {
            line.product_id.default_code: line.counted_quantity
            for line in count.line_ids
        }

    def test_eight_devices_at_once(self):
        count = self.make_count()
        users = [self.shop_staff, self.shop_approver] * 4
        calls = [
            (
                user,
                "record_scans",
                [self.make_events(f"device{number}", "TEA-001", "MUG-001")],
            )
            for number, user in enumerate(users)
        ]
        answers = self.call_at_once(count, calls)
        for answer in answers:
            statuses = {result["status"] for result in answer["results"].values()}
            self.assertEqual(statuses, {"counted"})
        self.assertEqual(
            self.get_counted(count), {"TEA-001": 8, "MUG-001": 8, "LMP-001": 0}
        )

    def test_one_batch_sent_by_four_at_once_counts_once(self):
        count = self.make_count()
        events = self.make_events("same", "TEA-001", "TEA-001", "MUG-001")
        answers = self.call_at_once(
            count, [(self.shop_staff, "record_scans", [events])] * 4
        )
        for answer in answers:
            self.assertEqual(answer["results"], answers[0]["results"])
        self.assertEqual(
            self.get_counted(count), {"TEA-001": 2, "MUG-001": 1, "LMP-001": 0}
        )

    def test_a_submit_and_scans_at_once(self):
        """Each scan is either received, or its device is told that it came too late."""
        for run in range(5):
            count = self.make_count()
            scans = self.make_events(f"run{run}", "TEA-001", "LMP-001")
            extra = self.make_events(f"extra{run}", "MUG-001")
            submitted, *answers = self.call_at_once(
                count,
                [
                    (self.shop_approver, "action_submit", []),
                    (self.shop_staff, "record_scans", [scans]),
                    (self.head_office, "record_scans", [extra]),
                ],
            )
            self.assertIsInstance(submitted, dict, submitted)
            counted = sum(
                result["status"] == "counted"
                for answer in answers
                for result in answer["results"].values()
            )
            self.assertEqual(count.transfer_id.received_quantity, counted)

    def test_products_nobody_sent_at_once(self):
        """Two devices scan the same strange product: one row, both pieces."""
        stranger = self._create_product("Stone", "STN-001")
        count = self.make_count()
        answers = self.call_at_once(
            count,
            [
                (user, "record_scans", [self.make_events(name, "STN-001")])
                for user, name in (
                    (self.shop_staff, "first-one"),
                    (self.shop_approver, "second-one"),
                )
            ],
        )
        self.assertTrue(all(isinstance(answer, dict) for answer in answers), answers)
        line = count.line_ids.filtered(lambda line: line.product_id == stranger)
        self.assertEqual(len(line), 1)
        self.assertEqual(line.counted_quantity, 2)
