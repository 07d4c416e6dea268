from odoo import api, fields, models

from ...tools.sides import INITIATOR, OTHER_SIDE


class StoreTransfer(models.Model):
    """Where a transfer stands.

    What people decided is written by the steps; everything after approval is read off
    the pickings, so that the Inventory app and this document can't disagree.
    """

    _inherit = "store.transfer"

    approval_state = fields.Selection(
        [
            ("draft", "Draft"),
            ("waiting", "To Approve"),
            ("rejected", "Rejected"),
            ("approved", "Approved"),
            ("cancelled", "Cancelled"),
        ],
        required=True,
        readonly=True,
        default="draft",
        copy=False,
        help="What people decided. The rest of the state is read off the pickings.",
    )
    state = fields.Selection(
        [
            ("draft", "Draft"),
            ("waiting", "To Approve"),
            ("approved", "Approved"),
            ("in_transit", "In Transit"),
            ("arrived", "Arrived"),
            ("partial", "Partial"),
            ("done", "Done"),
            ("rejected", "Rejected"),
            ("cancelled", "Cancelled"),
        ],
        compute="_compute_state",
        store=True,
        index=True,
        tracking=True,
        copy=False,
    )
    done_date = fields.Datetime(
        string="Done On",
        compute="_compute_done_date",
        store=True,
        copy=False,
        help="When the transfer came to its end, with goods that were shipped.",
    )
    is_to_count = fields.Boolean(
        string="Has Goods to Count",
        compute="_compute_what_comes",
        store=True,
        help="There is something that the destination can count.",
    )
    is_to_take_back = fields.Boolean(
        string="Has Goods to Take Back",
        compute="_compute_what_comes",
        store=True,
        help="The destination sent something back to the source.",
    )
    _state_date_index = models.Index("(company_id, state, expected_date)")
    _to_approve_index = models.Index(f"(({OTHER_SIDE})) WHERE state = 'waiting'")
    _to_submit_index = models.Index(
        f"(({INITIATOR})) WHERE state IN ('draft', 'rejected')"
    )
    _to_count_index = models.Index("(destination_store_id) WHERE is_to_count")
    _to_take_back_index = models.Index("(source_store_id) WHERE is_to_take_back")

    @api.depends(
        "approval_state",
        "kind",
        "arrival_date",
        "to_ship_quantity",
        "shipped_quantity",
        "in_transit_quantity",
        "received_quantity",
        "count_ids.state",
    )
    def _compute_state(self):
        for transfer in self:
            if transfer.approval_state == "approved":
                transfer.state = transfer._get_stock_state()
            else:
                transfer.state = transfer.approval_state

    def _get_stock_state(self):
        """Return the state that the pickings say."""
        self.ensure_one()
        if not self.to_ship_quantity and not self.in_transit_quantity:
            return "done" if self.shipped_quantity else "cancelled"
        if self.kind == "dispatch":
            return "approved"
        if self.received_quantity or "done" in self.count_ids.mapped("state"):
            return "partial"
        if not self.in_transit_quantity and self.kind == "between":
            return "approved"
        if self.arrival_date:
            return "arrived"
        return "approved" if self.kind == "receipt" else "in_transit"

    @api.depends("state")
    def _compute_done_date(self):
        for transfer in self:
            if transfer.state != "done":
                transfer.done_date = False
            elif not transfer.done_date:
                transfer.done_date = fields.Datetime.now()

    @api.depends(
        "kind",
        "is_to_ship",
        "line_ids.in_transit_quantity",
        "line_ids.to_take_back_quantity",
    )
    def _compute_what_comes(self):
        for transfer in self:
            lines = transfer.line_ids.filtered("in_transit_quantity")
            transfer.is_to_take_back = transfer.kind == "between" and any(
                line._get_quantity_to_take_back() for line in lines
            )
            transfer.is_to_count = (
                transfer.is_to_ship
                if transfer.kind == "receipt"
                else any(line._is_to_count() for line in lines)
            )
