"""What a transfer does, in plain Python: the oracle knows nothing of the addon's code.

Written from what `docs/users` promises to people, and from nothing else.
"""

from copy import deepcopy
from dataclasses import dataclass, field

from .counting import Counting
from .deciding import Deciding
from .differences import Differences
from .goods import Carton, Impossible, Line, join_goods, split_goods
from .substituting import Substituting

FINAL = ("done", "rejected", "cancelled")
# Steps after which the last count can still be undone.
KEEPING_COUNT = ("count_submitted", "received", "count_undone")


@dataclass
class Transfer(Counting, Deciding, Substituting):
    """A transfer, as one who does the steps with pencil and paper would know it."""

    kind: str
    initiator: str
    source: str | None
    destination: str | None
    lines: dict
    # What the destination does about a surplus: (policy, percent, pieces).
    surplus_rule: tuple = ("approver", 0, 0)
    approval: str = "draft"
    has_arrived: bool = False
    differences: Differences = field(default_factory=Differences)
    proposals: list = field(default_factory=list)
    cartons: list = field(default_factory=list)
    # What left, one after the other, as long as it can be taken back: the quantities
    # of goods, and how many cartons there were before.
    shipments: list = field(default_factory=list)
    # Lines, differences and cartons before the last count; nothing, when something
    # was done since.
    before_count: tuple | None = None
    counts: int = 0
    # A count is open that somebody has written into, so that only they go on with it;
    # and what they have written, where that is known.
    is_being_counted: bool = False
    written: dict | None = None
    # What was picked and has not left.
    picked: dict | None = None

    @classmethod
    def create(cls, kind, initiator, source, destination, quantities, rules=None):
        """Return one that was ordered and submitted.

        :param rules: ``{store: surplus_rule}``
        """
        lines = {
            sku: Line(asked=quantity, to_ship=quantity)
            for sku, quantity in quantities.items()
        }
        transfer = cls(kind, initiator, source, destination, lines)
        transfer.surplus_rule = (rules or {}).get(destination, transfer.surplus_rule)
        transfer.submit()
        return transfer

    @property
    def state(self):
        if self.approval != "approved":
            return self.approval
        if not self.has_to_ship and not self._sum("in_transit"):
            return "done" if self._sum("shipped") else "cancelled"
        if self.kind == "dispatch":
            return "approved"
        if self._sum("received") or self.counts:
            return "partial"
        if self.kind == "between" and not self._sum("in_transit"):
            return "approved"
        if self.has_arrived:
            return "arrived"
        return "approved" if self.kind == "receipt" else "in_transit"

    @property
    def has_to_ship(self):
        return any(line.to_ship for line in self.lines.values())

    def describe(self):
        """Return what others can read of it: the state, and the lines by SKU."""
        shorts = self.differences.find("short")
        lines = {
            sku: {
                **line.describe(),
                "short": sum(
                    short.quantity
                    for short in shorts
                    if split_goods(short.goods)[0] == sku
                ),
            }
            for sku, line in self.lines.items()
        }
        return {"state": self.state, "lines": lines}

    def describe_fully(self):
        """Return what is there at the end: also differences and proposals."""
        return {
            **self.describe(),
            "differences": self.differences.describe(),
            "proposals": self.describe_proposals(),
        }

    def list_pieces(self):
        """Return ``(goods, line, pieces)`` of each lot."""
        return [
            (join_goods(sku, lot), line, pieces)
            for sku, line in self.lines.items()
            for lot, pieces in line.lots.items()
        ]

    def get_effects(self):
        """Return what it has done to stock: ``{(store, goods): quantity}``."""
        effects = {}
        for goods, _line, pieces in self.list_pieces():
            if self.source:
                effects[self.source, goods] = pieces.returned - pieces.shipped
            if self.destination:
                effects[self.destination, goods] = pieces.received
        return effects

    def get_in_transit(self):
        return {goods: pieces.in_transit for goods, _line, pieces in self.list_pieces()}

    def get_expected(self):
        """Return how much the destination waits for: ``{goods: quantity}``."""
        if self.kind == "receipt":
            expected = {sku: line.to_ship for sku, line in self.lines.items()}
        else:
            expected = {
                goods: pieces.missing for goods, _line, pieces in self.list_pieces()
            }
        return {goods: quantity for goods, quantity in expected.items() if quantity}

    def after(self, name, arguments):
        """Return how it stands when a step was done.

        :raise Impossible: when nobody can do the step
        """
        later = deepcopy(self)
        if name not in KEEPING_COUNT:
            later.before_count = None
        getattr(later, name)(**arguments)
        later._end_proposal()
        later._check()
        return later

    def _check(self):
        for sku, line in self.lines.items():
            if min(line.list_numbers()) < 0:
                raise Impossible(f"{sku}: something would be below zero")

    def _demand(self, is_so, what):
        if not is_so:
            raise Impossible(what)

    def _sum(self, name):
        return sum(line.sum(name) for line in self.lines.values())

    def _find(self, goods):
        """Return the line of some goods, and where its pieces are."""
        sku, lot = split_goods(goods)
        self._demand(sku in self.lines, f"{goods} is not on it")
        line = self.lines[sku]
        return line, line.of_lot(lot)

    # The steps: until something has left.

    def submit(self):
        self._demand(self.approval == "draft", "only a draft is submitted")
        self.approval = "waiting"
        if self.kind != "between":
            self.approved()

    def withdrawn(self):
        self._demand(self.approval == "waiting", "only what waits is withdrawn")
        self.approval = "draft"

    def approved(self, quantities=None):
        self._demand(self.approval == "waiting", "only what waits is approved")
        self.approval = "approved"
        for sku, line in self.lines.items():
            line.approved = (quantities or {}).get(sku, line.asked)
            line.not_approved = line.asked - line.approved
            line.to_ship = line.approved

    def rejected(self):
        self._demand(self.approval == "waiting", "only what waits is rejected")
        self.approval = "rejected"
        for line in self.lines.values():
            line.not_approved, line.to_ship = line.asked, 0

    def cancelled(self):
        self._demand(self.approval in ("draft", "waiting", "approved"), "it is over")
        self._demand(self.state in ("draft", "waiting", "approved"), "it is on its way")
        self._demand(not self._sum("shipped"), "something was shipped")
        self.approval = "cancelled"
        for line in self.lines.values():
            line.close(line.to_ship)

    # At the source.

    def shipped(self, quantities, cartons=()):
        """Let goods leave; what is in cartons is part of the quantities."""
        self._demand(not self.picked, "somebody is picking it")
        self._ship(quantities, cartons)

    def pick_written(self, quantities, cartons=()):
        self._demand(self.approval == "approved", "only what is approved is picked")
        self._demand(self.kind != "receipt" and any(quantities.values()), "nothing")
        self.picked = {"quantities": quantities, "cartons": list(cartons)}

    def pick_submitted(self, quantities, cartons=()):
        picked = {"quantities": quantities, "cartons": list(cartons)}
        self._demand(self.picked == picked, "other goods were picked")
        self.picked = None
        self._ship(quantities, cartons)

    def _ship(self, quantities, cartons):
        self._demand(self.approval == "approved", "only what is approved is shipped")
        self._demand(self.kind != "receipt" and any(quantities.values()), "nothing")
        for goods, quantity in quantities.items():
            line, pieces = self._find(goods)
            line.to_ship -= quantity
            pieces.shipped += quantity
            if self.kind == "between":
                pieces.in_transit += quantity
            else:
                pieces.received += quantity
        self.shipments.append((dict(quantities), len(self.cartons)))
        self.cartons += [Carton(dict(content)) for content in cartons]

    def shipment_undone(self):
        self._demand(self.shipments and not self.has_arrived, "nothing to take back")
        self._demand(not self.picked, "somebody is picking it")
        quantities, cartons = self.shipments.pop()
        del self.cartons[cartons:]
        for goods, quantity in quantities.items():
            line, pieces = self._find(goods)
            line.to_ship += quantity
            pieces.shipped -= quantity
            if self.kind == "between":
                pieces.in_transit -= quantity
            else:
                pieces.received -= quantity

    def closed(self):
        self._demand(self.approval == "approved", "only what is approved is closed")
        self._demand(self.has_to_ship, "nothing is left to close")
        for sku, line in self.lines.items():
            if self.kind == "between":
                self.differences.add(sku, "short", line.to_ship).settle("closed")
            line.close(line.to_ship)

    def taken_back(self):
        pieces = [pieces for _goods, _line, pieces in self.list_pieces()]
        self._demand(any(each.to_take_back for each in pieces), "nothing comes back")
        for each in pieces:
            each.in_transit -= each.to_take_back
            each.returned += each.to_take_back
            each.to_take_back = 0


def read_shape(shape):
    """Return what :meth:`Transfer.describe` says, from the shape that the API gives."""
    lines = {
        line["sku"]: {
            name: quantity
            for name, quantity in line.items()
            if name not in ("id", "sku", "unit", "remark")
        }
        for line in shape["lines"]
    }
    return {"state": shape["state"], "lines": lines}
