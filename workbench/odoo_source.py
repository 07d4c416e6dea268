"""Where Odoo 19 itself comes from: ODOO_HOME, else Debian's package, else git."""

import ast
import os
import re
import shutil
from functools import cache
from pathlib import Path

from . import apt
from .cache import CACHE, built_folder, digest
from .console import Failure, run_step, say

REPOSITORY = "https://github.com/odoo/odoo.git"
SERIES = "19.0"

# Odoo's package links to fonts and scripts of other packages by relative paths,
# so they are unpacked into the same folder.
PACKAGES = (
    "odoo-19/sid",
    "fonts-glyphicons-halflings/sid",
    "fonts-montserrat/sid",
    "fonts-ocr-b/sid",
    "fonts-roboto-unhinted/sid",
    "libjs-jquery/sid",
    "libjs-jquery-form/sid",
    "libjs-underscore/sid",
    # The Font Awesome of sid is a newer one without the files that are linked to.
    "fonts-font-awesome/stable",
    "fonts-inconsolata/stable",
)

# Debian leaves this one file out, and every page logs an error for it, which fails
# the browser tours. Empty, it does no harm: it only blurs video backgrounds.
LEFT_OUT = "odoo/addons/mail/static/lib/selfie_segmentation/selfie_segmentation.js"


@cache
def source():
    """Return the folder to put on PYTHONPATH."""
    home = os.environ.get("ODOO_HOME")
    if home:
        return _checked(Path(home).expanduser().resolve(), "ODOO_HOME")
    folder = built_folder("odoo", digest(SERIES, *PACKAGES), _fetch)
    return _checked(folder, "The downloaded Odoo")


@cache
def addons_folders():
    """The addons folders that Odoo does not find by itself."""
    return [path for path in [source() / "addons"] if path.is_dir()]


@cache
def version():
    """What tells one Odoo source from another, for databases made with it."""
    release = (source() / "odoo" / "release.py").read_text()
    head = source() / ".git" / "HEAD"
    return digest(source(), release, head.read_text() if head.is_file() else "")


def _checked(folder, name):
    for candidate in (folder, folder / "usr/lib/python3/dist-packages"):
        release = candidate / "odoo" / "release.py"
        if release.is_file():
            if _series(release) != SERIES:
                raise Failure(f"{name} ({folder}) is not Odoo {SERIES}.")
            return candidate
    raise Failure(f"{name} ({folder}) is no Odoo source tree: it lacks odoo/release.py")


def _series(release):
    found = re.search(r"^version_info = \((.*?), FINAL", release.read_text(), re.M)
    major, minor = ast.literal_eval(found.group(1))[:2] if found else ("", "")
    return f"{major}.{minor}"


def _fetch(folder):
    if apt.available():
        for number, mirror in enumerate(apt.mirrors()):
            try:
                return _unpack_packages(f"odoo-{number}", mirror, folder)
            except Failure as failure:
                say(f"    not from this mirror. {failure}")
    if not shutil.which("git"):
        raise Failure(
            "Odoo could not be downloaded from a Debian mirror. Install git for a "
            "download from Odoo's own repository, or set ODOO_HOME to a source tree."
        )
    _clone(folder)


def _unpack_packages(name, mirror, folder):
    say(f"Fetching Odoo {SERIES} from Debian (about 130 MB)")
    with apt.PrivateApt(name, mirror, ("sid", "stable")) as private:
        private.unpack(PACKAGES, folder)
    left_out = folder / "usr/lib/python3/dist-packages" / LEFT_OUT
    left_out.parent.mkdir(parents=True, exist_ok=True)
    left_out.touch()


def _clone(folder):
    run_step(
        f"Cloning Odoo {SERIES} (several hundred MB)",
        ["git", "clone", "-q", "--depth=1", f"--branch={SERIES}", REPOSITORY, folder],
        log=CACHE / "odoo" / "clone.log",
        hint="Check the network, or set ODOO_HOME to an Odoo source tree.",
    )
