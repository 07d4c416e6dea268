"""Running Odoo, with this checkout as its addon."""

import os
import socket
import subprocess
import sys

from . import odoo_source
from .cache import ADDON, CACHE, CHECKOUT, LOGS, ROOT
from .console import Failure, last_lines, run_step

ADDONS = CHECKOUT / "addons"
LINK = ADDONS / ADDON
SCREENSHOTS = CHECKOUT / "screenshots"
DATA = CACHE / "data"

# Of what is wrong with a log, the first lines say most.
MOST_LINES = 60


def prepare():
    """Have the folders of this checkout."""
    link_checkout()
    LOGS.mkdir(exist_ok=True)


def config(database):
    """Write Odoo's configuration for a database; return the path of the file."""
    folders = ",".join(map(str, [*odoo_source.addons_folders(), ADDONS]))
    text = (
        "[options]\n"
        f"addons_path = {folders}\n"
        f"data_dir = {data_folder(database)}\n"
        f"screenshots = {SCREENSHOTS}\n"
        "http_interface = 127.0.0.1\n"
        "list_db = False\n"
    )
    path = CHECKOUT / f"{database}.conf"
    if not path.exists() or path.read_text() != text:
        path.write_text(text)
    return path


def data_folder(database):
    """Where Odoo keeps the files and sessions of a database.

    Each has a folder of its own, so that none of several runs at once removes what
    another needs. Older ones have their files together.
    """
    return DATA if (DATA / "filestore" / database).is_dir() else DATA / database


def filestore(database):
    return data_folder(database) / "filestore" / database


def link_checkout():
    """Give the checkout the addon's name, whatever its folder is called."""
    ADDONS.mkdir(parents=True, exist_ok=True)
    if not LINK.is_symlink() or LINK.resolve() != ROOT:
        LINK.unlink(missing_ok=True)
        LINK.symlink_to(ROOT)


def command(name, database, *arguments, program=("-m", "odoo")):
    """The command line of an Odoo command, such as "server" or "i18n export"."""
    options = (f"--config={config(database)}", f"--database={database}")
    return python(*program, *name.split(), *options, *arguments)


def python(*arguments):
    return [sys.executable, *map(str, arguments)]


def environment(*folders):
    """The environment for a process that imports Odoo, and what is in more folders."""
    return {
        **os.environ,
        "PYTHONPATH": os.pathsep.join([str(odoo_source.source()), *map(str, folders)]),
    }


def run_checked(doing, database, name, *arguments):
    """Run an Odoo command on a database, and demand that it ends without a warning."""
    log = LOGS / f"{database}.log"
    run_step(
        doing,
        command(name, database, *arguments),
        env=environment(),
        cwd=CHECKOUT,
        log=log,
        explain=lambda log: _warnings(log) or last_lines(log),
    )
    check_log(log)


def run_script(doing, database, script):
    """Run a file in Odoo's shell; it may import the workbench."""
    with open(script) as code:
        run_step(
            doing,
            command("shell", database, "--no-http"),
            env=environment(ROOT),
            cwd=CHECKOUT,
            log=LOGS / f"{database}_{script.stem}.log",
            stdin=code,
        )


def change_modules(doing, database, *arguments):
    """Install or update modules in a database."""
    options = ("--no-http", "--stop-after-init")
    run_checked(doing, database, "server", *options, *arguments)


def check_log(log):
    """A warning in Odoo's log is a failure, but for what checklog-odoo.cfg lists."""
    found = _warnings(log)
    if found:
        raise Failure(f"Odoo's log is not clean:\n{found}\nAll of it: {log}")


def _warnings(log):
    checked = subprocess.run(
        ["checklog-odoo", "--no-echo", f"--config={ROOT / 'checklog-odoo.cfg'}", log],
        capture_output=True,
        text=True,
    )
    if not checked.returncode:
        return ""
    lines = (checked.stdout + checked.stderr).strip().splitlines()
    more = [f"… and {len(lines) - MOST_LINES} more lines"]
    return "\n".join(lines[:MOST_LINES] + (more if len(lines) > MOST_LINES else []))


def free_port(preferred=None):
    for port in (preferred, 0):
        with socket.socket() as probe:
            probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            try:
                probe.bind(("127.0.0.1", port or 0))
            except OSError:
                continue
            return probe.getsockname()[1]
    raise Failure("No free port was found.")
