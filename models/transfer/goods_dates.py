from collections import defaultdict

from odoo import fields, models
from odoo.tools import SQL

# What each shipment and each count has moved and nobody has undone, with its day.
GOODS_DATES = """
WITH moved AS (
    SELECT line.transfer_id,
           line.id AS line_id,
           move.transfer_flow IN ('ship', 'unship') AS is_shipped,
           MIN(move.date) FILTER (WHERE NOT undoes.it) AS first_date,
           MAX(move.date) FILTER (WHERE NOT undoes.it) AS last_date
      FROM stock_move move
      JOIN store_transfer_line line ON line.id = move.transfer_line_id
      LEFT JOIN stock_move undone ON undone.id = move.origin_returned_move_id
CROSS JOIN LATERAL (SELECT move.transfer_flow NOT IN %(moving)s AS it) undoes
     WHERE line.transfer_id IN %(transfers)s
       AND move.state = 'done'
       AND move.transfer_flow IN %(flows)s
  GROUP BY line.id, 3,
           CASE WHEN undoes.it THEN undone.picking_id ELSE move.picking_id END
    HAVING SUM(CASE WHEN undoes.it THEN - move.quantity ELSE move.quantity END) > 0
)
  SELECT transfer_id, line_id, is_shipped, MIN(first_date), MAX(last_date)
    FROM moved
GROUP BY transfer_id, line_id, is_shipped
"""
MOVING_FLOWS = ("ship", "receive", "damaged")
UNDOING_FLOWS = ("unship", "uncount", "uncount_damaged")
FIELDS = {
    True: ("ship_date", "last_ship_date"),
    False: ("count_date", "last_count_date"),
}


class StoreTransfer(models.Model):
    """When goods left the source and came to the destination: read off the moves."""

    _inherit = "store.transfer"

    ship_date = fields.Datetime(
        string="First Shipped On",
        readonly=True,
        copy=False,
        help="When goods first left the source. A shipment that was undone never left.",
    )
    last_ship_date = fields.Datetime(
        string="Last Shipped On", readonly=True, copy=False
    )
    count_date = fields.Datetime(
        string="First Counted On",
        readonly=True,
        copy=False,
        help="When goods first were counted into the destination. A count that was "
        "undone does not count.",
    )
    last_count_date = fields.Datetime(
        string="Last Counted On", readonly=True, copy=False
    )

    def _sync_goods_dates(self):
        """Write down when goods left and came, after something was done to moves."""
        moments, of_lines = defaultdict(list), {}
        for transfer_id, line_id, is_shipped, first, last in self._read_goods_dates():
            moments[transfer_id, is_shipped] += [first, last]
            if not is_shipped:
                of_lines[line_id] = last
        for transfer in self:
            for is_shipped, (first, last) in FIELDS.items():
                found = moments[transfer.id, is_shipped]
                # What was not sent, as it turned out, has never left.
                if is_shipped and not transfer.shipped_quantity:
                    found = []
                transfer._write_changed(first, min(found, default=False))
                transfer._write_changed(last, max(found, default=False))
        by_date = self.line_ids.grouped(lambda line: of_lines.get(line.id, False))
        for moment, lines in by_date.items():
            changed = lines.filtered(
                lambda line, moment=moment: line.last_count_date != moment
            )
            changed.last_count_date = moment

    def _write_changed(self, name, value):
        if self[name] != value:
            self[name] = value

    def _read_goods_dates(self):
        """Return ``[(transfer id, line id, whether it was shipped, first, last)]``."""
        moves = self.env["stock.move"]
        moves.flush_model(
            [
                "transfer_line_id",
                "transfer_flow",
                "state",
                "date",
                "quantity",
                "picking_id",
                "origin_returned_move_id",
            ]
        )
        return self.env.execute_query(
            SQL(
                GOODS_DATES,
                transfers=tuple(self.ids),
                moving=MOVING_FLOWS,
                flows=MOVING_FLOWS + UNDOING_FLOWS,
            )
        )


class StoreTransferLine(models.Model):
    _inherit = "store.transfer.line"

    last_count_date = fields.Datetime(
        string="Last Counted On",
        readonly=True,
        copy=False,
        help="When goods of this line last were counted into the destination.",
    )
