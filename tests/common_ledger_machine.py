"""What is done at random, and how often each of it."""

import os
from typing import NamedTuple

from hypothesis import HealthCheck, Phase, note, settings
from hypothesis import strategies as st
from hypothesis.stateful import (
    RuleBasedStateMachine,
    initialize,
    invariant,
    rule,
    run_state_machine_as_test,
)

from .common_ledger import LedgerProducts, LedgerWorld

STEPS = 30
# Set by ./dev test --ledger 5000: more runs, and others each time.
RUNS_VARIABLE = "STORE_TRANSFER_LEDGER_RUNS"

NUMBER = st.integers(0, 5)
SHARE = st.sampled_from((1, 1, 0.5, 0.3, 0))
SOME = st.sampled_from((1, 0.5, 0.3))
YES_OR_NO = st.booleans()
PRODUCT = st.integers(0, 6)
PIECES = st.integers(1, 3)
OUTCOMES = ("not_sent", "returned", "lost", "damaged")
OUTCOME = st.sampled_from(OUTCOMES)
COUNTED = {
    "number": NUMBER,
    "share": SHARE,
    "damaged": st.sampled_from((0, 0.5, 0.3, 1)),
    "surplus": st.none() | st.integers(0, 13),
    "approver": YES_OR_NO,
    "lots": PIECES,
}
EVENTS = st.lists(
    st.tuples(
        st.sampled_from(
            (
                *("product", "row", "set", "all_came", "box", "lot", "damaged", "undo"),
                *("carton", "carton", "new_carton"),
            )
        ),
        NUMBER,
        st.integers(-1, 9),
    ),
    min_size=1,
    max_size=5,
)


class Action(NamedTuple):
    """What can be done: a method of :class:`LedgerWorld`.

    ``step`` says to what it can be done, see :meth:`LedgerWorld.look`; ``weight`` how
    often it is chosen among all that is possible; ``arguments`` what is drawn for it.
    """

    name: str
    step: str
    weight: int
    arguments: dict


ACTIONS = (
    # First: what Hypothesis tries where it makes a run shorter.
    Action("pause", "always", 1, {}),
    Action(
        "start",
        "start",
        4,
        {
            "kind": st.sampled_from(("between", "between", "receipt", "dispatch")),
            "pull": YES_OR_NO,
            "first": PRODUCT,
            "second": PRODUCT,
            "quantity": st.integers(1, 9),
            "box": YES_OR_NO,
            "route": st.sampled_from((0, 0, 0, 1, 2, 3)),
        },
    ),
    Action("approve", "approve", 12, {"number": NUMBER, "share": SHARE}),
    Action("reject", "reject", 1, {"number": NUMBER}),
    Action("withdraw", "withdraw", 1, {"number": NUMBER}),
    Action(
        "change_delivery",
        "change_delivery",
        1,
        {"number": NUMBER, "days": st.integers(-3, 3)},
    ),
    Action("undo_shipment", "undo_shipment", 3, {"number": NUMBER}),
    Action("undo_count", "undo_count", 3, {"number": NUMBER}),
    Action("reset_and_submit", "reset", 2, {"number": NUMBER}),
    Action("cancel", "cancel", 1, {"number": NUMBER}),
    Action("ship", "ship", 10, {"number": NUMBER, "share": SHARE, "close": YES_OR_NO}),
    Action("close", "close", 1, {"number": NUMBER}),
    Action(
        "propose",
        "substitute",
        4,
        {"number": NUMBER, "line": NUMBER, "product": PRODUCT, "share": SHARE},
    ),
    Action(
        "answer_substitute",
        "substitution_accept",
        6,
        {"number": NUMBER, "accept": YES_OR_NO},
    ),
    Action("withdraw_substitute", "substitution_withdraw", 1, {"number": NUMBER}),
    Action("take_back", "take_back", 3, {"number": NUMBER}),
    Action("confirm_arrival", "confirm_arrival", 1, {"number": NUMBER}),
    Action("receive_all", "count", 1, {"number": NUMBER}),
    Action("count", "count", 8, COUNTED),
    Action("begin_count", "count", 2, COUNTED),
    Action(
        "scan",
        "count",
        3,
        {"number": NUMBER, "approver": YES_OR_NO, "events": EVENTS},
    ),
    Action(
        "pick",
        "ship",
        4,
        {"number": NUMBER, "approver": YES_OR_NO, "events": EVENTS},
    ),
    Action("submit_pick", "open_pick", 6, {"number": NUMBER, "close": YES_OR_NO}),
    Action("submit_count", "open_count", 4, {"number": NUMBER, "approver": YES_OR_NO}),
    Action(
        "settle",
        "discrepancy_settle",
        8,
        {"number": NUMBER, "outcome": OUTCOME, "share": SOME},
    ),
    Action("settle_all", "settle", 1, {"number": NUMBER, "outcome": OUTCOME}),
    Action("answer", "discrepancy_answer", 1, {"number": NUMBER}),
    Action("dispute", "discrepancy_dispute", 4, {"number": NUMBER}),
    Action("decide", "discrepancy_accept", 8, {"number": NUMBER, "accept": YES_OR_NO}),
    Action("uphold", "discrepancy_uphold", 2, {"number": NUMBER}),
    Action(
        "overrule",
        "discrepancy_overrule",
        6,
        {
            "number": NUMBER,
            "outcome": st.sampled_from(("expected", *OUTCOMES)),
            "share": SOME,
        },
    ),
    Action(
        "validate",
        "picking_open",
        3,
        {
            "number": NUMBER,
            "share": st.sampled_from((1, 0.5, 0.3, 1.5)),
            "backorder": YES_OR_NO,
        },
    ),
    Action(
        "return_done",
        "picking_done",
        2,
        {"number": NUMBER, "share": SOME, "validate": YES_OR_NO},
    ),
    Action(
        "scrap",
        "picking_shipped",
        1,
        {"number": NUMBER, "product": PRODUCT, "quantity": PIECES},
    ),
    Action(
        "scrap_received",
        "picking_received",
        1,
        {"number": NUMBER, "product": PRODUCT, "quantity": PIECES},
    ),
    Action("cancel_picking", "picking_open", 1, {"number": NUMBER}),
    Action("unreserve", "picking_open", 1, {"number": NUMBER}),
    Action("reserve", "picking_open", 1, {"number": NUMBER}),
    Action("pack", "picking_open", 2, {"number": NUMBER}),
    Action(
        "edit_done",
        "picking_done",
        2,
        {
            "number": NUMBER,
            "line": NUMBER,
            "share": st.sampled_from((0.5, 0, 1.3, 2)),
        },
    ),
    Action(
        "put_elsewhere",
        "picking_received",
        1,
        {"number": NUMBER, "line": NUMBER, "shelf": YES_OR_NO},
    ),
    Action(
        "adjust_stock",
        "always",
        1,
        {"product": st.sampled_from((0, 3, 4, 5)), "quantity": st.integers(0, 39)},
    ),
    Action(
        "leave",
        "at_work",
        1,
        {"number": NUMBER, "how": st.sampled_from(("archived", "moved", "demoted"))},
    ),
    Action("come_back", "away", 1, {"number": NUMBER}),
    Action("repeat", "repeat", 3, {}),
)


