"""Let eight clients work over HTTP while workers, servers and PostgreSQL are killed.

./dev torture                    a short one: a minute, as in ./dev test
./dev torture --minutes 10       so long; setting up and judging take two minutes more
./dev torture --seed 7           other dice; the same seed plans the same again
./dev torture --no-kills         only the work, without any kill

Two servers with two workers each and one database, on a PostgreSQL server of its own
with fsync on. At the end each answer, report and piece of stock is held against a model
in plain Python, and the ledger is checked: docs/torture.md. The command fails when
anything can't be explained; the journals are kept until the next run."""

import json
from pathlib import Path

from .. import odoo_server, postgres
from ..console import say
from ..torture import run as torture

ENVIRONMENT = "odoo"
PASSES_ARGUMENTS_ON = False


def add_arguments(parser):
    parser.add_argument("--minutes", type=float, default=1, help="how long; default: 1")
    parser.add_argument("--seed", type=int, default=1, help="the dice; default: 1")
    parser.add_argument("--no-kills", action="store_true", help="kill nothing")
    parser.add_argument("--json", type=Path, metavar="FILE", help="write the summary")


def run(arguments):
    postgres.start()
    odoo_server.prepare()
    summary = torture.torture(
        arguments.seed, arguments.minutes * 60, has_kills=not arguments.no_kills
    )
    say(summary.describe())
    if arguments.json:
        arguments.json.write_text(json.dumps(summary.figures, indent=2) + "\n")
        say(f"Wrote {arguments.json}")
    return 1 if summary.faults else 0
