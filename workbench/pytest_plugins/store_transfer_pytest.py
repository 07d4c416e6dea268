"""A pytest plugin: what all tests share, and what those in a browser need."""

import gc
import time
from unittest.mock import patch

import pytest

from odoo import SUPERUSER_ID, api
from odoo.modules.registry import Registry
from odoo.tests.common import ChromeBrowser, HttpCase, get_db_name

# Odoo's own words when it gives up on the browser.
BROWSER = ("chrome", "websocket-client")


# The scripts and styles of every page of Odoo itself; beside Point of Sale, those of
# the till, which is all that is tested there.
PAGES = (
    "web.assets_web",
    "web.assets_web_print",
    "web.assets_backend_lazy",
    "web.assets_emoji",
    "web.assets_tests",
    "web.__assets_tests_call__",
    "web.chartjs_lib",
    "bus.websocket_worker_assets",
)
UNIT_TESTS = ("web.assets_unit_tests_setup", "web.assets_unit_tests")
TILL = (
    "point_of_sale.assets_prod",
    "store_transfer.assets_pos_screens",
    "web.__assets_tests_call__",
    "bus.websocket_worker_assets",
)


@pytest.fixture(scope="session", autouse=True)
def pages(load_registry, request):
    """Build scripts and styles once and keep them: what a test builds by opening a
    page is gone with the test, and takes ten seconds each time."""
    items = request.session.items
    if any(_is_browser_test(item) for item in items):
        with Registry(get_db_name()).cursor() as cursor:
            env = api.Environment(cursor, SUPERUSER_ID, {})
            names = TILL if "pos.config" in env else PAGES
            if any(item.path.name.startswith("test_hoot") for item in items):
                names += UNIT_TESTS
            for name in names:
                bundle = env["ir.qweb"]._get_asset_bundle(name)
                bundle.js()
                bundle.css()


@pytest.fixture(scope="session", autouse=True)
def kept_objects(load_registry):
    """Let Python not look again and again for garbage in what Odoo has loaded."""
    gc.collect()
    gc.freeze()


@pytest.fixture(scope="session", autouse=True)
def kept_cache(tmp_path_factory):
    """Keep the scripts that a browser has loaded and compiled for the next one, as a
    device does that is in use; all else of each browser is new."""
    folder = tmp_path_factory.mktemp("chrome_cache")
    spawn = ChromeBrowser._spawn_chrome
    owner = None

    def _spawn_chrome(browser, command):
        nonlocal owner
        # Of two at the same time only one may have it.
        if owner and owner.poll() is None:
            return spawn(browser, command)
        *switches, url = command
        owner, port = spawn(browser, [*switches, f"--disk-cache-dir={folder}", url])
        return owner, port

    with patch.object(ChromeBrowser, "_spawn_chrome", _spawn_chrome):
        yield


@pytest.fixture(scope="session", autouse=True)
def calm_questions():
    """Ask a page ten times a second whether it is ready: Odoo asks a hundred times, and
    answering takes the time away in which the page would become so."""
    wait_ready = ChromeBrowser._wait_ready

    def _wait_ready(browser, *arguments, **options):
        ask = browser._websocket_request

        def ask_calmly(*arguments, **options):
            time.sleep(0.1)
            return ask(*arguments, **options)

        with patch.object(browser, "_websocket_request", ask_calmly):
            return wait_ready(browser, *arguments, **options)

    with patch.object(ChromeBrowser, "_wait_ready", _wait_ready):
        yield


def _is_browser_test(item):
    return item.cls and issubclass(item.cls, HttpCase)


@pytest.hookimpl(hookwrapper=True)
def pytest_runtest_makereport(item, call):
    """A test that needs a browser fails where it would be skipped."""
    outcome = yield
    report = outcome.get_result()
    reason = str(call.excinfo.value).lower() if call.excinfo else ""
    if report.skipped and any(word in reason for word in BROWSER):
        report.outcome = "failed"
        report.longrepr = f"A browser test must not be skipped: {call.excinfo.value}"
