from collections import defaultdict
from dataclasses import dataclass
from datetime import datetime

from odoo import fields, models
from odoo.tools import SQL

# What was moved, and what was undone of it, in the order in which that was done.
# A surplus that was accepted afterwards came with the count that had found it. When it
# left the source, nobody knows: not on that day.
GOODS_MOVES = """
    SELECT move.transfer_line_id,
           move.transfer_flow,
           move.quantity,
           LEAST(move.date, count.submit_date) AS moment,
           COALESCE(undone.picking_id, move.picking_id) AS picking_id
      FROM stock_move move
      JOIN store_transfer_line line ON line.id = move.transfer_line_id
 LEFT JOIN stock_picking picking ON picking.id = move.picking_id
 LEFT JOIN store_transfer_count count ON count.id = picking.transfer_count_id
 LEFT JOIN stock_move undone ON undone.id = move.origin_returned_move_id
     WHERE line.transfer_id IN %(transfers)s
       AND move.state = 'done'
       AND move.transfer_flow IN %(flows)s
       AND move.quantity > 0
       AND (count.id IS NULL OR move.transfer_flow <> 'ship')
  ORDER BY move.date, move.id
"""
# What undoes which flow.
UNDONE = {"unship": "ship", "uncount": "receive", "uncount_damaged": "damaged"}
MOVING = tuple(UNDONE.values())
ARRIVALS = ("receive", "damaged")
LINE_FIELDS = ("last_count_date", "full_date")


@dataclass
class Moved:
    """What one move has moved, or has undone, in the product's unit."""

    flow: str
    picking_id: int
    moment: datetime
    quantity: float


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
        moved = self._read_moved()
        for transfer in self:
            of_transfer = [one for line in transfer.line_ids for one in moved[line]]
            # What was not sent, as it turned out, has never left.
            left = of_transfer if transfer.shipped_quantity else []
            transfer._write_moments(("ship_date", "last_ship_date"), left, ["ship"])
            transfer._write_moments(
                ("count_date", "last_count_date"), of_transfer, ARRIVALS
            )
        by_dates = self.line_ids.grouped(lambda line: line._get_dates(moved[line]))
        for dates, lines in by_dates.items():
            values = dict(zip(LINE_FIELDS, dates, strict=True))
            lines.filtered(
                lambda line, values=values: any(
                    line[name] != moment for name, moment in values.items()
                )
            ).write(values)

    def _write_moments(self, names, moved, flows):
        """Write the first and the last moment of what was moved, where they changed."""
        moments = [one.moment for one in moved if one.flow in flows]
        first_and_last = min(moments, default=False), max(moments, default=False)
        for name, moment in zip(names, first_and_last, strict=True):
            self._write_changed(name, moment)

    def _write_changed(self, name, value):
        if self[name] != value:
            self[name] = value

    def _read_moved(self):
        """Return what was moved of each line and not undone since.

        :return: ``{line: [Moved]}``, in the order in which they were moved
        """
        moved, undone = defaultdict(list), []
        lines = self.line_ids.grouped("id")
        for line_id, flow, quantity, moment, picking_id in self._read_goods_moves():
            one = Moved(UNDONE.get(flow, flow), picking_id, moment, quantity)
            if flow in UNDONE:
                undone.append((lines[line_id], one))
            else:
                moved[lines[line_id]].append(one)
        for line, one in undone:
            line._undo_moved(moved[line], one)
        return moved

    def _read_goods_moves(self):
        if not self:
            return []
        self.env["stock.picking"].flush_model(["transfer_count_id"])
        self.env["store.transfer.count"].flush_model(["submit_date"])
        self.env["stock.move"].flush_model(
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
            SQL(GOODS_MOVES, transfers=tuple(self.ids), flows=MOVING + tuple(UNDONE))
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

    def _undo_moved(self, moved, undone):
        """Take off what was undone, and what nothing is left of.

        One move may undo what a count has received by several pickings, and names one
        of them: the rest is of those that came last before it.
        """
        unit, quantity = self.product_id.uom_id, undone.quantity
        of_flow = [one for one in reversed(moved) if one.flow == undone.flow]
        for one in sorted(
            of_flow,
            key=lambda one: (
                one.picking_id != undone.picking_id,
                one.moment > undone.moment,
            ),
        ):
            taken = min(one.quantity, quantity)
            one.quantity = unit.round(one.quantity - taken)
            quantity -= taken
        moved[:] = [one for one in moved if one.quantity]

    def _get_dates(self, moved):
        """Return when goods last came, and when there was all that was asked for."""
        came = sorted(
            (one for one in moved if one.flow in ARRIVALS), key=lambda one: one.moment
        )
        if not came:
            return False, False
        unit, missing = self.product_id.uom_id, self.asked_quantity
        missing -= self.surplus_quantity
        for one in came:
            missing -= one.quantity if one.flow == "receive" else 0
            if unit.compare(missing, 0) <= 0:
                return came[-1].moment, one.moment
        return came[-1].moment, False
