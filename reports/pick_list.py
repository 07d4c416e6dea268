from odoo import models

from ..tools.quantities import format_quantity


class PickList(models.AbstractModel):
    """What has to be fetched from which shelf, in the order of the shelves."""

    _name = "report.store_transfer.report_pick_list"
    _description = "Store Transfer Pick List"
    _inherit = ["store.transfer.paper"]
    _paper = "pick_list"
    _paper_columns = {"shelf": 16, "lot": 17, "quantity": 15}
    _taken = 15

    def _prepare_rows(self, transfer):
        moves = transfer._get_open_moves("ship")
        rows = [self._prepare_reserved(line) for line in moves.move_line_ids]
        rows.sort(key=lambda row: (row["path"], row["sku"], row["lot"]))
        return rows + [
            self._prepare_missing(move, missing)
            for move in moves
            if move.product_id.uom_id.compare(
                missing := move.product_qty - self._get_reserved(move), 0
            )
            > 0
        ]

    def _get_reserved(self, move):
        return sum(move.move_line_ids.mapped("quantity_product_uom"))

    def _prepare_reserved(self, move_line):
        line = move_line.move_id.transfer_line_id
        location = move_line.location_id
        stock = move_line.move_id.location_id
        return {
            **self._prepare_product(move_line.product_id),
            "path": location.complete_name,
            "shelf": self._get_shelf(location, stock),
            "lot": move_line.lot_id.name or "",
            "package": move_line.package_id.name or "",
            "quantity": self._describe(move_line.quantity_product_uom, line),
            "remark": line._get_whole_remark(),
            "is_missing": False,
        }

    def _prepare_missing(self, move, quantity):
        """Return the row of what the source lacks, or has reserved for others."""
        unit = move.product_id.uom_id
        return {
            **self._prepare_product(move.product_id),
            "shelf": "",
            "lot": "",
            "package": "",
            "quantity": format_quantity(move.env, quantity, unit),
            "remark": move.transfer_line_id._get_whole_remark(),
            "is_missing": True,
        }

    def _get_shelf(self, location, stock):
        """Return the name of a shelf, without that of the stock that all are in."""
        if location == stock:
            return location.name
        return location.complete_name.removeprefix(f"{stock.complete_name}/")
