from collections import defaultdict

from odoo import api, fields, models

from ...tools.quantities import format_quantities

# Columns of the lines that are there only when they have something to show.
SHOWN_WHERE_SOME = (
    "not_approved",
    "closed",
    "returned",
    "lost",
    "damaged",
    "surplus",
    "short",
)


class StoreTransfer(models.Model):
    """How much a transfer is about: the sums of its lines, shown by unit."""

    _inherit = "store.transfer"

    line_count = fields.Integer(
        string="Products", compute="_compute_quantities", store=True
    )
    asked_quantity = fields.Float(
        string="Asked (Sum)",
        digits="Product Unit",
        compute="_compute_quantities",
        store=True,
    )
    to_ship_quantity = fields.Float(
        string="To Ship (Sum)",
        digits="Product Unit",
        compute="_compute_quantities",
        store=True,
    )
    shipped_quantity = fields.Float(
        string="Shipped (Sum)",
        digits="Product Unit",
        compute="_compute_quantities",
        store=True,
    )
    in_transit_quantity = fields.Float(
        string="In Transit (Sum)",
        digits="Product Unit",
        compute="_compute_quantities",
        store=True,
    )
    received_quantity = fields.Float(
        string="Received (Sum)",
        digits="Product Unit",
        compute="_compute_quantities",
        store=True,
    )
    closed_quantity = fields.Float(
        string="Closed Unshipped",
        digits="Product Unit",
        compute="_compute_quantities",
        store=True,
    )
    # Shown instead of the sums above, which add kilograms to pieces.
    asked_by_unit = fields.Char(string="Asked", compute="_compute_by_unit")
    to_ship_by_unit = fields.Char(string="To Ship", compute="_compute_by_unit")
    shipped_by_unit = fields.Char(string="Shipped", compute="_compute_by_unit")
    in_transit_by_unit = fields.Char(string="In Transit", compute="_compute_by_unit")
    received_by_unit = fields.Char(string="Received", compute="_compute_by_unit")
    is_to_ship = fields.Boolean(
        string="Has Goods to Ship", compute="_compute_quantities", store=True
    )
    not_approved_quantity = fields.Float(
        string="Not Approved (Sum)",
        digits="Product Unit",
        compute="_compute_quantities",
        store=True,
    )
    has_not_approved_goods = fields.Boolean(compute="_compute_has_goods")
    has_closed_goods = fields.Boolean(compute="_compute_has_goods")
    has_returned_goods = fields.Boolean(compute="_compute_has_goods")
    has_lost_goods = fields.Boolean(compute="_compute_has_goods")
    has_damaged_goods = fields.Boolean(compute="_compute_has_goods")
    has_surplus_goods = fields.Boolean(compute="_compute_has_goods")
    has_short_goods = fields.Boolean(compute="_compute_has_goods")
    _to_ship_index = models.Index("(source_store_id) WHERE is_to_ship")

    @api.depends(
        "line_ids.asked_quantity",
        "line_ids.to_ship_quantity",
        "line_ids.shipped_quantity",
        "line_ids.in_transit_quantity",
        "line_ids.received_quantity",
        "line_ids.not_approved_quantity",
        "line_ids.closed_quantity",
    )
    def _compute_quantities(self):
        names = (
            "asked",
            "to_ship",
            "shipped",
            "in_transit",
            "received",
            "not_approved",
            "closed",
        )
        for transfer in self:
            transfer.line_count = len(transfer.line_ids)
            for name in names:
                field = f"{name}_quantity"
                transfer[field] = sum(transfer.line_ids.mapped(field))
            transfer.is_to_ship = bool(transfer.to_ship_quantity)

    @api.depends(
        "asked_quantity",
        "to_ship_quantity",
        "shipped_quantity",
        "in_transit_quantity",
        "received_quantity",
    )
    @api.depends_context("lang")
    def _compute_by_unit(self):
        names = ("asked", "to_ship", "shipped", "in_transit", "received")
        sums = self._get_sums_by_unit([f"{name}_quantity" for name in names])
        for transfer in self:
            for name in names:
                quantities = sums[f"{name}_quantity"][transfer._origin.id]
                transfer[f"{name}_by_unit"] = format_quantities(self.env, quantities)

    def _get_sums_by_unit(self, names):
        """Return ``{field: {transfer id: {unit: sum of its lines}}}``, by one query."""
        sums = {name: defaultdict(dict) for name in names}
        # In sudo: a transfer shows how much it is about, also to who reads no lines.
        for transfer, unit, *totals in (
            self.env["store.transfer.line"]
            .sudo()
            ._read_group(
                [("transfer_id", "in", self._origin.ids)],
                ["transfer_id", "stock_uom_id"],
                [f"{name}:sum" for name in names],
            )
        ):
            for name, total in zip(names, totals, strict=True):
                sums[name][transfer.id][unit] = total
        return sums

    @api.depends(*(f"line_ids.{name}_quantity" for name in SHOWN_WHERE_SOME))
    @api.depends_context("uid")
    def _compute_has_goods(self):
        """Say which columns have something to show, to who sees the lines."""
        for transfer in self:
            for name in SHOWN_WHERE_SOME:
                quantities = transfer.line_ids.mapped(f"{name}_quantity")
                transfer[f"has_{name}_goods"] = any(quantities)
