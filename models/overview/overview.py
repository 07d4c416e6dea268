from odoo import api, fields, models
from odoo.tools import SQL


class StoreTransferOverview(models.Model):
    """What a manager looks at in the morning: a card for each store, and for the chain.

    The card of the chain is a row without a store; only head office sees it. Nobody
    writes the cards: they are the stores, and what is on them is read when they are
    shown, for all of them at once.
    """

    _name = "store.transfer.overview"
    _description = "Store Transfer Overview"
    _inherit = ["store.transfer.blind", "store.transfer.reach"]
    _auto = False
    _rec_name = "store_id"
    _order = "is_total desc, company_id, store_id"
    _depends = {"stock.warehouse": ["active", "company_id", "is_store"]}

    store_id = fields.Many2one("stock.warehouse", readonly=True)
    company_id = fields.Many2one("res.company", readonly=True)
    currency_id = fields.Many2one(related="company_id.currency_id")
    is_total = fields.Boolean(
        string="All Stores", readonly=True, help="The card of all stores together."
    )

    @property
    def _table_query(self):
        return SQL(
            """
            SELECT 2 * id AS id, id AS store_id, company_id, FALSE AS is_total
              FROM stock_warehouse
             WHERE is_store AND active
         UNION ALL
            SELECT DISTINCT 2 * company_id + 1, NULL::integer, company_id, TRUE
              FROM stock_warehouse
             WHERE is_store AND active
            """
        )

    @api.depends("store_id.name", "company_id.name", "is_total")
    @api.depends_context("lang")
    def _compute_display_name(self):
        for card in self:
            card.display_name = (
                self.env._("All Stores") if card.is_total else card.store_id.name
            )
