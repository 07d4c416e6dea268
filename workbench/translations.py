"""The template of all terms, and the translations made from it.

polib is imported late, as it is in the Python environments only.
"""

import re

from . import odoo_server
from .cache import ADDON, LOGS, ROOT
from .console import run_step

FOLDER = ROOT / "i18n"
TEMPLATE = FOLDER / f"{ADDON}.pot"
PLACEHOLDER = re.compile(r"%(\(\w+\))?s")


def export(database):
    """Let Odoo write the terms of the installed addon to a file; return its path."""
    exported = LOGS / f"{database}.pot"
    run_step(
        "Collecting the terms to translate",
        odoo_server.command(
            "i18n export",
            database,
            f"--output={exported}",
            "--languages=pot",
            ADDON,
        ),
        env=odoo_server.environment(),
        log=LOGS / f"{database}_i18n.log",
    )
    return exported


def differences(exported):
    """Yield what the template in the repository lacks, and what it has too much."""
    here, there = (_terms(_read(path)) for path in (TEMPLATE, exported))
    yield from (f"missing: {term}" for term in sorted(there - here))
    yield from (f"no longer there: {term}" for term in sorted(here - there))


def merge(exported):
    """Take the exported terms over into the template and each translation; yield the
    files that were written."""
    import polib

    template = _read(exported)
    if not TEMPLATE.exists() or any(differences(exported)):
        FOLDER.mkdir(exist_ok=True)
        template.save(TEMPLATE)
        yield TEMPLATE
    for path in sorted(FOLDER.glob("*.po")):
        before = path.read_text()
        translation = polib.pofile(path, wrapwidth=78)
        translation.merge(template)
        for entry in translation.obsolete_entries():
            translation.remove(entry)
        # As in the template; new terms were put at the end.
        translation.sort(key=lambda entry: entry.msgid)
        translation.save()
        if path.read_text() != before:
            yield path


def gaps():
    """Yield the terms that a translation does not have, or not for certain."""
    import polib

    for path in sorted(FOLDER.glob("*.po")):
        for entry in polib.pofile(path):
            if not entry.obsolete and _has_words(entry) and not entry.translated():
                yield f"{path.name}: {entry.msgid!r}"


def _has_words(entry):
    """Tell whether a term differs from language to language."""
    if all("print_report_name" in place for place, _line in entry.occurrences):
        # An expression in Python, whatever Odoo takes it for.
        return False
    return any(letter.isalpha() for letter in PLACEHOLDER.sub("", entry.msgid))


def _read(path):
    import polib

    return polib.pofile(path, wrapwidth=78) if path.exists() else polib.POFile()


def _terms(template):
    """What identifies the terms: their text and where they are used, since Odoo
    stores a translation per place."""
    return {f"{entry.msgid!r} ({_places(entry)})" for entry in template}


def _places(entry):
    return ", ".join(sorted(place for place, _line in entry.occurrences))
