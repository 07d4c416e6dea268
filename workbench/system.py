"""Packages of the system itself: nothing but what cannot be had otherwise."""

import os
import shutil

from .cache import CACHE
from .console import run_step


def can_install():
    return os.geteuid() == 0 and bool(shutil.which("apt-get"))


def install(package):
    log = CACHE / f"{package}.log"
    run_step("Reading the package lists", ["apt-get", "-q", "update"], log=log)
    run_step(
        f"Installing {package} (a minute)",
        ["apt-get", "-qy", "install", "--no-install-recommends", package],
        env={**os.environ, "DEBIAN_FRONTEND": "noninteractive"},
        hint=f"Install {package} by hand and try again.",
        log=log,
    )
