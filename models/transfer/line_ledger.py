from collections import defaultdict

from odoo import api, fields, models
from odoo.exceptions import UserError

from ...tools.flows import INTO_TRANSIT, SETTLING_FLOWS
from ...tools.quantities import format_quantity
from ...tools.states import NOT_APPROVED

LEDGER_FIELDS = (
    "to_ship_quantity",
    "in_transit_quantity",
    "received_quantity",
    "returned_quantity",
    "lost_quantity",
    "damaged_quantity",
    "not_approved_quantity",
    "closed_quantity",
)


class StoreTransferLine(models.Model):
    """The ledger of a line: what became of what was asked for."""

    _inherit = "store.transfer.line"

    asked_quantity = fields.Float(
        string="Asked",
        digits="Product Unit",
        compute="_compute_asked_quantity",
        store=True,
        help="What was asked for, in the stock unit, and the surplus that was accepted "
        "beyond it.",
    )
    surplus_quantity = fields.Float(
        string="Accepted Surplus",
        digits="Product Unit",
        readonly=True,
        copy=False,
        help="What came beyond what was asked for, and was accepted.",
    )
    approved_quantity = fields.Float(
        string="Approved", digits="Product Unit", readonly=True, copy=False
    )
    to_ship_quantity = fields.Float(
        string="To Ship", digits="Product Unit", compute="_compute_ledger", store=True
    )
    shipped_quantity = fields.Float(
        string="Shipped", digits="Product Unit", compute="_compute_ledger", store=True
    )
    in_transit_quantity = fields.Float(
        string="In Transit",
        digits="Product Unit",
        compute="_compute_ledger",
        store=True,
    )
    to_take_back_quantity = fields.Float(
        string="To Take Back",
        digits="Product Unit",
        compute="_compute_ledger",
        store=True,
        help="What the destination sent back or does not expect any more, and the "
        "source has not taken back.",
    )
    received_quantity = fields.Float(
        string="Received", digits="Product Unit", compute="_compute_ledger", store=True
    )
    returned_quantity = fields.Float(
        string="Returned", digits="Product Unit", compute="_compute_ledger", store=True
    )
    lost_quantity = fields.Float(
        string="Lost", digits="Product Unit", compute="_compute_ledger", store=True
    )
    damaged_quantity = fields.Float(
        string="Damaged", digits="Product Unit", compute="_compute_ledger", store=True
    )
    closed_quantity = fields.Float(
        string="Closed Unshipped",
        digits="Product Unit",
        readonly=True,
        copy=False,
        help="What was approved and will not be shipped: closed or cancelled, or not "
        "sent although it had been noted. Written when it happens.",
    )
    not_approved_quantity = fields.Float(
        string="Not Approved",
        digits="Product Unit",
        compute="_compute_ledger",
        store=True,
        help="What was asked for and the other side did not approve.",
    )
    short_quantity = fields.Float(
        string="Short",
        digits="Product Unit",
        compute="_compute_short_quantity",
        store=True,
        help="What was sent, was counted as missing and is still expected. Goods that "
        "nobody has counted yet are not short, and what was lost, damaged, returned or "
        "closed is not short any more.",
    )

    _in_transit_index = models.Index("(product_id) WHERE in_transit_quantity > 0")

    @api.depends("quantity", "product_uom_id", "product_id.uom_id", "surplus_quantity")
    def _compute_asked_quantity(self):
        by_quantity = self.grouped(
            lambda line: (
                line.product_uom_id,
                line.quantity,
                line.product_id.uom_id,
                line.surplus_quantity,
            )
        )
        for (unit, quantity, stock_unit, surplus), lines in by_quantity.items():
            asked = unit._compute_quantity(
                quantity, stock_unit, rounding_method="HALF-UP"
            )
            lines.asked_quantity = asked + surplus

    @api.depends(
        "asked_quantity",
        "surplus_quantity",
        "approved_quantity",
        "to_return_quantity",
        "transfer_id.approval_state",
        "transfer_id.approval_date",
        "transfer_id.kind",
        "move_ids.transfer_flow",
        "move_ids.state",
        "move_ids.product_qty",
        "move_ids.quantity",
    )
    def _compute_ledger(self):
        done, to_do = self._get_quantities_by_flow()
        # Most quantities of most lines are zero: written to all of them at once.
        ids = defaultdict(list)
        for line in self:
            ledger = line._get_ledger(done[line._origin], to_do[line._origin])
            # A line that is being added in the form has no product yet.
            unit = line.product_id.uom_id
            for name, quantity in ledger.items():
                rounded = unit.round(quantity) if quantity and unit else 0
                ids[name, rounded] += line._ids
        for (name, quantity), of_lines in ids.items():
            self.browse(of_lines)[name] = quantity

    def _get_quantities_by_flow(self):
        """Return what the moves of these lines have done, and what they still have to.

        :return: two of ``{line: {flow: quantity in the product's unit}}``
        """
        done = defaultdict(lambda: defaultdict(float))
        to_do = defaultdict(lambda: defaultdict(float))
        moving = self._origin.filtered(
            lambda line: line.transfer_id.approval_state not in NOT_APPROVED
        )
        if not moving:
            return done, to_do
        for line, flow, state, unit, quantities, demand in self.env[
            "stock.move"
        ]._read_group(
            [
                ("transfer_line_id", "in", moving.ids),
                ("state", "not in", ("draft", "cancel")),
            ],
            ["transfer_line_id", "transfer_flow", "state", "product_uom"],
            ["quantity:array_agg", "product_qty:sum"],
        ):
            if state == "done":
                done[line][flow] += line._sum_in_stock_unit(quantities, unit)
            else:
                to_do[line][flow] += demand
        return done, to_do

    def _sum_in_stock_unit(self, quantities, unit):
        """Return the sum in the product's unit, where each was rounded for itself."""
        stock_unit = self.product_id.uom_id
        return sum(
            unit._compute_quantity(quantity, stock_unit, rounding_method="HALF-UP")
            for quantity in quantities
        )

    @api.depends(
        "discrepancy_ids.kind",
        "discrepancy_ids.state",
        "discrepancy_ids.outcome",
        "discrepancy_ids.quantity",
    )
    def _compute_short_quantity(self):
        for line in self:
            shorts = line.discrepancy_ids._filter_open_shorts()
            line.short_quantity = sum(shorts.mapped("quantity"))

    def _get_ledger(self, done, to_do):
        """Say where every unit is: the sum is what was asked for.

        Each is read off what it is about, and none is what the others leave over, see
        :meth:`_check_ledger`.

        :param done: what the moves of this line have done, as ``{flow: quantity}``
        :param to_do: what they still have to do
        :return: ``{field name: quantity in the product's unit}``
        """
        self.ensure_one()
        kind = self.transfer_id.kind
        lost = done["lost"] - done["undo_lost"]
        came = done["receive"] - done["uncount"]
        came_damaged = done["damaged"] - done["uncount_damaged"]
        damaged = came_damaged - done["undo_damaged"]
        scrapped = done["scrapped"] - done["undo_scrapped"]
        not_sent = done["not_sent"] - done["undo_not_sent"]
        sent_back = done["send_back"] - done["undo_send_back"]
        if kind == "receipt":
            to_ship = to_do["receive"]
            # What came damaged and was sent back had come as well.
            shipped = came + came_damaged + done["lost"]
            returned = sent_back + done["undo_damaged"]
        else:
            to_ship = to_do["ship"]
            shipped = done["ship"] - done["unship"] - not_sent
            returned = done["take_back"] + done["undo_ship"] - done["undo_take_back"]
        if self.transfer_id.approval_state in NOT_APPROVED:
            to_ship = self.asked_quantity
        if kind == "between":
            received = came - sent_back
        else:
            received = shipped - returned - lost - damaged
        in_transit = shipped - received - returned - lost - damaged - scrapped
        return {
            "to_ship_quantity": to_ship,
            "shipped_quantity": shipped,
            "in_transit_quantity": in_transit,
            # What was returned on its way, before it arrived, the destination never
            # had; and what was sent once more after it had been taken back, it expects.
            "to_take_back_quantity": (
                self.to_return_quantity + sent_back - done["take_back"]
            ),
            "received_quantity": received,
            "returned_quantity": returned,
            "lost_quantity": lost,
            "damaged_quantity": damaged + scrapped,
            "not_approved_quantity": self._get_not_approved_quantity(),
        }

    def _get_not_approved_quantity(self):
        """Return what was asked for and refused, in the product's unit."""
        transfer = self.transfer_id
        if transfer.approval_state != "rejected" and not transfer.approval_date:
            return 0.0
        return self.asked_quantity - self.surplus_quantity - self.approved_quantity

    def _close_unshipped(self, quantity):
        """Write down that so much more will not be shipped, or less, in its unit."""
        self.ensure_one()
        self.closed_quantity = self.product_id.uom_id.round(
            self.closed_quantity + quantity
        )

    def _get_moves_of_flows(self, flows):
        """Return the moves of this line, done or still to do, that do one of these."""
        return self.move_ids.filtered(
            lambda move: move.state != "cancel" and move.transfer_flow in flows
        )

    def _get_moves_into_transit(self):
        return self._get_moves_of_flows(INTO_TRANSIT)

    def _get_moves_settling_as(self, outcome):
        """Return the moves by which goods of these lines were settled, newest first."""
        flow = SETTLING_FLOWS[outcome]
        return self.move_ids.filtered(
            lambda move: move.state == "done" and move.transfer_flow == flow
        ).sorted("id", reverse=True)

    def _get_quantity_to_take_back(self):
        """Return what is on its way back and the source has not yet received."""
        return max(0.0, min(self.to_take_back_quantity, self.in_transit_quantity))

    def _is_to_count(self):
        """Tell whether some of it is in transit and does not go back."""
        to_take_back = self._get_quantity_to_take_back()
        return (
            self.product_id.uom_id.compare(self.in_transit_quantity, to_take_back) > 0
        )

    def _limit_to_return(self):
        """Take back no goods that left transit in another way, e.g. were scrapped."""
        for line in self:
            unit = line.product_id.uom_id
            gone = line.to_take_back_quantity - line.in_transit_quantity
            if unit.compare(gone, 0) > 0:
                line.to_return_quantity = unit.round(line.to_return_quantity - gone)

    def _get_quantity_to_receive(self):
        """Return what is on its way to the destination, or will be."""
        on_the_way = self.in_transit_quantity - self._get_quantity_to_take_back()
        return max(0.0, self.to_ship_quantity + on_the_way)

    def _get_missing_quantity(self):
        """Return what can be short: the destination expects it, and it was sent."""
        if self.transfer_id.kind == "receipt":
            return self.to_ship_quantity
        return max(0.0, self.in_transit_quantity - self._get_quantity_to_take_back())

    def _check_ledger(self):
        """Refuse what would lose or invent units.

        :raise UserError: naming the line, when more was shipped than was approved,
            more has left transit than had entered it, or units are nowhere
        """
        for line in self:
            compare = line.product_id.uom_id.compare
            if compare(line.returned_quantity, 0) < 0:
                raise UserError(
                    self.env._(
                        "%(transfer)s: more %(product)s would be sent again than was "
                        "taken back.",
                        **line._get_ledger_message_values(0),
                    )
                )
            if compare(line.received_quantity, 0) < 0:
                raise UserError(
                    self.env._(
                        "%(transfer)s: more %(product)s would go back than had come.",
                        **line._get_ledger_message_values(0),
                    )
                )
            if compare(min(line.lost_quantity, line.damaged_quantity), 0) < 0:
                raise UserError(
                    self.env._(
                        "%(transfer)s: more %(product)s would be on its way again than "
                        "was lost or damaged.",
                        **line._get_ledger_message_values(0),
                    )
                )
            if compare(line.closed_quantity, 0) < 0:
                approved = line.approved_quantity + line.surplus_quantity
                raise UserError(
                    self.env._(
                        "%(transfer)s: more %(product)s would be moved than the "
                        "%(quantity)s that were approved.",
                        **line._get_ledger_message_values(approved),
                    )
                )
            if compare(line.shipped_quantity, 0) < 0:
                raise UserError(
                    self.env._(
                        "%(transfer)s: more %(product)s would be taken back than was "
                        "shipped.",
                        **line._get_ledger_message_values(0),
                    )
                )
            if compare(line.in_transit_quantity, 0) < 0:
                raise UserError(
                    self.env._(
                        "%(transfer)s: more %(product)s would arrive than was shipped. "
                        "%(quantity)s were shipped until now.",
                        **line._get_ledger_message_values(line.shipped_quantity),
                    )
                )
            accounted = sum(line[name] for name in LEDGER_FIELDS)
            if compare(accounted, line.asked_quantity) != 0:
                raise UserError(
                    self.env._(
                        "%(transfer)s: %(asked)s of %(product)s were asked "
                        "for, and %(quantity)s are accounted for. Somebody changed its "
                        "pickings in a way that is not known here: ask head office.",
                        asked=format_quantity(
                            self.env, line.asked_quantity, line.stock_uom_id
                        ),
                        **line._get_ledger_message_values(accounted),
                    )
                )
        self._check_lots_in_transit()

    def _get_ledger_message_values(self, quantity):
        return {
            "transfer": self.transfer_id.name,
            "product": self.product_id.display_name,
            "quantity": format_quantity(self.env, quantity, self.stock_uom_id),
        }

    def _raise_by_surplus(self, quantity):
        """Make room for goods that came beyond what is on its way.

        What was still to ship, was closed or was not approved has come after all;
        only what goes beyond it was not asked for.

        :return: how much of it each of them was, for ``_lower_by_surplus``
        """
        self.ensure_one()
        round_quantity = self.product_id.uom_id.round
        left = quantity
        if self.transfer_id.kind == "between":
            left = max(0.0, left - self.to_ship_quantity)
        closed = min(left, self.closed_quantity)
        not_approved = min(left - closed, self._get_not_approved_quantity())
        surplus = left - closed - not_approved
        self._close_unshipped(-closed)
        self.approved_quantity += round_quantity(not_approved)
        self.surplus_quantity += round_quantity(surplus)
        return {
            "to_ship": round_quantity(quantity - left),
            "closed": round_quantity(closed),
            "not_approved": round_quantity(not_approved),
            "surplus": round_quantity(surplus),
        }

    def _lower_by_surplus(self, parts):
        """Take back the room that was made for a surplus, see ``_raise_by_surplus``.

        A line without any quantity of its own would be about nothing: it stays, closed.
        """
        self.ensure_one()
        round_quantity = self.product_id.uom_id.round
        surplus, closed = parts["surplus"], parts["closed"]
        if not self.quantity:
            surplus, closed = 0.0, closed + surplus
        self._close_unshipped(closed)
        self.approved_quantity -= round_quantity(parts["not_approved"])
        self.surplus_quantity -= round_quantity(surplus)

    def _is_within_tolerance(self, quantity, percent, pieces):
        """Tell whether so much more than asked for on these lines is little enough.

        :param quantity: of the one product that all of them are about
        """
        before = sum(self.mapped("surplus_quantity"))
        surplus = before + quantity
        asked = sum(self.mapped("asked_quantity")) - before
        return (
            self.product_id.uom_id.compare(surplus, max(asked * percent / 100, pieces))
            <= 0
        )
