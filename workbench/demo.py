"""The demo database that `run` and `shell` work on."""

import json

from . import databases, odoo_server, odoo_source
from .cache import ADDON
from .console import say
from .postgres import query

TEMPLATE = "demo_pos"


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
