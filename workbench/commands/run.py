"""Start Odoo on a demo database, after setting up what is missing.

The demo database is made when there is none, and the addon is updated in it when its
files have changed. The last lines say where to go and with which logins. Stop the
server with Ctrl-C.

With --pos, Point of Sale is installed in the demo database, too, and a till of a shop
is open in it. It stays there until ./dev reset."""

import signal
import subprocess
import time
import urllib.error
import urllib.request
from contextlib import contextmanager

from .. import databases, demo, odoo_server, postgres, printing
from ..cache import LOGS
from ..console import Failure, say

ENVIRONMENT = "odoo"
PASSES_ARGUMENTS_ON = False
DEFAULT_PORT = 8069


def add_arguments(parser):
    parser.add_argument(
        "--port",
        type=int,
        help=f"default: {DEFAULT_PORT}, or a free one if it is taken",
    )
    parser.add_argument(
        "--pos",
        action="store_true",
        help="install Point of Sale in the demo database, and open a till for a shop",
    )
    parser.add_argument(
        "--stop-after-ready",
        action="store_true",
        help="stop the server once it has answered",
    )


def run(arguments):
    printing.ensure_if_possible()
    postgres.start()
    odoo_server.prepare()
    with databases.in_use(demo.name()):
        demo.ensure()
        if arguments.pos:
            demo.ensure_till()
    port = _port(arguments.port)
    # Whoever ends this command ends Odoo with it, by whatever signal.
    signal.signal(signal.SIGTERM, signal.default_int_handler)
    server = start(demo.name(), port, _log())
    try:
        wait_until_ready(server, port, _log())
        _introduce(port)
        if not arguments.stop_after_ready:
            server.wait()
    except KeyboardInterrupt:
        say("\nStopping Odoo")
    finally:
        server.terminate()
        server.wait()
    return 0


def _port(asked):
    port = odoo_server.free_port(asked or DEFAULT_PORT)
    if asked and port != asked:
        raise Failure(f"Port {asked} is taken. Choose another one, or none.")
    return port


def _log():
    return LOGS / "run.log"


def start(database, port, log):
    """Start a server on a database; returns its process."""
    say("Starting Odoo …")
    with open(log, "w") as output:
        return subprocess.Popen(
            odoo_server.command(
                "server",
                database,
                f"--db-filter=^{database}$",
                f"--http-port={port}",
                f"--gevent-port={odoo_server.free_port()}",
            ),
            env=odoo_server.environment(),
            stdin=subprocess.DEVNULL,
            stdout=output,
            stderr=subprocess.STDOUT,
        )


def wait_until_ready(server, port, log):
    for _ in range(600):
        if server.poll() is not None:
            raise Failure(f"Odoo stopped by itself; its log says why: {log}")
        try:
            urllib.request.urlopen(f"http://127.0.0.1:{port}/web/login", timeout=60)
            return
        except urllib.error.HTTPError as error:
            raise Failure(f"Odoo answers with {error}; see its log: {log}") from None
        except OSError:
            time.sleep(0.2)
    raise Failure(f"Odoo did not answer in two minutes; see its log: {log}")


@contextmanager
def served(database, log):
    """Run a server on a database for a while; give its address and its process."""
    port = odoo_server.free_port()
    server = start(database, port, log)
    try:
        wait_until_ready(server, port, log)
        yield f"http://127.0.0.1:{port}", server
    finally:
        server.terminate()
        server.wait()


def _introduce(port):
    lines = [("admin", "Administrator", "everything"), *demo.logins()]
    say(f"\nStore Transfer runs at http://localhost:{port}")
    say("Log in as one of these; the password equals the login:\n")
    for login, name, role in lines:
        say(f"    {login:<24} {name:<28} {role or ''}")
    if till := demo.find_till():
        till_id, shop = till
        say(f"\nThe till of {shop}, for {' and '.join(demo.TILL_USERS)}:")
        say(f"    http://localhost:{port}/pos/ui/{till_id}")
    say(f"\nOdoo's log: {_log()}\nStop it with Ctrl-C.")
