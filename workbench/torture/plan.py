"""What is killed when: thrown with dice, as all that happens is.

One seed loads all dice, and each client, each of its orders and each other part has its
own of them. So the same seed throws the same; only how far a client comes depends on
the machine.
"""

import random
from dataclasses import dataclass

CLIENTS = 8
# Seconds between two kills.
PAUSES = (5, 12)
# What is killed, and how often each of it.
KILLS = {"worker": 4, "backend": 2, "server": 2, "postgres": 2}
# So many kills are left out at the beginning and the end, in seconds.
CALM = (5, 10)


def throw(*names):
    """Return dice that are only for what is named."""
    return random.Random("/".join(map(str, names)))  # noqa: S311  (no secret)


def choose(dice, weights):
    """Return one of ``{what: how often}``."""
    return dice.choices(list(weights), list(weights.values()))[0]


@dataclass(frozen=True)
class Kill:
    """That something is killed, so many seconds after the start."""

    at: float
    kind: str
    # Which of several, and how: the killer takes it modulo what there is.
    which: int


def plan_kills(seed, seconds):
    """Return what is killed when; each kind once, before any of them comes again."""
    dice = throw(seed, "kills")
    kinds = list(KILLS)
    dice.shuffle(kinds)
    kills, moment = [], CALM[0] + dice.uniform(0, PAUSES[0])
    while moment < seconds - CALM[1]:
        kind = kinds.pop() if kinds else choose(dice, KILLS)
        kills.append(Kill(round(moment, 1), kind, dice.randrange(1000)))
        moment += dice.uniform(*PAUSES)
    return kills
