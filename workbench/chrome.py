"""A headless browser, spoken to by the Chrome DevTools Protocol."""

import base64
import json
import shutil
import subprocess
import tempfile
import time
from contextlib import contextmanager
from pathlib import Path

from . import browser
from .console import Failure

SWITCHES = (
    "--headless",
    "--disable-background-networking",
    "--disable-dev-shm-usage",
    "--disable-extensions",
    "--disable-gpu",
    "--force-color-profile=srgb",
    "--hide-scrollbars",
    "--no-first-run",
    "--no-sandbox",
    "--remote-debugging-port=0",
)
PATIENCE = 60


@contextmanager
def open_page():
    """Give a `Page`; its browser ends with the block."""
    profile = Path(tempfile.mkdtemp(prefix="store_transfer_chrome_"))
    process = subprocess.Popen(
        [browser.ensure(), *SWITCHES, f"--user-data-dir={profile}", "about:blank"],
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
    try:
        yield Page(_connect(process, profile))
    finally:
        process.terminate()
        process.wait()
        shutil.rmtree(profile, ignore_errors=True)


def _connect(process, profile):
    import requests
    import websocket

    port_file = profile / "DevToolsActivePort"
    deadline = time.monotonic() + PATIENCE
    while not (port_file.exists() and port_file.read_text().count("\n")):
        if process.poll() is not None or time.monotonic() > deadline:
            raise Failure("The browser does not start.")
        time.sleep(0.1)
    port = port_file.read_text().split()[0]
    targets = requests.get(f"http://127.0.0.1:{port}/json/list", timeout=10).json()
    page = next(target for target in targets if target["type"] == "page")
    return websocket.create_connection(
        page["webSocketDebuggerUrl"], timeout=PATIENCE, suppress_origin=True
    )


class Page:
    def __init__(self, connection):
        self._connection = connection
        self._last_id = 0

    def send(self, method, **parameters):
        self._last_id += 1
        self._connection.send(
            json.dumps({"id": self._last_id, "method": method, "params": parameters})
        )
        while True:
            answer = json.loads(self._connection.recv())
            if answer.get("id") == self._last_id:
                break
        if "error" in answer:
            raise Failure(f"The browser refuses {method}: {answer['error']['message']}")
        return answer["result"]

    def set_screen(self, width, height, scale=1, is_phone=False):
        self.send(
            "Emulation.setDeviceMetricsOverride",
            width=width,
            height=height,
            deviceScaleFactor=scale,
            mobile=is_phone,
        )
        self.send("Emulation.setTouchEmulationEnabled", enabled=is_phone)

    def set_cookie(self, url, name, value):
        self.send("Network.setCookie", url=url, name=name, value=value)

    def go(self, url):
        # Away first: an address that differs after the # only would load nothing.
        self.send("Page.navigate", url="about:blank")
        self.send("Page.navigate", url=url)

    def evaluate(self, expression):
        """Return the value of a JavaScript expression, a promise's when it has come."""
        answer = self.send(
            "Runtime.evaluate",
            expression=expression,
            awaitPromise=True,
            returnByValue=True,
        )
        if "exceptionDetails" in answer:
            details = answer["exceptionDetails"]
            thrown = details.get("exception", {}).get("description")
            raise Failure(f"{expression}: {thrown or details['text']}")
        return answer["result"].get("value")

    def wait_for(self, condition):
        """Wait until a JavaScript expression is true."""
        deadline = time.monotonic() + PATIENCE
        while not self.evaluate(f"Boolean({condition})"):
            if time.monotonic() > deadline:
                raise Failure(f"This did not come true on the page: {condition}")
            time.sleep(0.2)

    def see(self, selector):
        self.wait_for(f"document.querySelector({json.dumps(selector)})")

    def click(self, selector):
        self.see(selector)
        self.evaluate(f"document.querySelector({json.dumps(selector)}).click()")

    def choose_file(self, selector, path):
        self.see(selector)
        root = self.send("DOM.getDocument")["root"]["nodeId"]
        node = self.send("DOM.querySelector", nodeId=root, selector=selector)["nodeId"]
        self.send("DOM.setFileInputFiles", files=[str(path)], nodeId=node)

    def take_picture(self):
        """Return what is to be seen, as the content of a PNG file."""
        return base64.b64decode(self.send("Page.captureScreenshot")["data"])
