"""Run the tests.

./dev test                          everything: install (without and with demo data),
                                    the whole suite with its browser tests, update,
                                    uninstall, each also beside Point of Sale, the last
                                    ones beside Dashboards, too; each with a clean log;
                                    and a minute of ./dev torture.
                                    Its parts run side by side, one more than there are
                                    processors, each with databases and files of its
                                    own; what one of them says is shown when it has
                                    ended
./dev test --part apps              only one of these parts
./dev test tests/test_x.py -k word  only these tests, in the same database as before
                                    as long as the addon's files are the same
./dev test -k word                  the same, among all tests of the plain database
./dev test --ledger 5000            so many random runs of all actions of all roles, and
                                    as many that check the figures of the reports, both
                                    beside Inventory alone and beside the apps; a usual
                                    run of the tests makes 15, always the same

The name of a file decides what else is in its database: tests/test_demo*.py run with
demo data, tests/test_apps*.py beside the apps that companies have (costing, expiry
dates, kits, the till …), all others beside Inventory alone; those of FLOW_TESTS in
workbench/suite.py beside the apps where everything runs. --template says otherwise.
All further options are pytest's.
To run several at once, give each its own databases by the variable
STORE_TRANSFER_DB_SUFFIX."""

import os
from collections import defaultdict
from contextlib import contextmanager

from .. import (
    browser,
    dashboard_check,
    databases,
    odoo_server,
    office,
    postgres,
    printing,
    side_by_side,
    suite,
    till_check,
    translations,
)
from ..cache import ADDON, LOGS, ROOT
from ..console import Failure, say
from ..test_database import installed
from ..torture import run as torture

LEDGER_TEST = "tests/test_ledger.py"
# They take long, and are only run when they are asked for.
FIGURES_TESTS = ("tests/test_kpi_machine.py", "tests/test_apps_kpi_machine.py")
# Read by all of them.
LEDGER_RUNS = "STORE_TRANSFER_LEDGER_RUNS"

# What is done with goods, and on which screens: it is the same as before. Where
# everything runs, those that need no browser run there only.
AFTER_POINT_OF_SALE = (
    "tests/test_flows.py",
    "tests/test_till.py",
    "tests/test_tours.py::TestTours::test_push_from_creation_to_done",
)

OF_DASHBOARD = ("tests/test_apps_dashboard.py", "tests/test_dashboard.py")

# As ./dev torture does it, see there.
TORTURE_SEED, TORTURE_SECONDS = 1, 60

ENVIRONMENT = "odoo"
PASSES_ARGUMENTS_ON = True


def add_arguments(parser):
    parser.add_argument(
        "--template", choices=databases.TEMPLATES, help="the database to copy"
    )
    parser.add_argument(
        "--ledger", type=int, metavar="RUNS", help="random runs that check the ledger"
    )
    parser.add_argument("--part", choices=PARTS, help="only this part of everything")


def run(arguments):
    browser.ensure()
    office.ensure_if_possible()
    printing.ensure()
    postgres.start()
    odoo_server.prepare()
    result = suite.Result()
    if arguments.ledger:
        os.environ[LEDGER_RUNS] = str(arguments.ledger)
        arguments.others += [LEDGER_TEST, *FIGURES_TESTS]
    if arguments.part:
        result.check(PARTS[arguments.part], result)
        result.write(_report(os.environ))
    elif arguments.others or arguments.template:
        _run_some(arguments, result)
    else:
        _run_all(result)
    result.show()
    return 1 if result.failed or not result.passed else 0


def _run_some(arguments, result):
    options, places = [], defaultdict(list)
    for argument in arguments.others:
        if suite.is_place(argument):
            template = arguments.template or suite.template_of(argument)
            places[template].append(argument)
        else:
            options.append(argument)
    if not places:
        template = arguments.template or "plain"
        places = {template: suite.tests_of(template)}
    for template, chosen in places.items():
        with installed(template) as database:
            result.add(suite.run(database, [*options, *chosen]))


def _run_all(result):
    """Run all there is: one failure hides no other."""
    jobs = [_prepare_job(part) for part in PARTS]
    lines = []
    # One more than there are processors: each waits for its browser and database, too.
    for job in side_by_side.run(jobs, at_once=1 + (os.cpu_count() or 1)):
        part = suite.Result.read(_report(job.environment))
        # What ended badly has failed, whatever it had written until then.
        part.failed = part.failed or int(job.has_failed())
        lines.append(f"{job.name}: {part}")
        result.add(part)
    say("\n" + "\n".join(lines))


def _prepare_job(part):
    suffix = os.environ.get(databases.SUFFIX, "") + part
    environment = {**os.environ, databases.SUFFIX: suffix}
    _report(environment).unlink(missing_ok=True)
    return side_by_side.Job(
        part,
        odoo_server.python(ROOT / "dev", "test", f"--part={part}"),
        LOGS / f"part_{suffix}.log",
        environment,
    )


