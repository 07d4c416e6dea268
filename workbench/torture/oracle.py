"""The judge: what clients wrote down, against what is there at the end.

What was acknowledged is there, once, and does what the model says. What was refused has
done nothing. What was asked and never answered is there once, or not at all. Nothing
else is there. It reads nothing but the journals and the end, so that it can be tested
with journals that were written by hand.
"""

from collections import Counter, defaultdict
from dataclasses import dataclass
from typing import NamedTuple

from .chain import is_scarce
from .comparing import compare, compare_fully, describe_carton
from .goods import Impossible
from .model import read_shape
from .moments import Moments, read_reads
from .operations import PRESSED, describe_refusal, read_operations
from .story import Order

# How long after a kill answers may still be lost because of it, in seconds.
AFTERMATH = 10
# Methods whose answer is the transfer as it then is.
SHOWING = ("do_step", "approve", "reject", "ship", "receive")


class Fault(NamedTuple):
    """Something that nobody can explain."""

    rule: str
    what: str
    text: str


@dataclass
class Stage:
    """How an order stood, and when that may have been.

    The step that led to it was asked for at ``begin`` and answered at ``certain``, and
    the one that ended it was answered at ``end``.
    """

    transfer: object
    begin: float
    certain: float
    end: float = float("inf")


class Oracle:
    """Judges a whole run."""

    def __init__(self, events, chain, end):
        self.faults = []
        self._events, self._chain, self._end = events, chain, end
        self._disturbed = [
            (event["begin"], event["time"] + AFTERMATH)
            for event in events
            if event["event"] == "killed"
        ]
        self.operations = read_operations(events)
        self.reads = read_reads(events)
        # {order: list of Stage}; of what may not exist at all the first one is None
        self.stages = {}
        # {order: how it may stand at the end}
        self._possible = {}
        self._ids = {}

    def judge(self):
        """Return all that can't be explained."""
        by_order = defaultdict(list)
        for operation in self.operations.values():
            by_order[operation.order].append(operation)
        for order, operations in by_order.items():
            self._replay(order, operations)
        for operation in self.operations.values():
            self._judge_answers(operation)
        for event in self._events:
            self._judge_event(event)
        made = self._get_made()
        found = self._judge_transfers(made)
        self._judge_files(made)
        self._judge_keys()
        self.judge_stock(found)
        self.judge_cartons(found)
        self._judge_reads(made)
        return self.faults

    def _blame(self, rule, what, text):
        self.faults.append(Fault(rule, str(what), str(text)))

    # What was asked, one step after the other.

    def _replay(self, order, operations):
        creation, *steps = sorted(operations, key=lambda operation: operation.begin)
        transfer = Order(**creation.arguments).start(self._chain.surplus_rules)
        if creation.outcome == "refused":
            self._blame("refused without reason", order, describe_refusal(creation))
            self._possible[order] = [None]
            return
        self.stages[order] = [Stage(transfer, creation.begin, creation.end)]
        self._possible[order] = [transfer]
        self._learn_id(creation, transfer)
        if creation.outcome == "lost":
            self._possible[order] = [None, transfer]
        for step in steps:
            self._replay_step(order, step, steps)

    def _learn_id(self, creation, transfer):
        for answer in creation.answers:
            if answer["outcome"] == "done":
                [created] = answer["content"]
                known = self._ids.setdefault(creation.order, created["transfer"]["id"])
                if known != created["transfer"]["id"]:
                    self._blame("made twice", creation.order, created)
                self._compare_answer(creation, created["transfer"], transfer)

    def _replay_step(self, order, step, steps):
        before = self._possible[order][-1]
        if step.outcome == "refused":
            self._judge_refusal(step, steps, before)
            return
        try:
            later = before.after(step.step, step.arguments)
        except Impossible as error:
            if step.outcome == "done":
                self._blame("done, and can't be", step.name, error)
            return
        self.stages[order][-1].end = step.end
        self.stages[order].append(Stage(later, step.begin, step.end))
        self._possible[order] = [later] if step.outcome == "done" else [before, later]
        for answer in step.answers:
            if answer["outcome"] == "done" and answer["method"] in SHOWING:
                self._compare_answer(step, answer["content"], later)

    def _compare_answer(self, operation, shape, transfer):
        if difference := compare(read_shape(shape), transfer.describe()):
            self._blame("answered something else", operation.name, difference)

    def _judge_refusal(self, step, steps, before):
        """A refusal has a reason: a rival was faster, or there is not enough of it."""
        if any(map(is_scarce, before.lines)):
            return
        rivals = [other for other in steps if other.is_rival and other is not step]
        has_lost = step.is_rival and any(
            other.begin <= step.end
            and other.end >= step.begin
            and (other.outcome == "done")
            for other in rivals
        )
        try:
            before.after(step.step, step.arguments)
        except Impossible:
            return
        if not has_lost:
            self._blame("refused without reason", step.name, describe_refusal(step))

    # How it was answered.

    def _judge_answers(self, operation):
        outcomes = {answer["outcome"] for answer in operation.answers}
        if outcomes >= {"done", "refused"} and operation.step not in PRESSED:
            self._blame("done and refused", operation.name, describe_refusal(operation))
        created = [
            answer["content"][0]["created"]
            for answer in operation.answers
            if answer["outcome"] == "done" and operation.step == "create"
        ]
        if sum(created) > 1:
            self._blame("made twice", operation.name, "two answers say: created")

    def _was_disturbed(self, answer):
        return any(
            begin <= answer["time"] and answer["asked"] <= end
            for begin, end in self._disturbed
        )

    def _judge_event(self, event):
        kind, client = event["event"], event["client"]
        if kind == "broken":
            self._blame("a client broke", client, event["traceback"])
        elif kind == "fault":
            self._blame(event["rule"], client, event["text"])
        elif kind == "answer" and event["outcome"] == "lost":
            if not self._was_disturbed(event):
                text = f"{event['status']}: {event['message']}"
                self._blame("lost without a kill", event["operation"], text)

    # How it ended.

    def _get_made(self):
        """Return which transfer was made of each order: ``{order: id}``.

        Of what was imported, the remark says so; of all else, the key.
        """
        by_remark = {
            transfer["remark"]: transfer_id
            for transfer_id, transfer in self._end.transfers.items()
        }
        return {
            **{
                operation.order: by_remark[operation.order]
                for operation in self.operations.values()
                if operation.file and operation.order in by_remark
            },
            **{
                key["key"]: key["transfer"]
                for key in self._end.keys
                if key["method"] == "create_transfers"
            },
        }

    def _judge_transfers(self, made):
        """Compare each order with what is there; return ``{order: Transfer}``."""
        found = {}
        for order, possible in self._possible.items():
            transfer = self._end.transfers.get(made.get(order))
            if order in self._ids and made.get(order) != self._ids[order]:
                self._blame("lost", order, f"made was the id {self._ids[order]}")
            elif matching := self._match(order, transfer, possible):
                found[order] = matching
        left = self._end.transfers.keys() - {
            made[order] for order in made.keys() & (self._possible.keys())
        }
        for transfer_id in sorted(left):
            self._blame(
                "nobody ordered it", transfer_id, self._end.transfers[transfer_id]
            )
        numbers = [transfer["number"] for transfer in self._end.transfers.values()]
        if len(set(numbers)) < len(numbers):
            self._blame("made twice", "numbers", "two transfers have one number")
        return found

    def _match(self, order, shown, possible):
        if shown is None:
            if None not in possible:
                self._blame("lost", order, "it is not there")
            return None
        differences = []
        for transfer in filter(None, possible):
            difference = compare_fully(shown, transfer.describe_fully())
            if not difference:
                return transfer
            differences.append(difference)
        self._blame("stands differently", order, " or ".join(differences) or shown)
        return None

    def _judge_files(self, made):
        """All orders of a file are imported, or none."""
        files = defaultdict(set)
        for operation in self.operations.values():
            if operation.file:
                files[operation.file].add(operation.order)
        for file, orders in files.items():
            if missing := orders - made.keys():
                if len(missing) < len(orders):
                    self._blame("imported by half", file, f"without {missing}")

    def _judge_keys(self):
        """Whatever was done with a key has left it, and nothing else has left one."""
        kept = {(key["user"], key["key"]) for key in self._end.keys}
        if len(kept) < len(self._end.keys):
            self._blame("made twice", "keys", "a key was kept twice")
        for operation in self.operations.values():
            if operation.step in PRESSED:
                continue
            key = "_".join(operation.person), self._get_key(operation)
            if operation.outcome == "done" and key not in kept:
                self._blame("lost", operation.name, "its key is not there")
            if operation.outcome == "refused" and key in kept:
                self._blame("done and refused", operation.name, "its key is there")
            kept.discard(key)
        for user, key in sorted(kept):
            self._blame("nobody ordered it", key, f"a key of {user}")

    def _get_key(self, operation):
        return operation.order if operation.step == "create" else operation.name

    def judge_stock(self, found):
        """Pieces are where the steps have put them, and there are as many as before."""
        stock = {
            (store, goods): quantity
            for store, quantities in self._chain.stock.items()
            for goods, quantity in quantities.items()
        }
        transit, total = Counter(), Counter()
        for (_store, goods), quantity in stock.items():
            total[goods] += quantity
        for transfer in found.values():
            for place, quantity in transfer.get_effects().items():
                stock[place] += quantity
            transit.update(transfer.get_in_transit())
        for name, expected, shown in (
            ("stock", stock, self._end.stock),
            ("in transit", transit, self._end.transit),
            ("everywhere", total, self._end.total),
        ):
            for place in sorted(expected.keys() | shown.keys(), key=str):
                wanted, there = expected.get(place, 0), shown.get(place, 0)
                if wanted != there:
                    self._blame("pieces", f"{name} {place}", f"{wanted} ≠ {there}")

    def judge_cartons(self, found):
        """What was packed is packed, here or on its way, unless somebody opened it."""
        cartons = [
            (carton.place, carton.content, transfer.destination)
            for transfer in found.values()
            for carton in transfer.cartons
        ]
        opened = sum(place is None for place, _content, _store in cartons)
        expected = Counter(
            describe_carton(store if place == "here" else "transit", content)
            for place, content, store in cartons
            if place
        )
        there = Counter(describe_carton(*carton) for carton in self._end.cartons)
        for carton in (expected - there).elements():
            self._blame("cartons", carton, "it is not there")
        others = list((there - expected).elements())
        if len(others) > opened:
            self._blame("cartons", others, f"only {opened} of them can be there")

    # What was read meanwhile.

    def _judge_reads(self, made):
        stages = {
            made[order]: stages
            for order, stages in self.stages.items()
            if order in made
        }
        moments = Moments(stages, self._chain)
        told = {}
        for read in self.reads:
            if sentence := moments.judge(read):
                self._blame("fits no moment", read.report, sentence)
            if read.report == "changes":
                for transfer in read.shown["transfers"]:
                    told[transfer["id"]] = read_shape(transfer)
        for transfer_id, shown in self._end.transfers.items():
            known = told.get(transfer_id)
            if self.reads and (difference := not known or compare(known, shown)):
                self._blame("no change told of it", transfer_id, difference)
