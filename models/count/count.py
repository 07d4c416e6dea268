from odoo import api, fields, models

from ...tools.quantities import format_quantities, sum_by_unit
from ...tools.shared_one2many import SharedOne2many


class StoreTransferCount(models.Model):
    """What really came, line by line: who counted it, and when.

    It is saved as it goes, can be left and taken up again, also by somebody else.
    Submitting it receives what was counted; what is missing stays expected.
    """

    _name = "store.transfer.count"
    _description = "Store Transfer Count"
    _inherit = [
        "store.transfer.scanned",
        "store.transfer.blind",
    ]
    _link = "count_id"
    _scan_step = "count"
    _step_fields = frozenset(
        {
            "transfer_id",
            "state",
            "submit_date",
            "user_id",
            "cashier",
            "picking_ids",
            "surplus_parts",
        }
    )

    state = fields.Selection(
        [("open", "Counting"), ("done", "Submitted"), ("cancelled", "Cancelled")],
        required=True,
        readonly=True,
        default="open",
    )
    user_id = fields.Many2one(string="Counted By")
    line_ids = SharedOne2many("store.transfer.count.line", "count_id", string="Lines")
    scan_ids = fields.One2many("store.transfer.count.scan", "count_id", string="Scans")
    difference_line_ids = fields.One2many(
        "store.transfer.count.line", compute="_compute_difference_line_ids"
    )
    expected_quantity = fields.Float(
        string="Expected (Sum)", digits="Product Unit", compute="_compute_quantities"
    )
    counted_quantity = fields.Float(
        string="Counted (Sum)", digits="Product Unit", compute="_compute_quantities"
    )
    damaged_quantity = fields.Float(
        string="Damaged (Sum)", digits="Product Unit", compute="_compute_quantities"
    )

    # Shown instead of the sums above, which add kilograms to pieces.
    expected_by_unit = fields.Char(string="Expected", compute="_compute_by_unit")
    counted_by_unit = fields.Char(string="Counted", compute="_compute_by_unit")
    damaged_by_unit = fields.Char(string="Damaged", compute="_compute_by_unit")

    summary = fields.Char(
        compute="_compute_summary", help="What submitting the count does, in words."
    )
    has_lots = fields.Boolean(compute="_compute_lots")
    needs_lot_names = fields.Boolean(compute="_compute_lots")

    _one_open_count = models.UniqueIndex(
        "(transfer_id) WHERE state = 'open'",
        "This transfer is being counted already: go on with that count.",
    )

    @api.depends(
        "line_ids.expected_quantity",
        "line_ids.counted_quantity",
        "line_ids.damaged_quantity",
    )
    @api.depends_context("uid")
    def _compute_quantities(self):
        for count in self:
            lines = count.sudo().line_ids
            for name in ("expected_quantity", "counted_quantity", "damaged_quantity"):
                count[name] = sum(lines.mapped(name))
            if count._is_blind():
                count.expected_quantity = 0

    @api.depends(
        "line_ids.expected_quantity",
        "line_ids.counted_quantity",
        "line_ids.damaged_quantity",
    )
    @api.depends_context("uid", "lang")
    def _compute_by_unit(self):
        for count in self:
            lines = count.sudo().line_ids
            for name in ("expected", "counted", "damaged"):
                quantities = sum_by_unit(lines, f"{name}_quantity")
                count[f"{name}_by_unit"] = format_quantities(self.env, quantities)
            if count._is_blind():
                count.expected_by_unit = False

    @api.depends("line_ids.lot_id", "line_ids.needs_lot_name")
    def _compute_lots(self):
        for count in self:
            count.has_lots = bool(count.line_ids.lot_id)
            count.needs_lot_names = any(count.line_ids.mapped("needs_lot_name"))

    @api.depends(
        "line_ids.difference_quantity",
        "line_ids.expected_quantity",
        "line_ids.counted_quantity",
        "line_ids.damaged_quantity",
    )
    @api.depends_context("uid")
    def _compute_difference_line_ids(self):
        for count in self:
            differing = count.sudo().line_ids.filtered(lambda line: line._differs())
            count.difference_line_ids = not count._is_blind() and differing

    @api.depends("difference_line_ids", "state")
    @api.depends_context("uid", "lang")
    def _compute_summary(self):
        for count in self:
            count.summary = count.state == "open" and count._get_summary()