def _report(environment):
    """Where a part leaves its result, for who has started it."""
    return LOGS / f"part_{environment.get(databases.SUFFIX, '')}.json"


@contextmanager
def _new(template):
    with installed(template, fresh=True) as database:
        yield database
        databases.drop(database)


def _test_first_half(result):
    with _new("plain") as database:
        result.check(_check_terms, database)
        result.add(suite.run(database, _beside_inventory()[::2]))


def _test_second_half(result):
    with _new("plain") as database:
        result.add(suite.run(database, _beside_inventory()[1::2]))


def _beside_inventory():
    """The files that no other part runs."""
    return [
        file
        for file in suite.tests_of("plain")
        if not suite.needs_browser(file)
        and not suite.is_flow(file)
        and file not in (*FIGURES_TESTS, *AFTER_POINT_OF_SALE)
    ]


def _test_in_browser(result):
    tests = suite.tests_of("plain")
    with _new("plain") as database:
        result.add(suite.run(database, list(filter(suite.needs_browser, tests))))


def _test_beside_apps(result):
    flows = filter(suite.is_flow, suite.tests_of("plain"))
    tests = (file for file in suite.tests_of("plain_apps") if file not in FIGURES_TESTS)
    with _new("plain_apps") as database:
        result.add(suite.run(database, [*flows, *tests]))
        _uninstall(database)
        till_check.check(database, has_transfers=False)


def _test_till_life_cycle(result):
    """Install Point of Sale when the addon is there already, and uninstall it again."""
    with _new("plain") as database:
        odoo_server.change_modules(
            "Installing Point of Sale", database, "--init=point_of_sale"
        )
        till_check.check(database, has_transfers=True)
        odoo_server.run_checked(
            "Uninstalling Point of Sale", database, "module uninstall", "point_of_sale"
        )
        result.add(suite.run(database, list(AFTER_POINT_OF_SALE)))


def _test_dashboard_life_cycle(result):
    """Install the app *Dashboards* after the addon, and before it."""
    app = dashboard_check.APP
    with _new("plain") as database:
        dashboard_check.check(database, has_app=False)
        odoo_server.change_modules("Installing Dashboards", database, f"--init={app}")
        dashboard = dashboard_check.check(database, has_app=True)
        odoo_server.change_modules("Updating it", database, f"--update={ADDON}")
        if dashboard_check.check(database, has_app=True) != dashboard:
            raise Failure("An update has made the dashboard anew.")
        odoo_server.run_checked(
            "Uninstalling Dashboards", database, "module uninstall", app
        )
        dashboard_check.check(database, has_app=False)
        odoo_server.change_modules("Installing it again", database, f"--init={app}")
        result.add(suite.run(database, list(OF_DASHBOARD)))
        _uninstall(database)
        dashboard_check.check(database, has_app=True, has_addon=False)
        odoo_server.change_modules(
            "Installing Store Transfer beside Dashboards", database, f"--init={ADDON}"
        )
        dashboard_check.check(database, has_app=True)


def _test_life_cycle(result):
    """Install with demo data, test that, update and uninstall."""
    with _new("demo") as database:
        result.add(suite.run(database, suite.tests_of("demo")))
        odoo_server.change_modules("Updating it", database, f"--update={ADDON}")
        _uninstall(database)


def _test_under_torture(result):
    """Let clients work while servers and PostgreSQL are killed: a short one."""
    summary = torture.torture(TORTURE_SEED, TORTURE_SECONDS)
    say(summary.describe())
    if summary.faults:
        raise Failure(f"{len(summary.faults)} things can't be explained.")
    result.passed += 1


# The longest first.
PARTS = {
    "plain_1": _test_first_half,
    "plain_2": _test_second_half,
    "apps": _test_beside_apps,
    "browser": _test_in_browser,
    "demo": _test_life_cycle,
    "till": _test_till_life_cycle,
    "dashboard": _test_dashboard_life_cycle,
    "torture": _test_under_torture,
}


def _uninstall(database):
    # As in life: no file names the transfers that are under way.
    postgres.query(
        "DELETE FROM ir_model_data WHERE module = %s "
        "AND model IN ('store.transfer', 'store.transfer.line')",
        [ADDON],
        database=database,
    )
    odoo_server.run_checked("Uninstalling it", database, "module uninstall", ADDON)
    left = postgres.query(
        "SELECT model || ': ' || name FROM ir_model_data WHERE module = %s "
        "UNION SELECT 'table: ' || tablename FROM pg_tables WHERE tablename LIKE %s",
        [ADDON, ADDON.replace("_", r"\_") + "%"],
        database=database,
    )
    if left:
        names = "\n".join(f"    {row[0]}" for row in left)
        raise Failure(f"Uninstalling left something behind:\n{names}")


def _check_terms(database):
    changes = list(translations.differences(translations.export(database)))
    if changes:
        listed = "\n".join(f"    {change}" for change in changes[:10])
        where = translations.TEMPLATE.relative_to(ROOT)
        raise Failure(f"{where} is not current: run ./dev i18n.\n{listed}")
