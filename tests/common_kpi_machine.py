"""Random histories, over time and across prices, and the manager's numbers of them."""

import json
from collections import defaultdict
from datetime import datetime, timedelta

from freezegun import freeze_time
from hypothesis import strategies as st
from hypothesis.stateful import initialize

from .common_kpi import PIECES, KpiBook
from .common_ledger import LedgerWorld
from .common_ledger_machine import (
    ACTIONS,
    NUMBER,
    PRODUCT,
    YES_OR_NO,
    Action,
    LedgerMachine,
    LedgerMachineCase,
)
from .common_overview import FIGURES as CARD_FIGURES
from .common_overview import OverviewLists

READER_ZONE = "Asia/Taipei"
# After so many actions the figures are compared, of all lines and by some of what they
# can be grouped by: all of it takes longer than all that people do.
ACTIONS_BETWEEN = 3
GROUPINGS_AT_ONCE = 4
# Clocks are put forward or back in the first two; the third is the end of a year.
STARTS = (
    datetime(2030, 3, 30, 9, 30),
    datetime(2030, 10, 26, 9, 30),
    datetime(2030, 12, 30, 9, 30),
)
ZONES = {"ec": "America/New_York", "shop": "Europe/London", "shop_south": "Asia/Tokyo"}
# Of what is asked of all kinds, these are most often about time and money.
MORE_ACTIONS = (
    Action("pass_time", "always", 12, {"hours": st.sampled_from((1, 5, 13, 30, 80))}),
    Action("reprice", "always", 4, {"product": PRODUCT, "cost": st.integers(0, 40)}),
    Action("give_reason", "always", 2, {"number": NUMBER, "has_reason": YES_OR_NO}),
)
RATES = (
    "unit_fill_rate",
    "line_fill_rate",
    "supply_fill_rate",
    "approval_rate",
    "otif_rate",
    "line_otif_rate",
    "perfect_rate",
    "customer_rate",
    "promise_moved_rate",
    "slipped_days",
    "shipping_accuracy",
    "counting_accuracy",
    "error_rate",
    "damage_rate",
    "shrink_rate",
    "pipe_days",
    "approval_hours",
    "ship_hours",
    "way_hours",
    "dock_hours",
    "lead_hours",
)
FIGURES = (
    *PIECES,
    *(f"{name}_value" for name in PIECES),
    "unexplained_value",
    "shipped_lately_value",
    "number_of_transfers",
    "promise_changes",
    "to_ship_days",
    *RATES,
)
# To which a card rounds what it says.
CENT = 0.01
MOVED_FIRST = {"between": "ship", "dispatch": "ship", "receipt": "receive"}


