"""The browser for the tours, the JavaScript tests and the screenshots."""

import shutil

from . import system
from .console import Failure

# The names under which Odoo's own tests look for it.
NAMES = ("google-chrome", "chromium", "chromium-browser", "google-chrome-stable")


def ensure():
    """Have a browser, and give its path, or fail: nothing is skipped in silence."""
    if executable():
        return executable()
    if not system.can_install():
        raise Failure(
            "This needs the browser Chromium, and it cannot be installed without root "
            "rights. Install it (Debian: sudo apt-get install chromium) and try again."
        )
    system.install("chromium")
    if not executable():
        raise Failure("Chromium was installed, but no command chromium is there.")
    return executable()


def executable():
    return next(filter(None, map(shutil.which, NAMES)), None)
