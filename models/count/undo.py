from odoo import fields, models

from ...tools.flows import FIRST_FLOWS
from ...tools.stock_work import StockWork


class StoreTransferCount(models.Model):
    """Taking back what a count has done: it is open again, with its rows to correct.

    What it received is on its way again, the surplus it accepted is back at the source,
    and the discrepancies it opened are gone. See decision 17.
    """

    _inherit = "store.transfer.count"

    picking_ids = fields.One2many(
        "stock.picking", "transfer_count_id", string="Received By", readonly=True
    )
    surplus_parts = fields.Json(
        readonly=True,
        copy=False,
        help="Of each line of the transfer, what its accepted surplus was before.",
    )

    def _keep_its_pickings(self):
        """Remember by which pickings the goods were received that this count found."""
        work = StockWork.get(self.env)
        done = self.env["stock.move"].browse(work.done_ids)
        pickings = done.picking_id.filtered(
            lambda picking: picking.transfer_id == self.transfer_id
        )
        pickings.transfer_count_id = self

    def _keep_what_it_settled(self, discrepancies):
        """Remember which discrepancies are settled by what this count received."""
        discrepancies._untracked().settle_count_id = self

    def _get_reason_not_to_undo(self):
        """Return why this count can't be undone, or None."""
        transfer = self.transfer_id
        reason = transfer._get_reason_too_late(self.submit_date)
        if reason:
            return reason
        if not self.picking_ids and any(
            line._get_done_quantity() for line in self.line_ids
        ):
            return self.env._(
                "%s: this count was submitted before counts could be undone.",
                transfer.name,
            )
        if self._has_sent_some_back():
            return self.env._(
                "%s: some of what was counted was sent back meanwhile, in the "
                "Inventory app. Make a transfer back for what is wrong.",
                transfer.name,
            )
        if touched := self._get_touched_discrepancies()[:1]:
            return self.env._(
                "%s was answered, disputed or settled since the count, so the count "
                "can't be undone. Head office can decide the difference otherwise.",
                touched.display_name,
            )
        return None

    def _has_sent_some_back(self):
        """Tell whether some of what this count received has a return."""
        domain = [
            ("origin_returned_move_id.picking_id", "in", self.picking_ids.ids),
            ("state", "!=", "cancel"),
        ]
        return bool(self.env["stock.move"].search_count(domain, limit=1))

    def _get_touched_discrepancies(self):
        """Return what this count opened or settled, and somebody has acted on since."""
        return self._get_its_discrepancies().filtered(
            lambda discrepancy: (
                discrepancy.is_disputed
                or discrepancy.is_final
                or discrepancy.state == "answered"
                or (discrepancy.count_id == self and discrepancy.answer)
                or (discrepancy.state == "settled")
                != (discrepancy.settle_count_id == self)
            )
        )

    def _get_its_discrepancies(self):
        return self.transfer_id.discrepancy_ids.filtered(
            lambda discrepancy: (
                self
                in (
                    discrepancy.count_id,
                    discrepancy.settle_count_id,
                )
            )
        )

    def _do_undo(self, transfer):
        """Take everything back that submitting this count did.

        :param transfer: what was counted, as the step works on it
        :raise UserError: when some of it is not free in the store any more
        """
        self._take_rule_back()
        moves = self.picking_ids.move_ids.filtered(lambda move: move.state == "done")
        taken = transfer._take_count_back(moves)
        self._give_surplus_back(transfer, moves, taken)
        self._take_discrepancies_back()
        self.picking_ids.transfer_count_id = False
        # Somebody may have opened one more, and found nothing to count.
        others = transfer._get_open_counts()
        others.state = "cancelled"
        others.flush_recordset()
        self.write(
            {
                "state": "open",
                "submit_date": False,
                "cashier": False,
                "surplus_parts": False,
            }
        )

    def _take_rule_back(self):
        """Bring on its way again what a rule has settled after this count."""
        settled = self._get_its_discrepancies().filtered(
            lambda discrepancy: (
                discrepancy.is_by_rule and discrepancy.settle_count_id == self
            )
        )
        settled._untracked()._undo()
        # What this count has opened is gone in a moment.
        kept = settled.filtered(lambda discrepancy: discrepancy.count_id != self)
        kept._tell_count_undone()

    def _give_surplus_back(self, transfer, moves, taken):
        """Let the source have again what was accepted beyond what was on its way.

        :param moves: by which this count has received its goods
        :param taken: what of them was taken back, ``{line: quantity}``
        """
        shipped = moves.filtered(lambda move: move.transfer_flow == "ship")
        if shipped:
            transfer._take_shipment_back(shipped)
        all_parts = self.surplus_parts or {}
        is_receipt = transfer.kind == "receipt"
        again = dict(taken) if is_receipt else {}
        for line in transfer.line_ids:
            if parts := all_parts.get(str(line.id)):
                line._lower_by_surplus(parts)
                if is_receipt:
                    again[line] -= sum(parts.values())
                else:
                    again[line] = parts["to_ship"]
        transfer._ask_again(FIRST_FLOWS[transfer.kind][0], again)

    def _take_discrepancies_back(self):
        """Drop the discrepancies that this count opened; open again what it settled."""
        discrepancies = self._get_its_discrepancies()
        opened = discrepancies.filtered(
            lambda discrepancy: discrepancy.count_id == self
        )
        settled = discrepancies - opened
        opened.unlink()
        settled._untracked()._expect_again()
        settled._tell_count_undone()
