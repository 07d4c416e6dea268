"""The Python environments: one with Odoo's packages, one with the linters.

Every version is pinned. After a change of a `.in` file, or to move to newer ones:

    uv pip compile --universal --python-version 3.10 --no-header --no-annotate \
        requirements/odoo.in -o requirements/odoo.txt
"""

import json
import os
import platform
import subprocess
import sys
from functools import cache
from pathlib import Path
from typing import NamedTuple

from . import apt
from .cache import CACHE, built_folder, digest
from .console import Failure, run_step

REQUIREMENTS = Path(__file__).parent / "requirements"

# A distribution builds its Python with all optimizations, and may not say so. One that
# somebody has compiled mostly is without, and takes nearly twice as long.
SYSTEM_PYTHON = Path("/usr/bin/python3")
OLDEST = (3, 10)
DESCRIBE = """
import importlib.util, json, sys, sysconfig
print(json.dumps([
    sys.executable,
    sys.version_info[:3],
    "--enable-optimizations" in (sysconfig.get_config_var("CONFIG_ARGS") or ""),
    bool(importlib.util.find_spec("ensurepip")),
]))
"""


class Python(NamedTuple):
    """What environments are made of."""

    path: str
    version: list
    says_optimized: bool
    has_pip: bool


def enter(name):
    """Go on in the named environment: start this very command again in it."""
    python = _environment(name) / "bin" / "python"
    if Path(sys.prefix) != python.parent.parent:
        os.execv(python, [str(python), *sys.argv])
    os.environ["PATH"] = f"{python.parent}{os.pathsep}{os.environ['PATH']}"


def programs(name):
    """The folder with the programs of an environment."""
    return _environment(name) / "bin"


def _environment(name):
    requirements = (REQUIREMENTS / f"{name}.txt").read_text()
    version = ".".join(map(str, _base_python().version))
    key = digest(requirements, version, platform.machine())
    return built_folder("python", f"{name}-{key}", lambda f: _build(f, name))


def _build(folder, name):
    _create(folder)
    run_step(
        f"Installing the Python packages for {name} (a minute or two)",
        [
            folder / "bin" / "python",
            "-m",
            "pip",
            "install",
            "--quiet",
            # The list is complete: nothing has to be resolved.
            "--no-deps",
            f"--requirement={REQUIREMENTS / name}.txt",
        ],
        env=_pip_settings(),
        log=CACHE / "python" / f"{name}.log",
        hint="Check that pip reaches its package index, then run the command again.",
    )


def _pip_settings():
    return {**os.environ, "PIP_DISABLE_PIP_VERSION_CHECK": "1", "PIP_NO_INPUT": "1"}


def _create(folder):
    """Make an empty environment. Debian's Python comes without the module that
    puts pip into it: then pip is taken from Debian's package, without installing."""
    python = _base_python()
    if python.has_pip:
        subprocess.run([python.path, "-m", "venv", folder], check=True)
        return
    subprocess.run([python.path, "-m", "venv", "--without-pip", folder], check=True)
    wheel = _debian_pip()
    subprocess.run(
        [folder / "bin" / "python", wheel / "pip", "install", "--quiet", wheel],
        env=_pip_settings(),
        check=True,
    )


@cache
def _base_python():
    """Choose what environments are made of: what runs this, or what does so faster."""
    # Never base an environment on another one that may be removed.
    own = _describe(getattr(sys, "_base_executable", sys.executable))
    if own.says_optimized or not SYSTEM_PYTHON.exists():
        return own
    system = _describe(SYSTEM_PYTHON)
    is_usable = system.has_pip or apt.available()
    return system if is_usable and tuple(system.version) >= OLDEST else own


def _describe(path):
    answer = subprocess.run([path, "-c", DESCRIBE], check=True, capture_output=True)
    return Python(*json.loads(answer.stdout))


def _debian_pip():
    if not apt.available():
        raise Failure("This Python has no pip. Install Python's venv module.")
    folder = CACHE / "python" / "pip"
    with apt.PrivateApt("pip") as private:
        private.unpack(["python3-pip-whl"], folder)
    return next(folder.glob("usr/share/python-wheels/pip-*.whl"))
