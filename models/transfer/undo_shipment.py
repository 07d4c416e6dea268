from odoo import fields, models
from odoo.exceptions import UserError

from ...tools.flows import FIRST_FLOWS
from ...tools.lot_quantities import LotQuantities
from ...tools.roles import GROUP_STAFF


class StoreTransfer(models.Model):
    """The source takes a shipment back before it has arrived, to ship it again.

    The goods go back to where they came from, and nothing of it counts as returned: it
    is as if they had not left yet, see decision 17.
    """

    _inherit = "store.transfer"

    def action_undo_shipment(self):
        """Take back what was shipped last; it is to ship again."""
        transfers = self._start_step("undo_shipment")
        with transfers._stock_work("undo_shipment") as working:
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
        transfer = self.sudo()
        # What exactly it is, is looked up when it is undone.
        left = transfer.received_quantity
        if self.kind == "between":
            left = transfer.in_transit_quantity
        if not left or self.kind == "receipt":
            return self._get_sentence_without_shipment()
        if self.kind == "dispatch":
            return self._get_reason_too_late(transfer._get_last_departure())
        return None

    def _get_last_departure(self):
        """Return when something left last; now, where nobody has written it down."""
        pickings = self._get_leg_pickings("outgoing")
        shipped = pickings.filtered(lambda picking: picking.state == "done")
        moments = filter(None, shipped.mapped("date_done"))
        return max(moments, default=fields.Datetime.now())

    def _get_sentence_without_shipment(self):
        return self.env._(
            "%s: nothing is on its way that could be taken back.", self.name
        )

    def _get_last_shipment(self):
        """Return the moves of what left last, all at once, and is still on its way."""
        shipped = self.line_ids.move_ids.filtered(
            lambda move: move.state == "done" and move.transfer_flow == "ship"
        )
        left = shipped.picking_id
        while pickings := self._get_pickings_that_left_last(left):
            moves = shipped.filtered(lambda move, own=pickings: move.picking_id in own)
            if self._get_goods_on_their_way(moves):
                return moves
            left -= pickings
        return shipped.browse()

    def _get_pickings_that_left_last(self, pickings):
        """Return those of these that one press has shipped: somebody may split them.

        What one press ships has the same moment. The rest of it, shipped within the
        same second, is a shipment of its own.
        """
        now = fields.Datetime.now()
        by_moment = pickings.grouped(lambda picking: picking.date_done or now)
        last = by_moment[max(by_moment)] if by_moment else pickings
        return last - last.backorder_id

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
        if not shipped:
            raise UserError(self._get_sentence_without_shipment())
        quantities = self._take_shipment_back(shipped)
        self._ask_again(FIRST_FLOWS[self.kind][0], quantities)
        self._log_undone_shipment(shipped.picking_id, quantities)

    def _take_shipment_back(self, shipped):
        """Bring back to the source what these moves shipped and is on its way.

        :return: what is back, ``{line: quantity in the product's unit}``
        """
        goods = self._get_goods_on_their_way(shipped)
        by_lot = LotQuantities(
            (line._get_lot_key(), quantity) for line, quantity in goods.items()
        )
        shipped._check_serials_not_in_stock(by_lot, shipped.location_dest_id.ids)
        expected = self._get_open_moves("receive")
        expected._free_transfer_goods(by_lot, goods.keys())
        rows = [
            (line, line._prepare_way_back(quantity)) for line, quantity in goods.items()
        ]
        cartons = shipped.move_line_ids.result_package_id & self.carton_ids
        quantities = self._undo_moves("unship", shipped, rows, after=("ship",))
        cartons.filtered(
            lambda carton: carton.location_id not in shipped.location_dest_id
        )._let_go()
        return quantities

    def _log_undone_shipment(self, pickings, quantities):
        """Write down what came back, and tell who waits for it."""
        self.message_post(body=self._tell_undone_shipment(pickings, quantities)[1])
        if self.kind == "between":
            self._notify_users(
                self.destination_store_id._get_transfer_staff(GROUP_STAFF),
                lambda transfer: transfer._tell_undone_shipment(pickings, quantities),
            )

    def _tell_undone_shipment(self, pickings, quantities):
        return (
            self.env._("%s: a shipment was taken back", self.name),
            self._describe_undone_shipment(pickings, quantities),
        )

    def _describe_undone_shipment(self, pickings, quantities):
        values = {
            "store": self.source_store_id.name,
            "picking": ", ".join(pickings.sorted("id").mapped("name")),
        }
        if self.destination_store_id.transfer_blind_count:
            # Who counts it when it comes again reads this as well.
            return self.env._(
                "%(store)s has taken %(picking)s back, before it arrived. It is to "
                "ship again.",
                **values,
            )
        return self.env._(
            "%(store)s has taken %(picking)s back, before it arrived: "
            "%(products)s. It is to ship again.",
            products=", ".join(
                line._describe_so_much(quantities[line])
                for line in self.line_ids
                if line in quantities
            ),
            **values,
        )
