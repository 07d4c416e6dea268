"""A real browser, and who presses keys in front of it: a scanner, or a hand."""

import json
import threading
import time
from contextlib import contextmanager
from unittest.mock import patch

from odoo.tests.common import ChromeBrowser

from .common_tours import ScanTourCase

# In seconds: between two keys of a scanner, and of somebody who types.
SCANNER_GAP = 0.01
HAND_GAP = 0.2
# Longer than a scanner may hesitate.
PAUSE = 0.4
PATIENCE = 90
NUMBERS_OF_KEYS = {"Enter": 13, "Tab": 9, "Escape": 27}
TEXTS_OF_KEYS = {"Enter": "\r"}


class Keyboard:
    """Presses keys as the system hands them to the browser, and looks at the page."""

    def __init__(self, browser):
        self.browser = browser

    def scan(self, code, end="Enter", late_key=None, late=0.0):
        """Type a code as a scanner does; it may be late with one of the keys."""
        keys = [*code, *([end] if end else [])]
        gaps = [
            late if place == late_key else SCANNER_GAP for place in range(len(keys))
        ]
        # All at once, each with its own time: as from a system that is busy.
        time.sleep(sum(gaps))
        pressed_at = time.time() - sum(gaps)
        for key, gap in zip(keys, gaps, strict=True):
            pressed_at += gap
            self._press(key, pressed_at)
        time.sleep(PAUSE)

    def type(self, text, *ends):
        for key in [*text, *ends]:
            self._press(key, time.time())
            time.sleep(HAND_GAP)

    def _press(self, key, pressed_at):
        event = {
            "key": key,
            "windowsVirtualKeyCode": NUMBERS_OF_KEYS.get(key) or ord(key.upper()),
            "timestamp": pressed_at,
        }
        text = TEXTS_OF_KEYS.get(key, key if len(key) == 1 else "")
        kind = "keyDown" if text else "rawKeyDown"
        self._send("Input.dispatchKeyEvent", type=kind, text=text, **event)
        self._send("Input.dispatchKeyEvent", type="keyUp", **event)

    def _send(self, method, **parameters):
        self.browser._websocket_send(method, params=parameters)

    def click(self, selector):
        self.see(selector)
        self.ask(f"document.querySelector({json.dumps(selector)}).focus()")
        self.ask(f"document.querySelector({json.dumps(selector)}).click()")

    def see(self, selector, text=""):
        """Wait until something that has ``text`` in it, or as its value, is shown."""
        self.wait_for(
            f"[...document.querySelectorAll({json.dumps(selector)})].some((element) =>"
            f" (element.value || element.textContent).includes?.({json.dumps(text)}))"
        )

    def wait_for(self, condition):
        deadline = time.time() + PATIENCE * self.browser.throttling_factor
        while not self.ask(f"Boolean({condition})"):
            if time.time() > deadline:
                self.browser.take_screenshot().result(PATIENCE)
                raise AssertionError(f"This did not come true: {condition}")
            time.sleep(0.1)

    def ask(self, expression):
        answer = self.browser._websocket_request(
            "Runtime.evaluate",
            params={
                "expression": expression,
                "awaitPromise": True,
                "returnByValue": True,
            },
        )
        assert "exceptionDetails" not in answer, (expression, answer)
        return answer["result"].get("value")


class KeyboardCase(ScanTourCase):
    @contextmanager
    def open_browser(self, path, user, slowness=1):
        """Give the `Keyboard` of ``user``; the database is the browser's meanwhile."""
        browser = ChromeBrowser(self)
        with self.allow_requests(browser=browser):
            try:
                self.authenticate(user.login, user.login, browser=browser)
                self.env.flush_all()
                with self.leave_database_to_browser():
                    browser.throttle(slowness)
                    browser.navigate_to(f"{self.base_url()}{path}")
                    yield Keyboard(browser)
            finally:
                browser.stop()
            self._wait_remaining_requests()
        self.assertFalse(browser.had_failure)
        self.env.invalidate_all()
        self.assertLedger(self.get_transfers())

    @contextmanager
    def leave_database_to_browser(self):
        """Refuse queries of the test: their rows would be taken for the browser's.

        Both share one connection, on which a request waits for no query of ours.
        """
        test, execute = threading.current_thread(), self.cr.execute

        def check(*args, **kwargs):
            reader = threading.current_thread()
            assert reader is not test, "Read this before the browser opens."
            return execute(*args, **kwargs)

        with patch.object(self.cr, "execute", check):
            yield
