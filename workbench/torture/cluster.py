"""A PostgreSQL server of the torture's own: safe as in life, and killed at random.

Nobody else has databases on it. It waits for the disk (``fsync``), as it does anywhere
by default: what it has said is written has to be there after any kill.
"""

import os
import shutil
import signal
import subprocess
import time
from contextlib import contextmanager

from .. import postgres
from ..cache import CHECKOUT
from ..console import Failure, say

# What makes it safe, and has to be so.
SAFE = ("fsync", "synchronous_commit", "full_page_writes")
PATIENCE = 120
VARIABLES = ("PGHOST", "PGHOSTADDR", "PGPORT", "PGSERVICE", "PGUSER", "PGPASSWORD")


class Cluster:
    """Is started from nothing, and gone when it is left."""

    def __init__(self, name):
        self.data = CHECKOUT / f"{name}_postgres"
        self._server = None

    @contextmanager
    def running(self):
        """Run it for a while."""
        self._clear()
        self.data.parent.mkdir(parents=True, exist_ok=True)
        say("Starting a PostgreSQL server of its own …")
        try:
            # It makes the data folder, starts the server, and knows as which user.
            self._server = postgres.package().get_server(self.data, cleanup_mode=None)
            with self.in_use(user="postgres"):
                postgres.query(f"CREATE ROLE {postgres.ROLE} LOGIN CREATEDB")
            self._check_is_safe()
            yield self
        finally:
            self._clear()

    def _clear(self):
        if pid := self._get_pid():
            _send(pid, signal.SIGQUIT)
            self._wait_until_gone()
        shutil.rmtree(self.data, ignore_errors=True)

    @contextmanager
    def in_use(self, user=postgres.ROLE):
        """Let all that reads libpq's variables talk to it."""
        before = {name: os.environ.pop(name, None) for name in VARIABLES}
        os.environ |= {"PGHOST": str(self._get_socket_folder()), "PGUSER": user}
        try:
            yield
        finally:
            for name, value in before.items():
                os.environ.pop(name, None)
                if value is not None:
                    os.environ[name] = value

    def _get_socket_folder(self):
        return self._server.get_postmaster_info().socket_dir

    def _check_is_safe(self):
        with self.in_use():
            for name in SAFE:
                [[value]] = postgres.query(f"SHOW {name}")
                if value != "on":
                    raise Failure(f"{name} of the PostgreSQL to be killed is {value}.")

    def take_over(self, database):
        """Copy a database from the PostgreSQL server that is in use now."""
        say("Copying the database to it …")
        archive = self.data.with_suffix(".dump")
        try:
            _run("pg_dump", "--format=custom", f"--file={archive}", database)
            with self.in_use():
                _run("createdb", database)
                _run("pg_restore", "--no-owner", f"--dbname={database}", archive)
        finally:
            archive.unlink(missing_ok=True)

    def kill(self, is_hard):
        """End it at once: without its own doing, or by its emergency stop.

        :return: once it is gone
        """
        _send(self._get_pid(), signal.SIGKILL if is_hard else signal.SIGQUIT)
        self._wait_until_gone()

    def start(self):
        """Start it again: it repairs itself from its log."""
        options = f'-h "" -k {self._get_socket_folder()}'
        deadline = time.monotonic() + PATIENCE
        while True:
            try:
                self._control("-o", options, "-l", self.data / "log", "start")
                return
            except subprocess.CalledProcessError:
                # Processes of the killed one may still be there.
                if time.monotonic() > deadline:
                    raise Failure(f"PostgreSQL can't start: {self.data}/log") from None
                time.sleep(0.5)

    def _control(self, *arguments):
        subprocess.run(
            [
                postgres.programs() / "pg_ctl",
                "-D",
                self.data,
                "-w",
                "-t",
                str(PATIENCE),
                *arguments,
            ],
            check=True,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
            user=self._server.system_user,
            cwd="/",
        )

    def find_backends(self, database):
        """Return the process ids of who works in a database at this moment."""
        with self.in_use():
            rows = postgres.query(
                "SELECT pid FROM pg_stat_activity WHERE datname = %s"
                " AND backend_type = 'client backend'"
                " ORDER BY state = 'active' DESC, pid",
                [database],
            )
        return [pid for (pid,) in rows]

    def wait_until_ready(self):
        deadline = time.monotonic() + PATIENCE
        while time.monotonic() < deadline:
            try:
                with self.in_use():
                    postgres.query("SELECT 1")
                return
            except Exception:  # noqa: BLE001  (whatever it says while it starts)
                time.sleep(0.2)
        raise Failure("PostgreSQL did not come back.")

    def _get_pid(self):
        try:
            return int((self.data / "postmaster.pid").read_text().split()[0])
        except (OSError, ValueError, IndexError):
            return None

    def _wait_until_gone(self):
        import psutil

        deadline = time.monotonic() + PATIENCE
        while time.monotonic() < deadline:
            ours = [
                process
                for process in psutil.process_iter(["name", "cwd"])
                if process.info["name"] == "postgres"
                and process.info["cwd"] == str(self.data)
            ]
            if not ours:
                return
            time.sleep(0.1)
        raise Failure("PostgreSQL does not end.")


def _send(pid, number):
    try:
        os.kill(pid, number)
    except ProcessLookupError:
        pass


def _run(program, *arguments):
    """Run a program of PostgreSQL, as libpq's variables say."""
    ended = subprocess.run(
        [postgres.programs() / program, *map(str, arguments)],
        capture_output=True,
        text=True,
    )
    if ended.returncode:
        raise Failure(f"{program} failed: {ended.stderr.strip()[-500:]}")
