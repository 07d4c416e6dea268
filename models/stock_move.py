from collections import defaultdict
from dataclasses import replace

from odoo import api, fields, models
from odoo.exceptions import AccessError, UserError

from .quantities import format_quantity
from .stock_move_core import X2MANY
from .store_transfer_access import GROUP_INVENTORY
from .transfer_work import (
    CONTEXT_KEY,
    FREES_RESERVATION,
    OUTCOME_FLOWS,
    RETURN_FLOWS,
    UNDO_FLOWS,
    CoreWork,
    TransferWork,
)

# What chains a move to others.
LINK_FIELDS = {
    "move_orig_ids",
    "move_dest_ids",
    "origin_returned_move_id",
    "returned_move_ids",
}
# What makes a move what it is for its transfer. Odoo's own methods write some of it,
# see StockMove._in_core; nobody does by hand.
GUARDED_FIELDS = {
    "transfer_line_id",
    "transfer_outcome",
    "product_id",
    "product_uom",
    "product_uom_qty",
    "picking_id",
    "picking_type_id",
    "company_id",
    "state",
    "procure_method",
    "location_final_id",
    "scrap_id",
    "is_inventory",
    *LINK_FIELDS,
}
# Whose fields say where goods are, and what of them is reserved.
STOCK_MODULES = {"stock", "store_transfer"}


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
    transfer_outcome = fields.Selection(
        [("damaged", "Damaged"), ("lost", "Lost"), ("not_sent", "Not sent")],
        readonly=True,
        copy=False,
        help="What became of goods of a transfer that did not simply arrive.",
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

    @api.model_create_multi
    def create(self, vals_list):
        moves = super().create(vals_list)
        if not moves._may_change_transfer():
            moves._refuse_link_to_transfer()
            names = set().union(*vals_list)
            moves._get_linked_moves_of_transfers(names)._refuse_chain()
            moves._check_not_done_beside_transfer()
        return moves

    def write(self, vals):
        by_hand = self.browse() if self._may_change_transfer() else self
        by_hand._check_may_touch_transfer(vals)
        by_hand._check_write_of_transfer(vals)
        linked = by_hand._get_linked_moves_of_transfers(vals.keys())
        chained = self._get_moves_to_stay_chained(vals)
        result = super(StockMove, self - chained).write(vals)
        if chained:
            kept = vals.keys() - {"procure_method", "move_orig_ids"}
            super(StockMove, chained).write({name: vals[name] for name in kept})
        if "transfer_line_id" in vals:
            by_hand._refuse_link_to_transfer()
        now_linked = by_hand._get_linked_moves_of_transfers(vals.keys())
        (now_linked - linked)._refuse_chain()
        return result

    @api.ondelete(at_uninstall=False)
    def _unlink_except_of_transfer(self):
        if self._may_change_transfer():
            return
        self._check_may_touch_transfer()
        for move in self.filtered("transfer_line_id"):
            if move.state not in ("draft", "cancel"):
                raise UserError(
                    self.env._(
                        "%(product)s of %(picking)s belongs to store transfer "
                        "%(transfer)s. Cancel the transfer, or close its rest, instead "
                        "of deleting the move.",
                        product=move.product_id.display_name,
                        picking=move.picking_id.name,
                        transfer=move._get_transfers().name,
                    )
                )

    def _get_moves_to_stay_chained(self, vals):
        """Return the moves that go on waiting for the goods of their own transfer.

        Odoo lets a move whose goods were taken away take any others instead. In
        transit these would be another transfer's.
        """
        if "move_orig_ids" not in vals or not self.env.context.get(FREES_RESERVATION):
            return self.browse()
        return self.filtered(
            lambda move: move.transfer_line_id and move.location_id.usage == "transit"
        )

    def _prepare_merge_moves_distinct_fields(self):
        return super()._prepare_merge_moves_distinct_fields() + [
            "transfer_line_id",
            "transfer_outcome",
        ]

    def _prepare_move_split_vals(self, qty):
        values = super()._prepare_move_split_vals(qty)
        values["transfer_line_id"] = self.transfer_line_id.id
        values["transfer_outcome"] = self.transfer_outcome
        return values

    def _create_backorder(self):
        if not self.transfer_line_id:
            return super()._create_backorder()
        # The new moves belong to the lines of those they are split from.
        work = TransferWork.get(self.env) or self._prepare_transfer_work()
        moves = super(StockMove, self._with_transfer_work(work))._create_backorder()
        # Once for all that was split, see below.
        self._recompute_state()
        return moves.with_env(self.env)

    def _split(self, qty, restrict_partner_id=False):
        move = self
        if TransferWork.get(self.env) and self.transfer_line_id:
            move = self.with_context(preserve_state=True)
        return super(StockMove, move)._split(
            qty, restrict_partner_id=restrict_partner_id
        )

    def _create_analytic_move(self):
        """Book analytic lines, where Odoo has costs (``stock_account``).

        After move lines are deleted, it would read their moves one by one.
        """
        return super(StockMove, self.with_prefetch())._create_analytic_move()

    def _merge_moves(self, merge_into=False):
        if not self.picking_id.transfer_id:
            return super()._merge_moves(merge_into=merge_into)
        # Merging adds up the demand of moves of the same line: the sum stays.
        work = TransferWork.get(self.env) or TransferWork()
        merging = self._with_transfer_work(replace(work, closes=False))
        moves = super(StockMove, merging)._merge_moves(merge_into=merge_into)
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
            work = moves._prepare_reservation()
            values = []
            collecting = replace(work, move_line_values=values)
            super(StockMove, moves._with_transfer_work(collecting))._action_assign()
            moves._with_transfer_work(work)._create_reserved_lines(values)
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

    def _prepare_reservation(self):
        """Read and lock what these moves may reserve; return the work to go on with."""
        # Chained moves look at what their siblings brought and took: read it at once.
        siblings = self.move_orig_ids.move_dest_ids | self
        (siblings.move_orig_ids | siblings).move_line_ids.mapped("quantity")
        work = TransferWork.get(self.env) or self._prepare_transfer_work()
        location = self.location_id
        if len(location) != 1 or location.should_bypass_reservation():
            return work
        quants = self.env["stock.quant"]._find_to_reserve(self.product_id, location)
        return replace(
            work,
            # Of a tracked product most lots stay where they are: not locked for it.
            locked_quant_ids=quants.filtered(
                lambda quant: not quant.lot_id
            )._lock_for_transfer(),
            quants=quants._get_quants_to_reserve(self.product_id, location),
            quants_cache=quants._get_quants_by_products_locations(
                self.product_id, location
            ),
        )

    def _create_reserved_lines(self, values):
        created = self.env["stock.move.line"].create(values)
        created._apply_putaway_strategy()
        if created.package_id and not self.env.context.get("bypass_entire_pack"):
            self.picking_id._check_entire_pack()
        created._find_waves()

    def _action_done(self, cancel_backorder=False):
        self._check_may_touch_transfer()
        self._check_all_moves_have_transfer_line()
        transfers = self._get_transfers()
        if not transfers:
            moves = super()._action_done(cancel_backorder=cancel_backorder)
            # A scrap of what was done already is done when it is created.
            (self.exists() | moves)._check_goods_in_transit()
            return moves
        transfers._lock()
        negative = self._get_quantities_below_zero()
        done_before = self.filtered(lambda move: move.state == "done")
        work = self._with_transfer_work(self._prepare_transfer_done())
        moves = super(StockMove, work)._action_done(cancel_backorder=cancel_backorder)
        # A scrap of what was done already is done when it is created.
        done = self.exists() | moves
        self._add_to_closed((done - done_before)._get_closed_by_line())
        transfers._sync_legs(done=done)
        done._check_goods_in_transit()
        done._check_not_below_zero(negative)
        return moves.with_env(self.env)

    def _prepare_transfer_done(self):
        """Read and lock what these moves will touch, for all of them at once."""
        lines = self.move_line_ids.filtered("picked")
        quants = self.env["stock.quant"]._find_for_transfer(
            lines.product_id,
            lines.location_id | lines.location_dest_id,
            lots=lines.lot_id,
        )
        return replace(
            self._prepare_transfer_work(),
            locked_quant_ids=quants._lock_for_transfer(),
            skips_push=not self._has_push_rules(),
        )

    def _prepare_transfer_work(self):
        """Return what a step of a transfer needs to know before it works on moves."""
        return self.product_id._prepare_transfer_work()

    def _with_transfer_work(self, work):
        context = {CONTEXT_KEY: work}
        if work.quants_cache is not None:
            context["quants_cache"] = work.quants_cache
        return self.with_context(**context)

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
        work = TransferWork.get(self.env)
        if work and work.skips_push and self.transfer_line_id:
            return True
        return super()._skip_push()

    def _update_orderpoints(self):
        work = TransferWork.get(self.env)
        if work and work.skips_orderpoints:
            return None
        return super()._update_orderpoints()

    def _action_cancel(self):
        self._check_may_touch_transfer()
        transfers = self._get_transfers()
        if not transfers or TransferWork.get(self.env):
            return super()._action_cancel()
        transfers._lock()
        work = self._with_transfer_work(self._prepare_transfer_work())
        result = super(StockMove, work)._action_cancel()
        transfers._sync_legs()
        return result

    def _get_transfers(self):
        # Inventory users need not know store transfers to validate a picking of one.
        return self.sudo().transfer_line_id.transfer_id

    def _get_transfer_flow(self):
        """Tell what this move does for its transfer.

        :return: ``"ship"`` (leaves the source), ``"receive"`` (enters the
            destination), ``"send_back"`` (leaves the destination), ``"take_back"``
            (enters the source again), ``"damaged"`` (came damaged, or was scrapped on
            the way), ``"lost"`` (inventory loss on the way), ``"not_sent"`` (never
            had left the source), or ``"undo_…"`` one of the last five (a return of it)
        """
        self.ensure_one()
        if self.transfer_outcome:
            return self.transfer_outcome
        if flow := self.origin_returned_move_id._get_flow_of_return():
            return flow
        if self.location_dest_usage == "inventory":
            return "damaged" if self.scrap_id else "lost"
        source = self._get_transfers().source_store_id
        if left := self.location_id.warehouse_id:
            return "ship" if left == source else "send_back"
        entered = self.location_dest_id.warehouse_id
        return "take_back" if entered == source else "receive"

    def _get_flow_of_return(self):
        """Return what a return of this move does, where its locations don't say it.

        :return: ``"undo_…"``, or what this move has undone; else None
        """
        flow = self._get_transfer_flow() if self else ""
        if flow in (*OUTCOME_FLOWS, *RETURN_FLOWS):
            return f"undo_{flow}"
        return flow.removeprefix("undo_") if flow.startswith("undo_") else None

    def _get_outcome_of_case(self):
        """Return what became of what these moves of a line took out of transit."""
        outcomes = {
            "receive": "arrived",
            "undo_send_back": "arrived",
            "take_back": "returned",
            **{flow: flow for flow in OUTCOME_FLOWS},
            # That it was undone, was undone.
            **{flow: flow.removeprefix("undo_") for flow in UNDO_FLOWS},
        }
        flows = [move._get_transfer_flow() for move in self if move.state == "done"]
        return next((outcomes[flow] for flow in flows if flow in outcomes), "closed")

    def _get_transfer_done_quantity(self):
        """Return what was done, in the product's unit."""
        self.ensure_one()
        return self.product_uom._compute_quantity(
            self.quantity, self.product_id.uom_id, rounding_method="HALF-UP"
        )

    def _set_transfer_quantities(self, quantities):
        """Mark what is done of these moves; the others are left for a backorder.

        :param quantities: ``{move line: quantity in the product's unit}``, not above
            what it has reserved
        """
        self.move_line_ids._unpack_split_packages(quantities)
        done_ids = []
        unlink_ids = []
        ids_by_quantity = defaultdict(list)
        for move in self:
            lines = move.move_line_ids
            if not any(quantities[line] for line in lines):
                continue
            done_ids.append(move.id)
            unit = move.product_id.uom_id
            for line in lines:
                quantity = quantities[line]
                if not quantity:
                    unlink_ids.append(line.id)
                elif unit.compare(quantity, line.quantity_product_uom) < 0:
                    in_line_unit = unit._compute_quantity(quantity, line.product_uom_id)
                    ids_by_quantity[in_line_unit].append(line.id)
        work = self._with_transfer_work(self._prepare_reservation())
        move_lines = work.env["stock.move.line"]
        for quantity, line_ids in ids_by_quantity.items():
            move_lines.browse(line_ids).quantity = quantity
        move_lines.browse(unlink_ids).unlink()
        done_moves = self.browse(done_ids)
        done_moves.picked = True
        (self - done_moves).filtered("picked").picked = False

    def _brings_new_lots(self):
        """Tell whether these are lots that a third party brings."""
        return self.has_tracking != "none" and self._get_transfers().kind == "receipt"

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

    def _release_transfer_quantities(self, quantities):
        """Ask for less, and free exactly the goods that are named.

        :param quantities: ``{move line: quantity in the product's unit}``
        :return: what to put on the move lines that take these goods instead, as
            ``{transfer line: [values]}``
        """
        released, by_move = defaultdict(list), defaultdict(float)
        unlink_ids, ids_by_kept = [], defaultdict(list)
        self.move_line_ids._unpack_split_packages(quantities)
        for move_line, quantity in quantities.items():
            if not quantity:
                continue
            unit = move_line.product_id.uom_id
            by_move[move_line.move_id] += quantity
            released[move_line.move_id.transfer_line_id].append(
                {
                    "quantity": quantity,
                    "product_uom_id": unit.id,
                    "location_id": move_line.location_id.id,
                    "lot_id": move_line.lot_id.id,
                    "package_id": move_line.package_id.id,
                    "owner_id": move_line.owner_id.id,
                }
            )
            kept = unit.round(move_line.quantity_product_uom - quantity)
            if unit.is_zero(kept):
                unlink_ids.append(move_line.id)
            else:
                ids_by_kept[kept, unit.id].append(move_line.id)
        moves = self.browse(move.id for move in by_move)
        work = moves._with_transfer_work(moves._prepare_reservation())
        move_lines = work.env["stock.move.line"]
        for (kept, unit_id), line_ids in ids_by_kept.items():
            move_lines.browse(line_ids).write(
                {"quantity": kept, "product_uom_id": unit_id}
            )
        move_lines.browse(unlink_ids).unlink()
        # The other goods stay reserved; what is freed is for somebody else.
        moves._ask_for_less(by_move)._recompute_state()
        return released

    def _reduce_demand_by_surplus(self, by_line):
        """Ask for less: these goods came already, and are set free.

        :param by_line: ``{transfer line: {(lot, lot name): quantity}}``, in the
            product's unit
        """
        left = {line: defaultdict(float, lots) for line, lots in by_line.items()}
        moves = self.filtered(lambda move: move.transfer_line_id in left)
        came = {
            move_line: move_line._take_from(
                left[move_line.move_id.transfer_line_id], (move_line.lot_id, False)
            )
            for move_line in moves.move_line_ids
        }
        moves._release_transfer_quantities(came)
        moves.filtered(lambda move: move.state != "cancel")._reduce_transfer_demand(
            {line: sum(lots.values()) for line, lots in left.items()}
        )

    def _set_move_lines(self, values_by_line):
        """Take exactly these goods, as ``_release_transfer_quantities`` names them."""
        work = self._with_transfer_work(self._prepare_reservation())
        work.move_line_ids.unlink()
        work.env["stock.move.line"].create(
            [
                {**move._prepare_move_line_vals(), **values}
                for move in work
                for values in values_by_line[move.transfer_line_id]
            ]
        )._apply_putaway_strategy()

    def _reserve_exactly(self, goods_by_line):
        """Reserve these goods of the source, and nothing else.

        :param goods_by_line: ``{transfer line: [(lot, lot name, owner, quantity)]}``,
            the owner ``None`` for anybody's goods
        :raise UserError: when the source does not have them on record
        """
        work = self._with_transfer_work(self._prepare_reservation())
        work.move_line_ids.unlink()
        self._reserve_goods(
            [
                (move, *goods)
                for move in self
                for goods in goods_by_line[move.transfer_line_id]
            ]
        )

    def _reserve_goods(self, goods):
        """Reserve these goods beside what these moves have reserved already.

        :param goods: list of ``(move, lot, lot name, owner, quantity)``, the owner
            ``None`` for anybody's goods
        :raise UserError: when the source does not have them on record
        """
        work = self._with_transfer_work(self._prepare_reservation())
        rounds, seen = defaultdict(list), defaultdict(int)
        for goods_of_move in goods:
            # What one takes, the next one of its product does not find free.
            product = goods_of_move[0].product_id
            rounds[seen[product]].append(goods_of_move)
            seen[product] += 1
        for goods_of_round in rounds.values():
            values = []
            for move, lot, lot_name, owner, quantity in goods_of_round:
                owned = move.with_env(work.env)._with_owner(owner)
                values += owned._prepare_lot_lines(lot, lot_name, quantity)
            work.env["stock.move.line"].create(values)._apply_putaway_strategy()

    def _reserve_again(self, here):
        """Set aside of one line what it has here, and nothing of what others have.

        :param here: ``{lot: quantity in the product's unit}``
        """
        self._do_unreserve()
        line = self.transfer_line_id
        unit = line.product_id.uom_id
        for goods in self._spread_over_moves({line: dict(here)}):
            move, lot, lot_name, owner, quantity = goods
            free = unit.round(min(quantity, move._get_free_in(move.location_id, lot)))
            if free > 0:
                move._reserve_goods([(move, lot, lot_name, owner, free)])

    def _with_owner(self, owner):
        """Return the moves to reserve goods of an owner only; of nobody, if empty.

        :param owner: ``None`` for anybody's goods
        """
        if owner is None:
            return self
        work = TransferWork.get(self.env) or TransferWork()
        return self._with_transfer_work(replace(work, owner=owner))

    def _prepare_lot_lines(self, lot, lot_name, quantity):
        """Return the values of the move lines that reserve these goods.

        :raise UserError: when the source does not have them on record
        """
        unknown = lot_name and not lot
        free = 0.0 if unknown else self._get_free_in(self.location_id, lot)
        if unknown or self.product_id.uom_id.compare(free, quantity) < 0:
            self._refuse_unknown_surplus(lot.name or lot_name, free)
        return self._update_reserved_quantity_vals(
            quantity, self.location_id, lot_id=lot, strict=False
        )[0]

    def _get_free_in(self, location, lot):
        return self.env["stock.quant"]._get_available_quantity(
            self.product_id, location, lot_id=lot
        )

    def _refuse_unknown_surplus(self, lot_name, free):
        raise UserError(
            self.env._(
                "%(product)s: %(store)s has only %(free)s of it on record. "
                "What it does not have can't come from there: correct its stock first, "
                "then accept the surplus.",
                product=" ".join(
                    filter(None, [self.product_id.display_name, lot_name])
                ),
                store=self._get_transfers().source_store_id.name,
                free=format_quantity(self.env, free, self.product_id.uom_id),
            )
        )

    def _check_can_undo(self, line, by_lot, outcome):
        """Refuse to bring goods on their way again that are not there any more.

        :param line: the transfer line of these moves, by which goods were settled
        :param by_lot: ``{(lot, lot name): quantity}`` to bring on their way again
        :param outcome: what they were settled as
        :raise UserError: saying what became of them
        """
        booked = self._get_booked_by_lot()
        unit = line.product_id.uom_id
        for (lot, _lot_name), quantity in by_lot.items():
            values = {
                "product": " ".join(
                    filter(None, [line.product_id.display_name, lot.name])
                ),
                "store": line.transfer_id.source_store_id.name,
            }
            if unit.compare(booked[lot], quantity) < 0:
                raise UserError(
                    self.env._(
                        "%(product)s: only %(quantity)s of it are still booked like "
                        "that. Somebody corrected it in the Inventory app.",
                        quantity=format_quantity(self.env, booked[lot], unit),
                        **values,
                    )
                )
            if outcome == "not_sent":
                free = self._get_free_of_booked(lot, quantity)
                if unit.compare(free, quantity) < 0:
                    raise UserError(
                        self.env._(
                            "%(product)s: %(store)s has only %(quantity)s of it left "
                            "that are free. The rest was sold or moved since it was "
                            "booked back, so it can't be on its way.",
                            quantity=format_quantity(self.env, free, unit),
                            **values,
                        )
                    )
        if outcome != "not_sent":
            self._check_serials_are_nowhere(line, by_lot)

    def _get_free_of_booked(self, lot, quantity):
        """Return how much of what was booked back into the source's stock is free."""
        move = self[:1]
        stock = move.location_dest_id.warehouse_id.lot_stock_id
        return sum(
            min(booked, move._with_owner(owner)._get_free_in(stock, lot))
            for _lot, _name, owner, booked in self._choose_booked_goods(
                {(lot, False): quantity}
            )
        )

    def _check_serials_are_nowhere(self, line, by_lot):
        """Refuse serial numbers that were found since they were booked as gone."""
        if line.product_id.tracking != "serial":
            return
        lots = self.env["stock.lot"].union(*(lot for lot, _name in by_lot))
        found = self.env["stock.quant"].search(
            [
                ("lot_id", "in", lots.ids),
                ("location_id.usage", "in", ("internal", "transit")),
                ("quantity", ">", 0),
            ],
            limit=1,
        )
        if found:
            found._refuse_serial_in_stock()

    def _get_booked_outcomes(self):
        """Return what the lines of these moves say of the outcomes they are about.

        :return: ``{(transfer line, outcome): {lot: quantity}}``
        """
        touched = defaultdict(set)
        for move in self.filtered("transfer_line_id"):
            outcome = move._get_transfer_flow().removeprefix("undo_")
            if outcome in OUTCOME_FLOWS:
                touched[move.transfer_line_id].add(outcome)
        lines = self.env["store.transfer.line"].union(*touched)
        # Read at once what is looked at line by line below.
        moves = lines.move_ids
        (moves | moves.returned_move_ids).move_line_ids.mapped("quantity_product_uom")
        return {
            (line, outcome): line._get_moves_booked_as(outcome)._get_booked_by_lot()
            for line, outcomes in touched.items()
            for outcome in sorted(outcomes)
            if line.transfer_id.kind == "between"
        }

    def _get_booked_by_lot(self):
        """Return ``{lot: quantity}`` that these moves brought, and nobody took back."""
        by_lot = defaultdict(float)
        for (lot, _owner), quantity in self._get_booked_goods().items():
            by_lot[lot] += quantity
        return by_lot

    def _get_booked_goods(self):
        """Return the same by owner as well: ``{(lot, owner): quantity}``."""
        booked = defaultdict(float)
        undone = self.returned_move_ids.filtered(lambda move: move.state == "done")
        for moves, sign in ((self, 1), (undone, -1)):
            for move_line in moves.move_line_ids:
                goods = (move_line.lot_id, move_line.owner_id)
                booked[goods] += sign * move_line.quantity_product_uom
        return booked

    def _choose_booked_goods(self, by_lot):
        """Return which of the goods that these moves brought are meant, and whose.

        :param by_lot: ``{(lot, lot name): quantity}``
        :return: list of ``(lot, lot name, owner, quantity)``
        """
        left = {lot: quantity for (lot, _name), quantity in by_lot.items()}
        chosen = []
        for (lot, owner), booked in self._get_booked_goods().items():
            quantity = min(left.get(lot, 0.0), booked)
            if quantity > 0:
                left[lot] -= quantity
                chosen.append((lot, False, owner, quantity))
        return chosen

    def _take_goods(self, goods_by_line):
        """Take exactly these goods, from wherever they are in the move's location.

        :param goods_by_line: ``{transfer line: [(lot, lot name, owner, quantity)]}``
        """
        if self.location_id.should_bypass_reservation():
            self._set_move_lines(
                {
                    line: [
                        {
                            "quantity": quantity,
                            "product_uom_id": line.product_id.uom_id.id,
                            "lot_id": lot.id,
                            "owner_id": owner.id,
                        }
                        for lot, _lot_name, owner, quantity in goods
                    ]
                    for line, goods in goods_by_line.items()
                }
            )
        else:
            self._reserve_exactly(goods_by_line)

    def _reduce_transfer_demand(self, quantities):
        """Ask for less of some lines, of what is reserved last.

        :param quantities: ``{transfer line: quantity in the product's unit}``
        """
        moves = self.filtered(lambda move: quantities.get(move.transfer_line_id))
        left, reductions = dict(quantities), {}
        for move in moves.sorted(lambda move: (move.quantity, -move.id)):
            line = move.transfer_line_id
            reductions[move] = min(left[line], move.product_qty)
            left[line] -= reductions[move]
        moves._ask_for_less(reductions)._action_assign()

    def _ask_for_less(self, reductions):
        """Ask for less, and cancel what nobody asks for any more.

        The caller knows what becomes of it instead.

        :param reductions: ``{move: quantity in the product's unit}``
        :return: the moves that still ask for something
        """
        cancelled_ids, ids_by_demand = [], defaultdict(list)
        for move, reduced in reductions.items():
            unit = move.product_uom
            if unit.compare(reduced, move.product_qty) >= 0:
                cancelled_ids.append(move.id)
            elif reduced:
                demand = unit.round(move.product_qty - reduced)
                ids_by_demand[demand].append(move.id)
        for demand, move_ids in ids_by_demand.items():
            self.browse(move_ids).product_uom_qty = demand
        cancelled = self.browse(cancelled_ids)
        work = replace(TransferWork.get(self.env) or TransferWork(), closes=False)
        cancelled._with_transfer_work(work)._action_cancel()
        return self - cancelled

    def _may_change_transfer(self):
        """Tell whether no person writes here: it is a step, Odoo's work, or sudo."""
        return (
            self.env.su
            or bool(TransferWork.get(self.env))
            or CoreWork.is_going_on(self.env)
        )

    def _check_may_touch_transfer(self, vals=None):
        """Let only those work on a transfer's moves who work on any picking.

        Other apps let their users write moves; these are not theirs.

        :param vals: what is written; what is no matter of stock, as a value, may be
        :raise AccessError: naming the transfer
        """
        if self._may_change_transfer() or self.env.user.has_group(GROUP_INVENTORY):
            return
        if vals is not None and not any(
            STOCK_MODULES & set(self._fields[name]._modules) for name in vals
        ):
            return
        if transfer := self._get_transfers()[:1]:
            transfer._refuse_without_inventory_rights()

    def _get_linked_moves_of_transfers(self, names):
        """Return the moves of transfers that these moves of others are chained to."""
        others = self.sudo().filtered(lambda move: not move.transfer_line_id)
        linked = others.browse().union(*(others[name] for name in LINK_FIELDS & names))
        return linked.filtered("transfer_line_id")

    def _refuse_chain(self):
        """Nobody chains another move to one of a transfer by hand."""
        for move in self:
            raise UserError(
                self.env._(
                    "%(product)s of %(picking)s belongs to store transfer "
                    "%(transfer)s: no other move can be chained to it by hand.",
                    product=move.product_id.display_name,
                    picking=move.picking_id.name,
                    transfer=move.transfer_line_id.transfer_id.name,
                )
            )

    def _check_not_done_beside_transfer(self):
        """Refuse goods that somebody adds to what a transfer has done already."""
        for move in self.filtered(lambda move: move.state == "done"):
            if move.picking_id.transfer_id and not move.transfer_line_id:
                raise UserError(
                    self.env._(
                        "%(picking)s is done, and belongs to store transfer "
                        "%(transfer)s. Correct what it says of %(product)s there, or "
                        "make a transfer of its own for it.",
                        product=move.product_id.display_name,
                        transfer=move.picking_id.sudo().transfer_id.name,
                        picking=move.picking_id.name,
                    )
                )

    def _refuse_link_to_transfer(self):
        """Nobody makes a move part of a transfer by hand."""
        if self.filtered("transfer_line_id"):
            raise AccessError(
                self.env._("A move becomes part of a store transfer by its steps only.")
            )

    def _check_write_of_transfer(self, vals):
        """Refuse what would make a transfer's move another one than it stands for."""
        for move in self.filtered("transfer_line_id"):
            guarded = GUARDED_FIELDS & vals.keys()
            if move.origin_returned_move_id and move.state == "draft":
                guarded -= {"product_uom_qty"}
            for name in guarded:
                field = move._fields[name]
                if field.type in X2MANY:
                    changes = bool(vals[name])
                else:
                    changes = field.convert_to_write(move[name], move) != vals[name]
                if changes:
                    move._refuse_change(field)
            move._check_locations_of_transfer(vals)

    def _refuse_change(self, field):
        raise UserError(
            self.env._(
                "%(product)s of %(picking)s belongs to store transfer %(transfer)s: "
                "its %(field)s can't be changed here.",
                product=self.product_id.display_name,
                picking=self.picking_id.name,
                transfer=self._get_transfers().name,
                field=field._description_string(self.env),
            )
        )

    def _check_locations_of_transfer(self, vals):
        """Let goods go to another shelf of the same store, and nowhere else."""
        for name in ("location_id", "location_dest_id"):
            location = self.env["stock.location"].browse(vals.get(name))
            if location and not self[name]._may_be_instead(location):
                self._refuse_change(self._fields[name])

    def _get_done_of_transfers(self):
        """Return the moves that somebody corrects: a transfer's, and done already."""
        if TransferWork.get(self.env):
            return self.browse()
        return self.filtered(
            lambda move: move.transfer_line_id and move.state == "done"
        )

    def _get_before_correction(self):
        """Return what ``_sync_transfers_of_done_moves`` compares with afterwards."""
        return self._get_quantities_below_zero(), self._get_closed_by_line()

    def _get_quantities_below_zero(self):
        """Return ``{(product, lot, location): quantity}`` in stores, where these go.

        In transit something may be below zero from before; what a transfer takes from
        there, its own lines say.
        """
        quantities = defaultdict(float)
        if not self:
            return quantities
        quants = self.env["stock.quant"].sudo()
        for product, lot, location, quantity in quants._read_group(
            [
                ("product_id", "in", self.product_id.ids),
                (
                    "location_id",
                    "child_of",
                    (self.location_id | self.location_dest_id).ids,
                ),
                ("location_id.usage", "=", "internal"),
            ],
            ["product_id", "lot_id", "location_id"],
            ["quantity:sum"],
            having=[("quantity:sum", "<", 0)],
        ):
            quantities[product, lot, location] = quantity
        return quantities

    def _check_not_below_zero(self, before):
        """Refuse to take out of a store what it does not have on record.

        :param before: what was below zero before these moves were done
        """
        for key, quantity in self._get_quantities_below_zero().items():
            product, lot, location = key
            if product.uom_id.compare(quantity, before[key]) < 0:
                raise UserError(
                    self.env._(
                        "%(product)s: %(location)s does not have that much on record. "
                        "Correct its stock first.",
                        product=" ".join(
                            filter(None, [product.display_name, lot.name])
                        ),
                        location=location.display_name,
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
                move._refuse_product_of_no_line()

    def _refuse_product_of_no_line(self):
        raise UserError(
            self.env._(
                "%(product)s is not on store transfer %(transfer)s. Take it "
                "off %(picking)s, or make a transfer of its own for it.",
                product=self.product_id.display_name,
                transfer=self.picking_id.sudo().transfer_id.name,
                picking=self.picking_id.name,
            )
        )
