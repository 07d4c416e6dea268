from collections import defaultdict
from copy import copy

from odoo import models
from odoo.exceptions import UserError

from ...tools.line_batch import LineBatch
from ...tools.permission import PERMISSION
from ...tools.quant_snapshot import QuantSnapshot
from ...tools.quantities import format_quantity


class StockMove(models.Model):
    """Setting goods aside for a transfer: many moves at once, or certain goods."""

    _inherit = "stock.move"

    def _action_assign(self, force_qty=False):
        of_transfers = self.filtered("transfer_line_id")
        others = self - of_transfers
        if force_qty or not of_transfers:
            return super()._action_assign(force_qty=force_qty)
        if others:
            super(StockMove, others)._action_assign()
        for moves in of_transfers._get_reservation_rounds():
            batch = LineBatch()
            reserving = moves._with_snapshot().with_context(**PERMISSION.context)
            gathering = reserving.with_context(**batch.context)
            super(StockMove, gathering)._action_assign()
            reserving._create_reserved_lines(batch.values)
        return None

    def _trigger_assign(self):
        """Give goods that are there now to who waits for them.

        What a shipment took back is set aside for its own transfer, which asks for it
        again, see ``_ask_again``.
        """
        taken_back = self.filtered(lambda move: move.transfer_flow == "unship")
        return super(StockMove, self - taken_back)._trigger_assign()

    def _update_reserved_quantity_vals(self, need, *args, **kwargs):
        batch = LineBatch.get(self.env)
        if not batch or not self.transfer_line_id:
            return super()._update_reserved_quantity_vals(need, *args, **kwargs)
        if waiting := batch.taken[self.id]:
            missing = self.product_qty - waiting
            missing -= sum(self.move_line_ids.mapped("quantity_product_uom"))
            need = max(0.0, self.product_id.uom_id.round(min(need, missing)))
        values, taken = super()._update_reserved_quantity_vals(need, *args, **kwargs)
        # What is added to a line that is there already, that line says.
        if values:
            batch.add(self, values, taken)
        return [], taken

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

    def _with_snapshot(self):
        """Return these moves to reserve, once what they may take is read and locked."""
        # Chained moves look at what their siblings brought and took: read it at once.
        siblings = self.move_orig_ids.move_dest_ids | self
        (siblings.move_orig_ids | siblings).move_line_ids.mapped("quantity")
        return self.with_context(**self._take_snapshot().context)

    def _take_snapshot(self):
        """Read and lock what these moves may reserve."""
        location = self.location_id
        if len(location) != 1 or location.should_bypass_reservation():
            return QuantSnapshot.get(self.env) or QuantSnapshot()
        quants = self.env["stock.quant"]._find_to_reserve(self.product_id, location)
        # Most lots and packages stay where they are: not locked for it.
        loose = quants.filtered(lambda quant: not quant.lot_id and not quant.package_id)
        return QuantSnapshot(
            locked_ids=loose._lock_for_transfer(),
            to_reserve=quants._get_quants_to_reserve(self.product_id, location),
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

    def _set_move_lines(self, values_by_line):
        """Take exactly these goods, as ``_release_transfer_quantities`` names them."""
        moves = self._with_snapshot()
        moves.move_line_ids.unlink()
        moves.env["stock.move.line"].create(
            [
                {**move._prepare_move_line_vals(), **values}
                for move in moves
                for values in values_by_line[move.transfer_line_id]
            ]
        )._apply_putaway_strategy()

    def _reserve_exactly(self, goods):
        """Reserve these goods of the source, and nothing else.

        :param goods: ``LotQuantities``
        :raise UserError: when the source does not have them on record
        """
        self._with_snapshot().move_line_ids.unlink()
        self._reserve_goods(
            [
                (move, key, quantity)
                for move in self
                for key, quantity in goods.of_line(move.transfer_line_id).items()
            ]
        )

    def _reserve_goods(self, rows):
        """Reserve these goods beside what these moves have reserved already.

        :param rows: list of ``(move, LotKey, quantity)``
        :raise UserError: when the source does not have them on record
        """
        env = self._with_snapshot().env
        rounds, seen = defaultdict(list), defaultdict(int)
        for row in rows:
            # What one takes, the next one of its product does not find free.
            product = row[0].product_id
            rounds[seen[product]].append(row)
            seen[product] += 1
        for rows_of_round in rounds.values():
            values = []
            for move, key, quantity in rows_of_round:
                exactly = move.with_env(env)._only_for(key)
                values += exactly._prepare_lot_lines(key, quantity)
            env["stock.move.line"].create(values)._apply_putaway_strategy()

    def _reserve_left(self, here):
        """Set aside what the lines have here, and nothing of what others have.

        What somebody has picked stays picked, as far as it is here.

        :param here: ``LotQuantities``; what is picked is subtracted
        """
        picked = self.filtered("picked")
        # Odoo unreserves no such move.
        lines = picked._with_snapshot().move_line_ids.sorted("picked", reverse=True)
        lines._keep_reserved(lines._take_from(here))
        others = self - picked
        others._do_unreserve()
        others._reserve_what_is_free(here)

    def _reserve_what_is_free(self, goods):
        """Reserve of these goods what is free, beside what is reserved already.

        :param goods: ``LotQuantities``
        """
        for move, key, quantity in self._spread_over_moves(goods):
            free = move._only_for(key)._get_free_in(move.location_id, key.lot)
            free = move.product_id.uom_id.round(min(quantity, free))
            if free > 0:
                move._reserve_goods([(move, key, free)])

    def _spread_over_moves(self, goods):
        """Return on which moves of a line its lots go, as ``_reserve_goods`` wants."""
        left = copy(goods)
        rows = []
        for move in self.sorted("picked", reverse=True):
            reserved = sum(move.move_line_ids.mapped("quantity_product_uom"))
            taken = left.take_of_line(
                move.transfer_line_id, move.product_qty - reserved
            )
            rows += [(move, key, quantity) for key, quantity in taken.items()]
        return rows

    def _only_for(self, key):
        """Return the moves to reserve only what is somebody's, or in one place.

        :param key: a ``LotKey``
        """
        snapshot = QuantSnapshot.get(self.env) or QuantSnapshot()
        if key.owner is not None:
            snapshot = snapshot.of_owner(key.owner)
        if key.location is not None:
            snapshot = snapshot.at_place(key.location)
        return self.with_context(**snapshot.context)

    def _prepare_lot_lines(self, key, quantity):
        """Return the values of the move lines that reserve these goods.

        :raise UserError: when the source does not have them on record
        """
        unknown = key.lot_name and not key.lot
        free = 0.0 if unknown else self._get_free_in(self.location_id, key.lot)
        if unknown or self.product_id.uom_id.compare(free, quantity) < 0:
            self._refuse_unknown_surplus(key, free)
        return self._update_reserved_quantity_vals(
            quantity, self.location_id, lot_id=key.lot, strict=False
        )[0]

    def _get_free_in(self, location, lot):
        return self.env["stock.quant"]._get_available_quantity(
            self.product_id, location, lot_id=lot
        )

    def _refuse_unknown_surplus(self, key, free):
        raise UserError(
            self.env._(
                "%(product)s: %(store)s has only %(free)s of it on record. "
                "What it does not have can't come from there: correct its stock first, "
                "then accept the surplus.",
                product=key.display_name,
                store=self._get_transfers().source_store_id.name,
                free=format_quantity(self.env, free, key.unit),
            )
        )

    def _take_goods(self, goods):
        """Take exactly these goods, from wherever they are in the move's location.

        :param goods: ``LotQuantities``, each with its owner
        """
        if self.location_id.should_bypass_reservation():
            self._set_move_lines(
                {
                    line: [
                        {
                            "quantity": quantity,
                            "product_uom_id": key.unit.id,
                            "lot_id": key.lot.id,
                            "owner_id": key.owner.id,
                        }
                        for key, quantity in goods.of_line(line).items()
                    ]
                    for line in goods.by_line()
                }
            )
        else:
            self._reserve_exactly(goods)
