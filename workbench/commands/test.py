"""Run the tests.

./dev test                          everything: install (without and with demo data),
                                    the whole suite with its browser tests, update,
                                    uninstall; each with a clean log
./dev test tests/test_x.py -k word  only these tests, in the same database as before
                                    as long as the addon's files are the same
./dev test -k word                  the same, among all tests of the plain database
./dev test --ledger 5000            so many random runs of all actions of all roles; a
                                    usual run of the tests makes 200, always the same

The name of a file decides what else is in its database: tests/test_demo*.py run with
demo data, tests/test_apps*.py beside the apps that companies have (costing, expiry
dates, kits, the till …), all others beside Inventory alone. --template says otherwise. All further options are pytest's. To run several at once,
give each its own databases by the variable STORE_TRANSFER_DB_SUFFIX."""

import os
from collections import defaultdict

from .. import browser, databases, odoo_server, office, postgres, suite, translations
from ..cache import ADDON, ROOT
from ..console import Failure
from ..test_database import installed

LEDGER_TEST = "tests/test_ledger.py"
# Read by that test.
LEDGER_RUNS = "STORE_TRANSFER_LEDGER_RUNS"

ENVIRONMENT = "odoo"
PASSES_ARGUMENTS_ON = True


def add_arguments(parser):
    parser.add_argument(
        "--template", choices=databases.TEMPLATES, help="the database to copy"
    )
    parser.add_argument(
        "--ledger", type=int, metavar="RUNS", help="random runs that check the ledger"
    )


def run(arguments):
    browser.ensure()
    office.ensure_if_possible()
    postgres.start()
    odoo_server.prepare()
    result = suite.Result()
    if arguments.ledger:
        os.environ[LEDGER_RUNS] = str(arguments.ledger)
        arguments.others.append(LEDGER_TEST)
    if arguments.others or arguments.template:
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
    for check in (_life_cycle, _plain_suite, _apps_suite):
        result.check(check, result)


def _life_cycle(result):
    """Install with demo data, test that, update and uninstall."""
    with installed("demo", fresh=True) as database:
        demo_tests = suite.tests_of("demo")
        if demo_tests:
            result.add(suite.run(database, demo_tests))
        odoo_server.change_modules("Updating it", database, f"--update={ADDON}")
        _uninstall(database)
        databases.drop(database)


def _plain_suite(result):
    # One test after the other: pytest-odoo gives parallel runs databases of their own
    # but one filestore, from which each removes the files of the others.
    with installed("plain", fresh=True) as database:
        result.check(_check_terms, database)
        result.add(suite.run(database, suite.tests_of("plain")))


def _apps_suite(result):
    tests = suite.tests_of("plain_apps")
    if tests:
        with installed("plain_apps", fresh=True) as database:
            result.add(suite.run(database, tests))


def _uninstall(database):
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
