"""What a client does: an order, and one step after the other until its end.

Which step comes next is up to the dice, and to how the transfer stands.
"""

from dataclasses import dataclass

from .model import FINAL, OUTCOMES, Transfer
from .plan import choose

KINDS = {"between": 10, "receipt": 1, "dispatch": 1}
MOST_PIECES = 9
# Steps that can be done once only, so that of two rivals one is refused.
CONTESTED = ("approved", "shipped_all", "received_all", "taken_back")
# What is sent with a key, so that it may be sent twice at the same moment.
KEYED = (
    *("submitted", "withdrawn", "approved", "approved_less", "rejected", "cancelled"),
    *("shipped_all", "shipped_some", "arrived", "received_all", "received_some"),
    "taken_back",
)


@dataclass(frozen=True)
class Order:
    """What is ordered."""

    kind: str
    initiator: str
    source: str | None
    destination: str | None
    quantities: dict

    def start(self):
        """Return the transfer that it is, once it was created and submitted."""
        return Transfer.create(**vars(self))

    @property
    def person(self):
        return getattr(self, self.initiator), "staff"


@dataclass(frozen=True)
class Wish:
    """A step that somebody wants to do, and what becomes of the request."""

    # A method of the model, and what it is given.
    step: str
    arguments: dict
    # (store, role): who does it
    person: tuple
    # Who does the same at the same moment, under a key of their own.
    rival: tuple | None = None
    # The request is sent twice at the same moment, to both servers.
    is_twice: bool = False
    # When no answer comes, nobody asks again.
    gives_up: bool = False
    # Which of the servers is asked first.
    server: int = 0


def plan_order(dice, stores, skus):
    kind = choose(dice, KINDS)
    source, destination = dice.sample(stores, 2)
    quantities = {
        sku: dice.randint(1, MOST_PIECES)
        for sku in dice.sample(skus, dice.randint(1, 3))
    }
    if kind == "receipt":
        return Order(kind, "destination", None, destination, quantities)
    if kind == "dispatch":
        return Order(kind, "source", source, None, quantities)
    initiator = dice.choice(("source", "destination"))
    return Order(kind, initiator, source, destination, quantities)


def plan_step(dice, transfer):
    """Return what is done next to a transfer that stands like this; None at its end."""
    weights = find_steps(transfer)
    name = choose(dice, weights) if weights else "over"
    if name == "over":
        return None
    side, role, step, arguments = PLANNERS[name](dice, transfer)
    store = getattr(transfer, get_side(transfer, side))
    rivals = name in CONTESTED and dice.random() < 0.2
    return Wish(
        step,
        arguments,
        (store, role),
        rival=(store, "approver") if rivals and role == "staff" else None,
        is_twice=name in KEYED and not rivals and dice.random() < 0.15,
        gives_up=not rivals and dice.random() < 0.1,
        server=dice.randrange(2),
    )


def get_side(transfer, side):
    """Return ``"source"`` or ``"destination"``."""
    others = {"source": "destination", "destination": "source"}
    sides = {"initiator": transfer.initiator, "other": others[transfer.initiator]}
    return sides.get(side, side)


def find_steps(transfer):
    """Return ``{name: how often}`` of what can be done to a transfer."""
    if transfer.approval == "draft":
        return {"submitted": 1}
    if transfer.approval == "waiting":
        return {
            **{"approved": 12, "approved_less": 4, "rejected": 1},
            **{"cancelled": 1, "withdrawn": 1},
        }
    undo_count = {"count_undone": 1} if transfer.before_count else {}
    if transfer.state in FINAL:
        return undo_count and {**undo_count, "over": 6}
    if transfer.is_being_counted:
        return {"count_submitted" if transfer.written else "count_written": 1}
    return {
        **undo_count,
        **find_steps_of_source(transfer),
        **find_steps_of_destination(transfer),
    }


def find_steps_of_source(transfer):
    lines, steps = transfer.lines.values(), {}
    if transfer.kind != "receipt" and any(line.to_ship for line in lines):
        steps |= {"shipped_all": 6, "shipped_some": 4, "closed": 1}
    if transfer.kind != "receipt" and not any(line.shipped for line in lines):
        steps["cancelled"] = 0.5
    if transfer.shipments and not transfer.has_arrived:
        steps["shipment_undone"] = 1
    if any(line.to_take_back for line in lines):
        steps["taken_back"] = 8
    return steps


