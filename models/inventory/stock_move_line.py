from collections import defaultdict

from odoo import api, models

from ...tools.lot_quantities import LotKey, LotQuantities
from ...tools.marks import FREES_RESERVATION, REARRANGES
from ...tools.permission import PERMISSION
from ...tools.roles import GROUP_INVENTORY
from ...tools.stock_work import StockWork

# What changes where goods are, when it is written to a line that is done.
MOVES_GOODS = {
    "quantity",
    "product_uom_id",
    "lot_id",
    "move_id",
    "location_id",
    "location_dest_id",
    "package_id",
    "owner_id",
    # Chooses a location, lot, package and owner at once.
    "quant_id",
}
# What a line has from its move: Odoo writes it to new lines, and nobody by hand.
GUARDED_FIELDS = {"state", "company_id", "move_id"}


class StockMoveLine(models.Model):
    _inherit = "stock.move.line"

    def _free_reservation(self, *args, **kwargs):
        """Take goods away from other moves, but leave transfers what they wait for."""
        freeing = self.with_context(**FREES_RESERVATION.context, **PERMISSION.context)
        return super(StockMoveLine, freeing)._free_reservation(*args, **kwargs)

    @api.model_create_multi
    def create(self, vals_list):
        moves = self.env["stock.move"].browse(
            [vals["move_id"] for vals in vals_list if vals.get("move_id")]
        )
        self._check_create_of_transfer(vals_list)
        before = moves._get_done_of_transfers()._get_before_correction()
        move_lines = super().create(vals_list)
        move_lines._check_locations_of_transfer()
        move_lines._sync_transfers_of_done_moves(*before)
        return move_lines

    def write(self, vals):
        self._check_may_touch_transfer()
        self._check_write_of_transfer(vals)
        moves_goods = vals.keys() & MOVES_GOODS
        done = self.move_id if moves_goods else self.env["stock.move"]
        before = done._get_done_of_transfers()._get_before_correction()
        result = super().write(vals)
        if vals.keys() & {"location_id", "location_dest_id", "move_id", "quant_id"}:
            self._check_locations_of_transfer()
        if moves_goods:
            self._sync_transfers_of_done_moves(*before)
        return result

    @api.ondelete(at_uninstall=False)
    def _unlink_except_of_transfer(self):
        self._check_may_touch_transfer()

    def _check_create_of_transfer(self, vals_list):
        """Refuse lines of a transfer that nobody may add, or that are done at once.

        :raise AccessError: when the user works on no picking
        """
        moves = self.env["stock.move"]
        if moves._may_change_transfer():
            return
        pickings = self.env["stock.picking"]
        moves = moves.browse(
            {vals.get("move_id") for vals in vals_list} - {None, False}
        )
        pickings = pickings.browse(
            {vals.get("picking_id") for vals in vals_list} - {None, False}
        )
        self._refuse_without_inventory_rights(moves, pickings)
        for vals in vals_list:
            move = moves.browse(vals.get("move_id"))
            if vals.get("state") and move.transfer_line_id:
                move._refuse_change(self._fields["state"])

    def _check_may_touch_transfer(self):
        """Let only those write a transfer's lines who work on any picking.

        Odoo lets everybody write move lines, because other apps need some.

        :raise AccessError: naming the transfer
        """
        if not self.env["stock.move"]._may_change_transfer():
            lines = self.sudo()
            self._refuse_without_inventory_rights(lines.move_id, lines.picking_id)

    def _refuse_without_inventory_rights(self, moves, pickings):
        if self.env.user.has_group(GROUP_INVENTORY):
            return
        transfers = moves._get_transfers() | pickings.sudo().transfer_id
        if transfers:
            transfers[0]._refuse_without_inventory_rights()

    def _check_write_of_transfer(self, vals):
        """Refuse to make a line of a transfer's move another one's, or undone."""
        guarded = GUARDED_FIELDS & vals.keys()
        if not guarded or self.env["stock.move"]._may_change_transfer():
            return
        target = self.move_id.browse(vals.get("move_id"))
        for line in self:
            move = line.move_id
            for name in guarded:
                field = self._fields[name]
                if field.convert_to_write(line[name], line) == vals[name]:
                    continue
                if move.transfer_line_id:
                    move._refuse_change(field)
                # What is added to a picking is put on a move of it by Odoo.
                if target.transfer_line_id and line.picking_id != target.picking_id:
                    target._refuse_change(field)

    def _check_locations_of_transfer(self):
        """Let goods go to another shelf of the same store, and nowhere else."""
        if self.move_id._may_change_transfer():
            return
        for line in self.filtered("move_id.transfer_line_id"):
            for name in ("location_id", "location_dest_id"):
                if not line.move_id[name]._may_be_instead(line[name]):
                    line.move_id._refuse_change(line._fields[name])

    def _sync_transfers_of_done_moves(self, negative, closed):
        """Bring transfers in line after somebody corrected what was already done.

        :param negative: what was below zero before
        :param closed: what the moves had closed, see ``_get_closed_by_line``
        """
        if done_moves := self.move_id._get_done_of_transfers():
            with done_moves._stock_work("correct") as working:
                for line, quantity in done_moves._get_closed_by_line().items():
                    closed[line] = quantity - closed[line]
                done_moves._add_to_closed(closed)
                StockWork.get(working.env).add_done(done_moves)
            done_moves._check_goods_in_transit()
            done_moves._check_not_below_zero(negative)
            # Odoo looks for serial numbers before it has corrected where they are.
            done_moves._check_quantity()

    def _get_goods(self, by_owner=False):
        """Return the ``LotQuantities`` that these lines move, or have reserved.

        :param by_owner: whether they say whose they are
        """
        return LotQuantities(
            (line._get_lot_key(by_owner), line.quantity_product_uom) for line in self
        )

    def _get_lot_key(self, by_owner=False):
        owner = self.owner_id if by_owner else None
        return LotKey(self.move_id.transfer_line_id, self.lot_id, owner=owner)

    def _sort_by_carton(self, cartons):
        """Sort as goods are taken: out of these cartons first, out of others last."""

        def rank(line):
            return 0 if line.package_id in cartons else 2 if line.package_id else 1

        return self.sorted(rank)

    def _get_goods_by_place(self):
        """Return the ``LotQuantities`` that can go, and where they stand."""
        return LotQuantities(
            (line._get_place_key(), line.quantity_product_uom)
            for line in self
            if not line._misses_lot()
        )

    def _get_place_key(self):
        return self._get_lot_key()._replace(location=self.location_id)

    def _take_from(self, goods):
        """Take of these goods as much as each line has reserved.

        :param goods: ``LotQuantities``; what is taken is subtracted
        :return: ``{move line: quantity in the product's unit}``
        """
        return {
            line: goods.take(line._get_lot_key(), line.quantity_product_uom)
            for line in self
        }

    def _take_from_places(self, goods):
        """Take as above of goods that are known by where they stand."""
        return {
            line: goods.take(line._get_place_key(), line.quantity_product_uom)
            for line in self
        }

    def _keep_reserved(self, quantities):
        """Reserve less on these lines, and free the rest.

        :param quantities: ``{move line: how much it keeps, in the product's unit}``
        """
        emptied_ids, ids_by_kept = [], defaultdict(list)
        for line, kept in quantities.items():
            unit = line.product_id.uom_id
            if unit.compare(kept, 0) <= 0:
                emptied_ids.append(line.id)
            elif unit.compare(kept, line.quantity_product_uom) < 0:
                ids_by_kept[kept, unit.id].append(line.id)
        for (kept, unit_id), line_ids in ids_by_kept.items():
            values = {"quantity": kept, "product_uom_id": unit_id}
            self.browse(line_ids).write(values)
        self.browse(emptied_ids).unlink()

    def _unpack_split_packages(self, quantities):
        """Take goods out of a package of which some go, and some stay.

        A package is in one place only.

        :param quantities: ``{move line: how much goes, in the product's unit}``
        """
        going = self.filtered(lambda line: quantities[line])
        staying = self.filtered(
            lambda line: (
                line.product_id.uom_id.compare(
                    quantities[line], line.quantity_product_uom
                )
                < 0
            )
        )
        # What stays may be on another picking, which does not take the package whole.
        split = going.result_package_id & (
            staying.result_package_id | staying.package_id
        )
        # What is packed only now goes as it was packed; its rest did not get in.
        opened = self.filtered(
            lambda line: (
                line.result_package_id in split
                and (line not in going or line.package_id == line.result_package_id)
            )
        )
        opened.write({"result_package_id": False, "is_entire_pack": False})
        # Each of its goods goes to its own shelf again, unless somebody chose another.
        opened.filtered(
            lambda line: line.location_dest_id == line.move_id.location_dest_id
        )._apply_putaway_strategy()

    def _keep_whole_packages(self, opened=()):
        """Let packages stay packed that these lines together take as a whole.

        Odoo asks that of one picking, and a transfer may have several that are done at
        once: somebody has split one, or goods are expected again.

        :param opened: packages that something was taken out of
        """
        by_package = self.grouped(
            lambda line: (line.picking_id.transfer_id, line.package_id)
        )
        kept = self.env["stock.package"]
        for (_transfer, package), lines in by_package.items():
            if (
                package
                and package not in opened
                and len(lines.picking_id) > 1
                and lines._take_whole(package)
            ):
                lines.write({"result_package_id": package.id, "is_entire_pack": True})
                kept += package
        if kept:
            # A pallet, too, whose cartons all go.
            self.result_package_id._apply_package_dest_for_entire_packs()
        self._go_to_one_place()

    def _take_whole(self, package):
        """Tell whether a package can be moved with these goods of it, as it is."""
        is_reusable = package.package_type_id.package_use == "reusable"
        is_packed_anew = self.result_package_id - package
        return not (
            is_reusable or is_packed_anew
        ) and package._check_move_lines_map_quant(self)

    def _go_to_one_place(self):
        """Let all that stays in a package go to one place, whatever shelves it has."""
        staying = self.filtered(
            lambda line: line.package_id and line.package_id == line.result_package_id
        )
        for lines in staying.grouped("package_id").values():
            if len(lines.location_dest_id) > 1:
                lines._apply_putaway_strategy()

    def _log_message(self, record, move, template, vals):
        # A step of a transfer writes one message for all lines, not one for each.
        if record.transfer_id and (
            StockWork.get(self.env) or REARRANGES.is_on(self.env)
        ):
            return None
        return super()._log_message(record, move, template, vals)
