"""wkhtmltopdf, by which Odoo prints, and a font with Chinese characters.

Where they can't be installed, Debian's packages are unpacked in the cache, with all the
libraries that this machine lacks. So it is, too, where Debian no longer has them: then
they are those of the last release that had.
"""

import os
import shutil
import subprocess
from pathlib import Path

from . import apt, system
from .cache import built_folder, digest
from .console import Failure, say

PROGRAM = "wkhtmltopdf"
FONT = "fonts-noto-cjk"
# The last release of Debian that has the program.
LAST_SUITES = ("bookworm",)
WANTED = "Debian: sudo apt-get install wkhtmltopdf fonts-noto-cjk"

# The program, its libraries and plug-ins are found in this folder.
WRAPPER = """\
#!/bin/sh
export LD_LIBRARY_PATH="{libraries}"
export QT_PLUGIN_PATH="{plugins}"
export FONTCONFIG_FILE="{folder}/fonts.conf"
exec "{program}" "$@"
"""
FONTS_CONF = """\
<?xml version="1.0"?>
<!DOCTYPE fontconfig SYSTEM "fonts.dtd">
<fontconfig>
    <include ignore_missing="yes">/etc/fonts/fonts.conf</include>
    <dir>{folder}/usr/share/fonts</dir>
    <cachedir>{folder}/cache</cachedir>
</fontconfig>
"""


def ensure():
    """Have the program and the font, or fail: papers are never untested in silence."""
    if shutil.which(PROGRAM) and has_chinese_font():
        return
    if not (system.can_install() and _install()):
        _use_unpacked()


def ensure_if_possible():
    """Have them where that is possible; say so where it is not."""
    try:
        ensure()
    except Failure as failure:
        say(f"{failure}\nOdoo runs without them, but prints nothing. ({WANTED})")


def has_chinese_font():
    """Tell whether there is one; where nobody can say, there is none."""
    listing = shutil.which("fc-list")
    return bool(listing and subprocess.check_output([listing, ":lang=zh-tw"]))


def _install():
    """Install what is missing; return whether it is there now."""
    try:
        if not shutil.which(PROGRAM):
            system.install(PROGRAM)
        if not has_chinese_font():
            system.install("fontconfig")
            system.install(FONT)
    except Failure as failure:
        say(f"    not from this system's packages. {failure}")
    return bool(shutil.which(PROGRAM)) and has_chinese_font()


def _use_unpacked():
    folder = built_folder(
        "printing", digest(PROGRAM, FONT, LAST_SUITES, WRAPPER), _unpack
    )
    os.environ["PATH"] = f"{folder / 'bin'}{os.pathsep}{os.environ['PATH']}"


def _unpack(folder):
    if not apt.available():
        raise Failure(f"Printing needs wkhtmltopdf and a Chinese font ({WANTED}).")
    for private in _sources():
        try:
            with private:
                private.unpack(private.missing(PROGRAM, FONT), folder)
            return _make_program(folder)
        except Failure as failure:
            say(f"    not from there. {failure}")
    raise Failure(f"wkhtmltopdf could not be downloaded ({WANTED}).")


def _sources():
    """Yield where the packages may be: in the system's own sources, else in Debian's
    last release that had them."""
    yield apt.PrivateApt("printing")
    for number, mirror in enumerate(apt.mirrors()):
        yield apt.PrivateApt(f"printing-{number}", mirror, LAST_SUITES)


def _make_program(folder):
    """Write the program that finds its libraries and fonts, and try it."""
    program = folder / "bin" / PROGRAM
    program.parent.mkdir(exist_ok=True)
    libraries = {str(path.parent) for path in folder.glob("usr/lib/**/*.so*")}
    libraries |= {str(path.parent) for path in folder.glob("lib/**/*.so*")}
    unpacked = folder / "usr/bin" / PROGRAM
    plugins = map(str, folder.glob("usr/lib/**/plugins"))
    program.write_text(
        WRAPPER.format(
            folder=folder,
            # It may be here already, and nothing but the font was missing.
            program=unpacked if unpacked.exists() else shutil.which(PROGRAM),
            libraries=":".join(sorted(libraries)),
            plugins=":".join(plugins),
        )
    )
    program.chmod(0o755)
    Path(folder / "fonts.conf").write_text(FONTS_CONF.format(folder=folder))
    _try(program)


def _try(program):
    """Print a page: a program that only tells its version may lack half of itself."""
    printed = subprocess.run(
        [program, "--quiet", "-", "-"], input=b"<p>Taipei</p>", capture_output=True
    )
    if not printed.stdout.startswith(b"%PDF"):
        said = printed.stderr.decode(errors="replace").strip()
        raise Failure(f"wkhtmltopdf does not print: {said[-300:]}")
