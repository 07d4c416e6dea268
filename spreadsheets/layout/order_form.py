"""A form with all products, where a quantity is filled in only where one is wanted."""

from ..cells.placeholders import asks_for_nothing, is_filled
from .columns import PRODUCT_CODES

# Fewer blanks may be forgotten.
FEWEST_BLANKS = 2


def is_order_form(rows):
    """Tell whether a blank quantity means none, and is not forgotten.

    :param rows: list of all :class:`SheetRow` of a table
    """
    products = sum(map(names_product, rows))
    blanks = sum(map(is_blank, rows))
    return FEWEST_BLANKS <= blanks < products and blanks * 2 >= products


def names_product(row):
    return any(is_filled(row.cells.get(name)) for name in PRODUCT_CODES)


def is_blank(row):
    """Tell whether a row names a product, and no quantity of it."""
    return asks_for_nothing(row.cells.get("quantity")) and names_product(row)
