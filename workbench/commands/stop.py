"""Stop the PostgreSQL server that the workbench started; it starts again by itself."""

from .. import postgres

ENVIRONMENT = "odoo"
PASSES_ARGUMENTS_ON = False


def add_arguments(parser):
    """Takes none."""


def run(arguments):
    postgres.stop()
    return 0
