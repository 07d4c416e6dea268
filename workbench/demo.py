"""The demo database that `run` and `shell` work on."""

import json
from pathlib import Path

from . import databases, odoo_server, odoo_source
from .cache import ADDON
from .console import say
from .postgres import query

TEMPLATE = "demo"
# The shop whose staff and approver work at the till, if there is to be one.
TILL_STORE = f"{ADDON}.demo_store_xinyi"
TILL_USERS = ("xinyi.staff", "xinyi.approver")
# Under this name the till is found again. It is no data of the addon: updating and
# uninstalling that leave it alone.
TILL = "__workbench__.demo_till"
TILL_SCRIPT = Path(__file__).parent / "demo_till.py"


def name():
    return databases.name("demo")


def ensure():
    """Have the demo database as the files say: made, or updated, or left alone."""
    database = name()
    wanted = {"odoo": odoo_source.version(), "addon": databases.addon_key()}
    found = json.loads(databases.stamp(database) or "{}")
    if found == wanted:
        return
    if found.get("odoo") == wanted["odoo"]:
        _update(database)
    else:
        _create(database)
    databases.set_stamp(database, json.dumps(wanted))


def ensure_till(database=None):
    """Have Point of Sale in a database with demo data, and a till of a shop."""
    database = database or name()
    if not _has_point_of_sale(database):
        odoo_server.change_modules(
            f"Installing Point of Sale in the demo database {database}",
            database,
            "--init=point_of_sale",
        )
    if not find_till(database):
        odoo_server.run_script("Opening a till for a shop", database, TILL_SCRIPT)


def find_till(database=None):
    """Return the id and the name of the demo till, or None."""
    database = database or name()
    if not _has_point_of_sale(database):
        return None
    rows = query(
        """
        SELECT till.id, till.name
          FROM ir_model_data data
          JOIN pos_config till ON till.id = data.res_id
         WHERE data.module || '.' || data.name = %s
        """,
        [TILL],
        database=database,
    )
    return rows[0] if rows else None


def _has_point_of_sale(database):
    rows = query(
        "SELECT 1 FROM ir_module_module WHERE name = %s AND state = 'installed'",
        ["point_of_sale"],
        database=database,
    )
    return bool(rows)


def logins():
    """Yield login, name and role of the users that the addon's demo data made."""
    return query(
        """
        SELECT users.login, partner.name, string_agg(role.name ->> 'en_US', ', ')
          FROM ir_model_data data
          JOIN res_users users ON users.id = data.res_id
          JOIN res_partner partner ON partner.id = users.partner_id
          LEFT JOIN res_groups_users_rel member ON member.uid = users.id
               AND member.gid IN (SELECT res_id FROM ir_model_data
                                   WHERE module = %(addon)s AND model = 'res.groups')
          LEFT JOIN res_groups role ON role.id = member.gid
         WHERE data.module = %(addon)s AND data.model = 'res.users' AND users.active
         GROUP BY users.id, partner.id
         ORDER BY users.id
        """,
        {"addon": ADDON},
        database=name(),
    )


def _create(database):
    databases.copy_template(TEMPLATE, database)
    odoo_server.change_modules(
        "Installing Store Transfer with its demo data",
        database,
        f"--init={ADDON}",
        "--with-demo",
    )
    say(f"    the demo database is {database}")


def _update(database):
    odoo_server.change_modules(
        "The addon has changed: updating the demo database",
        database,
        f"--update={ADDON}",
    )
