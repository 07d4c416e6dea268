from odoo import api, fields, models
from odoo.exceptions import UserError


class StockMove(models.Model):
    """A move of a transfer keeps its line through merges, splits and backorders.

    Whatever is done to such moves, from Store Transfer or from the Inventory app, the
    transfer is locked first and brought in line afterwards
    (:meth:`~.StoreTransferLegs._sync_legs`).
    """

    _inherit = "stock.move"

    transfer_line_id = fields.Many2one(
        "store.transfer.line",
        string="Store Transfer Line",
        copy=False,
        index="btree_not_null",
        ondelete="restrict",
    )

    @api.depends("transfer_line_id")
    def _compute_is_initial_demand_editable(self):
        result = super()._compute_is_initial_demand_editable()
        self.filtered("transfer_line_id").is_initial_demand_editable = False
        return result

    def write(self, vals):
        if "product_uom_qty" in vals and not self._is_transfer_work():
            self._check_demand_not_of_transfer()
        return super().write(vals)

    def _prepare_merge_moves_distinct_fields(self):
        return super()._prepare_merge_moves_distinct_fields() + ["transfer_line_id"]

    def _prepare_move_split_vals(self, qty):
        values = super()._prepare_move_split_vals(qty)
        values["transfer_line_id"] = self.transfer_line_id.id
        return values

    def _merge_moves(self, merge_into=False):
        if not self.picking_id.transfer_id:
            return super()._merge_moves(merge_into=merge_into)
        # Merging adds up the demand of moves of the same line: the sum stays.
        moves = super(
            StockMove, self.with_context(store_transfer_work=True)
        )._merge_moves(merge_into=merge_into)
        return moves.with_env(self.env)

    def _action_done(self, cancel_backorder=False):
        self._check_all_moves_have_transfer_line()
        transfers = self._get_transfers()
        if not transfers:
            return super()._action_done(cancel_backorder=cancel_backorder)
        transfers._lock()
        work = self.with_context(**self._get_transfer_done_context())
        moves = super(StockMove, work)._action_done(cancel_backorder=cancel_backorder)
        transfers._sync_legs()
        return moves.with_env(self.env)

    def _action_cancel(self):
        transfers = self._get_transfers()
        if not transfers or self._is_transfer_work():
            return super()._action_cancel()
        transfers._lock()
        work = self.with_context(store_transfer_work=True)
        result = super(StockMove, work)._action_cancel()
        transfers._sync_legs()
        return result

    def _get_transfers(self):
        # Inventory users need not know store transfers to validate a picking of one.
        return self.sudo().transfer_line_id.transfer_id

    def _is_transfer_work(self):
        """Tell whether a step of a transfer is at work, which syncs at its end."""
        return self.env.context.get("store_transfer_work")

    def _get_transfer_done_context(self):
        return {"store_transfer_work": True}

    def _get_transfer_flow(self):
        """Tell what this move does for its transfer.

        :return: ``"ship"`` (leaves the source), ``"receive"`` (enters the
            destination), ``"send_back"`` (leaves the destination), ``"take_back"``
            (enters the source again), ``"damaged"`` (scrapped on the way) or
            ``"lost"`` (inventory loss on the way)
        """
        self.ensure_one()
        if self.location_dest_usage == "inventory":
            return "damaged" if self.scrap_id else "lost"
        source = self._get_transfers().source_store_id
        if left := self.location_id.warehouse_id:
            return "ship" if left == source else "send_back"
        return "take_back" if self.location_dest_id.warehouse_id == source else "receive"

    def _get_transfer_done_quantity(self):
        """Return what was done, in the product's unit."""
        self.ensure_one()
        return self.product_uom._compute_quantity(
            self.quantity, self.product_id.uom_id, rounding_method="HALF-UP"
        )

    def _set_transfer_done(self, quantity):
        """Mark ``quantity`` (in the product's unit) of what is reserved as done."""
        self.ensure_one()
        if self.product_uom.compare(quantity, self.quantity) < 0 < quantity:
            self.quantity = quantity
        self.picked = quantity > 0

    def _set_transfer_counted(self, counted):
        """Mark what was counted as done, as far as this move has it reserved.

        :param counted: ``{(lot, lot name): quantity}``; what is taken is subtracted
        """
        self.ensure_one()
        if self.has_tracking != "none" and self._should_bypass_reservation():
            self._create_lot_lines_of_receipt(counted)
            return
        taken_by_line = {
            move_line: self._take_counted(counted, move_line.lot_id, move_line.quantity)
            for move_line in self.move_line_ids
        }
        self.picked = any(taken_by_line.values())
        if self.picked:
            self._set_move_line_quantities(taken_by_line)

    def _take_counted(self, counted, lot, quantity):
        key = (lot, False)
        taken = min(counted.get(key, 0), quantity)
        if taken:
            counted[key] -= taken
        return taken

    def _set_move_line_quantities(self, quantities):
        for move_line, quantity in quantities.items():
            if self.product_uom.compare(quantity, move_line.quantity) < 0 < quantity:
                move_line.quantity = quantity
        self.move_line_ids.filtered(lambda line: not quantities[line]).unlink()

    def _create_lot_lines_of_receipt(self, counted):
        """Receive lots that a third party brings; unknown names become new lots."""
        self.ensure_one()
        left = self.product_qty
        values = []
        for (lot, lot_name), quantity in counted.items():
            taken = min(quantity, left)
            if taken <= 0:
                continue
            left -= taken
            counted[lot, lot_name] -= taken
            values.append(
                {
                    **self._prepare_move_line_vals(quantity=taken),
                    "lot_id": lot.id,
                    "lot_name": lot_name,
                }
            )
        if values:
            self.move_line_ids.unlink()
            self.env["stock.move.line"].create(values)
        self.picked = bool(values)

    def _reduce_transfer_demand(self, quantity):
        """Ask for ``quantity`` (in the product's unit) less, what is reserved last."""
        to_cancel = self.browse()
        for move in self.sorted(lambda move: (move.quantity, -move.id)):
            reduced = min(quantity, move.product_qty)
            quantity -= reduced
            if move.product_uom.compare(reduced, move.product_qty) >= 0:
                to_cancel |= move
            elif reduced:
                move.product_uom_qty = move.product_qty - reduced
        to_cancel._action_cancel()
        (self - to_cancel)._action_assign()

    def _check_demand_not_of_transfer(self):
        # A split shares the demand out between two moves of the same line.
        if self.env.context.get("do_not_unreserve"):
            return
        for move in self.filtered("transfer_line_id"):
            raise UserError(
                self.env._(
                    "How much %(product)s to move is decided on store transfer "
                    "%(transfer)s. Change it there.",
                    product=move.product_id.display_name,
                    transfer=move._get_transfers().name,
                )
            )

    def _check_all_moves_have_transfer_line(self):
        """Refuse products that somebody added to a transfer's picking by hand.

        Such goods would stand in transit, and no document would expect them.
        """
        for move in self:
            picking = move.picking_id
            if (
                picking.transfer_id
                and not move.transfer_line_id
                and move.location_dest_usage != "inventory"
                and move.state not in ("done", "cancel")
            ):
                raise UserError(
                    self.env._(
                        "%(product)s is not on store transfer %(transfer)s. Take it "
                        "off %(picking)s, or make a transfer of its own for it.",
                        product=move.product_id.display_name,
                        transfer=picking.sudo().transfer_id.name,
                        picking=picking.name,
                    )
                )
