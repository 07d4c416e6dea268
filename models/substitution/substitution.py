from odoo import api, fields, models

from ...tools.quantities import format_quantity


class StoreTransferSubstitution(models.Model):
    """Another product that the source proposes for what it does not have.

    The destination accepts or refuses it. What was accepted is a line of its own, with
    a link to the one that it replaces. A proposal ends by itself when that has left, or
    is closed.
    """

    _name = "store.transfer.substitution"
    _description = "Store Transfer Substitution"
    _inherit = ["store.transfer.steps"]
    _order = "id desc"
    # All of it: it is proposed and answered by steps only.
    _step_fields = frozenset(
        {
            "transfer_id",
            "line_id",
            "product_id",
            "quantity",
            "replaced_quantity",
            "remark",
            "state",
            "propose_user_id",
            "answer_user_id",
            "answer_date",
            "reason_id",
            "note",
            "new_line_id",
        }
    )

    transfer_id = fields.Many2one(
        "store.transfer", required=True, readonly=True, index=True, ondelete="cascade"
    )
    line_id = fields.Many2one(
        "store.transfer.line",
        string="Replaced Line",
        required=True,
        readonly=True,
        index=True,
        ondelete="cascade",
    )
    company_id = fields.Many2one(
        related="transfer_id.company_id", store=True, precompute=True
    )
    source_store_id = fields.Many2one(
        related="transfer_id.source_store_id", store=True, precompute=True
    )
    destination_store_id = fields.Many2one(
        related="transfer_id.destination_store_id", store=True, precompute=True
    )
    replaced_product_id = fields.Many2one(
        related="line_id.product_id", string="Instead of"
    )
    replaced_quantity = fields.Float(
        digits="Product Unit",
        required=True,
        readonly=True,
        help="So much of the replaced product is closed when it is accepted.",
    )
    product_id = fields.Many2one(
        "product.product",
        string="Substitute",
        required=True,
        readonly=True,
        ondelete="restrict",
    )
    quantity = fields.Float(digits="Product Unit", required=True, readonly=True)
    stock_uom_id = fields.Many2one(related="product_id.uom_id", string="Unit")
    remark = fields.Char(readonly=True, help="What the other side should know.")
    state = fields.Selection(
        [
            ("open", "Waits for an answer"),
            ("accepted", "Accepted"),
            ("refused", "Refused"),
            ("withdrawn", "Withdrawn"),
            ("lapsed", "Not needed any more"),
        ],
        required=True,
        readonly=True,
        default="open",
        index=True,
    )
    propose_user_id = fields.Many2one(
        "res.users", string="Proposed By", readonly=True, ondelete="restrict"
    )
    answer_user_id = fields.Many2one(
        "res.users", string="Answered By", readonly=True, ondelete="restrict"
    )
    answer_date = fields.Datetime(string="Answered On", readonly=True)
    reason_id = fields.Many2one(
        "store.transfer.reason",
        string="Refused Because",
        readonly=True,
        ondelete="restrict",
    )
    note = fields.Char(readonly=True)
    new_line_id = fields.Many2one(
        "store.transfer.line", readonly=True, ondelete="set null"
    )

    _quantities_positive = models.Constraint(
        "CHECK (quantity > 0 AND replaced_quantity > 0)",
        "A substitution is about more than nothing.",
    )
    _one_open = models.UniqueIndex(
        "(line_id) WHERE state = 'open'",
        "Another product is proposed for this line already.",
    )

    @api.depends("transfer_id.name", "product_id", "replaced_product_id")
    @api.depends_context("lang")
    def _compute_display_name(self):
        for substitution in self:
            substitution.display_name = self.env._(
                "%(transfer)s: %(substitute)s instead of %(product)s",
                transfer=substitution.transfer_id.name,
                substitute=substitution.product_id.display_name,
                product=substitution.replaced_product_id.display_name,
            )

    def _describe(self):
        """Return what is proposed, as ``3 Units × Clay Mug instead of 3 Units × …``."""
        self.ensure_one()
        unit = self.line_id.stock_uom_id
        return self.env._(
            "%(quantity)s × %(substitute)s instead of %(replaced)s × %(product)s",
            quantity=format_quantity(self.env, self.quantity, self.stock_uom_id),
            substitute=self.product_id.display_name,
            replaced=format_quantity(self.env, self.replaced_quantity, unit),
            product=self.replaced_product_id.display_name,
        )
