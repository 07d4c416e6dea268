from odoo import api, fields, models
from odoo.exceptions import UserError

COMPARED_FIELDS = {"counted_quantity", "damaged_quantity", "expected_quantity"}


class StoreTransferCountLine(models.Model):
    """What came of one product, or of one of its lots. In the product's unit.

    Good and damaged pieces are counted apart; what came is both together.
    """

    _name = "store.transfer.count.line"
    _description = "Store Transfer Count Line"
    _inherit = ["store.transfer.scanned.line", "store.transfer.blind"]
    _order = "count_id, transfer_line_id, id"
    _step_fields = frozenset(
        {
            "count_id",
            "transfer_line_id",
            "product_id",
            "lot_id",
            "expected_quantity",
            "is_extra_lot",
        }
    )

    _hidden_in_blind_count = frozenset(
        {"expected_quantity", "difference_quantity", "consequence"}
    )

    count_id = fields.Many2one(
        "store.transfer.count", required=True, index=True, ondelete="cascade"
    )
    transfer_id = fields.Many2one(related="count_id.transfer_id")
    count_state = fields.Selection(related="count_id.state")
    transfer_line_id = fields.Many2one(help="Empty for a product that nobody sent.")
    lot_name = fields.Char(
        string="New Lot", help="The lot or serial number that a third party brought."
    )
    needs_lot_name = fields.Boolean(compute="_compute_needs_lot_name")
    is_extra_lot = fields.Boolean(
        readonly=True, help="One more lot of a product that the line above is about."
    )
    expected_quantity = fields.Float(string="Expected")
    received_quantity = fields.Float(
        related="transfer_line_id.received_quantity", string="Received Before"
    )
    counted_quantity = fields.Float(
        string="Counted",
        digits="Product Unit",
        help="The good pieces. What came too much of them may be put aside.",
    )
    damaged_quantity = fields.Float(
        string="Damaged",
        digits="Product Unit",
        help="What came, but is damaged: it never goes into sellable stock.",
    )
    difference_quantity = fields.Float(
        string="Difference",
        digits="Product Unit",
        compute="_compute_difference",
        help="What came, good and damaged, less what was expected; what is too much on "
        "one row is not missing on another of the same goods.",
    )
    consequence = fields.Char(
        compute="_compute_consequence",
        help="What submitting the count does about the difference.",
    )
    remark = fields.Char()
    photo = fields.Image(max_width=1920, max_height=1920)

    _counted_not_negative = models.Constraint(
        "CHECK (counted_quantity >= 0)", "Nothing can be counted below zero."
    )
    _damaged_not_negative = models.Constraint(
        "CHECK (damaged_quantity >= 0)", "Nothing can be counted below zero."
    )

    @api.depends("product_id.tracking", "transfer_id.kind")
    def _compute_needs_lot_name(self):
        for line in self:
            line.needs_lot_name = (
                line.product_id.tracking != "none"
                and line.transfer_id.kind == "receipt"
            )

    @api.depends("counted_quantity", "damaged_quantity", "expected_quantity")
    def _compute_difference(self):
        differences = self._with_other_rows()._get_differences()
        for line in self:
            line.difference_quantity = differences[line]

    def _with_other_rows(self):
        """Return these lines and all others of their products."""
        product_ids = set(self.product_id.ids)
        others = self.sudo().count_id.line_ids.filtered(
            lambda line: line.product_id.id in product_ids
        )
        # What is just being edited stands for what is saved of it.
        edited = {line._origin or line: line for line in self}
        return self.browse().concat(
            *(edited.pop(other._origin or other, other) for other in others),
            *edited.values(),
        )

    def _differs(self):
        """Tell whether who submits the count should look at this row."""
        return bool(self.difference_quantity or self.damaged_quantity)

    @api.depends("difference_quantity", "damaged_quantity")
    @api.depends_context("uid")
    def _compute_consequence(self):
        for count, lines in self.grouped("count_id").items():
            # In sudo: who counts blind may not read what was expected.
            outcomes = count._get_outcomes(lines.sudo())
            for line in lines:
                line.consequence = outcomes[line]

    def _get_consequence(self, decision):
        """Say in words what will happen to what differs on this line."""
        self.ensure_one()
        if self.count_state != "open":
            return ""
        parts = []
        if self.difference_quantity < 0:
            parts.append(self.env._("stays expected"))
        if self._get_quantities_to_receive(decision)[1]:
            parts.append(self.env._("damaged: not into sellable stock"))
        if decision:
            parts.append(decision.label)
        return "; ".join(parts)

    def _check_serials_are_new(self):
        """Refuse a serial number that a third party can't bring: it is here already."""
        here = self.env["stock.quant"].search(
            [
                ("product_id", "in", self.product_id.ids),
                ("lot_id.name", "in", self.mapped("lot_name")),
                ("location_id.usage", "in", ("internal", "transit")),
                ("company_id", "=", self.transfer_id.company_id.id),
                ("quantity", ">", 0),
            ]
        )
        known = {(quant.product_id, quant.lot_id.name): quant for quant in here}
        for line in self:
            if quant := known.get((line.product_id, line.lot_name)):
                quant._refuse_serial_in_stock()

    def _get_goods_name(self):
        """Return the product with the lot of a line."""
        lot_name = self.sudo().lot_id.name or self.lot_name
        return " ".join(filter(None, [self.product_id.display_name, lot_name]))

    def _get_lot_name(self):
        return super()._get_lot_name() or self.lot_name or ""

    def _is_sent_without_lot(self):
        return super()._is_sent_without_lot() and not self.needs_lot_name

    @api.model
    def _find_lot_domain(self, name):
        return ["|", ("lot_name", "=", name), *super()._find_lot_domain(name)]

    def _misses_lot_name(self):
        """Tell whether nobody said which lot this is; what was sent may have none."""
        return (
            self.product_id.tracking != "none"
            and not (self.lot_id or self.lot_name)
            and (
                self.needs_lot_name or self.stock_uom_id.is_zero(self.expected_quantity)
            )
        )

    def _filter_left(self):
        """Return those that nobody has counted, and something is expected of.

        What was counted on one row was looked at for all rows of the same goods.
        """
        left = self.browse()
        for lines in self._group_by_goods():
            counted = any(
                line.is_counted or line._get_done_quantity() for line in lines
            )
            if not counted:
                left += lines.filtered("expected_quantity")
        return left

    def _prepare_row(self):
        return {
            **super()._prepare_row(),
            "needs_lot": self.needs_lot_name and not self.lot_name,
            # Of these lots only the sum is expected.
            "new_lot_of": self.needs_lot_name and self.transfer_line_id.id,
            "is_unsent": not self.transfer_line_id,
            "customer": self.transfer_line_id.customer_name or "",
            "damaged": self.damaged_quantity,
            "remark": self.remark or "",
        }

    def write(self, vals):
        if not self.env.su:
            self.count_id._check_allows("count")
            self._refuse_impossible_numbers(vals)
            self._check_possible(vals)
            if vals.get("lot_name"):
                self._check_may_have_lot_name()
            if "counted_quantity" in vals:
                vals = {"is_counted": True, **vals}
        result = super().write(vals)
        if vals.keys() & COMPARED_FIELDS:
            # Those of other rows as well, which no dependency tells without reading
            # all rows for each that is written.
            self.invalidate_model(["difference_quantity", "consequence"], flush=False)
        return result

    def _check_possible(self, vals):
        """Refuse half of what comes in whole pieces."""
        names = vals.keys() & {"counted_quantity", "damaged_quantity"}
        for quantity in {vals[name] or 0.0 for name in names}:
            for product in self.product_id:
                if error := product._get_quantity_error(quantity, product.uom_id):
                    raise UserError(error)

    def _check_may_have_lot_name(self):
        """Refuse to name a lot where none is kept, or where it is known already."""
        for line in self:
            if not line.needs_lot_name:
                raise UserError(
                    self.env._(
                        "%s: no lot or serial number is entered on this row. Leave it "
                        "empty.",
                        line.product_id.display_name,
                    )
                )

    def action_add_lot(self):
        """Add a row for one more lot of this product."""
        self.ensure_one()
        self.count_id._check_allows("count")
        if not self.needs_lot_name:
            raise UserError(
                self.env._(
                    "%s needs no more rows: count all of it in this one.",
                    self.product_id.display_name,
                )
            )
        self.sudo().create(
            {
                "count_id": self.count_id.id,
                "transfer_line_id": self.transfer_line_id.id,
                "product_id": self.product_id.id,
                "is_extra_lot": True,
            }
        )
        return self.count_id._get_form_action()
