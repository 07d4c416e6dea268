"""Say how many presses each job costs, as its tour counts them in a browser.

./dev presses                all of them
./dev presses -k order       only these tests; further options are pytest's

What a press is, is written in static/tests/tours/presses.js. "Before" is what the job
cost when it was counted for the first time."""

import re

from .. import browser, odoo_server, postgres, suite
from ..console import say
from ..test_database import installed

ENVIRONMENT = "odoo"
PASSES_ARGUMENTS_ON = True
TESTS = "tests/test_presses*_tours.py"
LINE = re.compile(r"browser: presses: (.+?) \| (\w+) \| (\d+) \| (\d+) \| (\d+)")
ROW = "{:30}{:10}{:>8}{:>8}{:>8}"


def add_arguments(_parser):
    pass


def run(arguments):
    browser.ensure()
    postgres.start()
    odoo_server.prepare()
    files = [str(path.relative_to(suite.ROOT)) for path in suite.ROOT.glob(TESTS)]
    with installed("plain") as database:
        result = suite.run(database, [*arguments.others, *sorted(files)])
        log = suite.log_of(database).read_text()
    say("\n" + ROW.format("Job", "", "before", "now", "scans"))
    for job in LINE.findall(log):
        say(ROW.format(*job))
    result.show()
    return 1 if result.failed or not result.passed else 0
