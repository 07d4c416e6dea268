"""A pytest plugin: a test that needs a browser fails where it would be skipped."""

import pytest

# Odoo's own words when it gives up on the browser.
BROWSER = ("chrome", "websocket-client")


@pytest.hookimpl(hookwrapper=True)
def pytest_runtest_makereport(item, call):
    outcome = yield
    report = outcome.get_result()
    reason = str(call.excinfo.value).lower() if call.excinfo else ""
    if report.skipped and any(word in reason for word in BROWSER):
        report.outcome = "failed"
        report.longrepr = f"A browser test must not be skipped: {call.excinfo.value}"
