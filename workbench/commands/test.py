"""Run the tests.

  ./dev test                          everything: install (without and with demo data),
                                      update, the whole suite with its browser tests,
                                      uninstall; each with a clean log
  ./dev test tests/test_x.py -k word  only these tests, in the same database as before
                                      as long as the addon's files are the same
  ./dev test --pos tests/test_x.py    the same in a database with Point of Sale

Tests in tests/test_pos*.py always run in a database with Point of Sale, all others in
one without. All further options are pytest's. To run several at once, give each its
own databases by the variable STORE_TRANSFER_DB_SUFFIX."""

from fnmatch import fnmatch
from pathlib import Path

from .. import browser, databases, odoo_server, postgres, suite, translations
from ..cache import ADDON, ROOT
from ..console import Failure, say
from ..test_database import install, installed

ENVIRONMENT = "odoo"
PASSES_ARGUMENTS_ON = True

# The whole suite keeps both cores of a small machine busy. Tests of one class stay
# together, as they share what the class has set up.
IN_PARALLEL = ("--numprocesses=2", "--dist=loadscope")


def add_arguments(parser):
    parser.add_argument(
        "--pos", action="store_true", help="run in a database with Point of Sale"
    )


def run(arguments):
    browser.ensure()
    postgres.start()
    odoo_server.prepare()
    if arguments.others or arguments.pos:
        result = _some_tests(arguments)
    else:
        result = _everything()
    say(f"\n{result}")
    return 1 if result.failed or not result.passed else 0


def _some_tests(arguments):
    pos = arguments.pos or any(map(_is_pos_test, arguments.others))
    chosen = any((ROOT / a.partition("::")[0]).exists() for a in arguments.others if a)
    places = [] if chosen else _all_tests(pos)
    with installed("plain_pos" if pos else "plain") as database:
        return suite.run(database, [*places, *arguments.others])


def _everything():
    """Run all there is: one failure hides no other."""
    result = suite.Result()
    result.check(_life_cycle)
    result.check(_suite, "plain", result)
    if any((ROOT / suite.TESTS).glob(suite.POS_TESTS)):
        result.check(_suite, "plain_pos", result)
    return result


def _suite(template, result):
    """Run all tests of one database in it, which is made afresh."""
    pos = template == "plain_pos"
    with installed(template, fresh=True) as database:
        result.add(suite.run(database, [*IN_PARALLEL, *_all_tests(pos)]))
        if not pos:
            result.check(_check_template, database)


def _all_tests(pos):
    if pos:
        return [str(p.relative_to(ROOT)) for p in ROOT.glob(f"tests/{suite.POS_TESTS}")]
    return [suite.TESTS, f"--ignore-glob=*/{suite.POS_TESTS}"]


def _is_pos_test(argument):
    return fnmatch(Path(argument.partition("::")[0]).name, suite.POS_TESTS)


def _life_cycle():
    """Install with demo data, update and uninstall, in a database of its own."""
    database = databases.name("check")
    with databases.in_use(database):
        install("demo", database)
        odoo_server.change_modules("Updating it", database, f"--update={ADDON}")
        _uninstall(database)
        databases.drop(database)


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


def _check_template(database):
    changes = list(translations.differences(translations.export(database)))
    if changes:
        listed = "\n".join(f"    {change}" for change in changes[:10])
        raise Failure(
            f"The translation template is not current: run ./dev i18n.\n{listed}"
        )
