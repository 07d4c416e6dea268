from odoo import api, fields, models
from odoo.exceptions import UserError

from ...tools.marks import CLOSES_NOTHING, FREES_RESERVATION, REARRANGES
from ...tools.permission import PERMISSION
from ...tools.quant_snapshot import QuantSnapshot
from ...tools.stock_work import StockWork


class StockMove(models.Model):
    """A move of a transfer keeps its line through merges, splits and backorders.

    Whatever is done to such moves, from Store Transfer or from the Inventory app, the
    transfer is locked first and brought in line afterwards
    (:meth:`_stock_work`).
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

    @api.model_create_multi
    def create(self, vals_list):
        if not self._may_change_transfer():
            self._refuse_create_linked(vals_list)
        moves = super().create(vals_list)
        if not moves._may_change_transfer():
            moves._refuse_link_to_transfer()
            names = set().union(*vals_list)
            moves._get_linked_moves_of_transfers(names)._refuse_chain()
            moves._check_done_by_transfer()
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
        if {"transfer_line_id", "transfer_flow"} & vals.keys():
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
        if "move_orig_ids" not in vals or not FREES_RESERVATION.is_on(self.env):
            return self.browse()
        return self.filtered(
            lambda move: move.transfer_line_id and move.location_id.usage == "transit"
        )

    def _prepare_merge_moves_distinct_fields(self):
        return super()._prepare_merge_moves_distinct_fields() + [
            "transfer_line_id",
            "transfer_flow",
        ]

    def _prepare_move_split_vals(self, qty):
        values = super()._prepare_move_split_vals(qty)
        values["transfer_line_id"] = self.transfer_line_id.id
        values["transfer_flow"] = self.transfer_flow
        return values

    def _create_backorder(self):
        if not self.transfer_line_id:
            return super()._create_backorder()
        # The new moves belong to the lines of those they are split from.
        moves = super(StockMove, self._rearranged())._create_backorder()
        # Once for all that was split, see below.
        self._recompute_state()
        return moves.with_env(self.env)

    def _split(self, qty, restrict_partner_id=False):
        move = self
        if REARRANGES.is_on(self.env) and self.transfer_line_id:
            move = self.with_context(preserve_state=True)
        return super(StockMove, move)._split(
            qty, restrict_partner_id=restrict_partner_id
        )

    def _merge_moves(self, merge_into=False):
        if not self.picking_id.transfer_id:
            return super()._merge_moves(merge_into=merge_into)
        # Merging adds up the demand of moves of the same line: the sum stays.
        merging = self._rearranged().with_context(**CLOSES_NOTHING.context)
        moves = super(StockMove, merging)._merge_moves(merge_into=merge_into)
        return moves.with_env(self.env)

    def _rearranged(self):
        """Return these moves to be split or merged by Odoo: they stay of their line."""
        return self.with_context(**PERMISSION.context, **REARRANGES.context)

    def _action_done(self, cancel_backorder=False):
        self._check_may_touch_transfer()
        self._check_all_moves_have_transfer_line()
        if not self._get_transfers():
            moves = super()._action_done(cancel_backorder=cancel_backorder)
            # A scrap of what was done already is done when it is created.
            (self.exists() | moves)._check_goods_in_transit()
            return moves
        with self._stock_work() as working:
            negative = self._get_quantities_below_zero()
            done_before = self.filtered(lambda move: move.state == "done")
            self._keep_unit_cost()
            moves = super(StockMove, working._with_snapshot_of_done())._action_done(
                cancel_backorder=cancel_backorder
            )
            # A scrap of what was done already is done when it is created.
            done = self.exists() | moves
            self._add_to_closed((done - done_before)._get_closed_by_line())
            StockWork.get(working.env).add_done(done)
        done._check_goods_in_transit()
        done._check_not_below_zero(negative)
        return moves.with_env(self.env)

    def _with_snapshot_of_done(self):
        """Return these moves to be done, after what they touch was read and locked."""
        lines = self.move_line_ids.filtered("picked")
        quants = self.env["stock.quant"]._find_for_transfer(
            lines.product_id,
            lines.location_id | lines.location_dest_id,
            lots=lines.lot_id,
        )
        packages = lines.package_id | lines.result_package_id
        snapshot = QuantSnapshot(locked_ids=quants._lock_to_move(packages))
        return self.with_context(**snapshot.context)

    def _action_cancel(self):
        self._check_may_touch_transfer()
        # What is merged, or asked for by another move, is not the end of anything.
        if not self._get_transfers() or CLOSES_NOTHING.is_on(self.env):
            return super()._action_cancel()
        with self._stock_work() as working:
            return super(StockMove, working)._action_cancel()

    def _get_transfers(self):
        # Inventory users need not know store transfers to validate a picking of one.
        return self.sudo().transfer_line_id.transfer_id
