from collections import defaultdict

from odoo import api, fields, models

from ...tools.quantities import format_quantity
from ...tools.shared_one2many import SharedOne2many

HEADER_DEPENDS = ("transfer_id.source_store_id", "transfer_id.destination_store_id")


class StoreTransferLine(models.Model):
    """One product of a transfer, and where every unit of it is.

    ``quantity`` is what the user asked for, in a unit of choice. Every other quantity
    is in the product's own unit and is read off the line's stock moves.
    """

    _name = "store.transfer.line"
    _inherit = ["store.transfer.guard"]
    _description = "Store Transfer Line"
    _order = "transfer_id, sequence, id"
    _rec_name = "product_id"
    _check_company_auto = True
    _step_fields = frozenset(
        {
            "approved_quantity",
            "unit_cost",
            "last_count_date",
            "full_date",
            "closed_quantity",
            "surplus_quantity",
            "not_approved_reason_id",
            "close_reason_id",
            "discrepancy_ids",
            "substitution_ids",
            "replaces_line_id",
            "to_return_quantity",
            "move_ids",
        }
    )

    transfer_id = fields.Many2one(
        "store.transfer", required=True, index=True, ondelete="cascade"
    )
    sequence = fields.Integer(default=10)
    company_id = fields.Many2one(related="transfer_id.company_id", store=True)
    source_store_id = fields.Many2one(related="transfer_id.source_store_id", store=True)
    destination_store_id = fields.Many2one(
        related="transfer_id.destination_store_id", store=True
    )
    third_party_name = fields.Char(related="transfer_id.third_party_name")
    expected_date = fields.Date(related="transfer_id.expected_date", store=True)
    state = fields.Selection(related="transfer_id.state", store=True, index=True)
    product_id = fields.Many2one(
        "product.product",
        required=True,
        index=True,
        check_company=True,
        ondelete="restrict",
        domain="[('is_storable', '=', True), ('default_code', '!=', False),"
        " ('transfer_assortment_of', '=', source_store_id),"
        " ('transfer_assortment_of', '=', destination_store_id)]",
    )
    default_code = fields.Char(related="product_id.default_code", string="SKU")
    barcode = fields.Char(related="product_id.barcode")
    tracking = fields.Selection(related="product_id.tracking")
    allowed_uom_ids = fields.Many2many("uom.uom", compute="_compute_allowed_uom_ids")
    has_units = fields.Boolean(compute="_compute_allowed_uom_ids")
    product_uom_id = fields.Many2one(
        "uom.uom",
        string="Unit",
        compute="_compute_product_uom_id",
        store=True,
        readonly=False,
        precompute=True,
        required=True,
        domain="[('id', 'in', allowed_uom_ids)]",
        ondelete="restrict",
    )
    stock_uom_id = fields.Many2one(
        related="product_id.uom_id",
        string="Stock Unit",
        store=True,
    )
    quantity = fields.Float(
        default=1.0, digits="Product Unit", required=True, aggregator=None
    )
    remark = fields.Char()
    move_ids = fields.One2many("stock.move", "transfer_line_id", string="Stock Moves")
    close_reason_id = fields.Many2one(
        "store.transfer.reason", readonly=True, copy=False, ondelete="restrict"
    )
    to_return_quantity = fields.Float(
        digits="Product Unit",
        readonly=True,
        copy=False,
        help="What was settled as returned: the source receives it.",
    )

    source_free_quantity = fields.Float(
        string="Free at Source",
        digits="Product Unit",
        compute="_compute_store_stock",
        help="What the source has and has not reserved, in the stock unit.",
    )
    destination_quantity = fields.Float(
        string="At Destination",
        digits="Product Unit",
        compute="_compute_store_stock",
        help="What the destination has on hand, in the stock unit.",
    )
    not_approved_reason_id = fields.Many2one(
        "store.transfer.reason",
        string="Not Approved Because",
        readonly=True,
        copy=False,
        ondelete="restrict",
    )
    discrepancy_ids = SharedOne2many(
        "store.transfer.discrepancy", "line_id", string="Differences"
    )

    _quantity_positive = models.Constraint(
        "CHECK (quantity > 0 OR COALESCE(surplus_quantity, 0) > 0)",
        "Ask for a quantity above zero on every line.",
    )

    @api.depends("product_id.uom_id", "product_id.uom_ids")
    def _compute_allowed_uom_ids(self):
        for line in self:
            line.allowed_uom_ids = line.product_id.uom_id | line.product_id.uom_ids
            line.has_units = len(line.allowed_uom_ids) > 1

    @api.depends("product_id")
    def _compute_product_uom_id(self):
        for line in self:
            line.product_uom_id = line.product_id.uom_id

    @api.depends("product_id", *HEADER_DEPENDS)
    def _compute_store_stock(self):
        for stores, lines in self.grouped(
            lambda line: (line.source_store_id, line.destination_store_id)
        ).items():
            source, destination = stores
            at_source = self._get_stock_by_product(source, lines.product_id)
            at_destination = self._get_stock_by_product(destination, lines.product_id)
            for line in lines:
                line.source_free_quantity = at_source[line.product_id.id][0]
                line.destination_quantity = at_destination[line.product_id.id][1]

    @api.model
    def _get_stock_by_product(self, store, products):
        """Return ``{product id: (free, on hand)}`` at a store; zeros without one."""
        stock = defaultdict(lambda: (0.0, 0.0))
        if store:
            for product in store._get_product_stock(products):
                stock[product.id] = (product.free_qty, product.qty_available)
        return stock

    def _describe_quantity(self, field):
        """Return so much of this product, as ``2 Units × Oolong Tea``."""
        return self._describe_so_much(self[field])

    def _describe_so_much(self, quantity):
        quantity = format_quantity(self.env, quantity, self.stock_uom_id)
        return f"{quantity} × {self.product_id.display_name}"

    def copy_data(self, default=None):
        vals_list = super().copy_data(default)
        for line, vals in zip(self, vals_list, strict=True):
            # Of a product that nobody had asked for, as much as came.
            if not vals.get("quantity"):
                vals["quantity"] = line.asked_quantity
        return vals_list

    @api.model_create_multi
    def create(self, vals_list):
        lines = super().create(vals_list)
        lines._check_may_edit()
        return lines

    def write(self, vals):
        self._check_may_edit()
        result = super().write(vals)
        if "transfer_id" in vals:
            self._check_may_edit()
        return result

    @api.ondelete(at_uninstall=False)
    def _unlink_only_from_draft(self):
        self._check_may_edit()

    def _check_may_edit(self):
        # The addon's own steps write approved quantities and reasons in sudo.
        if not self.env.su:
            self.transfer_id._check_step("edit")
