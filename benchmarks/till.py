"""The start of the till, with and without this addon.

Two databases with Point of Sale and the same goods, one of them with the addon, each
with a server and a browser of its own. The till is started in turn in the one and the
other, as from Odoo's back office; what is measured is the time from the press to its
products on the screen. What was loaded by warming up is kept by server and browser, as
in a shop. Counted as well: what is asked of this addon before the products are shown.
"""

import argparse
import time
from contextlib import ExitStack
from dataclasses import dataclass
from statistics import median

import odoo.api
from odoo.modules.registry import Registry

from workbench import chrome, databases
from workbench.cache import LOGS
from workbench.commands.run import served
from workbench.shop_till import open_shop
from workbench.till_browser import CASHIER, TillBrowser

TEMPLATE = "plain_pos"
STARTS = 20
WARM_UP = 3
PRODUCTS = 100
OURS = ("store.transfer", "store_transfer")
# Until what was asked for has been answered, and the machine is quiet again.
PAUSE = 1


@dataclass(frozen=True)
class Shop:
    """A database with a till in it."""

    database: str
    till_id: int


def _open_shop(env):
    till = open_shop(env, PRODUCTS)
    env.cr.commit()
    return Shop(env.cr.dbname, till.id)


def _open_shop_without(database):
    databases.copy_template(TEMPLATE, database)
    with Registry(database).cursor() as cursor:
        return _open_shop(odoo.api.Environment(cursor, odoo.api.SUPERUSER_ID, {}))


def _open_browser(stack, shop):
    log = LOGS / f"{shop.database}_server.log"
    url, _server = stack.enter_context(served(shop.database, log))
    page = stack.enter_context(chrome.open_page())
    return TillBrowser(page, url, shop.database, shop.till_id, CASHIER)


def _start(browser):
    """Return the milliseconds of a start, and what it asked of this addon."""
    milliseconds = browser.start()
    time.sleep(PAUSE)
    ours = [
        path
        for path in browser.get_requests()
        if any(name in path for name in OURS) and "/web/assets/" not in path
    ]
    errors = browser.get_errors()
    assert not errors, errors
    browser.leave()
    return milliseconds, ours


def main(env, arguments):
    parser = argparse.ArgumentParser(prog="till")
    parser.add_argument("--starts", type=int, default=STARTS, help=f"default: {STARTS}")
    options = parser.parse_args(arguments)
    bare = databases.name("bench_without")
    with databases.in_use(bare), ExitStack() as stack:
        stack.callback(databases.drop, bare)
        shops = _open_shop(env(user=odoo.api.SUPERUSER_ID)), _open_shop_without(bare)
        with ExitStack() as running:
            browsers = [_open_browser(running, shop) for shop in shops]
            result = _measure(*browsers, options.starts)
    print(
        "{starts} starts: {with_ms} ms with Store Transfer, {without_ms} ms without "
        "(medians), ratio {ratio}; {calls_before_ready} calls before ready".format(
            **result
        )
    )
    return result


def _measure(with_addon, without_addon, starts):
    for _number in range(WARM_UP):
        _start(with_addon)
        _start(without_addon)
    times, calls = {with_addon: [], without_addon: []}, []
    for number in range(starts):
        # Who comes second may find the machine warmer.
        pair = (with_addon, without_addon)
        for browser in pair if number % 2 else reversed(pair):
            milliseconds, ours = _start(browser)
            times[browser].append(milliseconds)
            calls += ours
    medians = {browser: median(times[browser]) for browser in times}
    return {
        "bench": "till",
        "starts": starts,
        "with_ms": round(medians[with_addon]),
        "without_ms": round(medians[without_addon]),
        "ratio": round(medians[with_addon] / medians[without_addon], 4),
        "calls_before_ready": len(calls),
    }
