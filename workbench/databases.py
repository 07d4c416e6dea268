"""The databases: templates with Odoo's own modules, and copies of them.

A template takes a minute to make, a copy a second. What a database was made from is
kept as its comment, so that a change is noticed.
"""

import hashlib
import os
import re
import shutil
from contextlib import contextmanager
from dataclasses import dataclass

from . import odoo_server, odoo_source, postgres
from .cache import ADDON, CHECKOUT_KEY, ROOT, digest, lock
from .postgres import query

PREFIX = ADDON
# With it, a command has databases of its own.
SUFFIX = "STORE_TRANSFER_DB_SUFFIX"


@dataclass(frozen=True)
class Template:
    module: str
    options: tuple = ()
    base: str = ""
    about: str = ""


# What companies that run Odoo often have besides: costing, expiry dates, buying,
# selling, kits, batches and waves, the till and its cashiers.
APPS = (
    "stock_account,product_expiry,purchase_stock,sale_stock,mrp,stock_picking_batch,"
    "point_of_sale,pos_hr"
)
WITH_DEMO = ("--with-demo", "--load-language=en_US,zh_TW")

TEMPLATES = {
    "plain": Template("stock", about="Inventory"),
    "plain_pos": Template("point_of_sale", base="plain", about="Point of Sale"),
    "plain_apps": Template(APPS, base="plain", about="the apps that companies have"),
    "demo": Template("stock", WITH_DEMO, about="Inventory and demo data"),
}


def name(purpose):
    """The name of a database of this checkout, for one purpose."""
    suffix = re.sub(r"\W", "", os.environ.get(SUFFIX, "")).lower()
    return "_".join(filter(None, [PREFIX, purpose, CHECKOUT_KEY, suffix]))


@contextmanager
def in_use(database):
    """Keep other commands away from a database while this one works with it."""
    with lock(
        database,
        f"Waiting for another ./dev that uses the database {database} (set {SUFFIX} "
        "to work in one of your own) …",
    ):
        yield


def exists(database):
    return bool(query("SELECT 1 FROM pg_database WHERE datname = %s", [database]))


def all_names():
    rows = query(
        "SELECT datname FROM pg_database WHERE datname LIKE %s ORDER BY datname",
        [PREFIX.replace("_", r"\_") + r"\_%"],
    )
    return [row[0] for row in rows]


def stamp(database):
    """What the database says it was made from."""
    rows = query(
        "SELECT shobj_description(oid, 'pg_database') FROM pg_database "
        "WHERE datname = %s",
        [database],
    )
    return rows[0][0] if rows else None


def set_stamp(database, text):
    query(f'COMMENT ON DATABASE "{database}" IS %s', [text])


def drop(database):
    postgres.drop(database)
    for folder in (odoo_server.filestore(database), odoo_server.DATA / database):
        shutil.rmtree(folder, ignore_errors=True)


def copy_template(template, database):
    """Make a fresh database as a copy of a template, which is made when missing."""
    source = _template(template)
    drop(database)
    with lock(source, "Waiting for another ./dev that copies the same template …"):
        _copy(source, database)


def addon_key():
    """A key of all files that a database takes over when the addon is installed.

    Scripts and styles are not among them: Odoo reads those from the disk."""
    key = hashlib.sha256()
    for path in sorted(_installed_files()):
        key.update(f"{path.relative_to(ROOT)}\n".encode())
        key.update(path.read_bytes())
    return key.hexdigest()[:10]


def _installed_files():
    apart = {"tests", "benchmarks", "workbench", "src", "__pycache__"}
    suffixes = {".py", ".xml", ".csv", ".json", ".po", ".png", ".svg", ".sql"}
    for folder, folders, files in os.walk(ROOT):
        folders[:] = [f for f in folders if f not in apart and not f.startswith(".")]
        for file in files:
            path = ROOT / folder / file
            if path.suffix in suffixes:
                yield path


def _template(template):
    """Return the name of a template database, made now when it is missing."""
    recipe = TEMPLATES[template]
    parents = [recipe] + ([TEMPLATES[recipe.base]] if recipe.base else [])
    key = digest(odoo_source.version(), *parents)
    database = f"{PREFIX}_template_{template}_{key}"
    if stamp(database) == "ready":
        return database
    base = _template(recipe.base) if recipe.base else None
    with lock(database, "Waiting for another ./dev that makes the same template …"):
        if stamp(database) != "ready":
            drop(database)
            if base:
                with lock(base, "Waiting for another ./dev that copies a template …"):
                    _copy(base, database)
            odoo_server.change_modules(
                f"Preparing a template database: {recipe.about} (about a minute)",
                database,
                f"--init={recipe.module}",
                *recipe.options,
            )
            set_stamp(database, "ready")
    return database


def _copy(source, database):
    query(f'CREATE DATABASE "{database}" TEMPLATE "{source}"')
    files = odoo_server.filestore(source)
    if files.is_dir():
        # Odoo never changes a stored file, so the copies may share them.
        shutil.copytree(files, odoo_server.filestore(database), copy_function=os.link)
