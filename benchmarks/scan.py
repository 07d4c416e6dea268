"""The scan screen, in a real browser against a real server.

For counting deliveries, or for picking what leaves, of 50 and of 2,000 rows: how long
the screen takes to open, how many scans a second it takes and sends without losing or
doubling any, and how long it takes from the last key of a scan to the new quantity on
the screen. A scan is what a scanner does that acts as a keyboard: the keys of a barcode
and Enter.
"""

import argparse
import json
import random
from collections import Counter
from dataclasses import dataclass

import psutil
from _meter import seconds_of
from cycle import QUANTITY, Chain, _create_transfer, _ship

from workbench import chrome
from workbench.cache import LOGS
from workbench.commands.run import served

SIZES = (50, 2000)
SCANS = 1000
# One every 50 ms, as the goal says.
PACED_SCANS = 300
PACE_MS = 50
SCREEN = {"width": 1366, "height": 768}


@dataclass(frozen=True)
class Job:
    """What is done on the scan screen: where it is, and who does it.

    ``documents`` names the field of a transfer that has what was scanned, ``scanned``
    the field of a row that says how much.
    """

    path: str
    login: str
    documents: str
    scanned: str


JOBS = {
    "count": Job("store-transfer-count", "shop_staff", "count_ids", "counted_quantity"),
    "ship": Job("store-transfer-pick", "ec_staff", "pick_ids", "picked_quantity"),
}

FIRST_ROW = """
    new MutationObserver(() => {
        if (!window.firstRowAt && document.querySelector(".o_count_row")) {
            window.firstRowAt = Infinity;
            requestAnimationFrame(() => { window.firstRowAt = performance.now(); });
        }
    }).observe(document, {childList: true, subtree: true});
"""
TOOLS = """
    window.scanTools = {
        sleep: (ms) => new Promise((done) => setTimeout(done, ms)),
        press(key) {
            const target = document.activeElement || document.body;
            target.dispatchEvent(
                new KeyboardEvent("keydown", {key, bubbles: true, cancelable: true})
            );
        },
        scan(code) {
            [...code].forEach(this.press);
            this.press("Enter");
        },
        shown(code) {
            const row = document.querySelector(`.o_count_active[data-sku="${code}"]`);
            return row && Number(row.querySelector(".o_count_came").textContent);
        },
        // What is drawn in a frame is on the screen when the frame has ended.
        painted: () => new Promise((done) => requestAnimationFrame(() => {
            const {port1, port2} = new MessageChannel();
            port1.onmessage = done;
            port2.postMessage(0);
        })),
        isSaved: () => document.querySelector(".o_count_sync[data-kind=saved]"),
        async allSaved() {
            while (!this.isSaved()) {
                await this.sleep(5);
            }
        },
        async rush(codes) {
            const start = performance.now();
            for (const code of codes) {
                this.scan(code);
                await this.sleep(0);
            }
            await this.allSaved();
            return (performance.now() - start) / 1000;
        },
        async pace(codes, every, counted) {
            const durations = [];
            for (const code of codes) {
                counted[code] = (counted[code] || 0) + 1;
                [...code].forEach(this.press);
                const start = performance.now();
                this.press("Enter");
                do {
                    await this.painted();
                } while (this.shown(code) !== counted[code]);
                const duration = performance.now() - start;
                durations.push(duration);
                await this.sleep(Math.max(0, every - duration));
            }
            await this.allSaved();
            return durations;
        },
    };
"""


class Clerk:
    """Who does a job at a browser."""

    def __init__(self, url, database, page, job):
        self.url = url
        self.page = page
        self.job = job
        self._log_in(database)

    def _log_in(self, database):
        import requests

        session = requests.Session()
        answer = session.post(
            f"{self.url}/web/session/authenticate",
            json={
                "jsonrpc": "2.0",
                "params": {
                    "db": database,
                    "login": self.job.login,
                    "password": self.job.login,
                },
            },
            timeout=60,
        ).json()
        assert "error" not in answer, answer
        self.page.set_screen(**SCREEN)
        self.page.send("Page.enable")
        self.page.send("Page.addScriptToEvaluateOnNewDocument", source=FIRST_ROW)
        self.page.set_cookie(self.url, "session_id", session.cookies["session_id"])

    def warm_up(self):
        """Let the server build its assets, and the browser keep them."""
        self._choose()

    def _choose(self):
        self.page.go(f"{self.url}/odoo/{self.job.path}")
        self.page.see(".o_count_choice")

    def time_start(self, name):
        """Start from the list of what waits; return the seconds."""
        self._choose()
        return self._time_click(f'.o_count_choice[data-transfer="{name}"]')

    def _time_click(self, selector):
        return self.page.evaluate(
            f"""(async () => {{
                document.querySelector({json.dumps(selector)}).click();
                const start = performance.now();
                while (!document.querySelector(".o_count_row")) {{
                    await new Promise(requestAnimationFrame);
                }}
                return (performance.now() - start) / 1000;
            }})()"""
        )

    def time_reload(self):
        """Load the page anew, with all of Odoo around it; return the seconds."""
        self.page.evaluate("window.isOld = true")
        self.page.send("Page.reload")
        self.page.wait_for("!window.isOld && window.firstRowAt < Infinity")
        return self.page.evaluate("window.firstRowAt") / 1000

    def scan(self, codes, paced):
        self.page.evaluate(TOOLS)
        seconds = self.page.evaluate(f"scanTools.rush({json.dumps(codes)})")
        counted = json.dumps(Counter(codes))
        durations = self.page.evaluate(
            f"scanTools.pace({json.dumps(paced)}, {PACE_MS}, {counted})"
        )
        return seconds, durations


