from odoo import fields, models
from odoo.tools import format_date

from ...tools.flows import FIRST_FLOWS
from ...tools.lot_quantities import LotQuantities
from ...tools.marks import DONE_AT_ONCE
from ...tools.roles import GROUP_STAFF


class StoreTransfer(models.Model):
    """The source takes a shipment back before it has arrived, to ship it again.

    The goods go back to where they came from, and nothing of it counts as returned: it
    is as if they had not left yet, see decision 15.
    """

    _inherit = "store.transfer"

    def action_undo_shipment(self):
        """Take back what was shipped last; it is to ship again."""
        transfers = self._start_step("undo_shipment")
        with transfers._stock_work() as working:
            for transfer in working:
                transfer._do_undo_shipment()
        return self._get_print_action(transfers) or True

    def _get_reason_not_to_undo_shipment(self):
        if self.arrival_date:
            return self.env._(
                "%(transfer)s: %(store)s has said that the goods arrived. What it does "
                "not keep, it sends back.",
                transfer=self.name,
                store=self.destination_store_id.name,
            )
        picking = self.sudo()._get_last_shipment().picking_id
        if not picking:
            return self.env._(
                "%s: nothing is on its way that could be taken back.", self.name
            )
        if self.kind == "dispatch":
            return self._get_reason_too_late(picking.date_done)
        return None

    def _get_reason_too_late(self, moment):
        """Return why what was done then can't be undone any more, or None."""
        store = self._get_waiting_store().sudo()
        days = self.company_id.sudo().transfer_undo_days
        day = store._get_today(moment)
        if (store._get_today() - day).days <= days:
            return None
        return self.env._(
            "%(transfer)s: that was done on %(date)s, and can be undone for %(days)s "
            "days only, as your company says. Make a transfer back instead.",
            transfer=self.name,
            date=format_date(self.env, day),
            days=days,
        )

    def _get_last_shipment(self):
        """Return the moves of the picking that left last and is still on its way."""
        shipped = self.line_ids.move_ids.filtered(
            lambda move: move.state == "done" and move.transfer_flow == "ship"
        )
        pickings = shipped.picking_id.sorted(
            lambda picking: (picking.date_done or fields.Datetime.now(), picking.id),
            reverse=True,
        )
        for picking in pickings:
            moves = shipped.filtered(lambda move, own=picking: move.picking_id == own)
            if self._get_goods_on_their_way(moves):
                return moves
        return shipped.browse()

    def _get_goods_on_their_way(self, shipped):
        """Return what these moves shipped and has not left transit since.

        :return: ``{move line by which it was shipped: quantity in its product's unit}``
        """
        left = shipped._get_booked_goods()
        lines = shipped.transfer_line_id
        here = lines._get_lots_in_transit() if self.kind == "between" else None
        goods = {}
        for move_line in shipped.move_line_ids.with_prefetch():
            key = move_line._get_lot_key(by_owner=True)
            quantity = left.take(key, move_line.quantity_product_uom)
            if here is not None:
                quantity = here.take(key._replace(owner=None), quantity)
            if quantity:
                goods[move_line] = quantity
        return goods

    def _do_undo_shipment(self):
        self.ensure_one()
        shipped = self._get_last_shipment()
        quantities = self._take_shipment_back(shipped)
        self._ask_again(FIRST_FLOWS[self.kind][0], quantities)
        self._log_undone_shipment(shipped.picking_id, quantities)

    def _take_shipment_back(self, shipped):
        """Bring back what these moves shipped, as far as it is still on its way.

        :return: what is back, ``{line: quantity in the product's unit}``
        """
        work = self.with_context(**DONE_AT_ONCE.context)
        on_their_way = self._get_goods_on_their_way(shipped)
        goods = LotQuantities(
            (line._get_lot_key(), quantity) for line, quantity in on_their_way.items()
        )
        work._get_open_moves("receive")._free_transfer_goods(goods, on_their_way.keys())
        by_line = goods.by_line()
        quantities = {line: by_line[line] for line in work.line_ids if line in by_line}
        moves = work._create_moves("unship", quantities, after=("ship",))
        shipped_by_line = shipped.grouped("transfer_line_id")
        for move in moves:
            move.origin_returned_move_id = shipped_by_line[move.transfer_line_id][:1]
        work._confirm_moves(moves)
        moves._bring_back(on_their_way)
        moves.picked = True
        self._validate_moves(moves.with_env(self.env))
        return quantities

    def _ask_again(self, flow, quantities):
        """Ask for goods once more, beside what the leg still asks for.

        :param quantities: ``{line: quantity in the product's unit}``
        """
        open_moves = self._get_open_moves(flow)
        by_line = open_moves.grouped("transfer_line_id")
        missing = {}
        for line, quantity in quantities.items():
            if moves := by_line.get(line):
                moves[0].product_uom_qty += quantity
            else:
                missing[line] = quantity
        next_moves = self._get_open_moves("receive") if flow == "ship" else None
        picking = open_moves.picking_id[:1]
        pickings = {self: picking} if picking else None
        moves = self._create_moves(flow, missing, next_moves, pickings=pickings)
        self._confirm_moves(moves)
        self._reserve(open_moves | moves)
        if next_moves:
            # They wait again for what was there already.
            next_moves._recompute_state()

    def _log_undone_shipment(self, picking, quantities):
        """Write down what came back, and tell who waits for it."""
        self.message_post(body=self._tell_undone_shipment(picking, quantities)[1])
        if self.kind == "between":
            self._notify_users(
                self.destination_store_id._get_transfer_staff(GROUP_STAFF),
                lambda transfer: transfer._tell_undone_shipment(picking, quantities),
            )

    def _tell_undone_shipment(self, picking, quantities):
        return (
            self.env._("%s: a shipment was taken back", self.name),
            self.env._(
                "%(store)s has taken %(picking)s back, before it arrived: "
                "%(products)s. It is to ship again.",
                store=self.source_store_id.name,
                picking=picking.name,
                products=", ".join(
                    line._describe_so_much(quantities[line])
                    for line in self.line_ids
                    if line in quantities
                ),
            ),
        )
