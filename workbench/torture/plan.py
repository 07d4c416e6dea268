"""What is killed when: thrown with dice, as all that happens is.

One seed loads all dice, and each client, each of its orders and each other part has its
own of them. So the same seed throws the same; only how far a client comes depends on
the machine.
"""

import random
from dataclasses import dataclass

CLIENTS = 8
# Seconds of work from when all answers again to the next kill.
PAUSES = (5, 15)
# What is killed.
KILLS = ("worker", "backend", "server", "postgres")


def throw(*names):
    """Return dice that are only for what is named."""
    return random.Random("/".join(map(str, names)))  # noqa: S311  (no secret)


def choose(dice, weights):
    """Return one of ``{what: how often}``."""
    return dice.choices(list(weights), list(weights.values()))[0]


@dataclass(frozen=True)
class Kill:
    """That something is killed, so many seconds after all answered again."""

    pause: float
    kind: str
    # Which of several, and how: the killer takes it modulo what there is.
    which: int


def plan_kills(seed):
    """Yield one kill after the other, in rounds: each kind once in each of them."""
    dice = throw(seed, "kills")
    while True:
        for kind in dice.sample(KILLS, len(KILLS)):
            yield Kill(dice.uniform(*PAUSES), kind, dice.randrange(1000))
