"""Whether what a report has shown can have been so at some moment.

A report is read while others work, so nobody knows at which moment exactly. But there
has to be one, between the question and the answer, at which every transfer can have
stood as it was shown: some before a step that was on its way then, some after it.
"""

from dataclasses import dataclass
from typing import NamedTuple

from .model import read_shape
from .readers import ANALYSED, FIGURES, LISTED


class Span(NamedTuple):
    """From when to when something can have been so."""

    begin: float
    end: float


@dataclass(frozen=True)
class Read:
    """What was shown, and when it was asked for and answered."""

    report: str
    shown: object
    asked: float
    answered: float


def read_reads(events):
    return [
        Read(event["report"], event["shown"], event["asked"], event["time"])
        for event in events
        if event["event"] == "read"
    ]


class Moments:
    """Knows how each transfer stood when, and judges what was shown of it."""

    def __init__(self, stages, chain):
        """Begin.

        :param stages: ``{id: list of Stage}``, see the oracle
        """
        self._stages, self._chain = stages, chain
        self._cursor = 0

    def judge(self, read):
        """Return why it can't have been so at any moment; nothing where it can."""
        return getattr(self, f"_judge_{read.report}")(read)

    def _judge_analysis(self, read):
        return self._judge_rows(
            read,
            ANALYSED,
            describe_analysed,
            is_absent=lambda transfer: transfer.state == "draft",
        )

    def _judge_list(self, read):
        # Head office sees each from its creation on.
        return self._judge_rows(
            read, ("state", *LISTED), describe_sums, is_absent=lambda _transfer: False
        )

    def _judge_in_transit(self, read):
        shown = {key: {"in_transit": value} for key, value in read.shown.items()}
        read = Read(read.report, shown, read.asked, read.answered)
        # It has no row for what has no goods on their way.
        return self._judge_rows(
            read,
            ("in_transit",),
            describe_sums,
            is_absent=lambda transfer: not describe_sums(transfer)["in_transit"],
        )

    def _judge_changes(self, read):
        cursor = int(read.shown["cursor"].partition("-")[2])
        if cursor < self._cursor:
            return f"the cursor went back from {self._cursor} to {cursor}"
        self._cursor = cursor
        shown = {
            transfer["id"]: read_shape(transfer) for transfer in read.shown["transfers"]
        }
        return self._judge_rows(
            Read(read.report, shown, read.asked, read.answered),
            ("state", "lines"),
            lambda transfer: transfer.describe(),
        )

    def _judge_rows(self, read, names, describe, is_absent=None):
        """Look for a moment at which all rows can have been so.

        :param names: what is shown of each
        :param describe: returns what is to be shown of a transfer, by these names
        :param is_absent: tells of a transfer that is there, whether it has no row; none
            where only some of them are shown
        """
        window = Span(read.asked, read.answered)
        spans = {}
        for key, row in read.shown.items():
            transfer_id = int(key)
            if transfer_id not in self._stages:
                return f"nobody has ordered {transfer_id}"
            spans[transfer_id] = self._find_spans(transfer_id, row, names, describe)
        if is_absent:
            for transfer_id in self._stages.keys() - spans.keys():
                spans[transfer_id] = self._find_absence(transfer_id, is_absent)
        return self._find_no_moment(window, spans, read.shown)

    def _find_spans(self, transfer_id, row, names, describe):
        return [
            Span(stage.begin, stage.end)
            for stage in self._stages[transfer_id]
            if all(describe(stage.transfer)[name] == row[name] for name in names)
        ]

    def _find_absence(self, transfer_id, is_absent):
        """Return when a transfer can have had no row: also before it was there."""
        stages = self._stages[transfer_id]
        return [Span(float("-inf"), stages[0].certain)] + [
            Span(stage.begin, stage.end)
            for stage in stages
            if is_absent(stage.transfer)
        ]

    def _find_no_moment(self, window, spans, shown):
        """Return what fits no moment together with the rest."""
        for transfer_id, own in spans.items():
            if not any(
                span.begin <= window.end and span.end >= window.begin for span in own
            ):
                row = shown.get(str(transfer_id), shown.get(transfer_id))
                return f"transfer {transfer_id} never stood like this then: {row}"
        moments = [window.begin] + [
            span.begin
            for own in spans.values()
            for span in own
            if window.begin < span.begin <= window.end
        ]
        unsteady = [
            own
            for own in spans.values()
            if not any(
                span.begin <= window.begin and span.end >= window.end for span in own
            )
        ]
        for moment in moments:
            if all(
                any(span.begin <= moment <= span.end for span in own)
                for own in unsteady
            ):
                return None
        return (
            f"each of {len(unsteady)} transfers can have stood so, but not all at once"
        )

    def _judge_overview(self, read):
        [total] = [card for card in read.shown if card["is_total"]]
        stores = [card for card in read.shown if not card["is_total"]]
        for figure in FIGURES:
            name = f"{figure}_count"
            of_stores = sum(card[name] for card in stores)
            if total[name] != of_stores:
                return f"{figure}: {total[name]} in all, {of_stores} at the stores"
        return None

    def _judge_stock(self, read):
        expected = sum(sum(skus.values()) for skus in self._chain.stock.values())
        if len(read.shown) != len(self._chain.skus) or sum(read.shown) != expected:
            return f"{read.shown} pieces, {expected} in all at the start"
        return None

    def _judge_ledger(self, read):
        if read.shown["state"] == "done" and not read.shown["finding_count"]:
            return None
        return f"the ledger has findings: {read.shown}"


def describe_sums(transfer):
    """Return the state, and each quantity as the sum of all lines."""
    described = transfer.describe()
    lines = described["lines"].values()
    sums = {name: sum(line[name] for line in lines) for name in ANALYSED}
    return {"state": described["state"], **sums}


def describe_analysed(transfer):
    """Return the same as the analysis says it: to ship is what was approved.

    What nobody had asked for, and came, is not asked.
    """
    described = describe_sums(transfer)
    described["asked"] -= sum(line.surplus for line in transfer.lines.values())
    if transfer.approval == "waiting":
        described["to_ship"] = 0
    return described
