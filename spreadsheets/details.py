"""Writes the lines of transfers as a spreadsheet, which can be edited and imported."""

from collections import defaultdict

from ..tools.flows import FIRST_FLOWS
from ..tools.quantities import format_quantity
from .columns import COLUMNS_BY_NAME
from .workbook import HEADING_FORMAT, TEXT_FORMAT, open_workbook

QUANTITY_FORMAT = {"num_format": "#,##0.###"}
WIDTHS = {"product_name": 32, "remark": 32, "lots": 28}


def build_details(transfers):
    """Return an ``.xlsx`` with a row for each line, in the transfers' language.

    What means the same as in an import file has the same heading as there.
    """
    headings = _get_headings(transfers.env)
    with open_workbook(one_row_at_a_time=True) as (book, output):
        sheet = book.add_sheet(transfers.env._("Transfers"))
        sheet.freeze_panes(1, 0)
        for index, (name, heading) in enumerate(headings.items()):
            sheet.set_column(index, index, WIDTHS.get(name, 15))
            book.write_cell(sheet, 0, index, heading, **HEADING_FORMAT)
        for number, cells in enumerate(_get_rows(transfers), start=1):
            for index, name in enumerate(headings):
                value = cells[name]
                is_text = isinstance(value, str)
                properties = TEXT_FORMAT if is_text else QUANTITY_FORMAT
                book.write_cell(sheet, number, index, value, **properties)
    return output.getvalue()


def _get_headings(env):
    """Return ``{name of a column: its heading}``, in the order of the sheet."""
    read = {
        name: column.get_heading(env.lang) for name, column in COLUMNS_BY_NAME.items()
    }
    return {
        "number": env._("Number"),
        "state": env._("State"),
        "expected_date": read["expected_date"],
        "source": read["source"],
        "third_party": read["third_party"],
        "destination": read["destination"],
        "sku": read["sku"],
        "barcode": read["barcode"],
        "product_name": read["product_name"],
        "lots": env._("Lots"),
        "unit": env._("Unit"),
        # What was asked for: so much would be asked for again.
        "quantity": read["quantity"],
        "approved": env._("Approved"),
        "shipped": env._("Shipped"),
        "received": env._("Received"),
        "short": env._("Short"),
        "reason": env._("Reason"),
        "line_remark": read["line_remark"],
        "remark": read["remark"],
    }


def _get_rows(transfers):
    """Yield the cells of each line by the name of their column."""
    lots = _get_lots(transfers.line_ids)
    states = dict(transfers._fields["state"]._description_selection(transfers.env))
    for transfer in transfers:
        header = {
            "number": transfer.name,
            "state": states[transfer.state],
            "expected_date": transfer.expected_date,
            "source": transfer.source_store_id.name,
            "third_party": transfer._get_third_party_name(),
            "destination": transfer.destination_store_id.name,
            "remark": transfer.remark,
        }
        for line in transfer.line_ids:
            product = line.product_id
            cells = {
                **header,
                "sku": product.default_code,
                "barcode": product.barcode,
                "product_name": product.name,
                "lots": lots.get(line),
                "unit": line.stock_uom_id.name,
                "quantity": line.asked_quantity,
                "approved": line.approved_quantity,
                "shipped": line.shipped_quantity,
                "received": line.received_quantity,
                "short": line.short_quantity,
                "reason": (
                    line.close_reason_id
                    or line.not_approved_reason_id
                    or transfer.reason_id
                ).name,
                "line_remark": line.remark,
            }
            yield {name: _to_cell(value) for name, value in cells.items()}


def _to_cell(value):
    """Return None for the False of an empty field; a zero stays."""
    return None if value is False else value


def _get_lots(lines):
    """Return ``{line: text}`` with the lots of its first leg, and how much of each."""
    quantities = defaultdict(lambda: defaultdict(float))
    # In sudo, as store staff have no rights on moves; they may read these lines.
    for move_line in lines.sudo().move_ids.move_line_ids:
        move = move_line.move_id
        line = move.transfer_line_id
        first_leg = FIRST_FLOWS[line.transfer_id.kind][0]
        if move_line.lot_id and move.transfer_flow == first_leg:
            by_lot = quantities[line.id]
            by_lot[move_line.lot_id.name] += move_line.quantity_product_uom
    return {
        line: ", ".join(
            f"{lot} ({format_quantity(lines.env, quantity)})"
            for lot, quantity in by_lot.items()
        )
        for line in lines
        if (by_lot := quantities.get(line.id))
    }
