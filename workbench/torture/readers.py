"""Who reads reports while all others work, and keeps what was shown.

Whether it can have been so at some moment, is judged afterwards: moments.py.
"""

import itertools
import time

from .connection import ask
from .part import Part
from .requests_of_steps import API

PAUSE = 0.5
# Transfers of one page of changes: so few that there is more.
PAGE = 15
FIGURES = ("to_approve", "to_ship", "on_the_way", "to_count", "partial")
# Quantities of a line, as the analysis names them.
ANALYSED = (
    *("asked", "approved", "to_ship", "shipped", "in_transit", "received"),
    *("returned", "lost", "damaged", "closed", "short"),
)
# Sums that a transfer keeps of its lines.
LISTED = ("asked", "to_ship", "shipped", "in_transit", "received", "closed")


class Reader(Part):
    """Head office at its reports, somebody of the Inventory app, another system."""

    def __init__(self, chain, urls, journal):
        super().__init__("reader", journal)
        self._chain, self._urls = chain, urls
        self._turn = itertools.count()
        self._cursor = None

    def go_on(self):
        reads = (
            self._read_changes,
            self._read_analysis,
            self._read_changes,
            self._read_in_transit,
            self._read_list,
            self._read_overview,
            self._read_stock,
            self._check_ledger,
        )
        for read in itertools.cycle(reads):
            read()
            if self.is_over.wait(PAUSE):
                break
        self._read_the_rest()

    def _read_the_rest(self):
        """Read all reports once more, when everything is still."""
        while self._read_changes() is not False:
            time.sleep(PAUSE)
        for read in (
            self._read_analysis,
            self._read_in_transit,
            self._read_list,
            self._read_stock,
            self._check_ledger,
        ):
            while read() is None:
                time.sleep(PAUSE)

    def _ask(self, name, model, method, login="head_office", **arguments):
        """Return what was answered; None when nothing was."""
        url = self._urls[next(self._turn) % len(self._urls)]
        start = time.monotonic()
        answer = ask(url, self._chain.keys[login], model, method, arguments)
        self.journal.write_answer(f"read {name}", method, start, answer)
        self._asked = start
        return answer.content if answer.is_done else None

    def _keep(self, report, shown):
        self.journal.write("read", report=report, asked=self._asked, shown=shown)
        return shown

    def _read_changes(self):
        """Read one page; return whether there is more, or None without an answer."""
        answer = self._ask(
            "changes", API, "get_changes", cursor=self._cursor, limit=PAGE
        )
        if answer is None:
            return None
        self._cursor = answer["cursor"]
        self._keep("changes", answer)
        return answer["more"]

    def _read_analysis(self):
        rows = self._ask(
            "analysis",
            "store.transfer.report",
            "formatted_read_group",
            domain=[],
            groupby=["transfer_id"],
            aggregates=[f"{name}:sum" for name in ANALYSED],
        )
        return rows and self._keep(
            "analysis",
            {
                row["transfer_id"][0]: {name: row[f"{name}:sum"] for name in ANALYSED}
                for row in rows
            },
        )

    def _read_in_transit(self):
        rows = self._ask(
            "in transit",
            "store.transfer.in.transit",
            "formatted_read_group",
            domain=[],
            groupby=["transfer_id"],
            aggregates=["quantity:sum"],
        )
        return rows and self._keep(
            "in_transit",
            {
                row["transfer_id"] and row["transfer_id"][0]: row["quantity:sum"]
                for row in rows
            },
        )

    def _read_list(self):
        rows = self._ask(
            "list",
            "store.transfer",
            "search_read",
            domain=[],
            fields=["state", *(f"{name}_quantity" for name in LISTED)],
        )
        return rows and self._keep(
            "list",
            {
                row["id"]: {
                    "state": row["state"],
                    **{name: row[f"{name}_quantity"] for name in LISTED},
                }
                for row in rows
            },
        )

    def _read_overview(self):
        cards = self._ask(
            "overview",
            "store.transfer.overview",
            "search_read",
            domain=[],
            fields=["is_total", *(f"{name}_count" for name in FIGURES)],
        )
        return cards and self._keep("overview", cards)

    def _read_stock(self):
        rows = self._ask(
            "stock",
            "stock.quant",
            "formatted_read_group",
            login="inventory",
            domain=[["product_id.default_code", "in", self._chain.skus]],
            groupby=["product_id"],
            aggregates=["quantity:sum"],
        )
        return rows and self._keep("stock", [row["quantity:sum"] for row in rows])

    def _check_ledger(self):
        action = self._ask("ledger", "store.transfer.ledger.check", "action_check_now")
        checks = action and self._ask(
            "ledger",
            "store.transfer.ledger.check",
            "read",
            ids=[action["res_id"]],
            fields=[
                "state",
                "transfer_count",
                "move_count",
                "finding_count",
                "numbers",
            ],
        )
        return checks and self._keep("ledger", checks[0])
