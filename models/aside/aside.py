from odoo import api, fields, models


class StoreTransferAside(models.Model):
    """Goods that came for a customer, and are kept for them beside the stock.

    They stand in a place of the store that nothing is sold or sent from, until they are
    handed over or put to the free stock. Each is of one line and one lot.
    """

    _name = "store.transfer.aside"
    _description = "Goods Set Aside"
    _inherit = ["store.transfer.steps", "store.transfer.own.store"]
    _order = "is_held desc, id desc"
    _rec_name = "customer_name"
    _step_fields = frozenset(
        {
            "line_id",
            "move_id",
            "lot_id",
            "owner_id",
            "package_id",
            "shelf_id",
            "place_id",
            "quantity",
            "state",
            "is_held",
            "release_date",
            "release_user_id",
            "cashier",
        }
    )

    line_id = fields.Many2one(
        "store.transfer.line",
        required=True,
        readonly=True,
        index=True,
        ondelete="cascade",
    )
    transfer_id = fields.Many2one(
        related="line_id.transfer_id", store=True, precompute=True, index=True
    )
    company_id = fields.Many2one(
        related="line_id.company_id", store=True, precompute=True
    )
    store_id = fields.Many2one(
        related="line_id.destination_store_id",
        string="Store",
        store=True,
        precompute=True,
        index=True,
    )
    move_id = fields.Many2one(
        "stock.move",
        string="Received By",
        readonly=True,
        index=True,
        ondelete="restrict",
    )
    product_id = fields.Many2one(
        related="line_id.product_id", store=True, precompute=True, index=True
    )
    default_code = fields.Char(related="product_id.default_code", string="SKU")
    lot_id = fields.Many2one("stock.lot", readonly=True, ondelete="restrict")
    owner_id = fields.Many2one("res.partner", readonly=True, ondelete="restrict")
    package_id = fields.Many2one(
        "stock.package",
        string="Out of Carton",
        readonly=True,
        ondelete="restrict",
        help="In which it was received; set aside, it is unpacked.",
    )
    shelf_id = fields.Many2one(
        "stock.location",
        string="From",
        readonly=True,
        required=True,
        ondelete="restrict",
    )
    place_id = fields.Many2one(
        "stock.location",
        string="Set Aside In",
        readonly=True,
        required=True,
        ondelete="restrict",
    )
    quantity = fields.Float(digits="Product Unit", required=True, readonly=True)
    stock_uom_id = fields.Many2one(related="product_id.uom_id", string="Unit")
    customer_name = fields.Char(related="line_id.customer_name", store=True)
    customer_phone = fields.Char(related="line_id.customer_phone", store=True)
    state = fields.Selection(
        [
            ("held", "Set Aside"),
            ("handed_over", "Handed Over"),
            ("freed", "Put to Free Stock"),
            ("taken_back", "Count Undone"),
        ],
        required=True,
        readonly=True,
        default="held",
        index=True,
    )
    is_held = fields.Boolean(compute="_compute_is_held", store=True, precompute=True)
    release_date = fields.Datetime(string="Released On", readonly=True)
    release_user_id = fields.Many2one(
        "res.users", string="Released By", readonly=True, ondelete="restrict"
    )
    cashier = fields.Char(
        string="At the Till", readonly=True, help="Who it was, as the till says."
    )

    @api.depends("state")
    def _compute_is_held(self):
        for aside in self:
            aside.is_held = aside.state == "held"

    def _describe(self):
        """Return what it is and for whom, as ``2 Units × Oolong Tea (Ms. Lin)``."""
        goods = self.line_id._describe_so_much(self.quantity)
        return f"{goods} ({self.customer_name})"
