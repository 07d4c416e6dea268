"""Rows that ask for nothing: totals, headings that stand there again, and notes."""

import re

from ..cells.dates import looks_like_date
from ..cells.numbers import to_number
from ..cells.placeholders import is_filled
from ..cells.texts import to_text
from ..errors import SpreadsheetError
from . import synonyms
from .above_table import COLON, NAMES
from .columns import (
    IGNORED,
    LONGEST_HEADING,
    ORDER_COLUMNS,
    PRODUCT_CODES,
    TRADITIONAL,
    to_heading_key,
)
from .headings import BRACKETS, SURE, VENDOR, find_meaning, split_words

TOTALS = split_words(synonyms.TOTALS)
HINTS = split_words(synonyms.HINTS)
LONGEST_TOTAL = 40
MAY_BE_TOTAL = re.compile("[計计總总和共數数均]|total|sum|average", re.IGNORECASE)
# Of "台中店小計", "TC subtotal"; "Total Care" is a product.
ENDS_AS_TOTAL = re.compile(
    r"(合計|小計|總計|共計|(?:^|\s)(sub-?\s?total|grand total|total))\s*[:：]?$",
    re.IGNORECASE,
)
# Of "合計 8 件", "Total: 8 pcs".
COUNTED = re.compile(r"\d+(pcs|pieces|units|items|件|個|筆|項|組|盒|箱|元)?")
PAGE = re.compile(
    r"第\s*\d+\s*(頁|页)|(page|頁次|頁碼)\s*[:：]?\s*\d+|\d+\s*/\s*\d+\s*(頁|page)"
    r"|-\s*\d+\s*-$|共\s*\d+\s*(頁|页)",
    re.IGNORECASE,
)
SIGNATURE = re.compile(
    r"(製表|制表|審核|审核|覆核|複核|核准|核決|主管|簽名|簽章|簽收|簽核|經辦|承辦|填表|製單|制单|"
    r"經手|驗收|點收|收貨人|送貨人|出貨人|倉管|店長|經理|會計|列印|"
    r"prepared|checked|approved|received|reviewed|signed|signature|authori[sz]ed|printed|"
    r"issued|delivered)\s*(人|者|員|章|簽名|日期|時間|主管|by|on)?\s*([:：_]|$)",
    re.IGNORECASE,
)
NOTE = re.compile(
    r"(註|注|備註|備注|说明|說明|附註|※|\*|＊|ps\b|p\.s|nb\b|note|notes|remark|remarks|以下空白|"
    r"以上|end of|---|===|###)",
    re.IGNORECASE,
)
# As people write SKUs: no sentence, no heading of a group of rows.
SKU_LIKE = re.compile(r"[\w.\-/#]*[A-Za-z0-9][\w.\-/#]*")
# No name of somebody who signs.
SURELY_SKU = re.compile(r"(?=.*[A-Za-z])(?=.*\d)[\w.\-/#]+")
SENTENCE = re.compile(r"[:：。，！？!?]|\.\s|,\s")
LONGEST_NAME = 30


def is_total(text):
    """Tell whether a text says that a row is the sum of others."""
    if len(text) > LONGEST_TOTAL or not MAY_BE_TOTAL.search(text):
        return False
    key = to_heading_key(text)
    return (
        key in TOTALS
        or COUNTED.sub("", key) in TOTALS
        or bool(ENDS_AS_TOTAL.search(text.translate(TRADITIONAL)))
    )