class LedgerMachine(RuleBasedStateMachine):
    """Sets up a shop, then does one action after the other, and at last finishes.

    One rule chooses among the actions. With a rule for each of them, Hypothesis would
    leave out half of them in every run, and seldom come as far as to settle.
    """

    world_class = LedgerWorld
    actions = ACTIONS

    def __init__(self, case):
        super().__init__()
        self.savepoint = case.env.cr.savepoint()
        self.world = self.world_class(case)

    @initialize(
        policy=st.sampled_from(("approver", "tolerance", "refuse", False)),
        pieces=st.integers(0, 4),
        blind=YES_OR_NO,
        every_line=YES_OR_NO,
        place=YES_OR_NO,
        cartons=st.sampled_from((False, "open")),
    )
    def set_up_shop(self, **policies):
        self.world.attempt("set_up_shop", **policies)

    @rule(data=st.data())
    def act(self, data):
        possible = [
            action
            for action in self.actions
            if self.world.possible[action.step]
            for _times in range(action.weight)
        ]
        action = data.draw(st.sampled_from(possible))
        if action.name == "repeat":
            self.world.repeat()
        else:
            drawn = data.draw(st.fixed_dictionaries(action.arguments))
            # In the order of the table, for who reads the run.
            arguments = {name: drawn[name] for name in action.arguments}
            self.world.attempt(action.name, **arguments)

    @invariant()
    def the_ledger_holds(self):
        self.world.check()

    def teardown(self):
        """Bring all transfers to their end, unless a fault was found already."""
        try:
            if self.world.is_right:
                self.world.finish()
        finally:
            note("\n".join(self.world.log))
            self.savepoint.close(rollback=True)
            self.world.env.transaction.clear()
            # Who is in which group is kept beyond the transaction.
            self.world.env.registry.clear_cache()


class LedgerMachineCase(LedgerProducts):
    """Runs the machine in the world of :class:`LedgerProducts`."""

    machine = LedgerMachine
    # How many runs of STEPS actions, the same each time.
    runs = 0

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls._create_ledger_products()
        cls._create_product_with_lots_of_another()

    def run_at_random(self):
        more = os.environ.get(RUNS_VARIABLE)
        run_state_machine_as_test(
            lambda: self.machine(self),
            settings=settings(
                max_examples=int(more or self.runs),
                stateful_step_count=STEPS,
                # The same runs each time; others where more are asked for.
                derandomize=not more,
                database=None,
                deadline=None,
                suppress_health_check=list(HealthCheck),
                # A usual run says what it found as it found it: to shorten that takes
                # longer than all other tests.
                phases=[Phase.generate, Phase.shrink] if more else [Phase.generate],
                print_blob=False,
            ),
        )
