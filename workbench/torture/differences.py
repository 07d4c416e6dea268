"""What did not simply arrive, and what became of it: the differences of a transfer."""

from collections import Counter
from dataclasses import dataclass, replace

from .goods import split_goods


@dataclass
class Difference:
    """So much of some goods is short, damaged, or too much."""

    goods: str
    kind: str
    quantity: float
    state: str = "open"
    outcome: str | None = None
    is_disputed: bool = False
    is_final: bool = False
    # The count that has found it, and the one that has settled it, by its number.
    found_by: int | None = None
    settled_by: int | None = None

    @property
    def is_undecided(self):
        return self.state != "settled" and not self.outcome

    def settle(self, outcome, count=None):
        self.state, self.outcome, self.settled_by = "settled", outcome, count
        # What was disputed is decided once and for all.
        self.is_final |= self.is_disputed
        self.is_disputed = False

    def expect_again(self):
        self.state, self.outcome, self.settled_by = "open", None, None
        self.is_disputed = self.is_final = False


class Differences:
    """All those of one transfer, in the order in which they were found."""

    def __init__(self):
        self.all = []

    def add(self, goods, kind, quantity, count=None):
        difference = Difference(goods, kind, quantity, found_by=count)
        if quantity > 0:
            self.all.append(difference)
        return difference

    def find(self, kind, goods=None):
        """Return those of a kind that nobody has decided on."""
        return [
            difference
            for difference in self.all
            if difference.kind == kind
            and difference.is_undecided
            and goods in (None, difference.goods)
        ]

    def sum(self, kind, goods=None):
        return sum(difference.quantity for difference in self.find(kind, goods))

    def settle_oldest(self, kind, goods, quantity, outcome, count):
        """Settle so much of what nobody has decided on; what is over stays as it is."""
        for difference in self.find(kind, goods):
            part = min(quantity, difference.quantity)
            if part > 0:
                self._split(difference, part).settle(outcome, count)
                quantity -= part

    def _split(self, difference, quantity):
        """Return what is about so much of it."""
        if quantity == difference.quantity:
            return difference
        part = replace(difference, quantity=quantity)
        difference.quantity -= quantity
        self.all.append(part)
        return part

    def forget(self, count):
        """Take back what a count has found, and what it has settled."""
        self.all = [each for each in self.all if each.found_by != count]
        for difference in self.all:
            if difference.settled_by == count:
                difference.expect_again()

    def describe(self, with_lots=True):
        """Return ``{what is said of some: of how many pieces}``."""
        described = Counter()
        for each in self.all:
            goods = each.goods if with_lots else split_goods(each.goods)[0]
            name = name_difference(
                goods,
                each.kind,
                each.state,
                each.outcome,
                each.is_disputed,
                each.is_final,
            )
            described[name] += each.quantity
        return dict(described)


def name_difference(goods, kind, state, outcome, is_disputed, is_final):
    """Return how a difference stands, in words."""
    words = [goods, kind, state, outcome or "undecided"]
    words += ["disputed"] * is_disputed + ["final"] * is_final
    return " ".join(words)
