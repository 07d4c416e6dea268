"""The databases of the tests: a template with the addon freshly installed."""

from contextlib import contextmanager

from . import databases, odoo_server, odoo_source
from .cache import ADDON


@contextmanager
def installed(template, fresh=False):
    """Give a database with the addon in it. It is made anew when the addon's files
    have changed, which takes no longer than an update and leaves nothing behind."""
    database = databases.name(f"test_{template}")
    with databases.in_use(database):
        wanted = f"{odoo_source.version()} {databases.addon_key()}"
        if fresh or databases.stamp(database) != wanted:
            install(template, database)
            databases.set_stamp(database, wanted)
        yield database


def install(template, database):
    databases.copy_template(template, database)
    about = databases.TEMPLATES[template].about
    odoo_server.change_modules(
        f"Installing Store Transfer beside {about}", database, f"--init={ADDON}"
    )