def find_steps_of_destination(transfer):
    steps = {}
    if transfer.is_to_count():
        steps |= {"received_all": 4, "received_some": 5, "count_written": 3}
        if not transfer.has_arrived:
            steps["arrived"] = 2
    if any(line.short for line in transfer.lines.values()):
        steps["settled"] = 8
    return steps


def plan_less_approved(dice, transfer):
    lines = transfer.lines
    quantities = {sku: dice.randint(0, int(line.asked)) for sku, line in lines.items()}
    if not any(quantities.values()):
        quantities[next(iter(lines))] = 1
    # Where the dice leave all of it, nobody has a reason to give.
    is_less = any(quantities[sku] < line.asked for sku, line in lines.items())
    arguments = {"quantities": quantities} if is_less else {}
    return "other", "approver", "approved", arguments


def plan_all_shipped(_dice, transfer):
    quantities = {sku: line.to_ship for sku, line in transfer.lines.items()}
    return "source", "staff", "shipped", {"quantities": leave_out_zeros(quantities)}


def plan_some_shipped(dice, transfer):
    quantities = {
        sku: dice.randint(0, int(line.to_ship)) for sku, line in transfer.lines.items()
    }
    if not any(quantities.values()):
        return plan_all_shipped(dice, transfer)
    return "source", "staff", "shipped", {"quantities": leave_out_zeros(quantities)}


def plan_all_received(_dice, transfer):
    good = leave_out_zeros(get_expected(transfer))
    return "destination", "staff", "received", {"good": good, "damaged": {}}


def plan_some_received(dice, transfer):
    return "destination", "staff", "received", count(dice, transfer)


def plan_written_count(dice, transfer):
    return "destination", "staff", "count_written", count(dice, transfer)


def plan_submitted_count(_dice, transfer):
    return "destination", "staff", "count_submitted", transfer.written


def plan_settlement(dice, transfer):
    outcome = "not_sent" if transfer.kind == "receipt" else dice.choice(OUTCOMES)
    return "destination", "approver", "settled", {"outcome": outcome}


def count(dice, transfer):
    """Return what somebody counts: not all that is expected, some of it damaged."""
    good, damaged = {}, {}
    for sku, expected in get_expected(transfer).items():
        came = dice.randint(0, int(expected)) if dice.random() < 0.5 else expected
        damaged[sku] = dice.randint(0, int(came)) if dice.random() < 0.2 else 0
        good[sku] = came - damaged[sku]
    if not any(good.values()) and not any(damaged.values()):
        good = get_expected(transfer)
    return {"good": leave_out_zeros(good), "damaged": leave_out_zeros(damaged)}


def get_expected(transfer):
    """Return how much the destination waits for: ``{sku: quantity}``."""
    return {
        sku: line.to_ship if transfer.kind == "receipt" else line.missing
        for sku, line in transfer.lines.items()
    }


def leave_out_zeros(quantities):
    return {sku: quantity for sku, quantity in quantities.items() if quantity}


def plan_simply(side, role, step):
    """Return the planner of a step that needs nothing but somebody who does it."""
    return lambda _dice, _transfer: (side, role, step, {})


# How each step of find_steps is planned: (side, role, step of the model, arguments).
PLANNERS = {
    "submitted": plan_simply("initiator", "staff", "submit"),
    "withdrawn": plan_simply("initiator", "staff", "withdrawn"),
    "approved": plan_simply("other", "approver", "approved"),
    "approved_less": plan_less_approved,
    "rejected": plan_simply("other", "approver", "rejected"),
    "cancelled": plan_simply("initiator", "staff", "cancelled"),
    "shipped_all": plan_all_shipped,
    "shipped_some": plan_some_shipped,
    "closed": plan_simply("source", "approver", "closed"),
    "shipment_undone": plan_simply("source", "staff", "shipment_undone"),
    "arrived": plan_simply("destination", "staff", "arrived"),
    "received_all": plan_all_received,
    "received_some": plan_some_received,
    "count_written": plan_written_count,
    "count_submitted": plan_submitted_count,
    "count_undone": plan_simply("destination", "approver", "count_undone"),
    "settled": plan_settlement,
    "taken_back": plan_simply("source", "staff", "taken_back"),
}
