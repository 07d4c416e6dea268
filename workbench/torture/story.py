"""What a client does: an order, and one step after the other until its end.

Which step comes next is up to the dice, and to how the transfer stands.
"""

from dataclasses import dataclass

from .chain import has_lots
from .chances import find_steps
from .model import Transfer
from .plan import choose
from .planners import PLANNERS

KINDS = {"between": 10, "receipt": 1, "dispatch": 1}
MOST_PIECES = 9
MOST_ORDERS_OF_A_FILE = 4
# Steps that can be done once only, so that of two rivals one is refused.
CONTESTED = ("approved", "shipped_all", "received_all", "taken_back")
# What is sent with a key, so that it may be sent twice at the same moment.
KEYED = (
    *("submitted", "withdrawn", "approved", "approved_less", "rejected", "cancelled"),
    *("shipped_all", "shipped_some", "shipped_in_cartons", "arrived"),
    *("received_all", "received_some", "taken_back"),
)


@dataclass(frozen=True)
class Order:
    """What is ordered."""

    kind: str
    initiator: str
    source: str | None
    destination: str | None
    quantities: dict

    def start(self, rules):
        """Return the transfer that it is, once it was created and submitted.

        :param rules: what stores do about a surplus
        """
        return Transfer.create(**vars(self), rules=rules)

    @property
    def person(self):
        return getattr(self, self.initiator), "staff"


@dataclass(frozen=True)
class Wish:
    """A step that somebody wants to do, and what becomes of the request."""

    # A method of the model, and what it is given.
    step: str
    arguments: dict
    # (store, role): who does it; head office is of no store
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
    if kind == "receipt":
        # What a vendor brings has new lots, which nobody knows before it came.
        skus = [sku for sku in skus if not has_lots(sku)]
    quantities = plan_quantities(dice, skus)
    if kind == "receipt":
        return Order(kind, "destination", None, destination, quantities)
    if kind == "dispatch":
        return Order(kind, "source", source, None, quantities)
    initiator = dice.choice(("source", "destination"))
    return Order(kind, initiator, source, destination, quantities)


def plan_file(dice, stores, skus):
    """Return the orders of a file: what a store sends to others."""
    source = dice.choice(stores)
    others = [store for store in stores if store != source]
    return [
        Order(
            "between",
            "source",
            source,
            dice.choice(others),
            plan_quantities(dice, skus),
        )
        for _order in range(dice.randint(2, MOST_ORDERS_OF_A_FILE))
    ]


def plan_quantities(dice, skus):
    return {
        sku: dice.randint(1, MOST_PIECES)
        for sku in dice.sample(skus, dice.randint(1, 3))
    }


def plan_step(dice, transfer):
    """Return what is done next to a transfer that stands like this; None at its end."""
    weights = find_steps(transfer)
    name = choose(dice, weights) if weights else "over"
    if name == "over":
        return None
    side, role, step, arguments = PLANNERS[name](dice, transfer)
    store = side and getattr(transfer, get_side(transfer, side))
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
