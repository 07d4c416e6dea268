"""What is known of the chain that is tortured: its people, stores and first stock."""

import json
from dataclasses import dataclass

from ..cache import CHECKOUT
from .goods import split_goods

PLENTIFUL = [f"TEA-{number}" for number in range(6)]
# Not enough for everybody
SCARCE = [f"RARE-{number}" for number in range(2)]
# Kept by lot, of which there are these
LOTTED = [f"LOT-{number}" for number in range(2)]
LOTS = ("A", "B")


@dataclass(frozen=True)
class Chain:
    """What world.py has left."""

    # {login: API key}
    keys: dict
    # {short name: id}
    stores: dict
    # What stood where at the start: {short name: {goods: quantity}}, see goods.py
    stock: dict
    # {sku: id}
    products: dict
    # {name: id}
    reasons: dict
    # What stores do about a surplus: {short name: (policy, percent, pieces)}
    surplus_rules: dict

    @property
    def skus(self):
        goods = next(iter(self.stock.values()))
        return list(dict.fromkeys(split_goods(each)[0] for each in goods))


def is_scarce(sku):
    return sku in SCARCE


def has_lots(sku):
    return sku in LOTTED


def get_file(database):
    return CHECKOUT / f"{database}.json"


def read(database):
    return Chain(**json.loads(get_file(database).read_text()))
