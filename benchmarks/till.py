"""The start of the till, with and without this addon.

Two databases with Point of Sale and the same goods, one of them with the addon, each
with a server and a browser of its own, which are started anew after a few starts of the
till: a process may be some per cent faster than another of its kind. The till is
started in turn in the one and the other, as from Odoo's back office; what is measured
is the time from the press to its products on the screen. What was loaded by warming up
is kept by server and browser, as in a shop. The processor time of the page is measured
beside it: it is the steadier of the two where others work on the same machine.

Counted as well, and always the same: what is asked of this addon before the products
are shown, how many of its JavaScript modules have been started by then, and how many
bytes of scripts and styles it has brought.
"""

import argparse
import random
import time
from contextlib import ExitStack
from dataclasses import dataclass
from statistics import median, quantiles

import odoo.api
from odoo.modules.registry import Registry

from workbench import chrome, databases
from workbench.cache import LOGS
from workbench.commands.run import served
from workbench.shop_till import open_shop
from workbench.till_browser import CASHIER, TillBrowser

TEMPLATE = "plain_pos"
STARTS = 20
# So many starts of each by one server and one browser
ROUND = 5
WARM_UP = 3
PRODUCTS = 100
OURS = ("store.transfer", "store_transfer")
OUR_MODULES = "@store_transfer/"
SUMMARY = """\
{starts} starts (medians): {with_ms} ms with Store Transfer, {without_ms} ms without, \
ratio {ratio} (between {ratio_low} and {ratio_high} in 9 of 10 drawings of its rounds)
processor time of the page: {with_cpu_ms} ms and {without_cpu_ms} ms, ratio {cpu_ratio}
before ready: {calls_before_ready} calls, {modules_before_ready} modules and \
{bytes_before_ready} bytes of Store Transfer beside {bytes_without} bytes of others"""
# Until what was asked for has been answered, and the machine is quiet again.
PAUSE = 1
DRAWINGS = 2000


@dataclass(frozen=True)
class Start:
    """One start of the till, until its products were shown."""

    milliseconds: float
    processor_milliseconds: float
    # What was asked of this addon, and which modules of it were started
    calls: list
    modules: list
    # Of scripts and styles
    size: int


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
    milliseconds = browser.start()
    processor_milliseconds = browser.get_processor_time()
    time.sleep(PAUSE)
    start = Start(
        milliseconds,
        processor_milliseconds,
        [path for path in browser.get_requests() if _is_call(path)],
        [name for name in browser.get_modules() if name.startswith(OUR_MODULES)],
        browser.get_bytes(),
    )
    errors = browser.get_errors()
    assert not errors, errors
    browser.leave()
    return start


def _is_call(path):
    return any(name in path for name in OURS) and "/web/assets/" not in path


def main(env, arguments):
    parser = argparse.ArgumentParser(prog="till")
    parser.add_argument("--starts", type=int, default=STARTS, help=f"default: {STARTS}")
    options = parser.parse_args(arguments)
    bare = databases.name("bench_without")
    with databases.in_use(bare), ExitStack() as stack:
        stack.callback(databases.drop, bare)
        shops = _open_shop(env(user=odoo.api.SUPERUSER_ID)), _open_shop_without(bare)
        rounds = [
            _measure(shops, min(ROUND, options.starts - begun), begun // ROUND)
            for begun in range(0, options.starts, ROUND)
        ]
    result = _compare(rounds)
    print(SUMMARY.format(**result))
    return result


def _measure(shops, starts, number):
    """Return the starts of both in a round, of servers and browsers of its own."""
    # Who comes second may find the machine warmer.
    turns = (shops, shops[::-1])
    measured = {shop: [] for shop in shops}
    with ExitStack() as running:
        browsers = {shop: _open_browser(running, shop) for shop in turns[number % 2]}
        for _number in range(WARM_UP):
            for browser in browsers.values():
                _start(browser)
        for turn in range(starts):
            for shop in turns[turn % 2]:
                measured[shop].append(_start(browsers[shop]))
    return tuple(measured.values())


def _compare(rounds):
    with_addon, without_addon = _join(rounds)
    ready, without_ready = _medians("milliseconds", with_addon, without_addon)
    busy, without_busy = _medians("processor_milliseconds", with_addon, without_addon)
    size, without_size = _medians("size", with_addon, without_addon)
    lowest, highest = _draw_ratios(rounds)
    return {
        "bench": "till",
        "starts": len(with_addon),
        "with_ms": round(ready),
        "without_ms": round(without_ready),
        "ratio": round(ready / without_ready, 4),
        "ratio_low": round(lowest, 4),
        "ratio_high": round(highest, 4),
        "with_cpu_ms": round(busy),
        "without_cpu_ms": round(without_busy),
        "cpu_ratio": round(busy / without_busy, 4),
        "calls_before_ready": sum(len(start.calls) for start in with_addon),
        "modules_before_ready": max(len(start.modules) for start in with_addon),
        "bytes_before_ready": round(size - without_size),
        "bytes_without": round(without_size),
    }


def _join(rounds):
    return [
        [start for starts in side for start in starts]
        for side in zip(*rounds, strict=True)
    ]


def _medians(name, *series):
    return [median(getattr(start, name) for start in starts) for starts in series]


def _draw_ratios(rounds):
    """Return between what the ratio lies, as far as so few starts can say.

    The bootstrap: rounds are drawn with replacement. A server or a browser may be some
    per cent faster than another one that was started in the same way.
    """
    draw, ratios = random.Random(0), []
    for _drawing in range(DRAWINGS):
        drawn = draw.choices(rounds, k=len(rounds))
        ready, without_ready = _medians("milliseconds", *_join(drawn))
        ratios.append(ready / without_ready)
    twentieths = quantiles(ratios, n=20)
    return twentieths[0], twentieths[-1]
