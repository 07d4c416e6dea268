"""What is killed when: thrown with dice, as all that happens is.

One seed loads all dice, and each client, each of its orders and each other part has its
own of them. So the same seed throws the same; only how far a client comes depends on
the machine.
"""

import random
from dataclasses import dataclass

CLIENTS = 8
# Seconds from when all is up again to the next kill.
PAUSES = (4, 12)
# What is killed, and how often each of it.
KILLS = {"worker": 4, "backend": 2, "server": 2, "postgres": 2}


def throw(*names):
    """Return dice that are only for what is named."""
    return random.Random("/".join(map(str, names)))  # noqa: S311  (no secret)


def choose(dice, weights):
    """Return one of ``{what: how often}``."""
    return dice.choices(list(weights), list(weights.values()))[0]


@dataclass(frozen=True)
class Kill:
    """That something is killed, so many seconds after all was up again."""

    pause: float
    kind: str
    # Which of several, and how: the killer takes it modulo what there is.
    which: int


def plan_kills(seed):
    """Yield one kill after the other; each kind once, before any comes again."""
    dice = throw(seed, "kills")
    kinds = list(KILLS)
    dice.shuffle(kinds)
    while True:
        kind = kinds.pop() if kinds else choose(dice, KILLS)
        yield Kill(dice.uniform(*PAUSES), kind, dice.randrange(1000))
