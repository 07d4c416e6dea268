from collections import defaultdict

from odoo import api, fields, models
from odoo.exceptions import UserError


class CollectedValues(list):
    """Values to create later, carried in the context.

    Compared by identity: Odoo shares one environment between contexts that are equal,
    and the values of one reservation would end up in another's.
    """

    __eq__ = object.__eq__
    __ne__ = object.__ne__
    __hash__ = object.__hash__


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
        ondelete="set null",
    )

    @api.depends("transfer_line_id")
    def _compute_is_initial_demand_editable(self):
        result = super()._compute_is_initial_demand_editable()
        self.filtered("transfer_line_id").is_initial_demand_editable = False
        return result

    @api.depends("transfer_line_id.product_uom_id")
    def _compute_packaging_uom_id(self):
        of_transfers = self.filtered("transfer_line_id")
        for move in of_transfers:
            move.packaging_uom_id = move.sudo().transfer_line_id.product_uom_id
        return super(StockMove, self - of_transfers)._compute_packaging_uom_id()

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

    def _action_assign(self, force_qty=False):
        of_transfers = self.filtered("transfer_line_id")
        others = self - of_transfers
        if force_qty or not of_transfers:
            return super()._action_assign(force_qty=force_qty)
        if others:
            super(StockMove, others)._action_assign()
        for moves in of_transfers._get_reservation_rounds():
            # The move lines that Odoo creates move by move are created at once.
            values = CollectedValues()
            work = moves.with_context(
                **moves._get_reservation_context(), store_transfer_move_lines=values
            )
            super(StockMove, work)._action_assign()
            work._create_reserved_lines(values)
        return None

    def _get_reservation_rounds(self):
        """Return moves that can be reserved together, because they share no product.

        What one move reserves is written at the end of its round only.
        """
        rounds = defaultdict(list)
        seen = defaultdict(int)
        for move in self:
            key = (move.location_id, move.product_id)
            rounds[move.location_id, seen[key]].append(move.id)
            seen[key] += 1
        return [self.browse(move_ids) for move_ids in rounds.values()]

    def _get_reservation_context(self):
        # Chained moves look at what their siblings brought and took: read it at once.
        siblings = self.move_orig_ids.move_dest_ids | self
        (siblings.move_orig_ids | siblings).move_line_ids.mapped("quantity")
        location = self.location_id
        if len(location) != 1 or location.should_bypass_reservation():
            return {}
        return self.env["stock.quant"]._get_reservation_context(
            self.product_id, location
        )

    def _create_reserved_lines(self, values):
        lines = self.env["stock.move.line"].with_context(store_transfer_move_lines=None)
        created = lines.create(values)
        created._apply_putaway_strategy()
        if created.package_id and not self.env.context.get("bypass_entire_pack"):
            self.picking_id._check_entire_pack()

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

    def _get_transfer_done_context(self):
        """Find and lock what will be touched, for all moves at once."""
        lines = self.move_line_ids.filtered("picked")
        quants = self.env["stock.quant"]._find_for_transfer(
            lines.product_id, lines.location_id | lines.location_dest_id
        )
        locked = quants.try_lock_for_update(allow_referencing=True)
        return {
            **self._get_transfer_work_context(self.product_id),
            "store_transfer_locked_quant_ids": frozenset(locked.ids),
            "store_transfer_skip_push": not self._has_push_rules(),
        }

    @api.model
    def _get_transfer_work_context(self, products):
        """Return the context in which a step of a transfer works on moves."""
        orderpoints = self.env["stock.warehouse.orderpoint"].sudo()
        return {
            "store_transfer_work": True,
            "store_transfer_skip_orderpoints": not orderpoints.with_context(
                active_test=False
            ).search_count([("product_id", "in", products.ids)], limit=1),
        }

    def _has_push_rules(self):
        """Tell whether any rule may push goods on from where these moves bring them."""
        path_ids = {
            int(location_id)
            for location in self.location_dest_id
            for location_id in location.parent_path.split("/")[:-1]
        }
        return bool(
            self.env["stock.rule"]
            .sudo()
            .search_count(
                [
                    ("action", "in", ("push", "pull_push")),
                    ("location_src_id", "in", list(path_ids)),
                ],
                limit=1,
            )
        )

    def _skip_push(self):
        skip = self.env.context.get("store_transfer_skip_push")
        return bool(skip and self.transfer_line_id) or super()._skip_push()

    def _update_orderpoints(self):
        if self.env.context.get("store_transfer_skip_orderpoints"):
            return None
        return super()._update_orderpoints()

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

    def _set_transfer_quantities(self, quantities):
        """Mark what is done of these moves; the others are left for a backorder.

        :param quantities: ``{move line: quantity}``, not above what it has reserved
        """
        done_ids = []
        unlink_ids = []
        ids_by_quantity = defaultdict(list)
        for move in self:
            lines = move.move_line_ids
            if not any(quantities[line] for line in lines):
                continue
            done_ids.append(move.id)
            for line in lines:
                quantity = quantities[line]
                if not quantity:
                    unlink_ids.append(line.id)
                elif line.product_uom_id.compare(quantity, line.quantity) < 0:
                    ids_by_quantity[quantity].append(line.id)
        context = self._get_reservation_context()
        move_lines = self.env["stock.move.line"].with_context(**context)
        for quantity, line_ids in ids_by_quantity.items():
            move_lines.browse(line_ids).quantity = quantity
        move_lines.browse(unlink_ids).unlink()
        done_moves = self.browse(done_ids)
        done_moves.picked = True
        (self - done_moves).filtered("picked").picked = False

    def _create_lot_lines_of_receipt(self, counted):
        """Receive lots that a third party brings; unknown names become new lots.

        :param counted: ``{(lot, lot name): quantity}``; what is taken is subtracted
        """
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
