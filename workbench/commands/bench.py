"""Run benchmarks/NAME.py in a fresh database, or all of them without a name.

A benchmark is a module with a docstring and `main(env, arguments)`: `env` is an Odoo
environment of the administrator in a fresh database with the addon and no demo data
(that of `till` has Point of Sale, too), `arguments` the further options as they were
given (for argparse). What it prints is shown; what it returns, a dictionary, is written
by --json: that of the one benchmark that was named, or all of them by their names.

With --keep the database stays, and is measured again the next time, by today's code;
that is for `reports`, which takes long to write what it measures."""

import json
import subprocess
from pathlib import Path

from .. import databases, odoo_server, postgres
from ..cache import ADDON, LOGS, ROOT
from ..console import Failure, say
from ..test_database import install

ENVIRONMENT = "odoo"
PASSES_ARGUMENTS_ON = True
FOLDER = ROOT / "benchmarks"
# Beside what the addon is installed, where Inventory alone is not enough.
TEMPLATES = {"till": "plain_pos"}
RUNNER = Path(__file__).parent.parent / "run_benchmark.py"


def add_arguments(parser):
    parser.add_argument("--list", action="store_true", help="only list the benchmarks")
    parser.add_argument("--json", type=Path, metavar="FILE", help="write the results")
    parser.add_argument(
        "--keep", action="store_true", help="keep the database, and use it again"
    )


def run(arguments):
    names = {path.stem: path for path in sorted(FOLDER.glob("[!_]*.py"))}
    options = arguments.others
    wanted = None
    if options and not options[0].startswith("-"):
        wanted, *options = options
        if wanted not in names:
            raise Failure(f"There is no benchmark {wanted}, only: {', '.join(names)}")
        names = {wanted: names[wanted]}
    if arguments.list:
        say("\n".join(names))
        return 0
    prepare()
    results = {
        name: measure(name, path, options, arguments.keep)
        for name, path in names.items()
    }
    if arguments.json:
        written = results[wanted] if wanted else results
        arguments.json.write_text(json.dumps(written, indent=2) + "\n")
        say(f"Wrote {arguments.json}")
    return 0


def prepare():
    """Have what a measurement needs."""
    postgres.start()
    odoo_server.prepare()


def measure(name, path, options, keep):
    """Run a benchmark's file in a fresh database, or a kept one; return its result."""
    database = databases.name(f"kept_{name}" if keep else "bench")
    result = LOGS / f"bench_{name}.json"
    result.unlink(missing_ok=True)
    with databases.in_use(database):
        if keep and databases.exists(database):
            odoo_server.change_modules("Updating", database, f"--update={ADDON}")
        else:
            install(TEMPLATES.get(name, "plain"), database)
        say(f"\n{name}")
        status = subprocess.call(
            odoo_server.python(
                RUNNER, odoo_server.config(database), database, path, result, *options
            ),
            env=odoo_server.environment(),
        )
        if not keep:
            databases.drop(database)
    if status:
        raise Failure(f"The benchmark {name} failed.")
    return json.loads(result.read_text())
