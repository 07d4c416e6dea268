"""The folder outside the repository that holds what was downloaded and built."""

import fcntl
import hashlib
import os
import shutil
from contextlib import contextmanager
from pathlib import Path

from .console import say

ADDON = "store_transfer"
ROOT = Path(__file__).resolve().parent.parent
CACHE = Path(os.environ.get("XDG_CACHE_HOME") or Path.home() / ".cache") / ADDON


def digest(*parts):
    """A short key made from what something is built of."""
    text = "\n".join(str(part) for part in parts)
    return hashlib.sha256(text.encode()).hexdigest()[:10]


# What belongs to this checkout alone, so that two checkouts never share it.
CHECKOUT_KEY = digest(ROOT)
CHECKOUT = CACHE / "checkouts" / CHECKOUT_KEY
LOGS = CHECKOUT / "logs"


@contextmanager
def lock(name, waiting):
    """Let only one process at a time do this; the others say that they wait."""
    folder = CACHE / "locks"
    folder.mkdir(parents=True, exist_ok=True)
    with open(folder / name, "w") as handle:
        try:
            fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            say(waiting)
            fcntl.flock(handle, fcntl.LOCK_EX)
        yield


def built_folder(kind, key, build):
    """Return the cached folder `kind/key`, built by `build(folder)` when it is not
    there yet. A build that was interrupted starts afresh."""
    folder = CACHE / kind / key
    ready = folder / ".ready"
    if ready.exists():
        return folder
    with lock(f"{kind}-{key}", f"Waiting for another ./dev that prepares {kind} …"):
        if not ready.exists():
            shutil.rmtree(folder, ignore_errors=True)
            folder.mkdir(parents=True)
            build(folder)
            ready.touch()
    return folder