class RowSorter:
    """Tells rows that ask for something from those that don't.

    :param layout: a :class:`TableLayout` that is settled
    :param clues: :class:`Clues`
    """

    def __init__(self, layout, clues):
        self.layout = layout
        self.clues = clues
        columns = layout.columns
        self.codes = [columns[name] for name in PRODUCT_CODES if name in columns]
        self.order_columns = [
            columns[name] for name in ORDER_COLUMNS if name in columns
        ]
        self.stores = {column.index: column.store for column in layout.stores}
        self.quantities = list(self.stores)
        if "quantity" in columns:
            self.quantities.append(columns["quantity"])
        self.names = {index: name for name, index in columns.items()}
        # Of the quantities of all rows, and of those since the last total.
        self._sum = self._sum_since_total = 0
        self._count = self._count_since_total = 0

    def find_reason(self, row):
        """Return why a row asks for nothing, or an empty text.

        It depends on the rows below: ``"section"`` means that it is a note if they name
        their own store; ``"sum"`` that it is a total if they begin another order.

        :raise SpreadsheetError: when these are headings for other columns
        """
        codes = self._get_filled(row, self.codes)
        quantity = next(iter(self._get_filled(row, self.quantities)), None)
        number = to_number(quantity)
        if codes and number is not None:
            reason = "total" if self._sums_up(row, codes) else ""
        else:
            reason = self._look_closely(row, codes, quantity)
        self._keep_sums(reason, number or 0)
        return reason

    def _sums_up(self, row, codes):
        """Tell whether the code of a product says that the row is a total.

        With a number in it, as "TOTAL-9", it may be a code nevertheless.
        """
        texts = list(map(to_text, codes))
        if not all(map(is_total, texts)):
            return False
        may_be_code = any(re.search(r"\d", text) for text in texts)
        return not may_be_code or not self._get_filled(row, self.order_columns)

    def _get_filled(self, row, indexes):
        count = len(row.cells)
        return [
            row.cells[index]
            for index in indexes
            if index < count and row.cells[index] not in (None, "")
        ]

    def _keep_sums(self, reason, number):
        if reason in ("total", "sum"):
            self._sum_since_total = self._count_since_total = 0
        elif not reason:
            self._sum += number
            self._sum_since_total += number
            self._count += 1
            self._count_since_total += 1

    def says_order(self, row):
        """Tell whether a text in a row says where those below it go, or when."""
        return any(
            isinstance(cell, str) and self._says_order(cell[:LONGEST_HEADING])
            for cell in row.cells
        )

    def _look_closely(self, row, codes, quantity):
        texts = {
            index: text[: LONGEST_HEADING + 1]
            for index, cell in enumerate(row.cells)
            if (text := to_text(cell))
        }
        if isinstance(quantity, str):
            self._refuse_other_headings(texts)
        if self._repeats_headings(texts):
            return "headings"
        totals = {index for index, text in texts.items() if is_total(text)}
        if totals and not set(texts) & set(self.codes) - totals:
            return "sum" if self._begins_order(row) else "total"
        if not codes and (count := self._count_bare_sum(row, texts)):
            # One row alone may have the same quantity as one without its product.
            return "total" if count > 1 else "sum"
        if self._is_section(texts):
            return "section"
        has_both = codes and re.search(r"\d", to_text(quantity))
        return "note" if not has_both and self._is_note(row, texts, quantity) else ""

    def _repeats_headings(self, texts):
        """Tell whether headings stand here again, be it in another language."""
        if all(to_heading_key(text) in HINTS for text in texts.values()):
            return True
        repeated = sum(self._is_heading(index, text) for index, text in texts.items())
        return repeated > 1 and repeated * 2 > len(texts)

    def _refuse_other_headings(self, texts):
        """Refuse a second table below the first whose columns have other places."""
        known = {
            index: meaning
            for index, text in texts.items()
            if (meaning := find_meaning(text, self.clues.mapping))
        }
        moved = [
            texts[index]
            for index, meaning in known.items()
            if meaning.sureness <= SURE
            and meaning.name in self.layout.columns
            and self.names.get(index, meaning.name) != meaning.name
        ]
        if len(moved) > 1 and len(known) * 2 > len(texts):
            raise SpreadsheetError("other_headings", headings=moved)

    def _is_heading(self, index, text):
        key = to_heading_key(text)
        if not key:
            return False
        if key == to_heading_key(self.layout.get_heading(index)):
            return True
        if index in self.stores and self._names_same_store(text, self.stores[index]):
            return True
        meaning = find_meaning(text, self.clues.mapping)
        is_ignored = index in self.layout.choice.ignored
        name = IGNORED if is_ignored else self.names.get(index)
        return bool(meaning and name) and name in (meaning.name, meaning.otherwise)

    def _names_same_store(self, text, store):
        """Tell whether the store of a matrix stands below by its other name."""
        found = self.clues.identify_store(text)
        return found is not None and found == self.clues.identify_store(store)

    def _is_section(self, texts):
        """Tell whether a store's name stands alone, above the rows that are for it."""
        if len(texts) > 1 or self.names.get(min(texts)) in ("source", "destination"):
            return False
        return any(map(self._names_store, texts.values()))

    def _count_bare_sum(self, row, texts):
        """Return how many rows above one add up to all that stands in it, else 0."""
        choice = self.layout.choice
        if set(texts) - set(self.quantities) - choice.ignored - set(choice.spare):
            return 0
        cells = self._get_filled(row, self.quantities)
        number = to_number(cells[0]) if len(cells) == 1 else None
        if not number:
            return 0
        if number == self._sum:
            return self._count
        return self._count_since_total if number == self._sum_since_total else 0

    def _is_note(self, row, texts, quantity):
        if self._begins_order(row) or any(map(self._names_store, texts.values())):
            return False
        first = next(iter(texts.values()))
        if PAGE.match(first):
            return True
        if any(map(SIGNATURE.match, texts.values())):
            skus = [texts[index] for index in self.codes if index in texts]
            is_line = to_number(quantity) is not None or any(
                map(SURELY_SKU.fullmatch, skus)
            )
            return not is_line
        if quantity is not None and any(index in texts for index in self.codes):
            return False
        if any(map(self._says_order, texts.values())):
            return False
        if len(texts) == 1:
            (index,) = texts
            return isinstance(row.cells[index], str) and self._is_lone_note(
                index, first
            )
        names = {self.names.get(index) for index in texts if index != min(texts)}
        says_order = names & {*ORDER_COLUMNS, *PRODUCT_CODES, "quantity"}
        return bool(NOTE.match(first)) and not says_order

    def _begins_order(self, row):
        """Tell whether a row says when and where: those below may go on with it."""
        cells = {
            name: row.cells[index] if index < len(row.cells) else None
            for index, name in self.names.items()
        }
        return looks_like_date(cells.get("expected_date")) and is_filled(
            cells.get("destination")
        )

    def _names_store(self, text):
        """Tell whether the rows below a text may be for the store that it names."""
        parts = [text, *COLON.split(BRACKETS.sub(" ", text)), *BRACKETS.findall(text)]
        return any(self.clues.is_store(part.strip()) for part in parts)

    def _says_order(self, text):
        """Tell whether a text says where the rows below it go, or when."""
        label, *values = COLON.split(text, maxsplit=1)
        if not values or not values[0].strip(" _"):
            return False
        meaning = find_meaning(label, self.clues.mapping)
        return bool(meaning) and meaning.name in {*NAMES, VENDOR} - {"remark", "unit"}

    def _is_lone_note(self, index, text):
        """Tell whether the only text of a row is none that its column is for."""
        name = self.names.get(index)
        if index in self.quantities:
            return False
        if name == "expected_date":
            is_date = re.search(r"\d", text) and len(text) <= LONGEST_NAME
            return not is_date or bool(NOTE.match(text))
        if name in ORDER_COLUMNS:
            return len(text) > LONGEST_NAME or bool(
                SENTENCE.search(text) or NOTE.match(text)
            )
        if index in self.codes:
            return bool(SENTENCE.search(text)) or not SKU_LIKE.fullmatch(text)
        return True
