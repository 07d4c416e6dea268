"""What a torture has found, in numbers and in words."""

from collections import Counter

# So many faults of each rule are shown.
MOST_SHOWN = 10


class Summary:
    """The figures of one run, and what could not be explained."""

    def __init__(self, seed, seconds, events, oracle):
        self.faults = oracle.faults
        self._oracle = oracle
        answers = [event for event in events if event["event"] == "answer"]
        self.figures = {
            "seed": seed,
            "seconds": seconds,
            "kills": self._count(events, "killed", "kind"),
            "requests": len(answers),
            "answers": dict(Counter(answer["outcome"] for answer in answers)),
            "steps": self._count_steps(),
            "unexplained": len(self.faults),
            "faults": [fault._asdict() for fault in self.faults],
        }

    def _count(self, events, kind, name):
        return dict(Counter(e[name] for e in events if e["event"] == kind))

    def _count_steps(self):
        """Return ``{step: {outcome: number}}``."""
        steps = {}
        for operation in self._oracle.operations.values():
            steps.setdefault(operation.step, Counter())[operation.outcome] += 1
        return {step: dict(counted) for step, counted in steps.items()}

    def describe(self):
        lines = [
            f"{name}: {value}"
            for name, value in self.figures.items()
            if name not in ("faults", "steps")
        ]
        lines += [f"    {step}: {n}" for step, n in self.figures["steps"].items()]
        shown = Counter()
        for fault in self.faults:
            shown[fault.rule] += 1
            if shown[fault.rule] <= MOST_SHOWN:
                lines.append(f"{fault.rule}: {fault.what}: {fault.text[-600:]}")
        return "\n".join(lines)
