"""How long what managers look at takes, over two years of transfers.

The transfers are written by SQL, see _history.py; afterwards each of them is accounted
for. Each report is opened as the browser does it, in the middle of several times; the
check of the ledger once.
"""

import argparse
import statistics

from _history import History
from _meter import Meter
from lists import SCREENS, Screen
from lxml import etree

TIMES = 3


class Reports:
    """What is asked by head office, and what it takes."""

    def __init__(self, chain):
        self.chain = chain
        self.env = chain.env(user=chain.head_office.id)
        self.result = {}

    def measure(self, name, ask, times=TIMES):
        """Ask several times; keep what it takes in the middle."""
        ask()  # what Odoo keeps between requests is there in life
        meter, took = Meter(self.chain.env), []
        for _time in range(times):
            meter.start()
            ask()
            took.append(meter.stop())
        for key in took[0]:
            middle = statistics.median(one[key] for one in took)
            self.result[f"{name}_{key}"] = round(middle, 3)

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
        """Open its pivot by lane and month, over all of history."""
        rows = self.env["store.transfer.report"]
        view = self.chain.env.ref("store_transfer.view_store_transfer_report_pivot")
        measures = self._get_measures(rows, view)
        groups = ["lane", "submit_day:month"]
        self.measure("analysis", lambda: self._pivot(rows, groups, measures))

    def measure_lead_times(self):
        """Open their pivot by lane and month, over all of history."""
        rows = self.env["store.transfer.lead.time"]
        view = self.chain.env.ref("store_transfer.view_lead_time_pivot")
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
        view = self.chain.env.ref("store_transfer.view_in_transit_list")
        arch = etree.fromstring(rows.get_view(view.id, "list")["arch"])
        names = [node.get("name") for node in arch.iter("field")]
        measures = ["quantity:sum", "value:sum"]
        self.measure("in_transit", lambda: self._pivot(rows, ["lane"], measures))
        self.measure("in_transit_list", lambda: rows.search_read([], names, limit=80))

    def _pivot(self, rows, groups, measures):
        """Ask what a pivot shows that is opened by these groups."""
        sets = [groups[:depth] for depth in range(len(groups) + 1)]
        rows.formatted_read_grouping_sets([], sets, measures)

    def measure_lists(self):
        for screen, name in zip(SCREENS, ("work", "outbound", "list"), strict=True):
            shown = Screen(self.chain.env, screen, self.chain.head_office)
            self.measure(name, shown.open)
            for tab in shown.tabs if name == "list" else ():
                self.measure(f"tab_{tab}", Tab(shown, tab).open)

    def measure_search(self):
        """Search as people do: by number, SKU and barcode."""
        transfer, _share = self.chain.templates[3]
        product = transfer.line_ids.product_id[0].sudo()
        product.barcode = "4710000000017"
        shown = Screen(self.chain.env, "Outbound", self.chain.head_office)
        for name, domain in {
            "number": [("name", "ilike", f"{transfer.name}-7")],
            "sku": [("line_ids.product_id", "ilike", product.default_code)],
            "barcode": [("line_ids.product_id", "ilike", product.barcode)],
        }.items():
            self.measure(f"search_{name}", Search(shown, domain).open)

    def measure_ledger(self):
        """Check all of it, as the scheduled action does."""
        checks = self.env["store.transfer.ledger.check"].sudo()
        check = checks._begin(self.chain.company, self.chain.head_office)
        meter = Meter(self.chain.env)
        # With all processors, as in life.
        self.chain.env.cr.execute("RESET max_parallel_workers_per_gather")
        self.chain.env.cr.commit()
        meter.start()
        check._run()
        for key, value in meter.stop().items():
            self.result[f"ledger_{key}"] = value
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


def main(env, arguments):
    parser = argparse.ArgumentParser(prog="reports")
    parser.add_argument("--transfers", type=int, default=10_000)
    transfers = parser.parse_args(arguments).transfers
    chain = History(env(context={"lang": "en_US"}))
    chain.write(transfers)
    reports = Reports(chain)
    reports.measure_ledger()
    reports.measure_overview()
    reports.measure_analysis()
    reports.measure_in_transit()
    reports.measure_lead_times()
    reports.measure_lists()
    reports.measure_search()
    result = {
        "bench": "reports",
        "transfers": chain.env["store.transfer"].search_count([]),
        **reports.result,
    }
    _print(result)
    return result


def _print(result):
    for key, seconds in result.items():
        if key.endswith("_seconds") and not key.endswith("_cpu_seconds"):
            name = key.removesuffix("_seconds")
            print(
                f"{name:24} {seconds:8.3f} s {result[f'{name}_cpu_seconds']:8.3f} s of"
                f" processors {result[f'{name}_queries']:4} queries"
            )
    print(f"{result['transfers']:,} transfers, {result['moves']:,} moves")
