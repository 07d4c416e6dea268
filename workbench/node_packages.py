"""The linters that come from npm. Node itself comes with the Python packages, so it
is the same one everywhere and needs no root rights.

After a change of node/package.json:

    npm install --package-lock-only --omit-lockfile-registry-resolved=true
"""

import os
import shutil
from pathlib import Path

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


def _install(target):
    for path in LISTS.glob("package*.json"):
        shutil.copy(path, target)
    run_step(
        "Installing the linters for scripts and XML",
        ["npm", "ci", "--ignore-scripts", "--no-audit", "--no-fund"],
        cwd=target,
        log=CACHE / "node" / "npm.log",
        hint="Check that npm reaches its registry, then run the command again.",
    )
