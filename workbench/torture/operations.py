"""What clients wanted, and what they were answered, read from their journals."""

from dataclasses import dataclass, field

# Steps that have no key.
PRESSED = (
    "imported",
    *("shipment_undone", "count_undone", "closed", "settled"),
    *("pick_written", "pick_submitted", "count_written", "count_submitted"),
    *("answered", "disputed", "upheld", "overruled"),
    *("surplus_accepted", "surplus_refused", "proposed"),
    *("proposal_accepted", "proposal_refused", "proposal_withdrawn"),
)


@dataclass
class Operation:
    """Something that was wanted: how often it was asked for, and what came of it."""

    name: str
    order: str
    step: str
    arguments: dict
    person: tuple
    is_rival: bool
    # The file that the order came in, if any.
    file: str | None = None
    outcome: str = "lost"
    begin: float = 0.0
    end: float = float("inf")
    answers: list = field(default_factory=list)


def read_operations(events):
    """Return ``{name: Operation}`` from journals."""
    operations = {}
    for event in events:
        kind, name = event["event"], event.get("operation")
        if kind == "begin":
            operations[name] = Operation(
                name,
                event["order"],
                event["step"],
                event["arguments"],
                tuple(event["person"]),
                event.get("is_rival", False),
                event.get("file"),
                begin=event["time"],
            )
        elif kind == "answer" and name in operations:
            operations[name].answers.append(event)
        elif kind == "end":
            operations[name].outcome = event["outcome"]
            if event["outcome"] in ("done", "refused"):
                operations[name].end = event["time"]
    for operation in operations.values():
        # A request that is busy to the end was not done, but nobody knows for sure.
        if operation.outcome == "busy":
            operation.outcome = "lost"
    return operations


def describe_refusal(operation):
    for answer in operation.answers:
        if answer["outcome"] == "refused":
            return answer["message"]
    return "it stood differently than before and after it"
