from odoo import models
from odoo.tools import SQL

OPEN = "('confirmed', 'waiting', 'partially_available', 'assigned')"
# Where goods between two stores stand; a location without a company is everybody's.
PLACES = """
WITH place AS (
    SELECT id FROM stock_location
     WHERE usage = 'transit' AND (company_id = %(company)s OR company_id IS NULL)
)
"""

# In transit stands what moves have brought there and not taken away: all of it, and
# at least what transfers have brought.
IN_TRANSIT = f"""
{PLACES},
goods AS (
    SELECT part.location_dest_id AS location_id, part.product_id, part.lot_id,
           part.owner_id, move.transfer_line_id IS NOT NULL AS is_ours,
           part.quantity_product_uom AS quantity
      FROM stock_move_line part
      JOIN stock_move move ON move.id = part.move_id
     WHERE part.state = 'done' AND part.location_dest_id IN (SELECT id FROM place)
 UNION ALL
    SELECT part.location_id, part.product_id, part.lot_id, part.owner_id,
           move.transfer_line_id IS NOT NULL, - part.quantity_product_uom
      FROM stock_move_line part
      JOIN stock_move move ON move.id = part.move_id
     WHERE part.state = 'done' AND part.location_id IN (SELECT id FROM place)
),
booked AS (
    SELECT location_id, product_id, lot_id, owner_id, SUM(quantity) AS quantity,
           COALESCE(SUM(quantity) FILTER (WHERE is_ours), 0) AS ours, 0 AS here
      FROM goods
  GROUP BY location_id, product_id, lot_id, owner_id
 UNION ALL
    SELECT location_id, product_id, lot_id, owner_id, 0, 0, SUM(quantity)
      FROM stock_quant
     WHERE location_id IN (SELECT id FROM place)
  GROUP BY location_id, product_id, lot_id, owner_id
),
stand AS (
    SELECT location_id, product_id, lot_id, owner_id, SUM(quantity) AS quantity,
           SUM(ours) AS ours, SUM(here) AS here
      FROM booked
  GROUP BY location_id, product_id, lot_id, owner_id
)
SELECT 'transit' AS rule, 'quantity' AS what, NULL::int AS transfer_id,
       stand.product_id, stand.lot_id,
       CONCAT_WS(', ', place.complete_name, owner.name) AS detail,
       TRIM_SCALE(
           CASE WHEN ABS(here - quantity) > %(tolerance)s THEN quantity ELSE ours END
       )::text AS expected,
       TRIM_SCALE(here)::text AS found
  FROM stand
  JOIN stock_location place ON place.id = stand.location_id
  JOIN product_product product ON product.id = stand.product_id
  JOIN product_template template ON template.id = product.product_tmpl_id
   AND template.is_storable
  LEFT JOIN res_partner owner ON owner.id = stand.owner_id
 WHERE ABS(here - quantity) > %(tolerance)s OR ours - here > %(tolerance)s
"""

# What is set aside of stock is what open moves have set aside: in transit, and of all
# goods that a transfer has set aside anywhere.
RESERVED = f"""
{PLACES},
part AS (
    SELECT part.location_id, part.product_id, part.lot_id, part.owner_id,
           part.quantity_product_uom AS quantity,
           (move.transfer_line_id IS NOT NULL AND move.company_id = %(company)s)::int
               AS is_ours
      FROM stock_move_line part
      JOIN stock_move move ON move.id = part.move_id
     WHERE part.state IN {OPEN}
),
stand AS (
    SELECT location_id, product_id, lot_id, owner_id, SUM(moved) AS moved,
           SUM(here) AS here, MAX(is_ours) AS is_ours
      FROM (
           SELECT location_id, product_id, lot_id, owner_id, quantity AS moved,
                  0 AS here, is_ours
             FROM part
        UNION ALL
           SELECT location_id, product_id, lot_id, owner_id, 0, reserved_quantity, 0
             FROM stock_quant
            WHERE reserved_quantity <> 0
           ) AS either
  GROUP BY location_id, product_id, lot_id, owner_id
)
SELECT 'reserved' AS rule, 'quantity' AS what, NULL::int AS transfer_id,
       stand.product_id, stand.lot_id,
       CONCAT_WS(', ', place.complete_name, owner.name) AS detail,
       TRIM_SCALE(moved)::text AS expected, TRIM_SCALE(here)::text AS found
  FROM stand
  JOIN stock_location place ON place.id = stand.location_id
   AND place.usage IN ('internal', 'transit')
  JOIN product_product product ON product.id = stand.product_id
  JOIN product_template template ON template.id = product.product_tmpl_id
   AND template.is_storable
  LEFT JOIN res_partner owner ON owner.id = stand.owner_id
 WHERE ABS(here - moved) > %(tolerance)s
   AND (stand.is_ours = 1 OR stand.location_id IN (SELECT id FROM place))
"""

