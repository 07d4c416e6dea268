"""The columns of an import file: the one place that knows their headings."""

from typing import NamedTuple

from .spreadsheet_cells import to_key

DEFAULT_LANGUAGE = "en_US"


class Column(NamedTuple):
    """A column of the template.

    ``headings`` gives, per language, the heading that the template has, and after it
    other headings that people use for the same thing.
    """

    name: str
    headings: dict
    required: bool = False
    width: int = 16

    def get_heading(self, language):
        headings = self.headings.get(language) or self.headings[DEFAULT_LANGUAGE]
        return headings[0]


COLUMNS = (
    Column(
        "expected_date",
        {
            "en_US": ("Expected date",),
            "zh_TW": ("預計到貨日期", "預計到倉日期", "預計到貨日"),
        },
        required=True,
    ),
    Column("source", {"en_US": ("From store",), "zh_TW": ("出倉店",)}),
    Column("third_party", {"en_US": ("Third party",), "zh_TW": ("第三方",)}),
    Column(
        "destination",
        {"en_US": ("To store(s)", "To store"), "zh_TW": ("進倉店",)},
        required=True,
        width=28,
    ),
    Column("product_name", {"en_US": ("Product name",), "zh_TW": ("品名",)}, width=32),
    Column(
        "sku",
        {"en_US": ("SKU",), "zh_TW": ("品號(SKU碼)", "品號")},
        required=True,
    ),
    Column("quantity", {"en_US": ("Quantity",), "zh_TW": ("數量",)}, required=True),
    Column("remark", {"en_US": ("Remark",), "zh_TW": ("備註",)}, width=32),
)
ORDER_COLUMNS = ("expected_date", "source", "third_party", "destination")


def _get_names_by_heading():
    return {
        to_heading_key(heading): column.name
        for column in COLUMNS
        for headings in column.headings.values()
        for heading in headings
    }


def to_heading_key(value):
    """Return what a heading is compared by: letters and digits only."""
    return "".join(filter(str.isalnum, to_key(value)))


NAMES_BY_HEADING = _get_names_by_heading()


def find_columns(cells):
    """Find the columns that a row of headings has.

    :return: ``[(column name, index)]``, in the order of the file
    """
    found = []
    for index, cell in enumerate(cells):
        name = NAMES_BY_HEADING.get(to_heading_key(cell))
        if name:
            found.append((name, index))
    return found
