# What real transactions do to each other is the point here: they have to commit.
# pylint: disable=invalid-commit
from odoo.fields import Command, Datetime
from odoo.tests import tagged
from odoo.tools import mute_logger

from .common_concurrency import TransferConcurrencyCase


@tagged("post_install", "-at_install")
class TestSettledByRuleConcurrency(TransferConcurrencyCase):
    """Counts that are submitted at the same moment share what a rule gives."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        reason = cls.env.ref("store_transfer.reason_lost_on_the_way")
        cls.company.write(
            {
                "transfer_settles_small": True,
                "transfer_small_pieces": 1,
                "transfer_small_value": 60,
                "transfer_small_outcome": "lost",
                "transfer_small_reason_id": reason.id,
            }
        )
        cls.env.cr.commit()

    def set_numbers(self, **values):
        """Let the rule give so much from now on; what it gave before is long ago."""
        self.company.write(values)
        discrepancies = self.env["store.transfer.discrepancy"].search(
            [("company_id", "=", self.company.id)]
        )
        discrepancies.settle_date = Datetime.subtract(Datetime.now(), days=31)
        self.env.cr.commit()

    def make_short_count(self, product, source=None):
        """Return a count of which one piece is missing, ready to be submitted."""
        source = source or self.ec
        transfer = self.env["store.transfer"].create(
            {
                "company_id": self.company.id,
                "source_store_id": source.id,
                "destination_store_id": self.shop.id,
                "line_ids": [Command.create({"product_id": product.id, "quantity": 5})],
            }
        )
        transfer = transfer.with_user(self.head_office)
        transfer.action_submit()
        transfer.action_approve()
        action = transfer.action_open_ship()
        wizards = self.env[action["res_model"]].with_user(self.head_office)
        wizards.with_context(**action["context"]).create({}).action_ship()
        action = transfer.with_user(self.shop_staff).action_scan()
        counts = self.env["store.transfer.count"].with_user(self.shop_staff)
        count = counts.browse(action["params"]["count_id"])
        count.line_ids.counted_quantity = 4
        self.env.cr.commit()
        return count

    def submit_at_once(self, counts):
        """Return by which of these counts something was settled by rule."""
        # That somebody was faster is life: Odoo repeats the request.
        with mute_logger("odoo.sql_db"):
            self.call_each_at_once(
                [(count, self.shop_staff, "action_submit", []) for count in counts]
            )
        self.assertEqual(counts.mapped("state"), ["done"] * len(counts))
        discrepancies = counts.sudo().transfer_id.discrepancy_ids
        self.assertEqual(len(discrepancies), len(counts))
        return discrepancies.filtered("is_by_rule")

    def test_no_more_than_the_rule_of_a_lane_gives(self):
        self.set_numbers(transfer_small_number=2, transfer_small_store_number=10)
        counts = self.env["store.transfer.count"].with_user(self.shop_staff)
        for product in (self.tea, self.mug, self.lamp, self.tea):
            counts |= self.make_short_count(product)
        self.assertEqual(len(self.submit_at_once(counts)), 2)

    def test_no_more_than_the_rule_gives_at_a_store(self):
        self.set_numbers(transfer_small_number=10, transfer_small_store_number=1)
        self.env["stock.quant"]._update_available_quantity(
            self.tea, self.shop_south.lot_stock_id, 5
        )
        self.env.cr.commit()
        counts = self.make_short_count(self.mug)
        counts |= self.make_short_count(self.tea, source=self.shop_south)
        self.assertEqual(len(self.submit_at_once(counts)), 1)
