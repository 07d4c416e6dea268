"""The till in a headless browser: how it starts, and what goes wrong meanwhile."""

from .console import Failure

# Who works at the till of shop_till.open_shop(); the password is the same.
CASHIER = "cashier"

SCREEN = {"width": 1366, "height": 768}
READY = "window.tillStart?.readyAt < Infinity"
# From the first moment of the page on.
WATCH = """
    window.tillStart = { readyAt: Infinity, errors: [] };
    performance.setResourceTimingBufferSize(10000);
    const note = (error) => window.tillStart.errors.push(String(error));
    window.addEventListener("error", (event) => note(event.message));
    window.addEventListener("unhandledrejection", (event) => note(event.reason));
    const { error: log } = console;
    console.error = (...words) => {
        note(words.join(" "));
        log.apply(console, words);
    };
    const observer = new MutationObserver(() => {
        if (document.querySelector(".product-screen article.product")) {
            observer.disconnect();
            requestAnimationFrame(() => {
                window.tillStart.readyAt = performance.now();
                window.tillStart.modules = [...odoo.loader.modules.keys()];
            });
        }
    });
    observer.observe(document, { childList: true, subtree: true });
"""
# What had been asked for when the products were on the screen.
REQUESTS = """
    performance.getEntriesByType("resource")
        .filter(({ startTime }) => startTime < window.tillStart.readyAt)
        .map(({ name }) => new URL(name).pathname)
"""
# How much JavaScript and CSS had come by then.
BYTES = """
    performance.getEntriesByType("resource")
        .filter(({ name, responseEnd }) =>
            name.includes("/web/assets/") && responseEnd < window.tillStart.readyAt
        )
        .reduce((sum, { decodedBodySize }) => sum + decodedBodySize, 0)
"""


class TillBrowser:
    """Starts the till of a database that is served, as one of its users."""

    def __init__(self, page, url, database, till_id, login):
        self.page = page
        self.path = f"{url}/pos/ui/{till_id}?from_backend=1"
        self._log_in(url, database, login)

    def _log_in(self, url, database, login):
        import requests

        session = requests.Session()
        answer = session.post(
            f"{url}/web/session/authenticate",
            json={
                "jsonrpc": "2.0",
                "params": {"db": database, "login": login, "password": login},
            },
            timeout=60,
        ).json()
        if "error" in answer:
            raise Failure(f"{login} can't log in: {answer['error']['data']['message']}")
        self.page.set_screen(**SCREEN)
        self.page.send("Page.enable")
        # Processor time, which tells the truth on a busy machine too
        self.page.send("Performance.enable", timeDomain="threadTicks")
        self.page.send("Page.addScriptToEvaluateOnNewDocument", source=WATCH)
        self.page.set_cookie(url, "session_id", session.cookies["session_id"])

    def start(self):
        """Open the till; return the milliseconds until its products are shown."""
        self.page.go(self.path)
        self.page.wait_for(READY)
        return self.page.evaluate("window.tillStart.readyAt")

    def get_requests(self):
        """Return the paths that were asked for before the till was ready."""
        return self.page.evaluate(REQUESTS)

    def get_processor_time(self):
        """Return the milliseconds of the processor that the page has taken so far."""
        metrics = self.page.send("Performance.getMetrics")["metrics"]
        return next(m["value"] for m in metrics if m["name"] == "TaskDuration") * 1000

    def get_bytes(self):
        """Return how many bytes of scripts and styles had come before it was ready."""
        return self.page.evaluate(BYTES)

    def get_modules(self):
        """Return the names of the JavaScript modules that had been started by then."""
        return self.page.evaluate("window.tillStart.modules")

    def get_errors(self):
        return self.page.evaluate("window.tillStart.errors")

    def leave(self):
        self.page.go("about:blank")
