"""Update a database of an earlier version, and see that nothing was lost.

./dev update --from REF     the version of a commit, a tag or a branch

The code of REF makes a database with demo data, and does with goods all that people do
(workbench/earlier_life.py). Then today's code updates it. Every row of the addon's
tables has to stay, with the same values in every column but those that a migration
writes anew, and the log has to be clean."""

import io
import subprocess
from collections import Counter
from zipfile import ZipFile

from .. import databases, odoo_server, odoo_source, postgres
from ..cache import ADDON, CHECKOUT, LOGS, ROOT
from ..console import Failure, run_step, say

LIFE = ROOT / "workbench" / "earlier_life.py"
TEMPLATE = "demo"
# Rows of the user's, not of a wizard that is open.
KEPT = ("store_transfer", "_line", "_count", "_count_line", "_discrepancy", "_import")
# Of 19.0.1.2.0: what was closed was split from what was not approved, and what is
# still short from all that had not come. Of 19.0.1.11.0: a surplus that was accepted
# later came with the count that found it.
WRITTEN_ANEW = {
    "store_transfer": {
        "closed_quantity",
        "last_count_date",
        "last_ship_date",
        "not_approved_quantity",
    },
    "store_transfer_line": {
        "closed_quantity",
        "last_count_date",
        "not_approved_quantity",
        "short_quantity",
    },
}
# They say when a row was written, not what it says.
STAMPS = {"write_date", "write_uid"}

ENVIRONMENT = "odoo"
PASSES_ARGUMENTS_ON = False


def add_arguments(parser):
    parser.add_argument(
        "--from", dest="earlier", metavar="REF", required=True, help="where to start"
    )
    parser.add_argument(
        "--keep", action="store_true", help="keep the database, and say its name"
    )


def run(arguments):
    postgres.start()
    odoo_server.prepare()
    database = databases.name("update")
    with databases.in_use(database):
        _make(database, _export(arguments.earlier))
        before = _read_rows(database)
        odoo_server.change_modules("Updating it", database, f"--update={ADDON}")
        _compare(before, _read_rows(database))
        if arguments.keep:
            say(f"The database is {database}.")
        else:
            databases.drop(database)
    return 0


def _export(earlier):
    """Return a folder of addons with the code of a commit."""
    folder = CHECKOUT / "earlier" / earlier.replace("/", "_")
    archive = subprocess.run(
        ["git", "archive", "--format=zip", f"--prefix={ADDON}/", earlier],
        cwd=ROOT,
        capture_output=True,
        check=True,
    )
    with ZipFile(io.BytesIO(archive.stdout)) as files:
        files.extractall(folder)
    return folder


def _make(database, addons):
    """Make a database by the earlier code, and let people work in it."""
    path = ",".join(map(str, [*odoo_source.addons_folders(), addons]))
    earlier = f"--addons-path={path}"
    databases.copy_template(TEMPLATE, database)
    odoo_server.change_modules(
        "Installing the earlier version with its demo data",
        database,
        f"--init={ADDON}",
        "--with-demo",
        earlier,
    )
    with open(LIFE) as script:
        run_step(
            "Working in it",
            odoo_server.command("shell", database, "--no-http", earlier),
            env=odoo_server.environment(),
            cwd=CHECKOUT,
            log=LOGS / f"{database}_life.log",
            stdin=script,
        )


def _read_rows(database):
    """Return ``{table: {id: {column: value}}}``."""
    rows = {}
    for name in KEPT:
        table = name if name == ADDON else f"{ADDON}{name}"
        found = postgres.query(
            f"SELECT id, to_jsonb(row) FROM {table} row",  # noqa: S608  (of our tables)
            database=database,
        )
        rows[table] = dict(found)
    return rows


def _compare(before, after):
    """Say what each table had, and demand that it has the same now."""
    faults = []
    for table, rows in before.items():
        say(f"{table}: {len(rows)} rows before, {len(after[table])} after")
        gone = rows.keys() - after[table].keys()
        if gone:
            faults.append(f"{table}: {len(gone)} rows are gone")
        changes = Counter(
            column
            for row_id in rows.keys() - gone
            for column in _find_changes(rows[row_id], after[table][row_id])
        )
        for column, number in changes.items():
            if column not in WRITTEN_ANEW.get(table, ()):
                faults.append(f"{table}.{column} has changed in {number} rows")
    if faults:
        raise Failure("The update has changed:\n    " + "\n    ".join(faults))


def _find_changes(old, new):
    """Return the columns that say something else; an empty number is a zero."""
    return [
        column
        for column in old.keys() & new.keys() - STAMPS
        if (old[column] or 0) != (new[column] or 0)
    ]
