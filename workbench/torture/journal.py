"""What every client writes down, before it asks and after it was answered.

A line of JSON for each event, in one file for each client. All of them have the same
clock, which never goes back.
"""

import json
import threading
import time


class Journal:
    """The file of one client."""

    def __init__(self, path, writer):
        self._writer = writer
        self._lock = threading.Lock()
        path.parent.mkdir(parents=True, exist_ok=True)
        self._file = open(path, "w", buffering=1)  # noqa: SIM115  (closed by close)

    def write(self, event, **values):
        """Write an event down; return when it was."""
        moment = time.monotonic()
        row = {"time": moment, "client": self._writer, "event": event, **values}
        with self._lock:
            self._file.write(f"{json.dumps(row)}\n")
        return moment

    def write_answer(self, operation, method, asked, answer, **more):
        """Write down what was answered, and when it had been asked."""
        self.write(
            "answer",
            operation=operation,
            method=method,
            asked=asked,
            outcome=answer.outcome,
            status=answer.status,
            message=answer.message,
            **more,
        )

    def close(self):
        self._file.close()


def read(folder):
    """Return the events of all journals in a folder, in the order of their moments."""
    events = [
        json.loads(line)
        for path in sorted(folder.glob("*.jsonl"))
        for line in path.read_text().splitlines()
    ]
    return sorted(events, key=lambda event: event["time"])
