"""Where the pieces of a product are, lot by lot, as one with pencil and paper knows.

Goods are named by their SKU, with the lot behind it where there is one: ``LOT-1#A``.
"""

from dataclasses import asdict, dataclass, field


def split_goods(goods):
    """Return the SKU and the lot, which is empty for what has none."""
    sku, _mark, lot = goods.partition("#")
    return sku, lot


def join_goods(sku, lot):
    return f"{sku}#{lot}" if lot else sku


class Impossible(Exception):
    """Nobody can do that to a transfer that stands like this."""


@dataclass
class Pieces:
    """What has left the source of one lot, and where it is."""

    shipped: float = 0
    in_transit: float = 0
    received: float = 0
    returned: float = 0
    lost: float = 0
    damaged: float = 0
    # Part of what is in transit that goes back to the source.
    to_take_back: float = 0

    @property
    def missing(self):
        """What the destination expects and has left the source."""
        return self.in_transit - self.to_take_back


@dataclass
class Line:
    """One product of a transfer."""

    asked: float
    approved: float = 0
    not_approved: float = 0
    to_ship: float = 0
    closed: float = 0
    # Part of what is asked: more came than anybody had asked for.
    surplus: float = 0
    # {lot: Pieces}; of goods without lots, those of the empty one
    lots: dict = field(default_factory=dict)

    def of_lot(self, lot):
        return self.lots.setdefault(lot, Pieces())

    def sum(self, name):
        return sum(getattr(pieces, name) for pieces in self.lots.values())

    def take(self, quantity):
        """Make room for goods that came beyond what was shipped of this line.

        What had not been sent, or approved, has come after all; only what goes beyond
        that raises what was asked for.
        """
        for name in ("closed", "not_approved"):
            part = min(quantity, getattr(self, name))
            setattr(self, name, getattr(self, name) - part)
            quantity -= part
            if name == "not_approved":
                self.approved += part
        self.asked += quantity
        self.surplus += quantity

    def close(self, quantity):
        self.to_ship -= quantity
        self.closed += quantity

    def describe(self):
        """Return each quantity, all lots together."""
        described = {
            name: value for name, value in asdict(self).items() if name != "lots"
        }
        names = [name for name in asdict(Pieces()) if name != "to_take_back"]
        return described | {name: self.sum(name) for name in names}

    def list_numbers(self):
        """Return all numbers that there are."""
        return [
            *(value for value in vars(self).values() if value is not self.lots),
            *(
                value
                for pieces in self.lots.values()
                for value in vars(pieces).values()
            ),
        ]


@dataclass
class Carton:
    """What was packed together, and where that is."""

    # {goods: quantity}
    content: dict
    # "on the way", "here" (it came whole) or None: it may have been unpacked
    place: str | None = "on the way"
