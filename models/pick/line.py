from odoo import api, fields, models

from ...tools.lot_quantities import LotKey

# After all shelves: what stands there goes only when somebody wants it to, and what is
# not in stock nobody can pick.
LAST_SHELF = 1_000_000


class StoreTransferPickLine(models.Model):
    """What is picked of one product, or one of its lots, on one shelf.

    What was approved and is not in stock has a row without a shelf. Of lots that are
    past their date nothing is expected: they go only if a quantity is entered.
    """

    _name = "store.transfer.pick.line"
    _description = "Store Transfer Pick Line"
    _inherit = ["store.transfer.scanned.line"]
    _order = "pick_id, sequence, id"
    _step_fields = frozenset(
        {
            "pick_id",
            "transfer_line_id",
            "product_id",
            "lot_id",
            "location_id",
            "sequence",
            "is_past_date",
            "expected_quantity",
            "picked_quantity",
            "is_counted",
        }
    )

    pick_id = fields.Many2one(
        "store.transfer.pick",
        required=True,
        readonly=True,
        index=True,
        ondelete="cascade",
    )
    transfer_id = fields.Many2one(related="pick_id.transfer_id")
    transfer_line_id = fields.Many2one(required=True)
    location_id = fields.Many2one(
        "stock.location",
        string="Shelf",
        readonly=True,
        ondelete="cascade",
        help="Empty for what is not in stock.",
    )
    location_name = fields.Char(string="On Shelf", compute="_compute_location_name")
    sequence = fields.Integer(readonly=True, help="The order of the shelves.")
    is_past_date = fields.Boolean(
        string="Past Its Date",
        readonly=True,
        help="It goes only if a quantity is entered here.",
    )
    expected_quantity = fields.Float(
        string="To Pick", help="How much is set aside here for the transfer."
    )
    picked_quantity = fields.Float(
        string="Picked", digits="Product Unit", readonly=True
    )

    _picked_not_negative = models.Constraint(
        "CHECK (picked_quantity >= 0)", "Nothing can be picked below zero."
    )

    @api.depends("location_id")
    def _compute_location_name(self):
        """Name a shelf without the stock that it is in."""
        # Locations are out of reach of store staff.
        for line, with_stock in zip(self, self.sudo(), strict=True):
            stock = with_stock.transfer_id.source_store_id.lot_stock_id
            name = with_stock.location_id.complete_name or ""
            is_stock = with_stock.location_id == stock
            line.location_name = (
                "" if is_stock else name.removeprefix(f"{stock.complete_name}/")
            )

    def _get_done_quantity(self):
        return self.picked_quantity

    def _is_missing(self):
        """Tell whether this is what is not in stock."""
        return not self.location_id

    def _get_place_key(self):
        return LotKey(self.transfer_line_id, self.lot_id, location=self.location_id)

    def _get_key_of_product(self):
        return self._get_place_key()._replace(line=self.product_id)

    def _has_room_for(self, quantity):
        """Tell whether so much more is set aside here."""
        picked = self.picked_quantity + quantity
        return self.stock_uom_id.compare(picked, self.expected_quantity) <= 0

    def _get_excess(self):
        """Return how much more was picked here than is set aside for it."""
        excess = self.picked_quantity - self.expected_quantity
        return max(0.0, self.stock_uom_id.round(excess))

    def _get_picked_of_lines(self):
        """Return ``{line of the transfer: how much of it was picked}``."""
        return {
            line: line.product_id.uom_id.round(sum(rows.mapped("picked_quantity")))
            for line, rows in self.grouped("transfer_line_id").items()
        }

    def _prepare_row(self):
        return {
            **super()._prepare_row(),
            "line": self.transfer_line_id.id,
            "to_ship": self.transfer_line_id.to_ship_quantity,
            "reserved": 0 if self._is_missing() else self.expected_quantity,
            "location": self.location_name,
            "location_order": self.sequence,
            "is_missing": self._is_missing(),
            # What a count says of its rows, and a pick list has not.
            "needs_lot": False,
            "new_lot_of": False,
            "is_unsent": False,
            "damaged": 0,
            "remark": "",
            "has_photo": False,
        }
