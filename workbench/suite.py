"""The test suite: pytest in a database with the addon installed."""

import json
import shutil
import subprocess
import xml.etree.ElementTree as ElementTree
from dataclasses import asdict, dataclass
from fnmatch import fnmatch
from pathlib import Path

from . import node_packages, odoo_server
from .cache import ADDON, LOGS, ROOT
from .console import Failure, say

# What a test needs in its database is said by the name of its file: no test has to
# be skipped because of what is not there.
TEMPLATES = {"test_demo*.py": "demo", "test_apps*.py": "plain_apps"}
# What goods do must be the same beside the apps that companies have, which do more with
# each move: a whole run has these there. By itself, each is run beside Inventory alone.
FLOW_TESTS = (
    "test_between_stores.py",
    "test_count.py",
    "test_damaged.py",
    "test_decided_otherwise.py",
    "test_differences.py",
    "test_inventory_app.py",
    "test_surplus.py",
    "test_surplus_of_lots.py",
    "test_surplus_put_aside.py",
    "test_third_party.py",
    "test_undo_count.py",
    "test_undo_shipment.py",
    "test_undone_in_the_inventory_app.py",
    "test_units_and_lots.py",
)
BROWSER_TESTS = ("test_accessibility.py", "test_hoot*.py", "test_*tours.py")
# Read by the first of them.
AXE = "STORE_TRANSFER_AXE"
EPCIS_SCHEMA = "STORE_TRANSFER_EPCIS_SCHEMA"

NO_TEST_FOUND = 5
PLUGINS = Path(__file__).parent / "pytest_plugins"


@dataclass
class Result:
    passed: int = 0
    failed: int = 0
    skipped: int = 0

    def add(self, other):
        self.passed += other.passed
        self.failed += other.failed
        self.skipped += other.skipped

    def check(self, step, *arguments):
        """Count a step that fails as a failed test, and go on."""
        try:
            step(*arguments)
        except Failure as failure:
            say(f"\n{failure}")
            self.failed += 1

    def write(self, path):
        path.write_text(json.dumps(asdict(self)))

    @classmethod
    def read(cls, path):
        """Return what another process has written; that it has not is a failure."""
        return cls(**json.loads(path.read_text())) if path.exists() else cls(failed=1)

    def show(self):
        say(f"\n{self}")

    def __str__(self):
        return f"{self.passed} passed, {self.failed} failed, {self.skipped} skipped"


def template_of(place):
    """The template database for a test file, or for a test in it."""
    file = Path(place.partition("::")[0]).name
    matching = (TEMPLATES[pattern] for pattern in TEMPLATES if fnmatch(file, pattern))
    return next(matching, "plain")


def tests_of(template):
    """The test files for a template database."""
    return [
        str(path.relative_to(ROOT))
        for path in sorted(ROOT.glob("tests/test_*.py"))
        if template_of(path.name) == template
    ]


def is_flow(file):
    return Path(file).name in FLOW_TESTS


def needs_browser(file):
    return any(fnmatch(Path(file).name, pattern) for pattern in BROWSER_TESTS)


def is_place(argument):
    """Tell tests/test_x.py::TestX from an option or its value."""
    path = argument.partition("::")[0]
    return bool(path) and not path.startswith("-") and (ROOT / path).exists()


def run(database, arguments):
    """Run pytest, then look for warnings in Odoo's log; return the result."""
    log = log_of(database)
    report = LOGS / f"{database}_pytest.xml"
    for old in (log, report):
        old.unlink(missing_ok=True)
    for folder in _screenshots(database):
        shutil.rmtree(folder)
    status = subprocess.call(
        [
            "pytest",
            # By the link's path: pytest takes the name of the module from it, and
            # the checkout may be called anything.
            f"--rootdir={odoo_server.LINK}",
            f"--config-file={odoo_server.LINK / 'pyproject.toml'}",
            "--odoo-http",
            f"--odoo-config={odoo_server.config(database)}",
            f"--odoo-database={database}",
            "--odoo-log-level=info",
            f"--odoo-extra=logfile={log}",
            f"--odoo-extra=db-filter=^{database}$",
            f"--junit-xml={report}",
            *map(_below_link, arguments),
        ],
        cwd=odoo_server.ADDONS,
        env={
            **odoo_server.environment(PLUGINS),
            AXE: str(node_packages.axe()),
            EPCIS_SCHEMA: str(node_packages.epcis_schema()),
            "PYTEST_PLUGINS": "store_transfer_pytest",
        },
    )
    for folder in _screenshots(database):
        for picture in sorted(folder.rglob("*.png")):
            say(f"Screenshot: {picture}")
    if status not in (0, 1, NO_TEST_FOUND):
        raise Failure(f"pytest ended with status {status}; Odoo's log: {log}")
    result = _result(report)
    if status:
        say(f"Odoo's log: {log}")
    else:
        result.check(odoo_server.check_log, log)
    return result


def log_of(database):
    """The file to which Odoo writes while pytest runs in a database."""
    return LOGS / f"{database}_pytest.log"


def _below_link(argument):
    """tests/test_x.py::TestX → store_transfer/tests/test_x.py::TestX"""
    return f"{ADDON}/{argument}" if is_place(argument) else argument


def _screenshots(database):
    """The folders in which Odoo leaves pictures of failed browser tests: one for the
    database, and one for each copy of it that is made for a parallel run."""
    shots = odoo_server.SCREENSHOTS
    return [*shots.glob(database), *shots.glob(f"{database}-gw*")]


def _result(report):
    result = Result()
    for case in ElementTree.parse(report).iter("testcase"):
        kinds = {child.tag for child in case}
        if kinds & {"failure", "error"}:
            result.failed += 1
        elif "skipped" in kinds:
            result.skipped += 1
        else:
            result.passed += 1
    return result
