"""How long what managers look at takes, over years of transfers.

The transfers are written by SQL, see _history.py; afterwards each of them is accounted
for. Each report is opened as the browser does it, in the middle of several times; the
check of the ledger once.
"""

import argparse
import statistics

from _history import MOST_OPEN, OVER, History
from _meter import Meter
from lists import SCREENS, Screen
from lxml import etree

from odoo.fields import Date

TIMES = 3


class Reports:
    """What is asked by head office, and what it takes."""

    def __init__(self, env, head_office):
        self.admin = env
        self.head_office = head_office
        self.env = env(user=head_office.id)
        self.result = {}

    def measure(self, name, ask):
        """Ask several times; keep what it takes in the middle.

        The seconds are what a manager waits, with the helpers that PostgreSQL starts in
        life; the processor time is that of one process that has none.
        """
        ask()  # what Odoo keeps between requests is there in life
        waited = self._take(ask, alone=False)
        worked = self._take(ask, alone=True)
        self._keep(name, {**worked, "seconds": waited["seconds"]})

    def _take(self, ask, alone):
        """Return what it takes in the middle of several times."""
        meter, took = Meter(self.admin, analyze=False, alone=alone), []
        for _time in range(TIMES):
            meter.start()
            ask()
            took.append(meter.stop())
        return {key: statistics.median(one[key] for one in took) for key in took[0]}

    def _keep(self, name, took):
        """Keep what something takes, and print it: all of it takes minutes."""
        for key, value in took.items():
            self.result[f"{name}_{key}"] = round(value, 3)
        print(
            f"{name:24} {took['seconds']:8.3f} s {took['cpu_seconds']:8.3f} s of"
            f" processors {took['queries']:4} queries",
            flush=True,
        )

    def measure_overview(self):
        cards = self.env["store.transfer.overview"]
        arch = etree.fromstring(cards.get_view(view_type="kanban")["arch"])
        names = {node.get("name") for node in arch.iter("field")}
        specification = {
            name: {"fields": {"display_name": {}}}
            if cards._fields[name].type == "many2one"
            else {}
            for name in names
        }
        self.measure("overview", lambda: cards.web_search_read([], specification))

    def measure_analysis(self):
        """Open its pivot by lane and month: of all, and of what it opens with."""
        rows = self.env["store.transfer.report"]
        view = self.admin.ref("store_transfer.view_store_transfer_report_pivot")
        measures = self._get_measures(rows, view)
        groups = ["lane", "submit_day:month"]
        recent = [("submit_day", ">=", _get_first_day())]
        for name, domain in {"analysis": [], "analysis_opened": recent}.items():
            self.measure(name, lambda d=domain: self._pivot(rows, groups, measures, d))

    def measure_lead_times(self):
        """Open their pivot by lane and month, over all of history."""
        rows = self.env["store.transfer.lead.time"]
        view = self.admin.ref("store_transfer.view_lead_time_pivot")
        measures = self._get_measures(rows, view)
        groups = ["lane", "done_date:month"]
        self.measure("lead_times", lambda: self._pivot(rows, groups, measures))

    @staticmethod
    def _get_measures(rows, view):
        """Return what a pivot shows when it is opened."""
        arch = etree.fromstring(rows.get_view(view.id, "pivot")["arch"])
        names = [node.get("name") for node in arch.xpath("//field[@type='measure']")]
        return [f"{name}:{rows._fields[name].aggregator}" for name in names]

    def measure_in_transit(self):
        """Open it as a pivot of lanes, and as a list."""
        rows = self.env["store.transfer.in.transit"]
        view = self.admin.ref("store_transfer.view_in_transit_list")
        arch = etree.fromstring(rows.get_view(view.id, "list")["arch"])
        names = [node.get("name") for node in arch.iter("field")]
        measures = ["quantity:sum", "value:sum"]
        self.measure("in_transit", lambda: self._pivot(rows, ["lane"], measures))
        self.measure("in_transit_list", lambda: rows.search_read([], names, limit=80))

    def _pivot(self, rows, groups, measures, domain=()):
        """Ask what a pivot shows that is opened by these groups."""
        sets = [groups[:depth] for depth in range(len(groups) + 1)]
        rows.formatted_read_grouping_sets(domain, sets, measures)

    def measure_lists(self):
        for screen, name in zip(SCREENS, ("work", "outbound", "list"), strict=True):
            shown = Screen(self.admin, screen, self.head_office)
            self.measure(name, shown.open)
            for tab in shown.tabs if name == "list" else ():
                self.measure(f"tab_{tab}", Tab(shown, tab).open)

    def measure_search(self):
        """Search as people do: by number, SKU and barcode."""
        transfer = self.admin["store.transfer"].search([], order="id", limit=1)
        product = transfer.line_ids.product_id[0].sudo()
        product.barcode = "4710000000017"
        shown = Screen(self.admin, "Outbound", self.head_office)
        for name, domain in {
            "number": [("name", "ilike", f"{transfer.name}-7")],
            "sku": [("line_ids.product_id", "ilike", product.default_code)],
            "barcode": [("line_ids.product_id", "ilike", product.barcode)],
        }.items():
            self.measure(f"search_{name}", Search(shown, domain).open)

    def measure_ledger(self):
        """Check all of it, as the scheduled action does."""
        checks = self.env["store.transfer.ledger.check"].sudo()
        check = checks._begin(self.head_office.company_id, self.head_office)
        meter = Meter(self.admin, analyze=False)
        meter.start()
        check._run()
        self._keep("ledger", meter.stop())
        self.result["moves"] = check.move_count
        self.result["unexplained"] = check.finding_count
        assert not check.finding_count, check._get_alarm()


class Tab:
    """A list of which one tab is chosen."""

    def __init__(self, screen, tab):
        self.screen = screen
        self.domain = screen.domain + screen.filters[tab]

    def open(self):
        self.screen.show(self.domain)


class Search(Tab):
    """A list in which something is searched for."""

    def __init__(self, screen, domain):
        self.screen = screen
        self.domain = screen.domain + domain


def _get_first_day():
    """Return since when the analysis shows what was asked for, as it is opened."""
    return Date.subtract(Date.today().replace(day=1), months=2)


def main(env, arguments):
    parser = argparse.ArgumentParser(prog="reports")
    parser.add_argument("--transfers", type=int, default=10_000)
    parser.add_argument("--days", type=int, help="over how many days")
    parser.add_argument("--open", type=int, default=MOST_OPEN, help="how many are open")
    options = parser.parse_args(arguments)
    env = env(context={"lang": "en_US"})
    head_office = History.find(env, options.transfers, options.days, options.open)
    reports = Reports(env, head_office)
    reports.measure_overview()
    reports.measure_analysis()
    reports.measure_in_transit()
    reports.measure_lead_times()
    reports.measure_lists()
    reports.measure_search()
    reports.measure_ledger()
    result = {
        "bench": "reports",
        "transfers": env["store.transfer"].search_count([]),
        "open": env["store.transfer"].search_count([("state", "not in", OVER)]),
        **reports.result,
    }
    print(
        f"{result['transfers']:,} transfers, {result['open']:,} of them open,"
        f" {result['moves']:,} moves"
    )
    return result
