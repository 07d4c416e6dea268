"""The transfers that an import file asks for, as far as they can be told."""

from dataclasses import dataclass, field
from datetime import date
from typing import Any, NamedTuple


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
    """A product of an order, added up over its rows."""

    row: int
    quantity: float = 0.0
    remarks: list = field(default_factory=list)


@dataclass
class Order:
    """A transfer that the file asks for."""

    key: OrderKey
    row: int
    remark: str
    # As they stand in the file: by these it is known what is imported again.
    third_party: str
    file_remark: str
    has_errors: bool = False
    lines: dict = field(default_factory=dict)
