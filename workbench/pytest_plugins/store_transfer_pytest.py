"""A pytest plugin for browser tests."""

import gc

import pytest

from odoo import SUPERUSER_ID, api
from odoo.modules.registry import Registry
from odoo.tests.common import HttpCase, get_db_name

# Odoo's own words when it gives up on the browser.
BROWSER = ("chrome", "websocket-client")


# The scripts and styles of every page of Odoo itself; beside Point of Sale, those of
# the till, which is all that is tested there.
PAGES = (
    "web.assets_web",
    "web.assets_web_print",
    "web.assets_emoji",
    "web.__assets_tests_call__",
    "web.assets_unit_tests_setup",
    "web.assets_unit_tests",
)
TILL = ("point_of_sale.assets_prod", "web.__assets_tests_call__")


@pytest.fixture(scope="session", autouse=True)
def pages(load_registry, request):
    """Build scripts and styles once and keep them: what a test builds by opening a
    page is gone with the test, and takes ten seconds each time."""
    if any(_is_browser_test(item) for item in request.session.items):
        with Registry(get_db_name()).cursor() as cursor:
            env = api.Environment(cursor, SUPERUSER_ID, {})
            for name in TILL if "pos.config" in env else PAGES:
                bundle = env["ir.qweb"]._get_asset_bundle(name)
                bundle.js()
                bundle.css()


@pytest.fixture(scope="session", autouse=True)
def kept_objects(load_registry):
    """Let Python not look again and again for garbage in what Odoo has loaded."""
    gc.collect()
    gc.freeze()


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
