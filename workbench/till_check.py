"""Whether the till of a database works: opened in a browser, with or without ours."""

import time
from pathlib import Path

from . import chrome, odoo_server
from .cache import LOGS
from .commands.run import served
from .console import Failure, say
from .postgres import query
from .till_browser import CASHIER, TillBrowser

SCRIPT = Path(__file__).parent / "first_till.py"
ENTRY = "Boolean(document.querySelector('.o_till_transfers'))"
# The entry asks the server some seconds after the start; nothing may go wrong then.
PAUSE = 4


def check(database, has_transfers):
    """Open the till of a database that has none yet, and demand that it works.

    :param has_transfers: whether it is to have the entry of this addon
    """
    odoo_server.run_script("Opening a till", database, SCRIPT)
    [[till_id]] = query("SELECT max(id) FROM pos_config", database=database)
    log = LOGS / f"{database}_till_server.log"
    with served(database, log) as (url, _server), chrome.open_page() as page:
        browser = TillBrowser(page, url, database, till_id, CASHIER)
        browser.start()
        time.sleep(PAUSE)
        errors = browser.get_errors()
        found = page.evaluate(ENTRY)
    if errors:
        raise Failure("The till does not work:\n    " + "\n    ".join(errors))
    if found != has_transfers:
        has = "has an" if found else "lacks the"
        raise Failure(f"The till {has} entry for transfers.")
    odoo_server.check_log(log)
    say("The till works.")
