from collections import defaultdict

from odoo import models

# Room for what nobody sent.
EMPTY_ROWS = 5


class CountSheet(models.AbstractModel):
    """What is expected, with empty boxes for what came."""

    _name = "report.store_transfer.report_count_sheet"
    _description = "Store Transfer Count Sheet"
    _inherit = ["store.transfer.paper"]
    _paper = "count_sheet"
    _paper_columns = {"lot": 18, "expected": 13}
    _taken = 30

    def _prepare_paper(self, transfer):
        paper = super()._prepare_paper(transfer)
        # The lots that a third party brings are written down here.
        has_lots = any(self._needs_lot(line) for line in transfer.line_ids)
        return {**paper, "has_lots": has_lots or "lot" in paper["has"]}

    def _prepare_rows(self, transfer):
        is_blind = transfer._is_blind_on(self._paper)
        moves = transfer._get_open_moves("receive")
        expected = self._get_expected(moves, with_lots=not is_blind)
        rows = [
            self._prepare_row(line, lot, quantity, is_blind)
            for (line, lot), quantity in expected.items()
        ]
        empty = {"sku": "", "product": "", "lot": "", "expected": "", "is_empty": True}
        return rows + [dict(empty) for _ in range(EMPTY_ROWS)]

    def _get_expected(self, moves, with_lots):
        """Return ``{(line, lot): quantity}``; what no lot is known of has none."""
        expected = defaultdict(float)
        for move in moves:
            line, no_lot = move.transfer_line_id, move.env["stock.lot"]
            left = move.product_qty
            for move_line in move.move_line_ids:
                lot = move_line.lot_id if with_lots else no_lot
                expected[line, lot] += move_line.quantity_product_uom
                left -= move_line.quantity_product_uom
            if move.product_id.uom_id.compare(left, 0) > 0:
                expected[line, no_lot] += left
        return expected

    def _prepare_row(self, line, lot, quantity, is_blind):
        return {
            **self._prepare_product(line.product_id),
            "lot": lot.name or "",
            "expected": "" if is_blind else self._describe(quantity, line),
            "unit": line.stock_uom_id.name,
            "remark": line._get_whole_remark(),
            "is_empty": False,
        }

    def _needs_lot(self, line):
        return line.tracking != "none" and line.transfer_id.kind == "receipt"
