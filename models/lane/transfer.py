from datetime import timedelta

from odoo import api, fields, models


class StoreTransfer(models.Model):
    """When a new transfer may be expected, as those before it were there.

    Offered where nobody has typed a date. What is saved stays as it is.
    """

    _inherit = "store.transfer"

    expected_date = fields.Date(
        compute="_compute_expected_date", store=True, readonly=False, precompute=True
    )
    # Only while a form is open: what stands there by itself may follow the stores.
    offered_date = fields.Date(store=False)
    promise = fields.Char(compute="_compute_promise")

    @api.depends("kind", "company_id", "source_store_id", "destination_store_id")
    def _compute_expected_date(self):
        fresh = self.filtered(
            lambda transfer: (
                not transfer.expected_date
                or transfer.expected_date == transfer.offered_date
            )
        )
        lanes = self.env["store.transfer.lane"]._find_promised(fresh)
        for transfer in fresh:
            lane = lanes.get((transfer.source_store_id, transfer.destination_store_id))
            days = lane.promised_days if lane else 0
            transfer.expected_date = transfer._get_first_day() + timedelta(days=days)
            transfer.offered_date = transfer.expected_date

    def _get_first_day(self):
        """Return today, at the user's store, else in the company."""
        company = self.company_id or self.env.company
        stores = self.env.user.sudo().transfer_store_ids.filtered(
            lambda store: store.company_id == company
        )
        return stores[:1]._get_today()

    @api.depends("state", "source_store_id", "destination_store_id")
    @api.depends_context("lang", "uid")
    def _compute_promise(self):
        drafts = self.filtered(lambda transfer: transfer.state == "draft")
        lanes = self.env["store.transfer.lane"]._find_promised(drafts)
        for transfer in self:
            lane = lanes.get((transfer.source_store_id, transfer.destination_store_id))
            transfer.promise = lane and transfer in drafts and lane._tell_promise()
