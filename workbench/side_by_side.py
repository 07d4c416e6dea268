"""Several commands at once, each with its output kept together."""

import os
import signal
import subprocess
import time
from dataclasses import dataclass, field
from pathlib import Path

from .console import say

SIGN_OF_LIFE = 60
PATIENCE = 15


@dataclass
class Job:
    """A command that runs beside others; its output goes to a file until it ends."""

    name: str
    command: list
    log: Path
    environment: dict
    process: subprocess.Popen | None = field(default=None, init=False)
    started: float = field(default=0.0, init=False)

    def start(self):
        self.started = time.monotonic()
        self.log.parent.mkdir(parents=True, exist_ok=True)
        with open(self.log, "w") as output:
            self.process = subprocess.Popen(
                [str(part) for part in self.command],
                stdin=subprocess.DEVNULL,
                stdout=output,
                stderr=subprocess.STDOUT,
                env=self.environment,
                # All that it starts, browsers and servers too, ends with it.
                start_new_session=True,
            )

    def is_over(self):
        return self.process.poll() is not None

    def has_failed(self):
        return self.process.returncode != 0

    def describe(self):
        """Say in a line how long it runs, and what it said last."""
        lines = [line for line in self._output().splitlines() if line.strip()]
        last = lines[-1].strip()[-60:] if lines else ""
        return f"    {self.name}, {self._minutes()}: {last}"

    def show(self):
        say(f"\n===== {self.name}: {self._minutes()} =====\n{self._output().rstrip()}")

    def _output(self):
        return self.log.read_text(errors="replace")

    def _minutes(self):
        seconds = int(time.monotonic() - self.started)
        return f"{seconds // 60}:{seconds % 60:02} min"

    def end(self):
        for number in (signal.SIGINT, signal.SIGKILL):
            try:
                os.killpg(self.process.pid, number)
            except ProcessLookupError:
                return
            _wait(self.is_over, PATIENCE)


def run(jobs, at_once):
    """Run jobs, so many at once; yield each when it has ended, after its output.

    Whatever ends this, Ctrl-C too, ends those that are running.
    """
    waiting, running = list(jobs), []
    signal.signal(signal.SIGTERM, signal.default_int_handler)
    last_sign = time.monotonic()
    try:
        while waiting or running:
            while waiting and len(running) < at_once:
                running.append(waiting.pop(0))
                running[-1].start()
                say(f"Started: {running[-1].name}")
            over = [job for job in running if job.is_over()]
            for job in over:
                running.remove(job)
                job.show()
                yield job
            if time.monotonic() - last_sign >= SIGN_OF_LIFE:
                last_sign = time.monotonic()
                say("\n".join(job.describe() for job in running))
            if not over:
                time.sleep(0.2)
    finally:
        for job in running:
            job.end()


def _wait(condition, seconds):
    deadline = time.monotonic() + seconds
    while not condition() and time.monotonic() < deadline:
        time.sleep(0.1)
