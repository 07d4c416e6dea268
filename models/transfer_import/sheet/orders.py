"""The transfers that an import file asks for, as far as they can be told."""

from collections import defaultdict
from dataclasses import dataclass, field
from datetime import date
from typing import Any, NamedTuple

from .findings import NOTICE, Finding


class OrderKey(NamedTuple):
    """What the rows of one transfer have in common; the stores may be empty.

    Of a row that can't be read as a whole, what is not known is None.
    """

    kind: str
    expected_date: date
    source: Any
    destination: Any
    partner: Any
    remark: str
    number: str = ""

    def get_stores(self):
        return self.source | self.destination

    def is_complete(self):
        return None not in self

    def may_be(self, other):
        """Tell whether this, as far as it is known, is the same as another one."""
        return all(
            mine is None or mine == theirs
            for mine, theirs in zip(self, other, strict=True)
        )


@dataclass
class Line:
    """A product of an order, added up over its rows.

    :param unit: the product's own, in which the quantity is
    :param sheet: name of the sheet; empty where only one is read
    """

    row: int
    unit: Any
    sheet: str = ""
    quantity: float = 0.0
    remarks: list = field(default_factory=list)

    def add(self, quantity):
        """Add a quantity; a sum in another order of its rows is the same."""
        self.quantity = (
            self.unit.round(self.quantity + quantity) if self.quantity else quantity
        )


@dataclass
class Order:
    """A transfer that the file asks for."""

    key: OrderKey
    row: int
    remark: str
    # As they stand in the file: by these it is known what is imported again.
    third_party: str
    file_remark: str
    sheet: str = ""
    has_errors: bool = False
    lines: dict = field(default_factory=dict)


class Orders:
    """All orders of a file: rows that have the same key ask for one transfer."""

    def __init__(self):
        self._by_key = {}
        # {key: number of the first row that can't be read as a whole}
        self._incomplete = {}

    def __iter__(self):
        return iter(self._by_key.values())

    def add(self, orders):
        """Keep orders, or find those of rows above that are the same.

        :return: list of :class:`Order` without those of which not all is known
        """
        kept = []
        for order in orders:
            if order.key.is_complete():
                kept.append(self._by_key.setdefault(order.key, order))
            else:
                self._incomplete.setdefault(order.key, order.row)
        return kept

    def leave_out_uncertain(self, findings):
        """Leave out whole orders: a row that can't be read may belong to them."""
        by_remark = defaultdict(list)
        for order in self:
            by_remark[order.key.remark].append(order)
        for key, row in self._incomplete.items():
            may_be = self if key.remark is None else by_remark[key.remark]
            for order in may_be:
                if not order.has_errors and key.may_be(order.key):
                    order.has_errors = True
                    findings.append(self._find_left_out(order, row, findings))

    def _find_left_out(self, order, row, findings):
        return Finding(
            NOTICE,
            order.row,
            findings.get_heading("destination"),
            order.key.destination.name or "",
            findings.env._("Row %s may belong to the same transfer.", row),
            findings.env._("The whole transfer is left out until that row is mended."),
            sheet=order.sheet,
        )
