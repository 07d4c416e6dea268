"""Writes the file that people fill in to import transfers."""

from typing import NamedTuple

from ..layout.columns import TEMPLATE_COLUMNS
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
HELP_WIDTHS = (18, 10, 70, 30)
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


class Texts(NamedTuple):
    """What the template says, in the language of who fills it in.

    ``language`` is its code, by which the columns have their headings. A hint is a
    title and a message.
    """

    language: str
    title: str
    title_of_stores: str
    title_of_help: str
    required: str
    yes: str
    headings_of_help: tuple
    # {name of a column: Help}
    helps: dict
    hint_on_quantity: tuple
    hint_on_date: tuple


def build_template(texts, choices):
    """Return the content of the template, an ``.xlsx``.

    :param texts: :class:`Texts`
    :param choices: :class:`Choices` for the drop-downs
    """
    with open_workbook() as (book, output):
        sheet = book.add_sheet(texts.title)
        _write_help_sheet(texts, book)
        _write_headings(texts, book, sheet)
        _add_drop_downs(texts, book, sheet, choices)
        _add_checks(texts, sheet)
    return output.getvalue()


def _write_headings(texts, book, sheet):
    sheet.freeze_panes(1, 0)
    for index, column in enumerate(TEMPLATE_COLUMNS):
        cell_format = book.get_format(**COLUMN_FORMATS.get(column.name, TEXT_FORMAT))
        sheet.set_column(index, index, column.width, cell_format)
        heading_format = REQUIRED_FORMAT if column.required else HEADING_FORMAT
        book.write_cell(
            sheet, 0, index, column.get_heading(texts.language), **heading_format
        )
        if column.required:
            sheet.write_comment(0, index, texts.required)


def _get_index(name):
    return next(
        index for index, column in enumerate(TEMPLATE_COLUMNS) if column.name == name
    )


def _add_drop_downs(texts, book, sheet, choices):
    """Let people choose a store; several names may still be typed."""
    lists = book.add_sheet(texts.title_of_stores)
    columns = (("source", choices.sources), ("destination", choices.destinations))
    for place, (name, stores) in enumerate(columns):
        heading = TEMPLATE_COLUMNS[_get_index(name)].get_heading(texts.language)
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


def _add_checks(texts, sheet):
    quantity, expected_date = _get_index("quantity"), _get_index("expected_date")
    title, message = texts.hint_on_quantity
    sheet.data_validation(
        1,
        quantity,
        LAST_ROW,
        quantity,
        {
            "validate": "decimal",
            "criteria": ">",
            "value": 0,
            "error_title": title,
            "error_message": message,
        },
    )
    title, message = texts.hint_on_date
    sheet.data_validation(
        1,
        expected_date,
        LAST_ROW,
        expected_date,
        {
            "validate": "any",
            "input_title": title,
            "input_message": message,
        },
    )


def _write_help_sheet(texts, book):
    sheet = book.add_sheet(texts.title_of_help)
    columns = zip(texts.headings_of_help, HELP_WIDTHS, strict=True)
    for index, (title, width) in enumerate(columns):
        sheet.set_column(index, index, width)
        book.write_cell(sheet, 0, index, title, **REQUIRED_FORMAT)
    for number, column in enumerate(TEMPLATE_COLUMNS, start=1):
        cells = (
            column.get_heading(texts.language),
            texts.yes if column.required else "",
            *texts.helps[column.name],
        )
        for index, cell in enumerate(cells):
            book.write_cell(sheet, number, index, cell, **WRAPPED_FORMAT)
