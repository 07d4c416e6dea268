from odoo import api, fields, models


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
    _state_date_index = models.Index("(company_id, state, expected_date)")

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

    def _has_goods_to_count(self):
        """Tell whether there is something that the destination can count."""
        self.ensure_one()
        if self.kind == "receipt":
            return self.is_to_ship
        return any(
            line.product_id.uom_id.compare(
                line.in_transit_quantity, line._get_quantity_to_take_back()
            )
            > 0
            # Only as far as the first one: it is asked for each row that is counted.
            for line in self.sudo().line_ids
            if line.in_transit_quantity
        )

    def _has_goods_to_take_back(self):
        """Tell whether the destination sent something back to the source."""
        self.ensure_one()
        return self.kind == "between" and any(
            line._get_quantity_to_take_back()
            for line in self.sudo().line_ids
            if line.in_transit_quantity
        )
