"""Writes the file that people fill in to import transfers."""

import io
from typing import NamedTuple

import xlsxwriter

from .import_columns import COLUMNS

FORMATS = {
    "expected_date": {"num_format": "yyyy-mm-dd"},
    "quantity": {"num_format": "General"},
}
# As text, a SKU keeps its leading zeros.
TEXT_FORMAT = {"num_format": "@"}
HEADING_FORMAT = {"bold": True, "border": 1, "bg_color": "#E7E9ED"}
REQUIRED_FORMAT = {
    **HEADING_FORMAT,
    "bg_color": "#714B67",
    "font_color": "#FFFFFF",
}
WRAPPED_FORMAT = {"text_wrap": True, "valign": "top"}


class Help(NamedTuple):
    """What the second sheet says about a column."""

    explanation: str
    example: str


def build_template(env):
    """Return the content of the template in the language of ``env``."""
    output = io.BytesIO()
    workbook = xlsxwriter.Workbook(output, {"in_memory": True})
    _write_transfers_sheet(env, workbook)
    _write_help_sheet(env, workbook)
    workbook.close()
    return output.getvalue()


def _write_transfers_sheet(env, workbook):
    sheet = workbook.add_worksheet(env._("Transfers"))
    sheet.freeze_panes(1, 0)
    for index, column in enumerate(COLUMNS):
        cell_format = workbook.add_format(FORMATS.get(column.name, TEXT_FORMAT))
        sheet.set_column(index, index, column.width, cell_format)
        _write_heading(env, workbook, sheet, index, column)


def _write_heading(env, workbook, sheet, index, column):
    heading_format = REQUIRED_FORMAT if column.required else HEADING_FORMAT
    sheet.write_string(
        0, index, column.get_heading(env.lang), workbook.add_format(heading_format)
    )
    if column.required:
        sheet.write_comment(0, index, env._("Required"))


def _write_help_sheet(env, workbook):
    sheet = workbook.add_worksheet(env._("How to fill in"))
    heading_format = workbook.add_format(REQUIRED_FORMAT)
    wrapped = workbook.add_format(WRAPPED_FORMAT)
    titles = (env._("Column"), env._("Required"), env._("Meaning"), env._("Example"))
    for index, (title, width) in enumerate(zip(titles, (18, 10, 70, 30), strict=True)):
        sheet.set_column(index, index, width, wrapped)
        sheet.write_string(0, index, title, heading_format)
    helps = _get_helps(env)
    for number, column in enumerate(COLUMNS, start=1):
        cells = (
            column.get_heading(env.lang),
            env._("Yes") if column.required else "",
            *helps[column.name],
        )
        for index, cell in enumerate(cells):
            sheet.write_string(number, index, cell, wrapped)


def _get_helps(env):
    return {
        "expected_date": Help(
            env._(
                "When the goods may be expected. Leave the first four columns empty "
                "in a row that goes on with the order above it."
            ),
            "2026-11-30",
        ),
        "source": Help(
            env._(
                "The store the goods leave from: its name or short code. Empty means "
                "the main warehouse, or a third party when one is named."
            ),
            "EC",
        ),
        "third_party": Help(
            env._(
                "A vendor or other outside unit: with a store to go to, the goods come "
                "from it; with a store to leave from, they go to it."
            ),
            env._("Formosa Tea Ltd."),
        ),
        "destination": Help(
            env._(
                "The store the goods go to: its name or short code. Several stores, "
                "separated by commas, make one transfer each. Empty only when the "
                "goods go to a third party."
            ),
            env._("Shop North, Shop South"),
        ),
        "product_name": Help(
            env._("For those who read the file; products are found by their SKU."),
            env._("Oolong Tea"),
        ),
        "sku": Help(env._("The product's SKU or barcode."), "TEA-001"),
        "quantity": Help(env._("How many, in the product's unit."), "12"),
        "remark": Help(
            env._(
                "Rows with the same date, stores, third party and remark become one "
                "transfer."
            ),
            env._("Winter promotion"),
        ),
    }
