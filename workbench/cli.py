"""The command line: what is asked for, and in which Python environment it runs."""

import argparse
import subprocess
import sys
from importlib import import_module

from . import python_env
from .console import Failure, say

# Each command is a module of its own in workbench/commands with `run(arguments)`,
# `add_arguments(parser)`, and the environment that it needs.
COMMANDS = {
    "run": "set up what is missing, start Odoo with demo data, print the logins",
    "test": "run the tests; with pytest arguments only those, quickly",
    "update": "update a database of an earlier version, and see that nothing was lost",
    "bench": "measure: run benchmarks/NAME.py in a fresh database, or all of them",
    "torture": "let clients work while workers, servers and PostgreSQL are killed",
    "presses": "say how many presses each job costs, as its tour counts them",
    "house": "say how large files, classes and methods are",
    "lint": "check style, translations and licences",
    "i18n": "write i18n/*.pot anew and merge it into the translations",
    "screenshots": "take the pictures of README.md anew",
    "shell": "open a Python shell on the demo database",
    "reset": "drop the databases of this checkout",
    "stop": "stop the PostgreSQL server that the workbench started",
}

EPILOG = """\
Everything that is downloaded or built is kept in ~/.cache/store_transfer (or
$XDG_CACHE_HOME), never in the repository. Variables that are heeded:
  ODOO_HOME                  an Odoo 19 source tree to use
  PGHOST, PGPORT, PGUSER, …  a PostgreSQL server to use
  STORE_TRANSFER_DB_SUFFIX   other databases, to run several tests at once

./dev COMMAND --help says more about a command."""


def main():
    try:
        return _run(sys.argv[1:])
    except Failure as failure:
        say(f"\n./dev: {failure}")
    except subprocess.CalledProcessError as error:
        say(f"\n./dev: this command failed: {' '.join(map(str, error.cmd))}")
    except KeyboardInterrupt:
        say("\n./dev: stopped")
    return 1


def _run(arguments):
    parser = argparse.ArgumentParser(
        prog="./dev",
        description="Run, test and measure Store Transfer.",
        epilog=EPILOG,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    commands = parser.add_subparsers(
        title="commands", dest="command", metavar="COMMAND", required=True
    )
    modules = {}
    for name, about in COMMANDS.items():
        modules[name] = import_module(f".commands.{name}", __package__)
        command = commands.add_parser(
            name,
            help=about,
            description=modules[name].__doc__,
            formatter_class=argparse.RawDescriptionHelpFormatter,
        )
        modules[name].add_arguments(command)
    known, others = parser.parse_known_args(arguments)
    module = modules[known.command]
    if others and not module.PASSES_ARGUMENTS_ON:
        parser.error(f"unknown: {' '.join(others)}")
    known.others = others
    python_env.enter(module.ENVIRONMENT)
    return module.run(known)
