from collections import defaultdict

from odoo import fields, models
from odoo.tools import SQL

# What each shipment and each count has moved and nobody has undone, with its day; and
# with which count all had come that was asked for, whatever came beyond it later.
GOODS_DATES = """
WITH moved AS (
    SELECT line.transfer_id,
           line.id AS line_id,
           move.transfer_flow IN ('ship', 'unship') AS is_shipped,
           MIN(move.date) FILTER (WHERE NOT undoes.it) AS first_date,
           MAX(move.date) FILTER (WHERE NOT undoes.it) AS last_date,
           SUM(CASE move.transfer_flow WHEN 'receive' THEN move.quantity
                    WHEN 'uncount' THEN - move.quantity END) AS received
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
), added AS (
    SELECT moved.*,
           SUM(received) OVER (PARTITION BY line_id, is_shipped ORDER BY last_date)
           AS received_by_then
      FROM moved
)
  SELECT added.transfer_id, added.line_id, added.is_shipped,
         MIN(added.first_date), MAX(added.last_date),
         MIN(added.last_date) FILTER (
             WHERE added.received_by_then
                   >= COALESCE(line.asked_quantity, 0)
                      - COALESCE(line.surplus_quantity, 0))
    FROM added
    JOIN store_transfer_line line ON line.id = added.line_id
GROUP BY added.transfer_id, added.line_id, added.is_shipped
"""
MOVING_FLOWS = ("ship", "receive", "damaged")
UNDOING_FLOWS = ("unship", "uncount", "uncount_damaged")
FIELDS = {
    True: ("ship_date", "last_ship_date"),
    False: ("count_date", "last_count_date"),
}
LINE_FIELDS = ("last_count_date", "full_date")


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
        for row in self._read_goods_dates():
            transfer_id, line_id, is_shipped, first, last, full = row
            moments[transfer_id, is_shipped] += [first, last]
            if not is_shipped:
                of_lines[line_id] = last, full or False
        for transfer in self:
            for is_shipped, (first, last) in FIELDS.items():
                found = moments[transfer.id, is_shipped]
                # What was not sent, as it turned out, has never left.
                if is_shipped and not transfer.shipped_quantity:
                    found = []
                transfer._write_changed(first, min(found, default=False))
                transfer._write_changed(last, max(found, default=False))
        by_dates = self.line_ids.grouped(
            lambda line: of_lines.get(line.id, (False, False))
        )
        for dates, lines in by_dates.items():
            values = dict(zip(LINE_FIELDS, dates, strict=True))
            lines.filtered(
                lambda line, values=values: any(
                    line[name] != moment for name, moment in values.items()
                )
            ).write(values)

    def _write_changed(self, name, value):
        if self[name] != value:
            self[name] = value

    def _read_goods_dates(self):
        """Return when goods of each line were moved.

        :return: ``[(transfer id, line id, whether they were shipped, the first time,
            the last time, when all that was asked for had been received)]``
        """
        self.line_ids.flush_recordset(["asked_quantity", "surplus_quantity"])
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
    full_date = fields.Datetime(
        string="In Full On",
        readonly=True,
        copy=False,
        help="When as much as was asked for had been counted into the destination. "
        "What comes beyond it later does not change that.",
    )
