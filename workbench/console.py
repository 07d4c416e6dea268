"""What the workbench says, and how a step that fails says it."""

import subprocess
import sys
import time


class Failure(Exception):
    """A step failed; the message is a sentence for the user, no traceback."""


def say(message):
    print(message, flush=True)


def run_step(
    doing,
    command,
    *,
    log,
    hint="",
    env=None,
    cwd=None,
    explain=None,
    stdin=subprocess.DEVNULL,
):
    """Run a command that may take long: its output goes to a file, a sign of life
    to the terminal. A command that fails stops everything; `explain(log)` finds the
    reason in its output."""
    say(f"{doing} …")
    log.parent.mkdir(parents=True, exist_ok=True)
    with open(log, "w") as output:
        process = subprocess.Popen(
            [str(part) for part in command],
            stdin=stdin,
            stdout=output,
            stderr=subprocess.STDOUT,
            env=env,
            cwd=cwd,
        )
        _wait(process)
    if process.returncode:
        reason = (explain or last_lines)(log)
        raise Failure(f"{doing}: failed. {hint}\n{reason}\nAll of it: {log}")


def _wait(process):
    started = last_sign = time.monotonic()
    try:
        while process.poll() is None:
            time.sleep(0.1)
            now = time.monotonic()
            if now - last_sign >= 20:
                say(f"    still working, {now - started:.0f} s")
                last_sign = now
    except BaseException:
        process.terminate()
        process.wait()
        raise


def last_lines(log, count=15):
    lines = log.read_text(errors="replace").splitlines()[-count:]
    return "\n".join(f"    {line}" for line in lines)


def confirm(question):
    if not sys.stdin or not sys.stdin.isatty():
        raise Failure(f"{question} Nobody is there to answer: add --yes.")
    return input(f"{question} [y/N] ").strip().lower() in ("y", "yes")
