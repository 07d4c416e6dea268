"""A whole torture: made ready, done, and judged."""

import shutil
import time
from contextlib import contextmanager
from functools import partial
from pathlib import Path

from .. import databases, odoo_server, postgres
from ..cache import LOGS
from ..console import Failure, say
from ..test_database import install
from . import chain as chains
from . import end as ends
from . import journal as journals
from .asking import PATIENCE
from .client import Client
from .cluster import Cluster
from .intruders import Intruder
from .killer import Killer
from .oracle import Oracle
from .plan import CLIENTS, plan_kills
from .readers import Reader
from .servers import Keeper, Server
from .summary import Summary

WORLD = Path(__file__).parent / "make_world.py"


def torture(seed, seconds, has_kills=True):
    """Return the summary of a run."""
    database = databases.name("torture")
    cluster = Cluster(database)
    with databases.in_use(database), cluster.running(), _dropped_afterwards(database):
        chain = _prepare(database, cluster)
        with cluster.in_use():
            servers = [Server(database, number, number == 0) for number in range(2)]
            kills = plan_kills(seed) if has_kills else []
            folder = LOGS / f"{database}_journals"
            shutil.rmtree(folder, ignore_errors=True)
            with _serving(servers):
                say(f"{CLIENTS} clients, seed {seed}, {seconds:.0f} seconds …")
                _work(folder, seed, seconds, chain, servers, cluster, kills)
            say("Judging …")
            events = journals.read(folder)
            end = ends.read(partial(postgres.query, database=database))
            oracle = Oracle(events, chain, end)
            oracle.judge()
            return Summary(seed, seconds, events, oracle)


@contextmanager
def _dropped_afterwards(database):
    try:
        yield
    finally:
        databases.drop(database)


def _prepare(database, cluster):
    """Make the chain where that is fast, and bring it where it is safe."""
    install("plain", database)
    odoo_server.run_script("Making a chain of stores", database, WORLD)
    cluster.take_over(database)
    # Its files stay until all is over: they are of the copy now.
    postgres.drop(database)
    return chains.read(database)


@contextmanager
def _serving(servers):
    try:
        for server in servers:
            server.log.unlink(missing_ok=True)
            server.start()
        for server in servers:
            server.wait_until_ready()
        yield
    finally:
        for server in servers:
            server.stop()


def _work(folder, seed, seconds, chain, servers, cluster, kills):
    """Let all work until the time is over, and nothing is open any more."""
    urls = [server.url for server in servers]
    opened = []

    def open_journal(name):
        opened.append(journals.Journal(folder / f"{name}.jsonl", name))
        return opened[-1]

    known = {}
    clients = [
        Client(number, seed, chain, urls, open_journal(f"client_{number}"), known)
        for number in range(CLIENTS)
    ]
    killer = Killer(kills, servers, cluster, open_journal("killer"))
    intruder = Intruder(seed, chain, urls, open_journal("intruder"), known)
    reader = Reader(chain, urls, open_journal("reader"))
    keepers = [
        Keeper(server, cluster, open_journal(f"keeper_{number}"))
        for number, server in enumerate(servers)
    ]
    for thread in (*keepers, *clients, killer, intruder, reader):
        thread.start()
    _wait(seconds, known)
    # The reader last: at its end it reads what all others have done.
    for threads in ([killer], [*clients, intruder], [reader], keepers):
        _end(threads)
    for journal in opened:
        journal.close()


def _end(threads):
    for thread in threads:
        thread.is_over.set()
    for thread in threads:
        thread.join(PATIENCE + 60)
        if thread.is_alive():
            raise Failure(f"{thread.name} does not come to an end.")


def _wait(seconds, known):
    deadline = time.monotonic() + seconds
    last_sign = time.monotonic()
    while time.monotonic() < deadline:
        time.sleep(0.5)
        if time.monotonic() - last_sign > 30:
            last_sign = time.monotonic()
            say(f"    {len(known)} transfers")
