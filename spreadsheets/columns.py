"""The columns of an import file: the one place that knows their headings."""

from typing import NamedTuple

from .cells import to_key

DEFAULT_LANGUAGE = "en_US"
# So many rows may stand above the headings, with titles in them.
HEADING_ROWS = 20


class Column(NamedTuple):
    """A column that is read, by whatever heading.

    ``headings`` gives, per language, the heading that the template has, and after it
    other headings that people use for the same thing. ``stands_in_for`` names the
    column that this one makes up for where its cell is empty.
    """

    name: str
    headings: dict
    required: bool = False
    width: int = 16
    is_in_template: bool = True
    stands_in_for: str = ""

    def get_heading(self, language):
        headings = self.headings.get(language) or self.headings[DEFAULT_LANGUAGE]
        return headings[0]


COLUMNS = (
    Column(
        "expected_date",
        {
            "en_US": ("Expected date", "Expected arrival", "Arrival date"),
            "zh_TW": (
                "預計到倉日期",
                "預計到貨日期",
                "預計到貨日",
                "預計到倉日",
                "到貨日期",
            ),
        },
        required=True,
    ),
    Column(
        "source",
        {
            "en_US": ("From store", "From", "Source", "Source store"),
            "zh_TW": ("出倉店", "來源店家", "來源", "出倉店家", "出貨店"),
        },
    ),
    Column(
        "third_party",
        {"en_US": ("Third party", "Vendor"), "zh_TW": ("第三方", "廠商", "供應商")},
    ),
    Column(
        "destination",
        {
            "en_US": ("To store(s)", "To store", "To", "Destination"),
            "zh_TW": ("進倉店", "目的店家", "目的地", "進倉店家", "收貨店"),
        },
        required=True,
        width=28,
    ),
    Column(
        "product_name",
        {
            "en_US": ("Product name", "Product"),
            "zh_TW": ("品名", "商品名稱", "產品名稱"),
        },
        width=32,
    ),
    Column(
        "sku",
        {
            "en_US": ("SKU", "Internal reference"),
            "zh_TW": ("品號(SKU碼)", "品號", "SKU碼", "商品編號", "貨號"),
        },
        required=True,
    ),
    Column(
        "barcode",
        {
            "en_US": ("Barcode", "EAN", "GTIN"),
            "zh_TW": ("條碼", "國際條碼", "商品條碼"),
        },
        is_in_template=False,
        stands_in_for="sku",
    ),
    Column(
        "quantity",
        {"en_US": ("Quantity", "Qty"), "zh_TW": ("數量", "調撥數量")},
        required=True,
    ),
    Column("remark", {"en_US": ("Remark", "Note"), "zh_TW": ("備註",)}, width=32),
    Column(
        "line_remark",
        {"en_US": ("Line remark",), "zh_TW": ("品項備註",)},
        width=32,
        is_in_template=False,
    ),
)
TEMPLATE_COLUMNS = tuple(column for column in COLUMNS if column.is_in_template)
COLUMNS_BY_NAME = {column.name: column for column in COLUMNS}
ORDER_COLUMNS = ("expected_date", "source", "third_party", "destination")

# What our own files say of each row; never read.
MARK_HEADINGS = {"en_US": "Check result", "zh_TW": "檢查結果"}


def get_mark_heading(language):
    return MARK_HEADINGS.get(language) or MARK_HEADINGS[DEFAULT_LANGUAGE]


def to_heading_key(value):
    """Return what a heading is compared by: letters and digits only."""
    return "".join(filter(str.isalnum, to_key(value)))


# A template's own heading goes before what else people call the same column.
RANKED_NAMES = {
    to_heading_key(heading): (column.name, rank)
    for column in COLUMNS
    for headings in column.headings.values()
    for rank, heading in enumerate(headings)
}
MARK_KEYS = set(map(to_heading_key, MARK_HEADINGS.values()))


def find_columns(cells):
    """Find the columns that a row of headings has.

    :return: ``{column name: index}``, in the order of the file, and the names of the
        columns that two headings fit equally well
    """
    best = {}
    repeated = set()
    for index, cell in enumerate(cells):
        name, rank = RANKED_NAMES.get(to_heading_key(cell), (None, None))
        if not name:
            continue
        best_rank = best[name][0] if name in best else None
        if best_rank is None or rank < best_rank:
            best[name] = rank, index
            repeated.discard(name)
        elif rank == best_rank:
            repeated.add(name)
    return {name: index for name, (_rank, index) in best.items()}, repeated


def get_missing_columns(names):
    """Return the names of the required columns that are not among ``names``."""
    present = set(names)
    present.update(
        COLUMNS_BY_NAME[name].stands_in_for for name in names if name in COLUMNS_BY_NAME
    )
    return [
        column.name
        for column in COLUMNS
        if column.required and column.name not in present
    ]
