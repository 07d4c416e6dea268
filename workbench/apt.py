"""Debian packages: looked up and unpacked in the cache, never touching the system.

A private apt configuration (its own sources, lists and cache) makes that possible
without being root. The signatures are checked as always.
"""

import os
import shutil
import subprocess
from pathlib import Path

from .cache import CACHE
from .console import Failure, run_step

KEYRINGS = (
    "/usr/share/keyrings/debian-archive-keyring.gpg",
    "/usr/share/keyrings/debian-archive-keyring.pgp",
)


def available():
    return bool(shutil.which("apt-get") and shutil.which("dpkg-deb"))


def mirrors():
    """The addresses of the machine's own package mirrors, best first."""
    listed = subprocess.run(
        [
            "apt-get",
            "indextargets",
            # It works before the first update, too, as in a fresh container.
            "--no-release-info",
            "--format",
            "$(REPO_URI)",
            "Created-By: Packages",
        ],
        capture_output=True,
        text=True,
    )
    return list(dict.fromkeys(listed.stdout.split()))


class PrivateApt:
    """apt with lists and cache of its own, in a folder of the workbench's cache.

    Without `mirror` it reads the system's sources, else the given suites of it. Its
    lists are read anew when it is entered, and are gone when it is left: they are
    large.
    """

    def __init__(self, name, mirror=None, suites=()):
        self.folder = CACHE / "apt" / name
        self.log = CACHE / "apt" / f"{name}.log"
        shutil.rmtree(self.folder, ignore_errors=True)
        for path in ("lists/partial", "cache/archives/partial"):
            (self.folder / path).mkdir(parents=True, exist_ok=True)
        self.options = [
            f"Dir::State::Lists={self.folder}/lists",
            f"Dir::Cache={self.folder}/cache",
            # As root, apt would drop to a user who cannot see the cache.
            "APT::Sandbox::User=root",
            "APT::Update::Error-Mode=any",
        ]
        if mirror:
            self.options += [
                f"Dir::Etc::SourceList={self._write_sources(mirror, suites)}",
                "Dir::Etc::SourceParts=/dev/null",
            ]

    def _write_sources(self, mirror, suites):
        keyring = next((path for path in KEYRINGS if os.path.exists(path)), None)
        if not keyring:
            raise Failure("The keys of the Debian archive are missing here.")
        sources = self.folder / "sources.list"
        sources.write_text(
            "".join(f"deb [signed-by={keyring}] {mirror} {s} main\n" for s in suites)
        )
        return sources

    def __enter__(self):
        run_step("Reading Debian's package lists", self._apt("update"), log=self.log)
        return self

    def __exit__(self, *error):
        shutil.rmtree(self.folder)

    def unpack(self, packages, target: Path):
        """Download the packages and unpack them, without installing them."""
        archives = self.folder / "archives"
        archives.mkdir(exist_ok=True)
        run_step(
            f"Downloading Debian packages ({len(packages)})",
            self._apt("download", *packages),
            log=self.log,
            cwd=archives,
        )
        for archive in sorted(archives.glob("*.deb")):
            subprocess.run(["dpkg-deb", "-x", archive, target], check=True)
        shutil.rmtree(archives)

    def missing(self, *packages):
        """Return these packages and all they need that is not installed here."""
        planned = subprocess.run(
            self._apt("install", "--simulate", "--no-install-recommends", *packages),
            capture_output=True,
            text=True,
        )
        lines = [line.split() for line in planned.stdout.splitlines()]
        names = [words[1] for words in lines if words[:1] == ["Inst"]]
        if planned.returncode or not names:
            said = (planned.stderr or planned.stdout).strip()
            raise Failure(f"{', '.join(packages)}: {said[-300:]}")
        return names

    def _apt(self, *arguments):
        return ["apt-get", "-q", *self._settings(), *arguments]

    def _settings(self):
        return [part for option in self.options for part in ("-o", option)]
