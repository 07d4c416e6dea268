"""What is known of the chain that is tortured: its people, stores and first stock."""

import json
from dataclasses import dataclass

from ..cache import CHECKOUT


@dataclass(frozen=True)
class Chain:
    """What world.py has left."""

    # {login: API key}
    keys: dict
    # {short name: id}
    stores: dict
    # What stood where at the start: {short name: {sku: quantity}}
    stock: dict
    # SKUs of which there is not enough for everybody
    scarce: list
    # {name: id}
    reasons: dict

    @property
    def skus(self):
        return list(next(iter(self.stock.values())))


def get_file(database):
    return CHECKOUT / f"{database}.json"


def read(database):
    return Chain(**json.loads(get_file(database).read_text()))