def _make_transfer(chain, size, job):
    """Make a transfer of ``size`` rows that somebody is to do the job on."""
    products = chain.create_products(f"N{size}", size)
    transfer = _create_transfer(chain, products)
    transfer.action_submit()
    transfer.with_user(chain.approver).action_approve()
    if job is JOBS["count"]:
        _ship(transfer)
        transfer.with_user(chain.shop_staff).action_confirm_arrival()
    return transfer


def _measure(clerk, server, transfer, randomness):
    skus = [product.default_code for product in transfer.line_ids.product_id]
    # No row more than is expected: what is shown is what was scanned.
    pieces = [sku for sku in skus for _piece in range(QUANTITY)]
    randomness.shuffle(pieces)
    paced_number = min(PACED_SCANS, len(pieces) // 3)
    paced, codes = pieces[:paced_number], pieces[paced_number:][:SCANS]
    start_seconds = clerk.time_start(transfer.name)
    open_seconds = clerk.time_start(transfer.name)
    reload_seconds = clerk.time_reload()
    server_seconds = seconds_of(server)
    seconds, durations = clerk.scan(codes, paced)
    server_seconds = seconds_of(server) - server_seconds
    lost, doubled = _compare(transfer, codes + paced, clerk.job)
    return {
        "lines": len(skus),
        "scans": len(codes) + len(paced),
        "lost": lost,
        "doubled": doubled,
        "per_second": round(len(codes) / seconds, 1),
        "p95_ms": round(sorted(durations)[int(0.95 * len(durations))], 1),
        "server_cpu_ms": round(1000 * server_seconds / (len(codes) + len(paced)), 1),
        "open_seconds": round(open_seconds, 2),
        "first_open_seconds": round(start_seconds, 2),
        "reload_seconds": round(reload_seconds, 2),
    }


def _compare(transfer, scanned, job):
    """Return how many scans are missing on the server, and how many are too many."""
    transfer.env.cr.rollback()
    transfer.env.invalidate_all()
    differences = [
        line[job.scanned] - scanned.count(line.product_id.default_code)
        for line in transfer.sudo()[job.documents].line_ids
    ]
    return (
        -sum(number for number in differences if number < 0),
        sum(number for number in differences if number > 0),
    )


def main(env, arguments):
    parser = argparse.ArgumentParser(prog="scan")
    parser.add_argument("--lines", type=int, action="append", help="default: 50, 2000")
    parser.add_argument("--job", choices=JOBS, default="count")
    options = parser.parse_args(arguments)
    job, sizes = JOBS[options.job], options.lines or SIZES
    chain = Chain(env(context={"lang": "en_US"}))
    getattr(chain, job.login).password = job.login
    transfers = [_make_transfer(chain, size, job) for size in sizes]
    randomness = random.Random(19)
    env.cr.commit()
    database, log = env.cr.dbname, LOGS / "bench_scan_server.log"
    with served(database, log) as (url, server), chrome.open_page() as page:
        clerk = Clerk(url, database, page, job)
        clerk.warm_up()
        process = psutil.Process(server.pid)
        runs = [
            _measure(clerk, process, transfer, randomness) for transfer in transfers
        ]
    for run in runs:
        _print(run)
    return {"bench": "scan", "job": options.job, **runs[-1], "runs": runs}


def _print(run):
    print(
        "{lines} rows: {scans} scans, {lost} lost, {doubled} doubled, {per_second} a "
        "second, {p95_ms} ms to the screen (p95), {server_cpu_ms} ms of the server's "
        "processor time for each scan; opened in {open_seconds} s (first "
        "{first_open_seconds} s, the page anew {reload_seconds} s)".format(**run)
    )
