import base64
from collections import defaultdict

from odoo import api, fields, models

from ..spreadsheets.layout.columns import COLUMNS_BY_NAME
from ..spreadsheets.output.details import build_details
from ..tools.flows import ASKED_AGAIN, FIRST_FLOWS
from ..tools.quantities import format_quantity


class StoreTransferDetails(models.TransientModel):
    """The lines of one or many transfers as a spreadsheet, made when it is fetched."""

    _name = "store.transfer.details"
    _description = "Details of Store Transfers to Download"
    _inherit = ["store.transfer.reach"]

    transfer_ids = fields.Many2many("store.transfer", readonly=True)
    file = fields.Binary(compute="_compute_file")

    @api.depends("transfer_ids")
    @api.depends_context("lang")
    def _compute_file(self):
        for details in self:
            details.transfer_ids.check_access("read")
            details.transfer_ids._check_shows_lines()
            content = build_details(
                self.env._("Transfers"), self._get_headings(), details._iterate_rows()
            )
            details.file = base64.b64encode(content)

    @api.model
    def _get_headings(self):
        """Return ``{name of a column: its heading}``, in the order of the sheet.

        What means the same as in an import file has the same heading as there.
        """
        read = {
            name: column.get_heading(self.env.lang)
            for name, column in COLUMNS_BY_NAME.items()
        }
        return {
            "number": self.env._("Number"),
            "state": self.env._("State"),
            "expected_date": read["expected_date"],
            "source": read["source"],
            "third_party": read["third_party"],
            "destination": read["destination"],
            "sku": read["sku"],
            "barcode": read["barcode"],
            "product_name": read["product_name"],
            "lots": self.env._("Lots"),
            "unit": self.env._("Unit"),
            # What was asked for: so much would be asked for again.
            "quantity": read["quantity"],
            "approved": self.env._("Approved"),
            "shipped": self.env._("Shipped"),
            "received": self.env._("Received"),
            "short": self.env._("Short"),
            "reason": self.env._("Reason"),
            "line_remark": read["line_remark"],
            "remark": read["remark"],
        }

    def _iterate_rows(self):
        """Yield the cells of each line by the name of their column."""
        lots = self._get_lots()
        for transfer in self.transfer_ids:
            header = self._prepare_header(transfer)
            for line in transfer.line_ids:
                cells = {
                    **header,
                    **self._prepare_line(line),
                    "lots": lots.get(line),
                }
                # The False of an empty field is no value; a zero is.
                yield {
                    name: None if value is False else value
                    for name, value in cells.items()
                }

    def _prepare_header(self, transfer):
        return {
            "number": transfer.name,
            "state": transfer._get_state_label(),
            "expected_date": transfer.expected_date,
            "source": transfer.source_store_id.name,
            "third_party": transfer.third_party_name,
            "destination": transfer.destination_store_id.name,
            "remark": transfer.remark,
        }

    def _prepare_line(self, line):
        product = line.product_id
        reason = (
            line.close_reason_id
            or line.not_approved_reason_id
            or line.transfer_id.reason_id
        )
        return {
            "sku": product.default_code,
            "barcode": product.barcode,
            "product_name": product.name,
            "unit": line.stock_uom_id.name,
            "quantity": line.asked_quantity,
            "approved": line.approved_quantity,
            "shipped": line.shipped_quantity,
            "received": line.received_quantity,
            "short": line.short_quantity,
            "reason": reason.name,
            "line_remark": line.remark,
        }

    def _get_lots(self):
        """Return ``{line: text}`` with the lots of its first leg, and how much."""
        lines = self.transfer_ids.line_ids
        quantities = defaultdict(lambda: defaultdict(float))
        # In sudo, as store staff have no rights on moves; they may read these lines.
        for move_line in lines.sudo().move_ids.move_line_ids:
            move = move_line.move_id
            line = move.transfer_line_id
            kind = line.transfer_id.kind
            signs = {FIRST_FLOWS[kind][0]: 1, ASKED_AGAIN[kind][0]: -1}
            if move_line.lot_id and (sign := signs.get(move.transfer_flow)):
                by_lot = quantities[line.id]
                by_lot[move_line.lot_id.name] += sign * move_line.quantity_product_uom
        return {
            line: ", ".join(
                f"{lot} ({format_quantity(self.env, quantity)})"
                for lot, quantity in by_lot.items()
                if quantity
            )
            for line in lines
            if (by_lot := quantities.get(line.id))
        }
