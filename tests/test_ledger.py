import os
import random

from hypothesis import HealthCheck, Phase, given, note, settings
from hypothesis import strategies as st

from odoo.tests import tagged

from .common import StoreTransferCase
from .ledger import LedgerProducts, LedgerWorld

# What ./dev test does; ./dev test --ledger 5000 does more, at random.
RUNS = 200
STEPS = 30
RUNS_VARIABLE = "STORE_TRANSFER_LEDGER_RUNS"

SHARES = (1, 1, 0.5, 0.3, 0)
KINDS = ("between", "between", "between", "receipt", "dispatch")
OUTCOMES = ("not_sent", "returned", "lost", "damaged")


def number(dice):
    return dice.randrange(6)


def share(dice):
    return dice.choice(SHARES)


def some(dice):
    return dice.choice((1, 0.5, 0.3))


def yes_or_no(dice):
    return dice.random() < 0.5


def outcome(dice):
    return dice.choice(OUTCOMES)


def product(dice):
    return dice.randrange(5)


# What can be done: the action, what it can be done to, how often it is chosen, and how
# its arguments are.
ACTIONS = (
    (
        "start",
        "start",
        2,
        (
            lambda dice: dice.choice(KINDS),
            yes_or_no,
            product,
            product,
            lambda dice: dice.randint(1, 9),
            yes_or_no,
        ),
    ),
    ("approve", "approve", 8, (number, share)),
    ("reject", "reject", 1, (number,)),
    ("reset_and_submit", "reset", 2, (number,)),
    ("cancel", "cancel", 1, (number,)),
    ("ship", "ship", 6, (number, share, yes_or_no)),
    ("close", "close", 1, (number,)),
    ("take_back", "take_back", 2, (number,)),
    ("confirm_arrival", "confirm_arrival", 1, (number,)),
    ("receive_all", "count", 1, (number,)),
    (
        "count",
        "count",
        6,
        (
            number,
            share,
            share,
            lambda dice: dice.choice([None, None, dice.randrange(9)]),
            yes_or_no,
        ),
    ),
    ("settle", "case_settle", 4, (number, outcome, some)),
    ("settle_all", "settle", 1, (number, outcome)),
    ("answer", "case_dispute", 1, (number, yes_or_no)),
    ("decide", "case_accept", 3, (number, yes_or_no)),
    ("uphold", "case_uphold", 1, (number,)),
    ("validate", "picking_open", 3, (number, some, yes_or_no)),
    ("return_done", "picking_done", 2, (number, some, yes_or_no)),
    ("scrap", "picking_shipped", 1, (number, product, lambda dice: dice.randint(1, 3))),
    ("cancel_picking", "picking_open", 1, (number,)),
    ("unreserve", "picking_open", 1, (number,)),
    ("reserve", "picking_open", 1, (number,)),
    (
        "edit_done",
        "picking_done",
        2,
        (number, number, lambda dice: dice.choice([0.5, 0, 1.3, 2])),
    ),
    (
        "adjust_stock",
        "adjust",
        1,
        (lambda dice: dice.choice([0, 3, 4]), lambda dice: dice.randrange(40)),
    ),
    ("repeat", "repeat", 3, ()),
)


@tagged("post_install", "-at_install")
class TestLedger(LedgerProducts, StoreTransferCase):
    """No unit is ever lost, invented or stranded, whatever people do."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls._create_ledger_products()

    def test_random_actions_of_all_roles(self):
        more = os.environ.get(RUNS_VARIABLE)

        @settings(
            max_examples=int(more or RUNS),
            # The same runs each time; others where more are asked for.
            derandomize=not more,
            database=None,
            deadline=None,
            suppress_health_check=list(HealthCheck),
            phases=[Phase.generate, Phase.shrink],
            print_blob=False,
        )
        @given(st.lists(st.integers(0, 2**32 - 1), min_size=STEPS, max_size=STEPS))
        def run(seeds):
            self._run(seeds)

        run()

    def _run(self, seeds):
        """Do one action after the other, then bring all transfers to their end.

        :param seeds: a number for each step; zero does nothing, so that a run that
            fails can be made shorter
        """
        savepoint = self.env.cr.savepoint()
        world = LedgerWorld(self)
        try:
            world.check()
            for seed in seeds:
                if seed:
                    self._act(world, random.Random(seed))
                    world.check()
            world.finish()
        finally:
            note("\n".join(world.log))
            savepoint.close(rollback=True)
            self.env.transaction.clear()

    def _act(self, world, dice):
        possible = [action for action in ACTIONS if world.possible[action[1]]]
        weights = [action[2] for action in possible]
        [(name, _step, _weight, arguments)] = dice.choices(possible, weights)
        values = [make(dice) for make in arguments]
        if name == "repeat":
            world.repeat()
        else:
            world.attempt(name, *values)
