"""Check style, translations and licences.

./dev lint              all checks
./dev lint ruff po      only these
./dev lint --fix        let the tools mend first what they can"""

import re
import subprocess
from pathlib import Path

from .. import node_packages, odoo_server, odoo_source, translations
from ..cache import ADDON, CACHE, ROOT
from ..console import Failure, say

ENVIRONMENT = "lint"
PASSES_ARGUMENTS_ON = False

SCRIPTS = (".js", ".cjs", ".mjs")
PRETTY = (*SCRIPTS, ".xml", ".scss", ".css", ".yml", ".yaml", ".json")
PYTHON = (ROOT, ROOT / "dev")
LANGUAGE = ROOT / "i18n" / "zh_TW.po"


def add_arguments(parser):
    parser.add_argument(
        "checks", nargs="*", metavar="CHECK", help=f"of: {', '.join(CHECKS)}"
    )
    parser.add_argument("--fix", action="store_true", help="mend what can be mended")


def run(arguments):
    unknown = set(arguments.checks) - set(CHECKS)
    if unknown:
        raise Failure(f"There is no check {', '.join(unknown)}.")
    odoo_server.link_checkout()
    failed = []
    for name, check in CHECKS.items():
        if arguments.checks and name not in arguments.checks:
            continue
        complaints = check(arguments.fix)
        say(f"{name:<14} {'FAILED' if complaints else 'ok'}")
        if complaints:
            say(complaints)
            failed.append(name)
    say(f"\nFailed: {', '.join(failed)}" if failed else "\nAll well")
    return 1 if failed else 0


def _ruff(fix):
    return _output(["ruff", "check", "--quiet", *(["--fix"] if fix else []), *PYTHON])


def _format(fix):
    return _output(["ruff", "format", "--quiet", *([] if fix else ["--diff"]), *PYTHON])


def _pylint(fix):
    return _output(["pylint", f"--rcfile={ROOT / '.pylintrc'}", odoo_server.LINK])


def _module(fix):
    return _output(["oca-checks-odoo-module", odoo_server.LINK])


def _po(fix):
    return _output(["oca-checks-po", *(ROOT / "i18n").glob("*.po*")])


def _translation(fix):
    """The translation that we keep must be there, and complete."""
    if not LANGUAGE.exists():
        return f"    {LANGUAGE.relative_to(ROOT)} is missing"
    return "\n".join(f"    not translated in {term}" for term in translations.gaps())


def _licences(fix):
    core = odoo_source.source() / "odoo" / "addons"
    folders = [odoo_server.ADDONS, core, *odoo_source.addons_folders()]
    return _output(
        [
            "manifestoo",
            f"--addons-path={','.join(map(str, folders))}",
            f"--select-include={ADDON}",
            "check-licenses",
        ]
    )


def _eslint(fix):
    files = _files(SCRIPTS)
    return _node("eslint/bin/eslint.js", *(["--fix"] if fix else []), *files)


def _prettier(fix):
    packages = node_packages.folder()
    return _node(
        "prettier/bin/prettier.cjs",
        f"--plugin={packages / '@prettier/plugin-xml/src/plugin.js'}",
        "--write" if fix else "--check",
        "--log-level=warn",
        *_files(PRETTY),
    )


def _paths(fix):
    """No file may name a folder of the machine on which it was written."""
    private = "|".join(re.escape(str(path)) for path in (Path.home(), ROOT, CACHE))
    found = re.compile(rf"(?<![\w.])({private})(?![\w-])")
    return "\n".join(
        f"    {path.relative_to(ROOT)}:{number}: {line.strip()}"
        for path in _files()
        for number, line in enumerate(_lines(path), start=1)
        if found.search(line)
    )


CHECKS = {
    "ruff": _ruff,
    "format": _format,
    "pylint": _pylint,
    "module": _module,
    "po": _po,
    "translation": _translation,
    "licences": _licences,
    "eslint": _eslint,
    "prettier": _prettier,
    "paths": _paths,
}


def _output(command, **options):
    """Run a tool; return what it complains about, nothing if it is content."""
    ended = subprocess.run(
        [str(part) for part in command],
        cwd=ROOT,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        stdin=subprocess.DEVNULL,
        text=True,
        **options,
    )
    return (ended.stdout or f"exit code {ended.returncode}") if ended.returncode else ""


def _node(program, *arguments):
    path = node_packages.folder() / program
    return _output(["node", path, *arguments], env=node_packages.environment())


def _files(suffixes=None):
    """The files of the repository, those not committed yet included."""
    listed = subprocess.run(
        ["git", "ls-files", "--cached", "--others", "--exclude-standard"],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=True,
    )
    paths = [ROOT / line for line in listed.stdout.splitlines()]
    return [
        path
        for path in paths
        if path.is_file() and (not suffixes or path.suffix in suffixes)
    ]


def _lines(path):
    try:
        return path.read_text().splitlines()
    except UnicodeDecodeError:
        return []
