from odoo import fields, models
from odoo.exceptions import UserError

# How long goods have been on their way, as auditors ask at the end of a
# month, in the order of their keys: (key, label, from how many days on).
AGES = [
    ("age_00", "0–2 days", 0),
    ("age_03", "3–7 days", 3),
    ("age_08", "8–14 days", 8),
    ("age_15", "15–30 days", 15),
    ("age_31", "31 days and more", 31),
]
# What a lane usually takes of which too few transfers tell it, as goods go by land.
USUAL_DAYS = 7
DIRECTIONS = [
    ("to_destination", "To the Destination"),
    ("to_source", "Back to the Source"),
    ("none", "Of No Transfer"),
]


class StoreTransferInTransit(models.Model):
    """What stands in transit now, and since when: a row for the goods of a shipment.

    Nobody writes it: it is read off the moves (``query``). The rows of a company add up
    to the stock in its transit location, and to what that is worth.
    """

    _name = "store.transfer.in.transit"
    _description = "Goods in Transit"
    _inherit = ["store.transfer.reach"]
    _auto = False
    _rec_name = "product_id"
    _order = "age desc, transfer_id, product_id, id"

    transfer_id = fields.Many2one("store.transfer", readonly=True)
    company_id = fields.Many2one("res.company", readonly=True)
    currency_id = fields.Many2one("res.currency", readonly=True)
    source_store_id = fields.Many2one("stock.warehouse", "Source", readonly=True)
    destination_store_id = fields.Many2one(
        "stock.warehouse", "Destination", readonly=True
    )
    lane = fields.Char(readonly=True, help="From which store to which.")
    direction = fields.Selection(
        DIRECTIONS,
        readonly=True,
        help="Goods of no transfer stand in the transit location as well: something "
        "else has brought them there, e.g. Odoo's own resupply between warehouses.",
    )
    product_id = fields.Many2one("product.product", readonly=True)
    categ_id = fields.Many2one("product.category", "Product Category", readonly=True)
    # A text: which lots there are, store staff may not look up.
    lot_name = fields.Char("Lot or Serial Number", readonly=True)
    owner_id = fields.Many2one("res.partner", readonly=True)
    uom_id = fields.Many2one("uom.uom", "Unit", readonly=True)
    quantity = fields.Float(digits="Product Unit", readonly=True)
    value = fields.Monetary(
        "Value at Cost",
        readonly=True,
        help="What it costs now, as in the stock valuation; the overview and the "
        "analysis say what it cost when it was shipped. Goods that belong to somebody "
        "else are worth nothing to the company.",
    )
    shipment = fields.Char(
        readonly=True,
        help="The picking by which the goods left. Of a product without lots, what was "
        "shipped first counts as received first.",
    )
    carrier = fields.Char(readonly=True)
    tracking_number = fields.Char(readonly=True)
    ship_date = fields.Datetime("Shipped On", readonly=True)
    age = fields.Integer(
        "Days in Transit",
        readonly=True,
        aggregator="max",
        help="Full days since it was shipped; of several, the most.",
    )
    age_group = fields.Selection(
        [(key, label) for key, label, _days in AGES], "Age", readonly=True
    )
    usual_days = fields.Integer(
        "Days Its Lane Takes",
        readonly=True,
        aggregator="max",
        help="Within so many days after they were shipped, 9 of 10 transfers of the "
        "lane were counted in the last half year; 7 days, where there were fewer than "
        "ten. Looked up once a day.",
    )
    is_delayed = fields.Boolean(
        "Delayed",
        readonly=True,
        help="It is on its way for longer than its lane takes, whatever was promised.",
    )

    def action_open(self):
        """Open the transfer that the goods are on their way for."""
        self.ensure_one()
        if not self.transfer_id:
            raise UserError(self._get_sentence_without_transfer())
        return self.transfer_id._get_form_action()

    def _get_sentence_without_transfer(self):
        return self.env._(
            "%(product)s: these goods stand in transit, and belong to no transfer. "
            "Look in the Inventory app, at the moves of the product, what has brought "
            "them there; from there they are moved on as well.",
            product=self.product_id.display_name,
        )