class KpiWorld(OverviewLists, LedgerWorld):
    """Keeps books of what things cost when they left, as it happens."""

    def __init__(self, case):
        super().__init__(case)
        # {line id: what one of it cost when it was last looked at}
        self.costs = {}
        # {line id: (when submitted and approved, how often moved, whether it is away)}
        self.known = {}

    def attempt(self, name, **arguments):
        prices = self.read_prices()
        done = super().attempt(name, **arguments)
        self.keep_costs(prices)
        return done

    def finish_step(self, transfer):
        prices = self.read_prices()
        done = super().finish_step(transfer)
        self.keep_costs(prices)
        return done

    def read_prices(self):
        products = self.case.env["product.product"].browse(
            [product.id for product in self.case.products]
        )
        products = products.with_company(self.case.company)
        return {product.id: product.standard_price for product in products}

    def keep_costs(self, prices):
        """Write down what goods cost before they were submitted, approved, moved."""
        for line in self.get_transfers().sudo().line_ids:
            transfer = line.transfer_id
            flow = MOVED_FIRST[transfer.kind]
            moved = len(
                line.move_ids.filtered(
                    lambda move, flow=flow: (
                        move.state == "done" and move.transfer_flow in (flow, "damaged")
                    )
                )
            )
            steps = (transfer.submit_date, transfer.approval_date)
            former, moved_before, was_away = self.known.get(line.id, (None, 0, False))
            if steps != former or (moved > moved_before and not was_away):
                self.costs[line.id] = prices[line.product_id.id]
            self.known[line.id] = steps, moved, line.shipped_quantity > 0

    def withdraw(self, number):
        lines = self.transfer("withdraw", number).sudo().line_ids
        done = super().withdraw(number)
        self.forget(lines)
        return done

    def reset_and_submit(self, number):
        lines = self.transfer("reset", number).sudo().line_ids
        done = super().reset_and_submit(number)
        self.forget(lines)
        return done

    def forget(self, lines):
        """They were submitted anew, maybe in the same second as before."""
        for line in lines:
            self.known.pop(line.id, None)

    def pass_time(self, hours):
        self.case.clock.tick(timedelta(hours=hours))

    def reprice(self, product, cost):
        product = self.case.products[product]
        self.case.change_cost(product.with_company(self.case.company), cost)

    def give_reason(self, number, has_reason):
        """Somebody says why goods were lost, or that nobody knows."""
        lost = self.discrepancies(self.case.head_office).filtered(
            lambda one: one.outcome == "lost"
        )
        if lost:
            reason = self.env.ref("store_transfer.reason_stolen")
            one = lost[number % len(lost)].sudo()
            one.reason_id = has_reason and reason

    def check(self):
        self.env.invalidate_all()
        self.look()
        if len(self.log) % ACTIONS_BETWEEN == 0:
            self.compare()
        self.is_right = True

    def compare(self):
        """Compare all that the analysis says with the books."""
        self.env.flush_all()
        book = KpiBook(self.env, self.transfers, self.costs, datetime.now())
        self.compare_analysis(book)
        self.compare_lead_times(book)
        self.compare_differences(book)
        people = [
            person for person in self.case.store_people if not self.is_away(person)
        ]
        readers = [*people, self.case.head_office]
        self.compare_overview(book, readers[len(self.log) % len(readers)])
        if people:
            self.compare_as_reader(book, people[len(self.log) % len(people)])

    def is_away(self, person):
        return person.id in self.away

    def compare_as_reader(self, book, person):
        """Who works for a store reads of it, and of nothing that is kept from them."""
        lines = book.get_lines_of(
            self.get_store(person).ids, person in self.case.approvers
        )
        report = self.env["store.transfer.report"].with_user(person)
        [found] = report._read_group([], [], self.get_specs(report))
        self.compare_group(f"as {person.login}", found, book.get_figures(lines))

    def compare_lead_times(self, book):
        rows = self.env["store.transfer.lead.time"].with_user(self.case.head_office)
        names = list(book.get_lead_times([]))
        specs = [f"{name}:avg" for name in names]
        domain = [("company_id", "=", self.case.company.id)]
        found = {False: rows._read_group(domain, [], specs)[0]}
        for transfer, *figures in rows._read_group(domain, ["transfer_id"], specs):
            found[transfer.id] = figures
        for transfer_id, figures in found.items():
            lines = [
                line
                for line in book.lines
                if transfer_id in (False, line.transfer["id"])
            ]
            expected = book.get_lead_times(lines)
            for name, value in zip(names, figures, strict=True):
                self.case.assertEqual(value is False, expected[name] is None, name)
                self.case.assertAlmostEqual(value or 0, expected[name] or 0, 4, name)

    def compare_differences(self, book):
        rows = self.env["store.transfer.discrepancy.report"]
        rows = rows.with_user(self.case.head_office)
        names = list(book.get_differences([]))
        specs = [f"{name}:{rows._fields[name].aggregator}" for name in names]
        domain = [("company_id", "=", self.case.company.id)]
        for spec in ("transfer_id", "product_id", "kind", "outcome", "settle_user_id"):
            cases = defaultdict(list)
            for case in book.cases:
                cases[case[spec] or False].append(case)
            found = {
                self.get_key(group): figures
                for group, *figures in rows._read_group(domain, [spec], specs)
            }
            self.case.assertEqual(set(found), set(cases), spec)
            for group, figures in found.items():
                expected = book.get_differences(cases[group])
                for name, value in zip(names, figures, strict=True):
                    self.case.assertAlmostEqual(value, expected[name], 4, name)

    def compare_overview(self, book, person):
        """Each number on a card is that of the list it opens, as its reader sees it."""
        cards = self.env["store.transfer.overview"].with_user(person).search([])
        hides_values = person._counts_blind()
        for card in cards:
            self.compare_week(book, card)
            for figure in CARD_FIGURES:
                records = self.open_list(card, figure)
                title = f"{figure} of {card.display_name}, as {person.login}"
                self.case.assertEqual(card[f"{figure}_count"], len(records), title)
                if not hides_values:
                    self.case.assertAlmostEqual(
                        card[f"{figure}_value"],
                        book.get_worth(figure, records.ids),
                        msg=title,
                        delta=CENT / 2 + 1e-6,
                    )

    def compare_week(self, book, card):
        chart = json.loads(card.kanban_dashboard_graph)
        for name, side in (("received", "destination"), ("shipped", "source")):
            week = book.get_week(side, card.store_id.id, card.env.tz.zone)
            for pieces, expected in zip(chart[name], week, strict=True):
                self.case.assertAlmostEqual(pieces, expected, 4, card.display_name)

    def compare_analysis(self, book):
        report = self.env["store.transfer.report"].with_user(self.case.head_office)
        report = report.with_context(tz=READER_ZONE)
        specs = self.get_specs(report)
        domain = [("company_id", "=", self.case.company.id)]
        self.compare_group(
            "all",
            report._read_group(domain, [], specs)[0],
            book.get_figures(book.lines),
        )
        if not book.lines:
            return
        groupings = list(book.get_groupings(READER_ZONE).items())
        # Some of them after each action, all of them in turn.
        first = GROUPINGS_AT_ONCE * len(self.log) % len(groupings)
        for spec, key in (groupings + groupings)[first : first + GROUPINGS_AT_ONCE]:
            groups = {
                self.get_key(group): figures
                for group, *figures in report._read_group(domain, [spec], specs)
            }
            expected = book.get_groups(book.lines, key)
            self.case.assertEqual(set(groups), set(expected), spec)
            for group, figures in groups.items():
                self.compare_group(f"{spec} {group}", figures, expected[group])

    def get_specs(self, report):
        return [f"{name}:{report._fields[name].aggregator}" for name in FIGURES]

    def get_key(self, value):
        if hasattr(value, "ids"):
            return value.id
        return value.date() if isinstance(value, datetime) else value

    def compare_group(self, title, found, expected):
        wrong = {}
        for name, value in zip(FIGURES, found, strict=True):
            other = expected[name]
            is_empty = value is False or value is None
            if name in RATES or name == "to_ship_days":
                # Nothing to measure is nothing, and not 0.
                if is_empty != (other is None):
                    wrong[name] = (value, other)
                    continue
            if abs((value or 0) - (other or 0)) > 1e-4:
                wrong[name] = (value, other)
        self.case.assertFalse(wrong, f"{title}: {{figure: (found, expected)}}")


class KpiMachine(LedgerMachine):
    world_class = KpiWorld
    actions = (*ACTIONS, *MORE_ACTIONS)

    @initialize(start=st.sampled_from(STARTS))
    def begin(self, start):
        self.world.case.clock.move_to(start)


class KpiMachineCase(LedgerMachineCase):
    """The chain in three time zones."""

    machine = KpiMachine

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        for name, zone in ZONES.items():
            store = getattr(cls, name)
            store.partner_id = cls.env["res.partner"].create(
                {"name": store.name, "tz": zone}
            )
        cls.head_office.tz = READER_ZONE

    def change_cost(self, product, cost):
        product.standard_price = cost

    def run_at_random(self):
        with freeze_time(STARTS[0]) as self.clock:
            return super().run_at_random()
