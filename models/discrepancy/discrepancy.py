import base64

from odoo import api, fields, models

from ...tools.quantities import format_quantity

UNSETTLED = ("open", "answered")
SURPLUS = ("surplus", "unexpected")
# Outcomes of goods that were sent, and that head office can decide otherwise.
MOVED_AS = ("not_sent", "returned", "lost", "damaged")


class StoreTransferDiscrepancy(models.Model):
    """What did not simply arrive, and what became of it.

    The source answers or disputes it, the destination's approver settles it; what is
    disputed, head office decides. The goods themselves are moved by the transfer's
    legs: a discrepancy only says what is known about them.
    """

    _name = "store.transfer.discrepancy"
    _description = "Store Transfer Difference"
    _inherit = [
        "store.transfer.steps",
        "store.transfer.turns",
        "store.transfer.own.store",
        "mail.thread",
    ]
    _order = "urgency, id desc"
    _mail_post_access = "read"
    _due_field = "deadline"
    _due_states = UNSETTLED
    _open_states = UNSETTLED
    _step_fields = frozenset(
        {
            "transfer_id",
            "line_id",
            "count_id",
            "product_id",
            "lot_id",
            "lot_name",
            "kind",
            "quantity",
            "damaged_quantity",
            "unit_cost",
            "state",
            "outcome",
            "open_date",
            "deadline",
            "answer_user_id",
            "answer_date",
            "is_disputed",
            "is_final",
            "settle_user_id",
            "settle_date",
            "settle_count_id",
            "is_by_rule",
            "rule_pieces",
            "rule_value",
        }
    )

    transfer_id = fields.Many2one(
        "store.transfer", required=True, readonly=True, index=True, ondelete="cascade"
    )
    line_id = fields.Many2one(
        "store.transfer.line",
        readonly=True,
        index="btree_not_null",
        ondelete="cascade",
        help="Empty for a product that nobody sent.",
    )
    count_id = fields.Many2one(
        "store.transfer.count", readonly=True, ondelete="set null"
    )
    company_id = fields.Many2one(
        related="transfer_id.company_id", store=True, precompute=True
    )
    source_store_id = fields.Many2one(
        related="transfer_id.source_store_id", store=True, precompute=True, index=True
    )
    destination_store_id = fields.Many2one(
        related="transfer_id.destination_store_id",
        store=True,
        precompute=True,
        index=True,
    )
    partner_id = fields.Many2one(related="transfer_id.partner_id")
    third_party_name = fields.Char(related="transfer_id.third_party_name")
    other_side = fields.Char(compute="_compute_other_side")
    product_id = fields.Many2one(
        "product.product", required=True, readonly=True, index=True, ondelete="restrict"
    )
    # As text: on a phone a long name goes over several lines.
    product_name = fields.Char(related="product_id.display_name", string="Name")
    default_code = fields.Char(related="product_id.default_code", string="SKU")
    lot_id = fields.Many2one("stock.lot", readonly=True)
    lot_name = fields.Char(string="Unknown Lot", readonly=True)
    stock_uom_id = fields.Many2one(related="product_id.uom_id", string="Unit")
    kind = fields.Selection(
        [
            ("short", "Short"),
            ("damaged", "Damaged"),
            ("surplus", "Surplus"),
            ("unexpected", "Nobody sent it"),
        ],
        required=True,
        readonly=True,
        index=True,
    )
    quantity = fields.Float(digits="Product Unit", required=True, readonly=True)
    damaged_quantity = fields.Float(
        string="Damaged",
        digits="Product Unit",
        readonly=True,
        help="How much of a surplus that was put aside is damaged.",
    )
    currency_id = fields.Many2one(related="company_id.currency_id")
    unit_cost = fields.Float(
        min_display_digits="Product Price",
        readonly=True,
        aggregator=None,
        help="What a unit cost when the difference was found.",
    )
    value = fields.Monetary(
        string="Value at Cost", compute="_compute_value", store=True
    )
    state = fields.Selection(
        [("open", "Open"), ("answered", "Answered"), ("settled", "Settled")],
        required=True,
        readonly=True,
        default="open",
        index=True,
        tracking=True,
        group_expand=True,
    )
    outcome = fields.Selection(
        [
            ("arrived", "Arrived later"),
            ("not_sent", "Not sent"),
            ("returned", "Returned"),
            ("lost", "Lost"),
            ("damaged", "Damaged"),
            ("closed", "Closed unshipped"),
            ("accepted", "Accepted"),
            ("refused", "Refused"),
        ],
        readonly=True,
        tracking=True,
    )
    # Written by the steps; of a surplus, by who decides on it before pressing a button.
    reason_id = fields.Many2one(
        "store.transfer.reason", tracking=True, ondelete="restrict"
    )
    note = fields.Char()
    remark = fields.Char(help="What was seen when it was counted.")
    photo = fields.Image(max_width=1920, max_height=1920)
    open_date = fields.Datetime(
        string="Found On",
        required=True,
        readonly=True,
        default=fields.Datetime.now,
        help="Where only a part of a difference was settled, both were found then.",
    )
    deadline = fields.Date(readonly=True, index=True)
    settle_user_id = fields.Many2one(
        "res.users", string="Settled By", readonly=True, ondelete="restrict"
    )
    settle_date = fields.Datetime(string="Settled On", readonly=True)
    settle_count_id = fields.Many2one(
        "store.transfer.count",
        string="Settled by Count",
        readonly=True,
        index="btree_not_null",
        ondelete="set null",
    )
    is_final = fields.Boolean(
        string="Final", readonly=True, help="It was disputed, and has been decided."
    )

    _quantity_positive = models.Constraint(
        "CHECK (quantity > 0)", "A difference is about more than nothing."
    )
    _unsettled_index = models.Index("(transfer_id) WHERE state <> 'settled'")

    @api.depends("transfer_id.name", "product_id", "kind", "quantity")
    @api.depends_context("lang", "uid")
    def _compute_display_name(self):
        kinds = dict(self._fields["kind"]._description_selection(self.env))
        # Odoo's own errors name records that one may not read.
        hides_quantity = self.env.user._counts_blind()
        for discrepancy in self:
            product = discrepancy.product_id.display_name
            discrepancy.display_name = self.env._(
                "%(transfer)s: %(product)s (%(kind)s)",
                transfer=discrepancy.transfer_id.name,
                product=product if hides_quantity else discrepancy._describe_goods(),
                kind=kinds.get(discrepancy.kind),
            )

    @api.depends("transfer_id", "source_store_id", "destination_store_id")
    @api.depends_context("uid", "lang")
    def _compute_other_side(self):
        """Name who is not the user's own store."""
        own = self.env.user.sudo().transfer_store_ids
        for discrepancy in self:
            discrepancy.other_side = discrepancy.transfer_id._get_other_side_name(
                discrepancy.source_store_id & own or discrepancy.destination_store_id
            )

    def _describe_goods(self):
        quantity = format_quantity(self.env, self.quantity, self.stock_uom_id)
        return f"{quantity} × {self.product_id.display_name}"

    @api.depends("quantity", "unit_cost")
    def _compute_value(self):
        for discrepancy in self:
            discrepancy.value = discrepancy.quantity * discrepancy.unit_cost

    def write(self, vals):
        if self.env.su:
            return super().write(vals)
        self._check_may_write(vals)
        former = [
            (discrepancy, discrepancy._get_rewritten(vals)) for discrepancy in self
        ]
        result = super().write(vals)
        for discrepancy, rewritten in former:
            discrepancy._log_rewritten(rewritten)
        return result

    def _get_rewritten(self, vals):
        """Return ``{field name: what it said before}`` of what is no longer so."""
        return {
            name: self[name]
            for name in ("answer", "remark", "photo")
            if name in vals and self[name] and self[name] != vals[name]
        }

    def _log_rewritten(self, former):
        """Keep what was said before: an answer or a photo is evidence."""
        if text := former.get("answer"):
            self._message_log(body=self.env._("The answer was: %s", text))
        if text := former.get("remark"):
            self._message_log(body=self.env._("The remark was: %s", text))
        if photo := former.get("photo"):
            self.message_post(
                body=self.env._("The photo was this one."),
                attachments=[("photo", base64.b64decode(photo))],
            )

    def _check_may_write(self, vals):
        """Let the source write its answer, and the destination what it saw.

        Who decides on a surplus may say why.
        """
        for discrepancy in self:
            if vals.keys() & {"reason_id", "note"}:
                discrepancy._check_allows("refuse")
            if "answer" in vals:
                discrepancy._check_allows("dispute")
            if vals.keys() & {"remark", "photo"}:
                discrepancy._check_allows("remark")
