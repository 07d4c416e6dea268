from odoo import models


class TransferSlip(models.AbstractModel):
    """What goes along with the goods: what was asked for, and what comes."""

    _name = "report.store_transfer.report_transfer_slip"
    _description = "Store Transfer Slip"
    _inherit = ["store.transfer.paper"]
    _paper = "transfer_slip"
    _paper_columns = {"lots": 18, "asked": 12, "sent": 12, "rest": 12}

    def _prepare_rows(self, transfer):
        if transfer._is_blind_on(self._paper):
            return [self._prepare_row(line) for line in transfer.line_ids]
        return [
            {**self._prepare_row(line), **self._prepare_quantities(line)}
            for line in transfer.line_ids
        ]

    def _prepare_row(self, line):
        return {
            **self._prepare_product(line.product_id),
            "remark": line._get_whole_remark(),
        }

    def _prepare_quantities(self, line):
        return {
            "lots": ", ".join(self._get_lot_names(line)),
            "asked": self._describe(line.asked_quantity, line),
            "sent": self._describe_some(self._get_sent_quantity(line), line),
            "rest": self._describe_some(line.to_ship_quantity, line),
        }

    def _describe_some(self, quantity, line):
        return quantity and self._describe(quantity, line)

    def _get_sent_quantity(self, line):
        """Return what left the source; of what a third party brings, what came."""
        if line.transfer_id.kind == "receipt":
            return line.received_quantity
        return line.shipped_quantity

    def _get_lot_names(self, line):
        """Return the lots and serial numbers of what left, else of what is reserved."""
        moves = line.move_ids.filtered(
            lambda move: (
                move.transfer_flow in ("ship", "receive") and move.state != "cancel"
            )
        )
        undoing = line.move_ids.filtered(
            lambda move: move.transfer_flow in ("unship", "uncount")
        )
        moves -= undoing.origin_returned_move_id
        shipped = moves.filtered(lambda move: move.transfer_flow == "ship")
        lines = (shipped or moves).move_line_ids
        done = lines.filtered(lambda line: line.state == "done")
        return sorted(filter(None, (done or lines).lot_id.mapped("name")))
