"""Write the template i18n/store_transfer.pot anew from the addon's sources, and merge
it into the translations: new terms become empty entries, changed ones fuzzy."""

from .. import odoo_server, postgres, translations
from ..cache import ROOT
from ..console import say
from ..test_database import installed

ENVIRONMENT = "odoo"
PASSES_ARGUMENTS_ON = False


def add_arguments(parser):
    """Takes none."""


def run(arguments):
    postgres.start()
    odoo_server.prepare()
    with installed("plain") as database:
        exported = translations.export(database)
    for path in translations.merge(exported):
        say(f"    wrote {path.relative_to(ROOT)}")
    return 0
