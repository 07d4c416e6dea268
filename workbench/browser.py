"""The browser for the tours and the JavaScript tests."""

import os
import shutil

from .cache import CACHE
from .console import Failure, run_step

# The names under which Odoo's own tests look for it.
NAMES = ("google-chrome", "chromium", "chromium-browser", "google-chrome-stable")


def ensure():
    """Have a browser, or fail: browser tests are never skipped in silence."""
    if _found():
        return
    if os.geteuid() != 0 or not shutil.which("apt-get"):
        raise Failure(
            "The browser tests need Chromium, and it cannot be installed without root "
            "rights. Install it (Debian: sudo apt-get install chromium) and try again."
        )
    log = CACHE / "chromium.log"
    run_step("Reading the package lists", ["apt-get", "-q", "update"], log=log)
    run_step(
        "Installing Chromium (a minute)",
        ["apt-get", "-qy", "install", "--no-install-recommends", "chromium"],
        env={**os.environ, "DEBIAN_FRONTEND": "noninteractive"},
        hint="Install Chromium by hand and try again.",
        log=log,
    )
    if not _found():
        raise Failure("Chromium was installed, but no command chromium is there.")


def _found():
    return any(shutil.which(name) for name in NAMES)
