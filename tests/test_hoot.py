from odoo.tests import HttpCase, no_retry, tagged


def _is_summary(message):
    """Let all tests run: only HOOT's last words end the test."""
    return "[HOOT]" not in message


class HootCase(HttpCase):
    """The tests in static/tests/**/*.test.js, without those of Odoo itself."""

    def run_suite(self, preset):
        self.browser_js(
            f"/web/tests?headless&loglevel=2&preset={preset}&timeout=15000"
            "&filter=%22@store_transfer%22",
            code="",
            login="admin",
            timeout=300,
            success_signal="[HOOT] Test suite succeeded",
            error_checker=_is_summary,
        )


@tagged("post_install", "-at_install")
class TestHoot(HootCase):
    @no_retry
    def test_desktop(self):
        self.run_suite("desktop")


@tagged("post_install", "-at_install")
class TestHootOnPhone(HootCase):
    browser_size = "375x667"
    touch_enabled = True

    @no_retry
    def test_phone(self):
        self.run_suite("mobile")
