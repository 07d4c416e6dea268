from odoo import fields, models
from odoo.tools import SQL

from ...models.lane.lane import LEAST_TRANSFERS
from ...tools.flows import INTO_TRANSIT
from ..sides import LANE_OF_STORES
from .in_transit import AGES, USUAL_DAYS

# What brings goods on their way; what else enters transit comes back to a shipment.
DEPARTURES = ("ship", "undo_take_back", "send_back")
# What takes goods away that the destination has sent back.
OF_SENT_BACK = ("take_back", "undo_send_back")
# So many rows a move line, or a quant, has at most.
ROWS = 4

# What can be told apart of a line.
KIND = SQL("line_id, location_id, lot_id, owner_id")

# All that entered or left transit for the lines that have something there; and what
# their open moves back to the source have set aside.
GOODS = """
    SELECT line.id AS line_id,
           CASE WHEN move.transfer_flow IN %(into_transit)s
                THEN moved.location_dest_id ELSE moved.location_id END AS location_id,
           COALESCE(moved.lot_id, 0) AS lot_id,
           COALESCE(moved.owner_id, 0) AS owner_id,
           line.transfer_id,
           line.product_id,
           LEAST(line.to_take_back_quantity, line.in_transit_quantity) AS to_take_back,
           move.id AS move_id,
           move.date,
           move.transfer_flow AS flow,
           move.state = 'done' AS is_done,
           move.transfer_flow IN %(departures)s AS is_departure,
           move.transfer_flow = 'send_back' AS is_sent_back,
           CASE WHEN move.transfer_flow IN %(departures)s THEN move.id
                ELSE move.origin_returned_move_id END AS departure_id,
           MIN(moved.id) AS id,
           SUM(moved.quantity_product_uom) AS quantity
      FROM store_transfer_line line
      JOIN store_transfer transfer ON transfer.id = line.transfer_id
      JOIN stock_move move ON move.transfer_line_id = line.id
      JOIN stock_move_line moved ON moved.move_id = move.id
     WHERE line.in_transit_quantity > 0
       AND transfer.kind = 'between'
       AND (move.state = 'done'
            OR move.transfer_flow = 'take_back' AND move.state <> 'cancel')
  GROUP BY line.id, move.id, 2, 3, 4
"""
# What was returned of one shipment is taken off that one.
RETURNED = """
    SELECT goods.*,
           LEAST(quantity, COALESCE(
               SUM(quantity) FILTER (WHERE is_done AND flow NOT IN %(into_transit)s)
               OVER (PARTITION BY %(kind)s, departure_id), 0
           )) AS returned
      FROM goods
"""
# What departed of a kind of goods, and what else of it has left, less what came back.
BALANCED = """
    SELECT returned.*,
           SUM(quantity - returned) FILTER (WHERE is_departure AND NOT is_sent_back)
               OVER kind AS shipped,
           SUM(quantity - returned) FILTER (WHERE is_sent_back)
               OVER kind AS sent_back,
           SUM(CASE WHEN is_sent_back OR flow IN %(of_sent_back)s THEN 0
                    WHEN is_departure THEN -returned
                    WHEN flow IN %(into_transit)s THEN -quantity
                    ELSE quantity END) OVER kind AS gone_of_shipped,
           SUM(CASE WHEN is_sent_back THEN -returned
                    WHEN is_done AND flow IN %(of_sent_back)s THEN quantity
                    ELSE 0 END) OVER kind AS gone_of_sent_back,
           SUM(CASE WHEN is_done THEN 0 ELSE quantity END) OVER kind AS to_set_aside
      FROM returned
    WINDOW kind AS (PARTITION BY %(kind)s)
"""
# What was shipped first was received first. More was taken back than was sent back,
# where goods have turned round on their way.
STANDING = """
    SELECT balanced.*,
           LEAST(quantity - returned, GREATEST(0,
               SUM(quantity - returned) OVER (
                   PARTITION BY %(kind)s, is_sent_back ORDER BY date, id
               ) - CASE WHEN is_sent_back
                        THEN LEAST(gone_of_sent_back, sent_back)
                             + GREATEST(gone_of_shipped - COALESCE(shipped, 0), 0)
                        ELSE LEAST(gone_of_shipped, shipped)
                             + GREATEST(gone_of_sent_back - COALESCE(sent_back, 0), 0)
                        END
           )) AS standing
      FROM balanced
     WHERE is_departure
"""
# What goes back is what was sent back, and what is set aside for the source.
SET_ASIDE = """
    SELECT standing.*,
           LEAST(standing, GREATEST(0, to_set_aside + standing - SUM(standing) OVER (
               PARTITION BY %(kind)s ORDER BY is_sent_back DESC, date, id
           ))) AS set_aside
      FROM standing
"""
GOING_BACK = """
    SELECT set_aside.*,
           set_aside + LEAST(standing - set_aside, GREATEST(0,
               to_take_back
               - SUM(set_aside) OVER (PARTITION BY line_id)
               - SUM(standing - set_aside) OVER (
                     PARTITION BY line_id ORDER BY is_sent_back DESC, date, id
                 )
               + standing - set_aside
           )) AS back
      FROM set_aside
"""
ON_ITS_WAY = """
    SELECT goods.id::bigint * %(rows)s + way.number AS id,
           transfer_id, product_id, location_id, lot_id, owner_id, move_id, date,
           direction,
           ROUND(way.quantity::numeric, %(digits)s) AS quantity
      FROM going_back goods
CROSS JOIN LATERAL (VALUES
               (0, 'to_destination', standing - back),
               (1, 'to_source', back)
           ) way (number, direction, quantity)
"""
# What else stands in a company's transit locations, or is missing there: the stock less
# what is on its way, so that nothing of it is hidden. In which of them is no matter:
# goods may be moved from one to another.
OF_NO_TRANSFER = """
    SELECT COALESCE(MIN(quant_id) * %(rows)s + 2, MIN(way_id) / %(rows)s * %(rows)s + 3)
               AS id,
           NULL::int AS transfer_id,
           product_id, MIN(location_id) AS location_id, lot_id, owner_id,
           NULL::int AS move_id,
           NULL::timestamp AS date,
           'none' AS direction,
           ROUND(SUM(quantity)::numeric, %(digits)s) AS quantity
      FROM (
           SELECT id::bigint AS quant_id, NULL::bigint AS way_id, product_id,
                  location_id, COALESCE(lot_id, 0) AS lot_id,
                  COALESCE(owner_id, 0) AS owner_id, quantity
             FROM stock_quant
            UNION ALL
           SELECT NULL, id, product_id, location_id, lot_id, owner_id, -quantity
             FROM on_its_way
           ) standing
      JOIN (
           SELECT id AS location_id, company_id
             FROM stock_location
            WHERE usage = 'transit' AND company_id IS NOT NULL
           ) place USING (location_id)
  GROUP BY company_id, product_id, lot_id, owner_id
"""
ROWS_OF_GOODS = """
    SELECT goods.id,
           goods.transfer_id,
           goods.direction,
           goods.product_id,
           template.categ_id,
           template.uom_id,
           lot.name AS lot_name,
           NULLIF(goods.owner_id, 0) AS owner_id,
           company.id AS company_id,
           company.currency_id,
           transfer.source_store_id,
           transfer.destination_store_id,
           %(lane)s AS lane,
           transfer.carrier,
           transfer.tracking_number,
           picking.name AS shipment,
           goods.date AS ship_date,
           goods.quantity,
           CASE WHEN goods.owner_id IN (0, company.partner_id)
                THEN goods.quantity * %(unit_cost)s ELSE 0 END AS value,
           age.days AS age,
           CASE %(age_groups)s END AS age_group,
           usual.days AS usual_days,
           age.days > usual.days AS is_delayed
      FROM (
           SELECT * FROM on_its_way UNION ALL SELECT * FROM of_no_transfer
           ) goods
      JOIN stock_location location ON location.id = goods.location_id
      JOIN product_product product ON product.id = goods.product_id
      JOIN product_template template ON template.id = product.product_tmpl_id
 LEFT JOIN stock_lot lot ON lot.id = goods.lot_id
 LEFT JOIN store_transfer transfer ON transfer.id = goods.transfer_id
      JOIN res_company company
        ON company.id = COALESCE(transfer.company_id, location.company_id)
 LEFT JOIN stock_warehouse source ON source.id = transfer.source_store_id
 LEFT JOIN stock_warehouse destination ON destination.id = transfer.destination_store_id
 LEFT JOIN stock_move move ON move.id = goods.move_id
 LEFT JOIN stock_picking picking ON picking.id = move.picking_id
CROSS JOIN LATERAL (
           SELECT FLOOR(EXTRACT(EPOCH FROM %(now)s - goods.date) / 86400)::int AS days
           ) age
 LEFT JOIN store_transfer_lane lane
        ON lane.source_store_id = transfer.source_store_id
       AND lane.destination_store_id = transfer.destination_store_id
       AND lane.number_of_transfers >= %(least_transfers)s
CROSS JOIN LATERAL (
           SELECT CASE WHEN transfer.id IS NOT NULL
                       THEN COALESCE(lane.transit_days, %(usual_days)s) END AS days
           ) usual
     WHERE goods.quantity <> 0
"""
# Each reads those before it.
PARTS = {
    "goods": GOODS,
    "returned": RETURNED,
    "balanced": BALANCED,
    "standing": STANDING,
    "set_aside": SET_ASIDE,
    "going_back": GOING_BACK,
    "on_its_way": ON_ITS_WAY,
    "of_no_transfer": OF_NO_TRANSFER,
}


