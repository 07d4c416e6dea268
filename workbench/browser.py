"""The browser for the tours, the JavaScript tests and the screenshots."""

import os
import shutil

from .cache import CACHE
from .console import Failure, run_step

# The names under which Odoo's own tests look for it.
NAMES = ("google-chrome", "chromium", "chromium-browser", "google-chrome-stable")


def ensure():
    """Have a browser, or fail: browser tests are never skipped in silence."""
    if executable():
        return
    if os.geteuid() != 0 or not shutil.which("apt-get"):
        raise Failure(
            "This needs the browser Chromium, and it cannot be installed without root "
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
    if not executable():
        raise Failure("Chromium was installed, but no command chromium is there.")


def executable():
    return next(filter(None, map(shutil.which, NAMES)), None)
