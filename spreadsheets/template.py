"""Writes the file that people fill in to import transfers."""

from typing import NamedTuple

from .columns import TEMPLATE_COLUMNS
from .workbook import (
    DATE_FORMAT,
    HEADING_FORMAT,
    REQUIRED_FORMAT,
    TEXT_FORMAT,
    open_workbook,
)

COLUMN_FORMATS = {
    "expected_date": DATE_FORMAT,
    "quantity": {"num_format": "#,##0.###"},
}
WRAPPED_FORMAT = {"text_wrap": True, "valign": "top"}
# Drop-downs and checks reach down to the most rows that a file may have by default.
LAST_ROW = 20_000


class Help(NamedTuple):
    """What the second sheet says about a column."""

    explanation: str
    example: str


class Choices(NamedTuple):
    """The names of the stores that the user may fill in."""

    sources: list
    destinations: list


def build_template(env, choices):
    """Return the content of the template in the language of ``env``.

    :param choices: :class:`Choices` for the drop-downs
    """
    with open_workbook() as (book, output):
        sheet = book.add_sheet(env._("Transfers"))
        _write_help_sheet(env, book)
        _write_headings(env, book, sheet)
        _add_drop_downs(env, book, sheet, choices)
        _add_checks(env, sheet)
    return output.getvalue()


def _write_headings(env, book, sheet):
    sheet.freeze_panes(1, 0)
    for index, column in enumerate(TEMPLATE_COLUMNS):
        cell_format = book.get_format(**COLUMN_FORMATS.get(column.name, TEXT_FORMAT))
        sheet.set_column(index, index, column.width, cell_format)
        heading_format = REQUIRED_FORMAT if column.required else HEADING_FORMAT
        book.write_cell(sheet, 0, index, column.get_heading(env.lang), **heading_format)
        if column.required:
            sheet.write_comment(0, index, env._("Required"))


def _get_index(name):
    return next(
        index for index, column in enumerate(TEMPLATE_COLUMNS) if column.name == name
    )


def _add_drop_downs(env, book, sheet, choices):
    """Let people choose a store; several names may still be typed."""
    lists = book.add_sheet(env._("Stores"))
    columns = (("source", choices.sources), ("destination", choices.destinations))
    for place, (name, stores) in enumerate(columns):
        heading = TEMPLATE_COLUMNS[_get_index(name)].get_heading(env.lang)
        book.write_cell(lists, 0, place, heading, **HEADING_FORMAT)
        lists.set_column(place, place, 28)
        for number, store in enumerate(stores, start=1):
            book.write_cell(lists, number, place, store)
        if stores:
            letter = "AB"[place]
            index = _get_index(name)
            sheet.data_validation(
                1,
                index,
                LAST_ROW,
                index,
                {
                    "validate": "list",
                    "source": f"='{lists.get_name()}'"
                    f"!${letter}$2:${letter}${len(stores) + 1}",
                    "show_error": False,
                },
            )


def _add_checks(env, sheet):
    quantity, expected_date = _get_index("quantity"), _get_index("expected_date")
    sheet.data_validation(
        1,
        quantity,
        LAST_ROW,
        quantity,
        {
            "validate": "decimal",
            "criteria": ">",
            "value": 0,
            "error_title": env._("Quantity"),
            "error_message": env._("Enter a number above zero."),
        },
    )
    sheet.data_validation(
        1,
        expected_date,
        LAST_ROW,
        expected_date,
        {
            "validate": "any",
            "input_title": env._("Expected date"),
            "input_message": env._("For example 2026-11-30"),
        },
    )


def _write_help_sheet(env, book):
    sheet = book.add_sheet(env._("How to fill in"))
    titles = (env._("Column"), env._("Required"), env._("Meaning"), env._("Example"))
    for index, (title, width) in enumerate(zip(titles, (18, 10, 70, 30), strict=True)):
        sheet.set_column(index, index, width)
        book.write_cell(sheet, 0, index, title, **REQUIRED_FORMAT)
    helps = _get_helps(env)
    for number, column in enumerate(TEMPLATE_COLUMNS, start=1):
        cells = (
            column.get_heading(env.lang),
            env._("Yes") if column.required else "",
            *helps[column.name],
        )
        for index, cell in enumerate(cells):
            book.write_cell(sheet, number, index, cell, **WRAPPED_FORMAT)


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
