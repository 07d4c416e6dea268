"""Say how large files, classes and methods are, and how far a step goes through them.

./dev house                  lines by file and folder, methods by class, their length
./dev house --compare REF    the same beside another commit, branch or tag
./dev house --steps          also what some steps call, in a fresh database

Tests are left out but for their lines. A step is told by how many methods and files of
ours it went through, and how often it came back to a file: see benchmarks/_steps.py."""

import json
from dataclasses import asdict
from pathlib import Path

from .. import house
from ..console import say
from .bench import FOLDER, measure, prepare

ENVIRONMENT = "odoo"
PASSES_ARGUMENTS_ON = False
LARGEST = 10
STEPS = FOLDER / "_steps.py"


def add_arguments(parser):
    parser.add_argument("--compare", metavar="REF", help="also what it was there")
    parser.add_argument("--steps", action="store_true", help="also trace some steps")
    parser.add_argument("--json", type=Path, metavar="FILE", help="write the figures")


def run(arguments):
    states = {}
    if arguments.compare:
        before = house.read_reference(arguments.compare)
        states[arguments.compare] = house.House(before)
    states["now"] = house.House(house.read_checkout())
    _show_table("", {name: state.get_summary() for name, state in states.items()})
    for name, state in states.items():
        _show_folders(name, state.get_folders())
        for what, largest in state.get_largest(LARGEST).items():
            _show_largest(f"{what}, {name}", largest)
    figures = {name: _prepare_figures(state) for name, state in states.items()}
    if arguments.steps:
        prepare()
        figures["now"]["steps"] = measure("steps", STEPS, [])
    if arguments.json:
        arguments.json.write_text(json.dumps(figures, indent=2) + "\n")
        say(f"Wrote {arguments.json}")
    return 0


def _prepare_figures(state):
    return {
        "summary": state.get_summary(),
        "folders": state.get_folders(),
        "largest": {
            what: [asdict(part) for part in largest]
            for what, largest in state.get_largest(LARGEST).items()
        },
    }


def _show_table(title, columns):
    """Show ``{name of a column: {name of a row: number}}``."""
    say(f"{title:40}" + "".join(f"{name:>12}" for name in columns))
    for row in next(iter(columns.values())):
        numbers = "".join(f"{column[row]:12,}" for column in columns.values())
        say(f"{row:40}{numbers}")


def _show_folders(name, folders):
    titles = ("files", "lines", "longest")
    columns = {
        title: {folder: figures[title] for folder, figures in folders.items()}
        for title in titles
    }
    say("")
    _show_table(f"By folder, {name}", columns)


def _show_largest(title, largest):
    say(f"\n{title}")
    for part in largest:
        say(f"{part.size:6,}  {part.path}  {part.name}".rstrip())
