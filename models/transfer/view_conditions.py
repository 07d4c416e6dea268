from odoo import api, fields, models


class StoreTransfer(models.Model):
    """What the views ask of a transfer again and again, with one name for each."""

    _inherit = "store.transfer"

    is_editable = fields.Boolean(compute="_compute_is_editable")
    is_proposal = fields.Boolean(compute="_compute_is_proposal")
    is_approved = fields.Boolean(compute="_compute_is_approved")
    is_from_store = fields.Boolean(compute="_compute_is_of_stores")
    is_to_store = fields.Boolean(compute="_compute_is_of_stores")

    @api.depends("state")
    def _compute_is_editable(self):
        """Tell whether its fields can be typed into, by who may edit it at all."""
        for transfer in self:
            transfer.is_editable = transfer.state == "draft"

    @api.depends("state")
    def _compute_is_proposal(self):
        """Tell whether it is undecided: it matters then what the stores have."""
        for transfer in self:
            transfer.is_proposal = transfer.state in ("draft", "waiting")

    @api.depends("state")
    def _compute_is_approved(self):
        """Tell whether goods move or moved: the lines say then what became of them."""
        not_approved = ("draft", "waiting", "rejected", "cancelled")
        for transfer in self:
            transfer.is_approved = transfer.state not in not_approved

    @api.depends("kind")
    def _compute_is_of_stores(self):
        """Tell which of its two sides are stores; the other one is a third party."""
        for transfer in self:
            transfer.is_from_store = transfer.kind != "receipt"
            transfer.is_to_store = transfer.kind != "dispatch"
