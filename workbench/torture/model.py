"""What a transfer does, in plain Python: the oracle knows nothing of the addon's code.

Written from what `docs/users` promises to people, and from nothing else.
"""

from copy import deepcopy
from dataclasses import asdict, dataclass, field

# What is left of a short, by what became of it.
OUTCOMES = ("lost", "damaged", "not_sent", "returned")
FINAL = ("done", "rejected", "cancelled")


class Impossible(Exception):
    """Nobody can do that to a transfer that stands like this."""


@dataclass
class Line:
    """Where the pieces of one product are."""

    asked: float
    approved: float = 0
    not_approved: float = 0
    to_ship: float = 0
    shipped: float = 0
    in_transit: float = 0
    received: float = 0
    returned: float = 0
    lost: float = 0
    damaged: float = 0
    closed: float = 0
    short: float = 0
    # Part of what is in transit that goes back to the source.
    to_take_back: float = 0

    @property
    def missing(self):
        """What the destination expects and has left the source."""
        return self.in_transit - self.to_take_back


@dataclass
class Transfer:
    """A transfer, as one who does the steps with pencil and paper would know it."""

    kind: str
    initiator: str
    source: str | None
    destination: str | None
    lines: dict
    approval: str = "draft"
    has_arrived: bool = False
    # What left, one after the other, as long as it can be taken back: {sku: quantity}
    shipments: list = field(default_factory=list)
    # The lines before the last count; nothing, when something was done since.
    before_count: dict | None = None
    counts: int = 0
    # A count is open that somebody has written into, so that only they go on with it;
    # and what they have written, where that is known.
    is_being_counted: bool = False
    written: dict | None = None

    @classmethod
    def create(cls, kind, initiator, source, destination, quantities):
        lines = {
            sku: Line(asked=quantity, to_ship=quantity)
            for sku, quantity in quantities.items()
        }
        transfer = cls(kind, initiator, source, destination, lines)
        transfer.submit()
        return transfer

    @property
    def state(self):
        if self.approval != "approved":
            return self.approval
        if not self._sum("to_ship") and not self._sum("in_transit"):
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

    def describe(self):
        """Return what others can read of it: the state, and the lines by SKU."""
        lines = {sku: asdict(line) for sku, line in self.lines.items()}
        for line in lines.values():
            del line["to_take_back"]
        return {"state": self.state, "lines": lines}

    def get_effects(self):
        """Return what it has done to stock: ``{(store, sku): quantity}``."""
        effects = {}
        for sku, line in self.lines.items():
            if self.source:
                effects[self.source, sku] = line.returned - line.shipped
            if self.destination:
                effects[self.destination, sku] = line.received
        return effects

    def after(self, name, arguments):
        """Return how it stands when a step was done.

        :raise Impossible: when nobody can do the step
        """
        later = deepcopy(self)
        if name not in ("count_submitted", "received", "count_undone"):
            later.before_count = None
        getattr(later, name)(**arguments)
        later._check()
        return later

    def _check(self):
        for sku, line in self.lines.items():
            if any(quantity < 0 for quantity in asdict(line).values()):
                raise Impossible(f"{sku}: something would be below zero")

    def _demand(self, is_so, what):
        if not is_so:
            raise Impossible(what)

    def _sum(self, name):
        return sum(getattr(line, name) for line in self.lines.values())

    # The steps.

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
            line.closed += line.to_ship
            line.to_ship = 0

    def shipped(self, quantities):
        self._demand(self.approval == "approved", "only what is approved is shipped")
        self._demand(self.kind != "receipt" and any(quantities.values()), "nothing")
        for sku, quantity in quantities.items():
            line = self.lines[sku]
            line.to_ship -= quantity
            line.shipped += quantity
            if self.kind == "between":
                line.in_transit += quantity
            else:
                line.received += quantity
        self.shipments.append(dict(quantities))

    def shipment_undone(self):
        self._demand(self.shipments and not self.has_arrived, "nothing to take back")
        for sku, quantity in self.shipments.pop().items():
            line = self.lines[sku]
            line.to_ship += quantity
            line.shipped -= quantity
            if self.kind == "between":
                line.in_transit -= quantity
            else:
                line.received -= quantity

    def closed(self):
        self._demand(self.approval == "approved", "only what is approved is closed")
        self._demand(self._sum("to_ship"), "nothing is left to close")
        for line in self.lines.values():
            line.closed += line.to_ship
            line.to_ship = 0
            if self.kind == "receipt":
                line.short = 0

    def arrived(self):
        self._demand(self.is_to_count(), "nothing is on its way")
        self.has_arrived = True

    def count_written(self, good, damaged):
        self.arrived()
        self.is_being_counted = True
        self.written = {"good": good, "damaged": damaged}

    def is_to_count(self):
        if self.approval != "approved" or self.kind == "dispatch":
            return False
        if self.kind == "receipt":
            return bool(self._sum("to_ship"))
        return any(line.missing for line in self.lines.values())

    def received(self, good, damaged):
        self._demand(not self.is_being_counted, "somebody is counting it")
        self._count(good, damaged)

    def count_submitted(self, good, damaged):
        self._demand(
            self.written == {"good": good, "damaged": damaged}, "other numbers"
        )
        self.written = None
        self._count(good, damaged)

    def _count(self, good, damaged):
        self._demand(self.is_to_count(), "nothing is on its way")
        self.before_count = deepcopy(self.lines)
        self.has_arrived = True
        self.is_being_counted = False
        self.counts += 1
        for sku, line in self.lines.items():
            came = good.get(sku, 0) + damaged.get(sku, 0)
            line.received += good.get(sku, 0)
            line.damaged += damaged.get(sku, 0)
            if self.kind == "receipt":
                line.to_ship -= came
                line.shipped += came
                line.short = line.to_ship
            else:
                line.in_transit -= came
                line.short = line.missing
            self._demand(line.short >= 0, "more came than was on its way")

    def count_undone(self):
        self._demand(self.before_count, "no count can be undone")
        self.lines, self.before_count = self.before_count, None
        self.counts -= 1
        # It is open again, with what was counted.
        self.is_being_counted = True

    def settled(self, outcome):
        self._demand(self._sum("short"), "nothing is short")
        for line in self.lines.values():
            getattr(self, f"_settle_{self.kind}")(line, outcome)
            line.short = 0

    def _settle_receipt(self, line, outcome):
        self._demand(outcome == "not_sent", "a vendor can only not have sent it")
        line.to_ship -= line.short
        line.closed += line.short

    def _settle_between(self, line, outcome):
        if outcome == "returned":
            line.to_take_back += line.short
            return
        line.in_transit -= line.short
        if outcome == "not_sent":
            line.shipped -= line.short
            line.closed += line.short
        else:
            setattr(line, outcome, getattr(line, outcome) + line.short)

    def taken_back(self):
        self._demand(self._sum("to_take_back"), "nothing is on its way back")
        for line in self.lines.values():
            line.in_transit -= line.to_take_back
            line.returned += line.to_take_back
            line.to_take_back = 0


def read_shape(shape):
    """Return what :meth:`Transfer.describe` says, from the shape that the API gives."""
    lines = {
        line["sku"]: {
            name: quantity
            for name, quantity in line.items()
            if name not in ("id", "sku", "unit", "remark", "surplus")
        }
        for line in shape["lines"]
    }
    return {"state": shape["state"], "lines": lines}
