"""The columns of an import file, and the headings that our own files give them.

What else people write above such a column is in :mod:`.synonyms`.
"""

from typing import NamedTuple

from ..cells.texts import to_key

DEFAULT_LANGUAGE = "en_US"
# So many filled rows may stand above the headings, with titles and terms in them.
HEADING_ROWS = 100
# A longer text is no heading, and not looked at any further.
LONGEST_HEADING = 200
# Stands for a column that is known to be of no use here, such as a price.
IGNORED = "ignored"
# The letters and digits only of a heading, simplified characters as traditional ones.
TRADITIONAL = str.maketrans(
    "预计货门来仓进备注调拨产条码编号数单项规颜类别价额总时间发厂应订购员储库转点柜据达运币种状态"
    "实际称标处从个审图长宽质经销签制复达连锁识报询盘载责区台账帐档办讫结余净税话传邮绝级层",
    "預計貨門來倉進備註調撥產條碼編號數單項規顏類別價額總時間發廠應訂購員儲庫轉點櫃據達運幣種狀態"
    "實際稱標處從個審圖長寬質經銷簽製複達連鎖識報詢盤載責區臺帳帳檔辦訖結餘淨稅話傳郵絕級層",
)


class Column(NamedTuple):
    """A column that is read, by whatever heading.

    ``headings`` gives, per language, the heading that our own files have.
    ``stands_in_for`` names the column that this one makes up for where its cell is
    empty. ``may_repeat`` tells that nothing is wrong when several columns fit.
    """

    name: str
    headings: dict
    required: bool = False
    width: int = 16
    is_in_template: bool = True
    stands_in_for: str = ""
    may_repeat: bool = False

    def get_heading(self, language):
        return self.headings.get(language) or self.headings[DEFAULT_LANGUAGE]


COLUMNS = (
    Column(
        "expected_date",
        {"en_US": "Expected date", "zh_TW": "預計到倉日期"},
        required=True,
    ),
    Column("source", {"en_US": "From store", "zh_TW": "出倉店"}),
    Column("third_party", {"en_US": "Third party", "zh_TW": "第三方"}),
    Column(
        "destination",
        {"en_US": "To store(s)", "zh_TW": "進倉店"},
        required=True,
        width=28,
    ),
    Column(
        "product_name",
        {"en_US": "Product name", "zh_TW": "品名"},
        width=32,
        may_repeat=True,
    ),
    Column("sku", {"en_US": "SKU", "zh_TW": "品號(SKU碼)"}, required=True),
    Column(
        "barcode",
        {"en_US": "Barcode", "zh_TW": "條碼"},
        is_in_template=False,
        stands_in_for="sku",
    ),
    Column("quantity", {"en_US": "Quantity", "zh_TW": "數量"}, required=True),
    Column("unit", {"en_US": "Unit", "zh_TW": "單位"}, is_in_template=False),
    Column("remark", {"en_US": "Remark", "zh_TW": "備註"}, width=32),
    Column(
        "line_remark",
        {"en_US": "Line remark", "zh_TW": "品項備註"},
        width=32,
        is_in_template=False,
    ),
    Column("number", {"en_US": "Number", "zh_TW": "單號"}, is_in_template=False),
)
TEMPLATE_COLUMNS = tuple(column for column in COLUMNS if column.is_in_template)
COLUMNS_BY_NAME = {column.name: column for column in COLUMNS}
ORDER_COLUMNS = ("expected_date", "source", "third_party", "destination")
PRODUCT_CODES = ("sku", "barcode")
# What a cell says that stands below the name of a store.
OF_STORES = ("destination", "quantity")

# What our own files say of each row; never read.
MARK_HEADINGS = {"en_US": "Check result", "zh_TW": "檢查結果"}


def get_mark_heading(language):
    return MARK_HEADINGS.get(language) or MARK_HEADINGS[DEFAULT_LANGUAGE]


def to_heading_key(value):
    """Return what a heading is compared by: letters and digits only."""
    return "".join(filter(str.isalnum, to_key(value))).translate(TRADITIONAL)


MARK_KEYS = set(map(to_heading_key, MARK_HEADINGS.values()))
# These mean the same in every file, whatever anybody says.
OWN_KEYS = MARK_KEYS | {
    to_heading_key(heading)
    for column in COLUMNS
    for heading in column.headings.values()
}


def get_missing_columns(names):
    """Return the names of the required columns that are not among ``names``."""
    present = set(names)
    present.update(
        COLUMNS_BY_NAME[name].stands_in_for for name in names if name in COLUMNS_BY_NAME
    )
    if present.issuperset(("source", "third_party")):
        # Goods that all go to a third party go to no store.
        present.add("destination")
    return [
        column.name
        for column in COLUMNS
        if column.required and column.name not in present
    ]
