from odoo import api, fields, models
from odoo.fields import Domain

from ...tools.shared_one2many import SharedOne2many


class StoreTransfer(models.Model):
    """Which substitutes are proposed on a transfer."""

    _inherit = "store.transfer"

    substitution_ids = SharedOne2many(
        "store.transfer.substitution", "transfer_id", string="Substitutions"
    )
    open_substitution_ids = SharedOne2many(
        "store.transfer.substitution",
        "transfer_id",
        domain=[("state", "=", "open")],
        string="Proposed Substitutes",
    )
    waits_for_answer = fields.Boolean(
        string="Waits for an Answer",
        compute="_compute_waits_for_answer",
        search="_search_waits_for_answer",
    )

    @api.depends("substitution_ids.state")
    def _compute_waits_for_answer(self):
        # In sudo: that there is one, also they may know who don't see what it is.
        for transfer, with_all in zip(self, self.sudo(), strict=True):
            states = with_all.substitution_ids.mapped("state")
            transfer.waits_for_answer = "open" in states

    def _search_waits_for_answer(self, operator, value):
        if operator not in ("in", "not in"):
            return NotImplemented
        substitutions = self.env["store.transfer.substitution"].sudo()
        waiting = substitutions.search([("state", "=", "open")]).transfer_id
        transfers = Domain("id", "in", waiting.ids)
        return transfers if (operator == "in") == (True in value) else ~transfers

    def copy_data(self, default=None):
        """Ask in a copy for what was asked for, not for what came instead."""
        vals_list = super().copy_data(default)
        for transfer, vals in zip(self, vals_list, strict=True):
            if len(vals.get("line_ids", ())) == len(transfer.line_ids):
                vals["line_ids"] = [
                    command
                    for command, line in zip(
                        vals["line_ids"], transfer.line_ids, strict=True
                    )
                    if not line.replaces_line_id
                ]
        return vals_list
