from odoo import models

from ...tools.flows import INTO_TRANSIT_TO_DESTINATION


class StoreTransfer(models.Model):
    """Keeping the legs of a transfer in line with what was done to its moves."""

    _inherit = "store.transfer"

    def _sync_legs(self, done=None):
        """Bring the transfers in line after something happened to their moves.

        Called once, at the end of every step, and of anything that is done to a
        transfer's moves in the Inventory app: see :meth:`_stock_work`.

        :param done: the moves that were done or corrected in the step
        :raise UserError: when it would break the ledger, e.g. more received than sent
        """
        self.line_ids._check_ledger()
        for transfer in self:
            transfer._sync_expected_moves()
        self._sync_arrival()
        if done:
            self._sync_goods_dates()
        self._sync_cartons(done or self.env["stock.move"])
        self._sync_counts()
        self._sync_discrepancies(done)
        self._lapse_substitutions()
        self._sync_activities()

    def _sync_expected_moves(self):
        """Make the open moves out of transit match what is or will be in transit."""
        self.ensure_one()
        if self.kind != "between" or self.approval_state == "draft":
            return
        self.line_ids._limit_to_return()
        self._expect_goods()
        self._sync_open_moves(
            "take_back",
            lambda line: line._get_quantity_to_take_back(),
            after=("send_back", *INTO_TRANSIT_TO_DESTINATION),
        )
        self._unreserve_departed()

    def _expect_goods(self):
        """Make the destination expect what is on its way to it, or will be."""
        self._sync_open_moves(
            "receive",
            lambda line: line._get_quantity_to_receive(),
            after=INTO_TRANSIT_TO_DESTINATION,
        )

    def _unreserve_departed(self):
        """Set aside no more than what stands in transit, nor another lot.

        When goods are scrapped, Odoo frees the same goods of anybody, but not what is
        picked, and this transfer would keep from others what it does not have.
        """
        here = self.line_ids._get_lots_in_transit()
        reserving = self.line_ids.move_ids.filtered(
            lambda move: (
                move.state in ("assigned", "partially_available")
                and move.location_id.usage == "transit"
            )
        )
        departed = reserving.move_line_ids._get_goods() - here
        reserving.filtered(
            lambda move: departed.of_line(move.transfer_line_id)
        )._reserve_left(here)

    def _sync_open_moves(self, flow, get_due_quantity, after):
        open_moves = self._get_open_moves(flow)
        by_line = open_moves.grouped("transfer_line_id")
        missing, excess = {}, {}
        for line in self.line_ids:
            moves = by_line.get(line, open_moves.browse())
            difference = get_due_quantity(line) - sum(moves.mapped("product_qty"))
            comparison = line.product_id.uom_id.compare(difference, 0)
            if comparison > 0:
                missing[line] = difference
            elif comparison < 0:
                excess[line] = -difference
        if excess:
            open_moves._reduce_transfer_demand(excess)
        if missing:
            moves = self._create_moves(flow, missing, after=after)
            self._confirm_moves(moves)
            moves.filtered(lambda move: move.state == "waiting")._action_assign()
            self._log_new_receipt(moves.picking_id)

    def _log_new_receipt(self, picking):
        self.message_post(
            body=self.env._(
                "%(picking)s was made, because these goods are still on their way.",
                picking=picking._get_html_link(),
            )
        )

    def _sync_counts(self):
        """End the counts of what was received, or taken away, in another way."""
        open_counts = self.count_ids.filtered(lambda count: count.state == "open")
        open_counts.filtered(
            lambda count: not count.transfer_id.is_to_count
        ).state = "cancelled"

    def _sync_discrepancies(self, done=None):
        """Settle what was short, and is not missing any more; and the other way."""
        done = done or self.env["stock.move"]
        discrepancies = self.env["store.transfer.discrepancy"]
        discrepancies.search(
            [
                ("transfer_id", "in", self.ids),
                ("state", "!=", "settled"),
                ("outcome", "=", False),
            ]
        )._settle_found(done)
        discrepancies._reopen_missing(done)

    def _sync_arrival(self):
        """Goods that were received have arrived, even if nobody said so before."""
        for transfer in self.filtered(lambda transfer: transfer.kind != "dispatch"):
            if not transfer.arrival_date and any(
                line.product_id.uom_id.compare(line.received_quantity, 0) > 0
                for line in transfer.line_ids
            ):
                transfer._write_arrival()