# No line takes another's lot out of transit, or sets it aside there.
LOTS = f"""
WITH goods AS (
    SELECT move.transfer_line_id AS line_id, part.lot_id,
           SUM(part.quantity_product_uom * CASE
               WHEN part.state <> 'done' THEN 0
               ELSE (entered.usage = 'transit')::int - (taken.usage = 'transit')::int
               END) AS here,
           COALESCE(SUM(part.quantity_product_uom) FILTER (
               WHERE part.state IN {OPEN} AND taken.usage = 'transit'
           ), 0) AS reserved
      FROM stock_move move
      JOIN stock_move_line part ON part.move_id = move.id
      JOIN stock_location taken ON taken.id = part.location_id
      JOIN stock_location entered ON entered.id = part.location_dest_id
     WHERE move.company_id = %(company)s
       AND move.transfer_line_id IS NOT NULL
  GROUP BY move.transfer_line_id, part.lot_id
)
SELECT 'lot' AS rule, said.what, line.transfer_id, line.product_id, goods.lot_id,
       NULL AS detail, TRIM_SCALE(said.expected)::text AS expected,
       TRIM_SCALE(said.found)::text AS found
  FROM goods
  JOIN store_transfer_line line ON line.id = goods.line_id,
       LATERAL (VALUES
           ('least', 0, here),
           ('reserved', reserved, GREATEST(here, 0))
       ) AS said (what, expected, found)
 WHERE said.expected - said.found > %(tolerance)s
"""

# Each move is about the product of its line, and has done what its parts say.
MOVES = """
WITH part AS (
    SELECT move_id, SUM(quantity_product_uom) AS quantity
      FROM stock_move_line
     WHERE state = 'done'
  GROUP BY move_id
),
move AS (
    SELECT move.id, move.reference, move.product_id, line.transfer_id,
           line.product_id AS line_product_id,
           COALESCE(picking.transfer_id, line.transfer_id) AS picking_transfer_id,
           COALESCE(part.quantity, 0) AS expected,
           move.quantity * unit.factor / stock_unit.factor AS found,
           GREATEST(unit.factor / stock_unit.factor, 1) * %(tolerance)s AS tolerance,
           move.state
      FROM stock_move move
      JOIN store_transfer_line line ON line.id = move.transfer_line_id
      JOIN uom_uom unit ON unit.id = move.product_uom
      JOIN product_product product ON product.id = move.product_id
      JOIN product_template template ON template.id = product.product_tmpl_id
      JOIN uom_uom stock_unit ON stock_unit.id = template.uom_id
 LEFT JOIN stock_picking picking ON picking.id = move.picking_id
 LEFT JOIN part ON part.move_id = move.id
     WHERE move.company_id = %(company)s
)
SELECT 'move' AS rule, said.what, transfer_id, line_product_id AS product_id,
       NULL::int AS lot_id, reference AS detail, said.expected, said.found
  FROM move,
       LATERAL (VALUES
           ('quantity', TRIM_SCALE(expected)::text,
            TRIM_SCALE(ROUND(found::numeric, %(digits)s))::text,
            state = 'done' AND ABS(found - expected) > tolerance),
           ('product', line_product_id::text, product_id::text,
            line_product_id <> product_id),
           ('transfer', transfer_id::text, picking_transfer_id::text,
            transfer_id <> picking_transfer_id)
       ) AS said (what, expected, found, differs)
 WHERE differs
   -- Known before anything is written as a text, for a million moves.
   AND (ABS(move.found - move.expected) > tolerance
        OR line_product_id <> product_id
        OR transfer_id <> picking_transfer_id)
"""

# What is set aside for customers stands where it was put, and was received.
ASIDE = """
WITH held AS (
    SELECT * FROM store_transfer_aside WHERE company_id = %(company)s AND state = 'held'
),
place AS (
    SELECT place_id, product_id, lot_id, owner_id, MIN(transfer_id) AS transfer_id,
           SUM(quantity) AS quantity
      FROM held
  GROUP BY place_id, product_id, lot_id, owner_id
),
receipt AS (
    SELECT move_id, product_id, lot_id, owner_id, MIN(transfer_id) AS transfer_id,
           SUM(quantity) AS quantity
      FROM held
  GROUP BY move_id, product_id, lot_id, owner_id
),
said AS (
    SELECT 'place' AS what, place.transfer_id, place.product_id, place.lot_id,
           location.complete_name AS detail, place.quantity AS expected,
           (SELECT COALESCE(SUM(quant.quantity), 0)
              FROM stock_quant quant
             WHERE quant.location_id = place.place_id
               AND quant.product_id = place.product_id
               AND quant.lot_id IS NOT DISTINCT FROM place.lot_id
               AND quant.owner_id IS NOT DISTINCT FROM place.owner_id) AS found
      FROM place
      JOIN stock_location location ON location.id = place.place_id
 UNION ALL
    SELECT 'received', receipt.transfer_id, receipt.product_id, receipt.lot_id,
           move.reference, receipt.quantity,
           (SELECT COALESCE(SUM(part.quantity_product_uom), 0)
              FROM stock_move_line part
             WHERE part.move_id = receipt.move_id
               AND part.state = 'done'
               AND part.lot_id IS NOT DISTINCT FROM receipt.lot_id
               AND part.owner_id IS NOT DISTINCT FROM receipt.owner_id)
      FROM receipt
      JOIN stock_move move ON move.id = receipt.move_id
)
SELECT 'aside' AS rule, what, transfer_id, product_id, lot_id, detail,
       TRIM_SCALE(expected)::text AS expected, TRIM_SCALE(found)::text AS found
  FROM said
 WHERE expected - found > %(tolerance)s
"""


class StoreTransferLedgerCheck(models.Model):
    """Where goods stand and what is set aside, compared with what moves say."""

    _inherit = "store.transfer.ledger.check"

    def _get_queries(self):
        values = self._get_query_values()
        return [
            *super()._get_queries(),
            *(
                SQL(query, **values)
                for query in (IN_TRANSIT, RESERVED, LOTS, MOVES, ASIDE)
            ),
        ]
