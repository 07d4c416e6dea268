"""Open a Python shell on the demo database, with `env` at hand.

Commands can also come from a pipe: echo 'print(env.user.name)' | ./dev shell"""

import subprocess

from .. import databases, demo, odoo_server, postgres

ENVIRONMENT = "odoo"
PASSES_ARGUMENTS_ON = False


def add_arguments(parser):
    """Takes none."""


def run(arguments):
    postgres.start()
    odoo_server.prepare()
    with databases.in_use(demo.name()):
        demo.ensure()
    return subprocess.call(
        odoo_server.command("shell", demo.name(), "--no-http"),
        env=odoo_server.environment(),
    )
