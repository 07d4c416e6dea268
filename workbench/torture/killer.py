"""Kills workers, servers and PostgreSQL as planned, and starts again what died."""

import os
import signal
import time

from ..console import Failure
from .part import Part
from .plan import KILLS

# How long all may take to come back, in seconds.
PATIENCE = 300


class Killer(Part):
    """One kill after the other: the next one when all has answered for a while.

    Clients get work done in between, however long it took until all was up again.
    """

    def __init__(self, kills, servers, cluster, journal):
        super().__init__("killer", journal)
        self._kills, self._servers, self._cluster = kills, servers, cluster

    def go_on(self):
        for number, kill in enumerate(self._kills):
            is_over = self.is_over.wait(kill.pause)
            # Each kind once, also on a machine on which all takes long.
            if is_over and number >= len(KILLS):
                return
            begin = time.monotonic()
            what = getattr(self, f"_kill_{kill.kind}")(kill.which)
            self._wait_until_all_answer()
            self.journal.write("killed", kind=kill.kind, begin=begin, what=what)

    def _wait_until_all_answer(self):
        """Wait for PostgreSQL and for both servers, whoever starts them."""
        deadline = time.monotonic() + PATIENCE
        self._cluster.wait_until_ready()
        while not all(server.is_answering() for server in self._servers):
            if time.monotonic() > deadline:
                raise Failure("The servers did not come back.")
            time.sleep(0.5)

    def _kill_worker(self, which):
        """Kill one process of a server, at whatever it is; another one is started."""
        server = self._choose(self._servers, which)
        while not (workers := server.find_workers()):
            # It has just gone by itself, and is started again.
            time.sleep(0.5)
        pid = self._choose(workers, which // 2)
        os.kill(pid, signal.SIGKILL)
        return f"{pid} of {server.url}"

    def _kill_server(self, which):
        server = self._choose(self._servers, which)
        with server.lock:
            server.kill()
            server.start()
        return server.url

    def _kill_backend(self, which):
        """Kill the process of one connection: PostgreSQL ends all of them then."""
        self._cluster.wait_until_ready()
        pids = self._cluster.find_backends(self._servers[0].database)
        os.kill(self._choose(pids, which % 4), signal.SIGKILL)
        return f"1 of {len(pids)} connections"

    def _kill_postgres(self, which):
        is_hard = bool(which % 2)
        self._cluster.kill(is_hard)
        self._cluster.start()
        return "hard" if is_hard else "by its emergency stop"

    def _choose(self, candidates, which):
        return candidates[which % len(candidates)]
