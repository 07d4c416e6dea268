"""Drop the databases of this checkout: the demo one and those of the tests.

They are made again when they are needed. The templates stay, unless --all is given."""

from .. import databases, postgres
from ..cache import CHECKOUT_KEY
from ..console import confirm, say

ENVIRONMENT = "odoo"
PASSES_ARGUMENTS_ON = False


def add_arguments(parser):
    parser.add_argument("--yes", action="store_true", help="do not ask")
    parser.add_argument(
        "--all",
        action="store_true",
        help="drop the templates and the databases of other checkouts too",
    )


def run(arguments):
    postgres.start()
    names = [n for n in databases.all_names() if arguments.all or CHECKOUT_KEY in n]
    if not names:
        say("There is nothing to drop.")
        return 0
    say("These databases and their files would be dropped:")
    for name in names:
        say(f"    {name}")
    if not arguments.yes and not confirm("Drop them?"):
        say("Nothing was dropped.")
        return 1
    for name in names:
        databases.drop(name)
    say(f"Dropped {len(names)} databases.")
    return 0
