from odoo import api, fields, models

from ...tools.quantities import format_quantity
from ...tools.shared_one2many import SharedOne2many


class StoreTransferLine(models.Model):
    """What a line is replaced by, or what it replaces."""

    _inherit = "store.transfer.line"

    replaces_line_id = fields.Many2one(
        "store.transfer.line",
        string="Instead of",
        readonly=True,
        copy=False,
        index="btree_not_null",
        ondelete="set null",
    )
    substitution_ids = SharedOne2many(
        "store.transfer.substitution", "line_id", string="Substitutions"
    )
    substitution_note = fields.Char(
        string="Substitution", compute="_compute_substitution_note"
    )
    can_substitute = fields.Boolean(compute="_compute_can_substitute")

    @api.depends("substitution_ids.state", "replaces_line_id")
    @api.depends_context("lang", "uid")
    def _compute_substitution_note(self):
        for line in self:
            notes = [
                substitution._describe_on_line()
                for substitution in line.substitution_ids
                if substitution.state in ("open", "accepted")
            ]
            if line.replaces_line_id:
                notes.append(
                    self.env._(
                        "Instead of %s", line.replaces_line_id.product_id.display_name
                    )
                )
            line.substitution_note = "; ".join(notes)

    @api.depends("transfer_id.can_substitute", "to_ship_quantity", "substitution_ids")
    @api.depends_context("uid")
    def _compute_can_substitute(self):
        for line in self:
            line.can_substitute = (
                line.transfer_id.can_substitute
                and line.to_ship_quantity
                and "open" not in line.substitution_ids.mapped("state")
            )

    def action_open_substitute(self):
        """Open the question what the source proposes instead of this product."""
        self.ensure_one()
        self.check_access("read")
        self.transfer_id._start_step("substitute")._reserve_to_ship()
        return {
            "type": "ir.actions.act_window",
            "name": self.env._("Propose a Substitute"),
            "res_model": "store.transfer.substitute",
            "view_mode": "form",
            "target": "new",
            "context": {
                "default_transfer_id": self.transfer_id.id,
                "default_line_id": self.id,
            },
        }


class StoreTransferSubstitution(models.Model):
    _inherit = "store.transfer.substitution"

    def _describe_on_line(self):
        """Say on the line that is replaced by what it is, or may be."""
        goods = self.env._(
            "%(quantity)s × %(product)s",
            quantity=format_quantity(self.env, self.quantity, self.stock_uom_id),
            product=self.product_id.display_name,
        )
        if self.state == "open":
            return self.env._("Waits for an answer: %s", goods)
        return self.env._("Replaced by %s", goods)