class StoreTransferInTransit(models.Model):
    """Where the rows come from.

    What is on its way is told by the moves of each line: what departed, less what has
    left since. What stands in transit beside it, the stock tells.
    """

    _inherit = "store.transfer.in.transit"
    _depends = {
        "product.product": ["product_tmpl_id", "standard_price"],
        "product.template": ["categ_id", "uom_id"],
        "res.company": ["currency_id", "partner_id"],
        "stock.location": ["company_id", "usage"],
        "stock.lot": ["name"],
        "stock.move": [
            "date",
            "origin_returned_move_id",
            "picking_id",
            "state",
            "transfer_flow",
            "transfer_line_id",
        ],
        "stock.move.line": [
            "location_dest_id",
            "location_id",
            "lot_id",
            "move_id",
            "owner_id",
            "quantity_product_uom",
        ],
        "stock.picking": ["name"],
        "stock.quant": ["location_id", "lot_id", "owner_id", "product_id", "quantity"],
        "stock.warehouse": ["name"],
        "store.transfer": [
            "carrier",
            "company_id",
            "destination_store_id",
            "kind",
            "source_store_id",
            "tracking_number",
        ],
        "store.transfer.lane": [
            "destination_store_id",
            "number_of_transfers",
            "source_store_id",
            "transit_days",
        ],
        "store.transfer.line": [
            "in_transit_quantity",
            "product_id",
            "to_take_back_quantity",
            "transfer_id",
        ],
    }

    @property
    def _table_query(self):
        values = self._get_query_values()
        parts = [
            SQL("%s AS (%s)", SQL.identifier(name), SQL(part, **values))
            for name, part in PARTS.items()
        ]
        return SQL("WITH %s %s", SQL(", ").join(parts), SQL(ROWS_OF_GOODS, **values))

    def _get_query_values(self):
        return {
            "kind": KIND,
            "into_transit": INTO_TRANSIT,
            "departures": DEPARTURES,
            "of_sent_back": OF_SENT_BACK,
            "rows": ROWS,
            "digits": self.env["decimal.precision"].precision_get("Product Unit"),
            "lane": LANE_OF_STORES,
            "unit_cost": self._get_unit_cost(),
            "least_transfers": LEAST_TRANSFERS,
            "usual_days": USUAL_DAYS,
            "now": fields.Datetime.now(),
            "age_groups": SQL(" ").join(
                SQL("WHEN age.days >= %s THEN %s", days, key)
                for key, _label, days in reversed(AGES)
            ),
        }

    def _get_unit_cost(self):
        """Return what one of the goods costs in its company, as Odoo values its stock.

        In average costing and in FIFO that is what all that the company has of it, on
        its way or not, costs on average; where each lot has a cost of its own, that.
        """
        company = SQL("company.id::text")
        of_product = SQL("(product.standard_price ->> %s)::float8", company)
        if "lot_valuated" not in self.env["product.template"]._fields:
            return SQL("COALESCE(%s, 0)", of_product)
        of_lot = SQL(
            "(lot.standard_price ->> %s)::float8",
            company,
            to_flush=self.env["stock.lot"]._fields["standard_price"],
        )
        return SQL(
            "COALESCE(CASE WHEN template.lot_valuated THEN %s END, %s, 0)",
            of_lot,
            of_product,
        )
