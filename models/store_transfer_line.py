from collections import defaultdict

from odoo import api, fields, models
from odoo.exceptions import UserError

from .quantities import format_quantity
from .shared_one2many import SharedOne2many
from .transfer_work import UNDO_FLOWS

# What brings goods into transit; all else takes them out.
INTO_TRANSIT = ("ship", "send_back", "undo_take_back", *UNDO_FLOWS)
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
HEADER_DEPENDS = ("transfer_id.source_store_id", "transfer_id.destination_store_id")


class StoreTransferLine(models.Model):
    """One product of a transfer, and where every unit of it is.

    ``quantity`` is what the user asked for, in a unit of choice. Every other quantity
    is in the product's own unit and is read off the line's stock moves.
    """

    _name = "store.transfer.line"
    _inherit = ["store.transfer.guard"]
    _description = "Store Transfer Line"
    _order = "transfer_id, sequence, id"
    _rec_name = "product_id"
    _check_company_auto = True
    _step_fields = frozenset(
        {
            "approved_quantity",
            "closed_quantity",
            "surplus_quantity",
            "not_approved_reason_id",
            "close_reason_id",
            "discrepancy_ids",
            "to_return_quantity",
            "move_ids",
        }
    )

    transfer_id = fields.Many2one(
        "store.transfer", required=True, index=True, ondelete="cascade"
    )
    sequence = fields.Integer(default=10)
    company_id = fields.Many2one(
        related="transfer_id.company_id", store=True, precompute=True
    )
    source_store_id = fields.Many2one(
        related="transfer_id.source_store_id", store=True, precompute=True
    )
    destination_store_id = fields.Many2one(
        related="transfer_id.destination_store_id", store=True, precompute=True
    )
    expected_date = fields.Date(
        related="transfer_id.expected_date", store=True, precompute=True
    )
    state = fields.Selection(related="transfer_id.state", store=True, index=True)
    product_id = fields.Many2one(
        "product.product",
        required=True,
        index=True,
        check_company=True,
        ondelete="restrict",
        domain="[('is_storable', '=', True), ('default_code', '!=', False),"
        " ('transfer_assortment_of', '=', source_store_id),"
        " ('transfer_assortment_of', '=', destination_store_id)]",
    )
    default_code = fields.Char(related="product_id.default_code", string="SKU")
    barcode = fields.Char(related="product_id.barcode")
    tracking = fields.Selection(related="product_id.tracking")
    allowed_uom_ids = fields.Many2many("uom.uom", compute="_compute_allowed_uom_ids")
    product_uom_id = fields.Many2one(
        "uom.uom",
        string="Unit",
        compute="_compute_product_uom_id",
        store=True,
        readonly=False,
        precompute=True,
        required=True,
        domain="[('id', 'in', allowed_uom_ids)]",
        ondelete="restrict",
    )
    stock_uom_id = fields.Many2one(
        related="product_id.uom_id",
        string="Stock Unit",
        store=True,
        precompute=True,
    )
    quantity = fields.Float(
        default=1.0, digits="Product Unit", required=True, aggregator=None
    )
    remark = fields.Char()
    move_ids = fields.One2many("stock.move", "transfer_line_id", string="Stock Moves")
    close_reason_id = fields.Many2one(
        "store.transfer.reason", readonly=True, copy=False, ondelete="restrict"
    )
    to_return_quantity = fields.Float(
        digits="Product Unit",
        readonly=True,
        copy=False,
        help="What was settled as returned: the source receives it.",
    )

    source_free_quantity = fields.Float(
        string="Free at Source",
        digits="Product Unit",
        compute="_compute_store_stock",
        help="What the source has and has not reserved, in the stock unit.",
    )
    destination_quantity = fields.Float(
        string="At Destination",
        digits="Product Unit",
        compute="_compute_store_stock",
        help="What the destination has on hand, in the stock unit.",
    )

    asked_quantity = fields.Float(
        string="Asked",
        digits="Product Unit",
        compute="_compute_asked_quantity",
        store=True,
        precompute=True,
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
    not_approved_reason_id = fields.Many2one(
        "store.transfer.reason",
        string="Not Approved Because",
        readonly=True,
        copy=False,
        ondelete="restrict",
    )
    discrepancy_ids = SharedOne2many(
        "store.transfer.discrepancy", "line_id", string="Differences"
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

    _quantity_positive = models.Constraint(
        "CHECK (quantity > 0 OR COALESCE(surplus_quantity, 0) > 0)",
        "Ask for a quantity above zero on every line.",
    )

    _in_transit_index = models.Index("(product_id) WHERE in_transit_quantity > 0")

    @api.depends("product_id.uom_id", "product_id.uom_ids")
    def _compute_allowed_uom_ids(self):
        for line in self:
            line.allowed_uom_ids = line.product_id.uom_id | line.product_id.uom_ids

    @api.depends("product_id")
    def _compute_product_uom_id(self):
        for line in self:
            line.product_uom_id = line.product_id.uom_id

    @api.depends("quantity", "product_uom_id", "product_id.uom_id", "surplus_quantity")
    def _compute_asked_quantity(self):
        for line in self:
            asked = line.product_uom_id._compute_quantity(
                line.quantity, line.product_id.uom_id, rounding_method="HALF-UP"
            )
            line.asked_quantity = asked + line.surplus_quantity

    @api.depends("product_id", *HEADER_DEPENDS)
    def _compute_store_stock(self):
        for stores, lines in self.grouped(
            lambda line: (line.source_store_id, line.destination_store_id)
        ).items():
            source, destination = stores
            at_source = self._get_stock_by_product(source, lines.product_id)
            at_destination = self._get_stock_by_product(destination, lines.product_id)
            for line in lines:
                line.source_free_quantity = at_source[line.product_id.id][0]
                line.destination_quantity = at_destination[line.product_id.id][1]

    @api.model
    def _get_stock_by_product(self, store, products):
        """Return ``{product id: (free, on hand)}`` at a store; zeros without one."""
        stock = defaultdict(lambda: (0.0, 0.0))
        if store:
            for product in store._get_product_stock(products):
                stock[product.id] = (product.free_qty, product.qty_available)
        return stock

    @api.depends(
        "asked_quantity",
        "surplus_quantity",
        "approved_quantity",
        "transfer_id.approval_state",
        "transfer_id.approval_date",
        "transfer_id.kind",
        "move_ids.state",
        "move_ids.scrap_id",
        "move_ids.origin_returned_move_id",
        "move_ids.transfer_outcome",
        "move_ids.product_qty",
        "move_ids.quantity",
        "move_ids.location_id",
        "move_ids.location_dest_id",
    )
    def _compute_ledger(self):
        for line in self:
            ledger = line._get_ledger()
            # A line that is being added in the form has no product yet.
            unit = line.product_id.uom_id
            for name, quantity in ledger.items():
                line[name] = unit.round(quantity) if unit else 0

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

    def _get_ledger(self):
        """Say where every unit is: the sum is what was asked for.

        Each is read off what it is about, and none is what the others leave over, see
        :meth:`_check_ledger`.

        :return: ``{field name: quantity in the product's unit}``
        """
        self.ensure_one()
        if self.transfer_id.approval_state in ("draft", "waiting"):
            done, to_ship = defaultdict(float), self.asked_quantity
        else:
            done, to_ship = self._get_done_by_flow(), self._get_open_quantity()
        lost, damaged, not_sent = (
            done[name] - done[f"undo_{name}"]
            for name in ("lost", "damaged", "not_sent")
        )
        sent_back = done["send_back"] - done["undo_send_back"]
        kind = self.transfer_id.kind
        if kind == "receipt":
            # What came damaged and was sent back had come as well.
            shipped = done["receive"] + done["damaged"] + done["lost"]
            returned = sent_back + done["undo_damaged"]
        else:
            shipped = done["ship"] - not_sent
            returned = done["take_back"] - done["undo_take_back"]
        if kind == "between":
            received = done["receive"] - sent_back
        else:
            received = shipped - returned - lost - damaged
        in_transit = shipped - received - returned - lost - damaged
        return {
            "to_ship_quantity": to_ship,
            "shipped_quantity": shipped,
            "in_transit_quantity": in_transit,
            "received_quantity": received,
            "returned_quantity": returned,
            "lost_quantity": lost,
            "damaged_quantity": damaged,
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

    def _get_done_by_flow(self):
        done = defaultdict(float)
        for move in self.move_ids:
            if move.state == "done":
                done[move._get_transfer_flow()] += move._get_transfer_done_quantity()
        return done

    def _get_moves_of_flows(self, flows):
        """Return the moves of this line, done or still to do, that do one of these."""
        return self.move_ids.filtered(
            lambda move: move.state != "cancel" and move._get_transfer_flow() in flows
        )

    def _get_moves_into_transit(self):
        return self._get_moves_of_flows(INTO_TRANSIT)

    def _get_moves_booked_as(self, outcome):
        """Return the moves by which goods of these lines were settled, newest first.

        What came damaged, and was put into a store's place for it, was not settled.
        """
        return self.move_ids.filtered(
            lambda move: (
                move.state == "done"
                and move._get_transfer_flow() == outcome
                and (outcome == "not_sent" or move.location_dest_usage == "inventory")
            )
        ).sorted("id", reverse=True)

    def _get_open_quantity(self):
        """Return what the first leg still has to do."""
        first_leg = "receive" if self.transfer_id.kind == "receipt" else "ship"
        return sum(
            move.product_qty
            for move in self.move_ids
            if move.state not in ("draft", "done", "cancel")
            and not move.origin_returned_move_id
            and move._get_transfer_flow() == first_leg
        )

    def _get_quantity_to_take_back(self):
        """Return what is on its way back and the source has not yet received."""
        return max(0.0, min(self._get_quantity_sent_back(), self.in_transit_quantity))

    def _get_quantity_sent_back(self):
        """Return what the destination sent back, less what was taken back of it.

        What was returned on its way, before it arrived, the destination never had; and
        what was sent once more after it had been taken back, it expects.
        """
        done = self._get_done_by_flow()
        taken_back = sum(
            move._get_transfer_done_quantity()
            for move in self._get_moves_of_flows(("take_back",))
            if move.state == "done" and not move.origin_returned_move_id
        )
        sent_back = done["send_back"] - done["undo_send_back"]
        return self.to_return_quantity + sent_back - taken_back

    def _forget_what_is_gone(self):
        """Take back no goods that left transit in another way, e.g. were scrapped."""
        for line in self:
            unit = line.product_id.uom_id
            gone = line._get_quantity_sent_back() - line.in_transit_quantity
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

    def _get_expected_by_lot(self):
        """Return ``{line: {lot: quantity}}`` that is set aside for the destination."""
        expected = defaultdict(lambda: defaultdict(float))
        for transfer in self.transfer_id:
            for move in transfer._get_open_moves("receive"):
                for move_line in move.move_line_ids:
                    by_lot = expected[move.transfer_line_id]
                    by_lot[move_line.lot_id] += move_line.quantity_product_uom
        return expected

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

    def _check_lots_in_transit(self):
        """Refuse to take another transfer's lot out of transit, instead of one's own.

        :raise UserError: naming the lot
        """
        for line, by_lot in self._get_lots_in_transit().items():
            for lot, quantity in by_lot.items():
                if line.product_id.uom_id.compare(quantity, 0) < 0:
                    raise UserError(
                        self.env._(
                            "%(transfer)s: %(lot)s of %(product)s is not on its way.",
                            lot=lot.name or self.env._("A piece without lot"),
                            **line._get_ledger_message_values(0),
                        )
                    )

    def _get_lots_in_transit(self):
        """Return ``{line: {lot: quantity}}`` of the tracked goods in transit."""
        in_transit = defaultdict(lambda: defaultdict(float))
        tracked = self.filtered(
            lambda line: (
                line.product_id.tracking != "none"
                and line.transfer_id.kind == "between"
            )
        )
        if not tracked:
            return in_transit
        for move, lot, quantity in self.env["stock.move.line"]._read_group(
            [("move_id.transfer_line_id", "in", tracked.ids), ("state", "=", "done")],
            ["move_id", "lot_id"],
            ["quantity_product_uom:sum"],
        ):
            sign = 1 if move._get_transfer_flow() in INTO_TRANSIT else -1
            in_transit[move.transfer_line_id][lot] += sign * quantity
        return in_transit

    @api.model
    def _find_in_transit(self, products):
        """Return the lines of any transfer that have some of these products in transit.

        Products, because a location may belong to several companies.
        """
        return self.search(
            [("product_id", "in", products.ids), ("in_transit_quantity", ">", 0)]
        ).filtered(lambda line: line.transfer_id.kind == "between")

    def _get_goods_in_transit(self):
        """Return where the goods of these lines stand, as their moves say.

        :return: ``{location: {product: {lot: quantity}}}``, in the product's unit
        """
        goods = defaultdict(lambda: defaultdict(lambda: defaultdict(float)))
        for move, lot, quantity in self.env["stock.move.line"]._read_group(
            [("move_id.transfer_line_id", "in", self.ids), ("state", "=", "done")],
            ["move_id", "lot_id"],
            ["quantity_product_uom:sum"],
        ):
            if move._get_transfer_flow() in INTO_TRANSIT:
                goods[move.location_dest_id][move.product_id][lot] += quantity
            else:
                goods[move.location_id][move.product_id][lot] -= quantity
        return goods

    def _get_unreserved_in_transit(self):
        """Return what these lines have in transit that no move has set aside.

        :return: ``{line: {(lot, owner): quantity}}``, in the product's unit
        """
        left = defaultdict(lambda: defaultdict(float))
        for move_line in self.move_ids.move_line_ids:
            move = move_line.move_id
            goods = move_line.lot_id, move_line.owner_id
            quantity = move_line.quantity_product_uom
            if move_line.state == "done":
                enters = move._get_transfer_flow() in INTO_TRANSIT
                left[move.transfer_line_id][goods] += quantity if enters else -quantity
            elif move_line.state != "cancel" and move.location_id.usage == "transit":
                left[move.transfer_line_id][goods] -= quantity
        return left

    def _describe_quantity(self, field):
        """Return so much of this product, as ``2 Units × Oolong Tea``."""
        quantity = format_quantity(self.env, self[field], self.stock_uom_id)
        return f"{quantity} × {self.product_id.display_name}"

    def _get_ledger_message_values(self, quantity):
        return {
            "transfer": self.transfer_id.name,
            "product": self.product_id.display_name,
            "quantity": format_quantity(self.env, quantity, self.stock_uom_id),
        }

    # --- Surplus ---

    def _raise_by_surplus(self, quantity):
        """Make room for goods that came beyond what is on its way.

        What was still to ship, was closed or was not approved has come after all;
        only what goes beyond it was not asked for.
        """
        self.ensure_one()
        round_quantity = self.product_id.uom_id.round
        left = quantity
        if self.transfer_id.kind == "between":
            left = max(0.0, left - self.to_ship_quantity)
        closed = min(left, self.closed_quantity)
        not_approved = min(left - closed, self._get_not_approved_quantity())
        self._close_unshipped(-closed)
        self.approved_quantity += round_quantity(not_approved)
        self.surplus_quantity += round_quantity(left - closed - not_approved)

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

    # --- Editing ---

    def copy_data(self, default=None):
        vals_list = super().copy_data(default)
        for line, vals in zip(self, vals_list, strict=True):
            # Of a product that nobody had asked for, as much as came.
            if not vals.get("quantity"):
                vals["quantity"] = line.asked_quantity
        return vals_list

    @api.model_create_multi
    def create(self, vals_list):
        lines = super().create(vals_list)
        lines._check_may_edit()
        return lines

    def write(self, vals):
        self._check_may_edit()
        result = super().write(vals)
        if "transfer_id" in vals:
            self._check_may_edit()
        return result

    @api.ondelete(at_uninstall=False)
    def _unlink_only_from_draft(self):
        self._check_may_edit()

    def _check_may_edit(self):
        # The addon's own steps write approved quantities and reasons in sudo.
        if not self.env.su:
            self.transfer_id._check_step("edit")

    # --- Checks at submit ---

    def _get_submit_errors(self):
        """Return one sentence per fault that keeps these lines from being submitted."""
        errors = []
        for line in self:
            product = line.product_id.with_company(line.company_id)
            errors += product._get_transfer_errors()
            errors += line._get_quantity_errors()
        return errors + self._get_assortment_errors()

    def _get_quantity_errors(self):
        unit = self.product_uom_id
        values = {"product": self.product_id.display_name, "unit": unit.name}
        if unit._origin not in self.allowed_uom_ids._origin:
            return [self.env._("%(product)s is not kept in %(unit)s.", **values)]
        if unit.compare(self.quantity, 0) <= 0:
            return [
                self.env._("%(product)s: the quantity must be above zero.", **values)
            ]
        error = self.product_id._get_quantity_error(self.quantity, unit)
        return [error] if error else []

    def _get_assortment_errors(self):
        errors = []
        for transfer, lines in self.grouped("transfer_id").items():
            products = lines.product_id
            for store in transfer.source_store_id | transfer.destination_store_id:
                for product in products - store._filter_assortment(products):
                    errors.append(
                        self.env._(
                            "%(product)s is not in the assortment of %(store)s.",
                            product=product.display_name,
                            store=store.name,
                        )
                    )
        return errors

    def _get_shortages(self):
        """Return the products of which the lines ask for more than the source has free.

        :return: list of ``(product, asked, free)`` in the product's unit
        """
        shortages = []
        # Of all lines at once: read off a slice, it would be looked up one by one.
        free_at_source = {line.product_id: line.source_free_quantity for line in self}
        for product, lines in self.grouped("product_id").items():
            asked = sum(lines.mapped("asked_quantity"))
            free = free_at_source[product]
            if product.uom_id.compare(asked, free) > 0:
                shortages.append((product, asked, free))
        return shortages
