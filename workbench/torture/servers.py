"""The two Odoo servers: started, killed as a whole or a worker of it, started again."""

import os
import signal
import subprocess
import threading
import time
import urllib.request
from pathlib import Path

from .. import odoo_server
from ..cache import LOGS
from ..console import Failure
from .part import Part

PROGRAM = Path(__file__).parent / "program" / "odoo_without_websockets.py"
WORKERS = 2
PATIENCE = 180
# How often the keeper looks, in seconds.
KEEPING = 0.5


class Server:
    """One server with workers, on a port of its own that it keeps."""

    def __init__(self, database, number, has_crons):
        self.database = database
        self.port = odoo_server.free_port()
        self.url = f"http://127.0.0.1:{self.port}"
        self.log = LOGS / f"{database}_server_{number}.log"
        self._gevent_port = odoo_server.free_port()
        self._crons = int(has_crons)
        self._process = None
        # Held by who starts or ends it.
        self.lock = threading.Lock()

    def start(self):
        with open(self.log, "a") as output:
            self._process = subprocess.Popen(
                odoo_server.command(
                    "server",
                    self.database,
                    f"--db-filter=^{self.database}$",
                    f"--http-port={self.port}",
                    f"--gevent-port={self._gevent_port}",
                    f"--workers={WORKERS}",
                    f"--max-cron-threads={self._crons}",
                    # Nobody but the torture ends them, however busy the machine is.
                    "--limit-time-cpu=3600",
                    "--limit-time-real=3600",
                    program=[PROGRAM],
                ),
                env=odoo_server.environment(),
                stdin=subprocess.DEVNULL,
                stdout=output,
                stderr=subprocess.STDOUT,
                # All its processes are killed together, as by systemd.
                start_new_session=True,
            )

    def wait_until_ready(self):
        if not self.wait_until_answering_or_gone():
            raise Failure(f"Odoo did not answer; see its log: {self.log}")

    def wait_until_answering_or_gone(self):
        """Wait for the first answer; return whether one came."""
        deadline = time.monotonic() + PATIENCE
        while time.monotonic() < deadline and not self.is_gone():
            if self.is_answering():
                return True
            time.sleep(0.3)
        return False

    def is_answering(self):
        try:
            urllib.request.urlopen(f"{self.url}/web/login", timeout=60).close()
        except OSError:  # of HTTP errors, too
            return False
        return True

    def is_gone(self):
        return self._process.poll() is not None

    def find_workers(self):
        """Return the process ids of the workers that answer requests or run crons."""
        import psutil

        try:
            return sorted(
                child.pid
                for child in psutil.Process(self._process.pid).children()
                if "gevent" not in child.cmdline()
            )
        except psutil.NoSuchProcess:
            return []

    def kill(self):
        """Kill it with all its processes."""
        _kill_group(self._process.pid, signal.SIGKILL)
        self._process.wait()

    def stop(self):
        if not self._process:
            return
        _kill_group(self._process.pid, signal.SIGTERM)
        try:
            self._process.wait(timeout=30)
        except subprocess.TimeoutExpired:
            pass
        # Also what is left of one that has gone by itself.
        self.kill()


class Keeper(Part):
    """Starts a server again that has gone by itself, as systemd does.

    A server of Odoo ends when it asks for the database while PostgreSQL is down.
    """

    def __init__(self, server, cluster, journal):
        super().__init__("keeper", journal)
        self._server, self._cluster = server, cluster
        # When it was last seen to run.
        self._seen = time.monotonic()

    def go_on(self):
        while not self.is_over.wait(KEEPING):
            with self._server.lock:
                if self._server.is_gone():
                    self._start_again()
                self._seen = time.monotonic()

    def _start_again(self):
        self._server.kill()
        self._cluster.wait_until_ready()
        self._server.start()
        self._server.wait_until_answering_or_gone()
        self.journal.write(
            "killed", kind="gone", begin=self._seen, what=self._server.url
        )


def _kill_group(pid, number):
    try:
        os.killpg(pid, number)
    except ProcessLookupError:
        pass
