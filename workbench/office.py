"""LibreOffice, which makes some of the files that the import is tested with."""

import shutil

from . import system
from .console import Failure, say

PACKAGE = "libreoffice-calc-nogui"


def ensure_if_possible():
    """Install it where that is possible; say so where it is not."""
    if shutil.which("soffice"):
        return
    try:
        if system.can_install():
            system.install(PACKAGE)
            return
    except Failure as failure:
        say(str(failure))
    say(
        "LibreOffice is not here: the tests with files of its making are left out. "
        f"(Debian: sudo apt-get install {PACKAGE})"
    )
