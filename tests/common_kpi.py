"""The manager's numbers in plain Python, over raw records.

Formulas are those of docs/users/reporting.md, said once more from the moves, counts and
differences: nothing that the addon adds up, and none of its helpers, is read.
"""

from collections import defaultdict
from datetime import timedelta, timezone
from types import SimpleNamespace
from zoneinfo import ZoneInfo

from odoo.tools import float_round

# What moves add to, or take off, where goods are. The keys of each are flows.
GOOD = {"receive": 1, "uncount": -1, "send_back": -1, "undo_send_back": 1}
BROKEN = {"damaged": 1, "uncount_damaged": -1, "undo_damaged": -1}
SCRAPPED = {"scrapped": 1, "undo_scrapped": -1}
LOST = {"lost": 1, "undo_lost": -1}
LEFT = {"ship": 1, "unship": -1, "not_sent": -1, "undo_not_sent": 1}
CAME_BACK = {"take_back": 1, "undo_ship": 1, "undo_take_back": -1}
VENDOR_GOT_BACK = {"send_back": 1, "undo_send_back": -1, "undo_damaged": 1}
# Which of them say when goods left, and when they came; and what undoes them.
DEPARTURES = ("ship",)
ARRIVALS = ("receive", "damaged")
UNDOES = {"unship": "ship", "uncount": "receive", "uncount_damaged": "damaged"}
# What a store sees of its week.
WEEK = {
    "destination": {"receive": 1, "uncount": -1},
    "source": {"ship": 1, "unship": -1},
}
# A difference of these is none of the shipment: it came, or was never sent off.
NO_FAULT = ("arrived", "damaged", "closed")
PIECES = (
    "asked",
    "approved",
    "to_ship",
    "shipped",
    "in_transit",
    "received",
    "short",
    "surplus",
    "damaged",
    "lost",
    "returned",
    "closed",
)
DAYS_OF_PIPE = 30


def day_at(moment, zone):
    """Return which day it is in a time zone at a moment of UTC."""
    return moment.replace(tzinfo=timezone.utc).astimezone(ZoneInfo(zone)).date()


def hours(start, end):
    """Return the hours from one moment to another; None where they are not known."""
    if not start or not end or end < start:
        return None
    return (end - start).total_seconds() / 3600


class KpiBook:
    """All lines of some transfers, with what is known of each, at a moment."""

    def __init__(self, env, transfer_ids, costs, now):
        """:param costs: ``{line id: what one of the stock unit cost when it left}``"""
        self.env, self.now, self.costs = env, now, costs
        self.zones = self.read_zones()
        self.transfers = {
            row["id"]: row
            for row in self.read_rows("store.transfer", [("id", "in", transfer_ids)])
            if row["approval_state"] != "draft"
        }
        ids = list(self.transfers)
        of_these = [("transfer_id", "in", ids)]
        self.units = self.by_id("uom.uom", [])
        self.products = self.read_products()
        self.reasons = self.by_id("store.transfer.reason", [])
        self.moves = self.read_moves()
        self.cases = self.read_rows("store.transfer.discrepancy", of_these)
        self.counts = self.read_rows("store.transfer.count", of_these)
        self.count_of_picking = self.read_counts_of_pickings()
        self.picks = self.read_rows("store.transfer.pick", of_these)
        self.lines = [
            self.tell(line) for line in self.read_rows("store.transfer.line", of_these)
        ]

    def read_rows(self, model, domain):
        records = self.env[model].sudo().with_context(active_test=False)
        names = [
            name
            for name, field in records._fields.items()
            if field.store and field.type not in ("binary", "one2many", "many2many")
        ]
        return records.search_read(domain, names, order="id", load=None)

    def by_id(self, model, domain):
        return {row["id"]: row for row in self.read_rows(model, domain)}

    def read_products(self):
        """Return ``{product id: its template}``."""
        products = self.read_rows("product.product", [("default_code", "!=", False)])
        templates = self.by_id(
            "product.template",
            [("id", "in", [row["product_tmpl_id"] for row in products])],
        )
        return {row["id"]: templates[row["product_tmpl_id"]] for row in products}

    def read_moves(self):
        """Return ``{line id: moves}``."""
        of_these = [("transfer_line_id.transfer_id", "in", list(self.transfers))]
        moves = defaultdict(list)
        for move in self.read_rows("stock.move", of_these):
            moves[move["transfer_line_id"]].append(move)
        return moves

    def read_counts_of_pickings(self):
        """Return ``{picking id: when what it moved was counted}``, if by a count."""
        counts = {count["id"]: count["submit_date"] for count in self.counts}
        rows = self.read_rows("stock.picking", [("transfer_count_id", "in", [*counts])])
        return {row["id"]: counts[row["transfer_count_id"]] for row in rows}

    def read_zones(self):
        """Return ``{store id: time zone}``."""
        partners = {
            row["id"]: row["tz"]
            for row in self.read_rows("res.partner", [("tz", "!=", False)])
        }
        return {
            row["id"]: partners.get(row["partner_id"]) or "UTC"
            for row in self.read_rows("stock.warehouse", [])
        }

    def convert(self, quantity, unit_id, product_id):
        own = self.units[self.products[product_id]["uom_id"]]
        return round(quantity * self.units[unit_id]["factor"] / own["factor"], 6)

    def tell(self, line):
        """Return all that is known of a line, by the names of the analysis."""
        transfer = self.transfers[line["transfer_id"]]
        told = SimpleNamespace(
            id=line["id"],
            transfer=transfer,
            product_id=line["product_id"],
            customer=line["customer_name"],
            zone=self.zones[
                transfer["destination_store_id"] or transfer["source_store_id"]
            ],
            moves=self.moves[line["id"]],
            cases=[case for case in self.cases if case["line_id"] == line["id"]],
            line=line,
        )
        self.tell_pieces(told)
        self.tell_dates(told)
        self.tell_verdict(told)
        return told

    def add(self, told, signs, state="done"):
        """Add up what moves of a line have done; of kilograms no trace is left over."""
        done = sum(
            signs.get(move["transfer_flow"], 0)
            * self.convert(move["quantity"], move["product_uom"], told.product_id)
            for move in told.moves
            if move["state"] == state
        )
        return round(done, 6)

    def tell_pieces(self, told):
        line, kind = told.line, told.transfer["kind"]
        told.asked = self.convert(
            line["quantity"], line["product_uom_id"], told.product_id
        )
        good, broken = self.add(told, GOOD), self.add(told, BROKEN)
        told.lost = self.add(told, LOST)
        told.damaged = broken + self.add(told, SCRAPPED)
        told.in_transit = 0.0
        if kind == "receipt":
            told.returned = self.add(told, VENDOR_GOT_BACK)
            told.shipped = good + broken + told.returned
            told.received = good
        else:
            told.shipped = self.add(told, LEFT)
            told.returned = self.add(told, CAME_BACK)
            told.received = good
        if kind == "between":
            gone = told.received + told.damaged + told.lost + told.returned
            told.in_transit = round(told.shipped - gone, 6)
        if kind == "dispatch":
            told.received = told.shipped - told.returned
        first = "receive" if kind == "receipt" else "ship"
        told.to_ship = sum(
            move["product_qty"]
            for move in told.moves
            if move["state"] not in ("draft", "done", "cancel")
            and move["transfer_flow"] == first
        )
        told.approved = line["approved_quantity"]
        told.closed = line["closed_quantity"]
        told.surplus = line["surplus_quantity"]
        told.short = sum(
            case["quantity"]
            for case in told.cases
            if case["kind"] == "short"
            and case["state"] != "settled"
            and not case["outcome"]
        )
        cost = self.costs.get(told.id, 0.0)
        told.values = {name: getattr(told, name) * cost for name in PIECES}
        told.unexplained = cost * max(
            0.0,
            told.lost
            - sum(
                case["quantity"]
                for case in told.cases
                if case["outcome"] == "lost" and case["reason_id"]
            ),
        )

    def get_moments(self, told, flows):
        """Return when these moves were done, without what was undone of them."""
        return [
            moment
            for flow in flows
            for _quantity, moment in self.get_movements(told, flow)
        ]

    def get_movements(self, told, wanted):
        """Return how much was moved and not undone, and when it was moved.

        What was undone is of the picking that is named, then of those before, of which
        the last one first.

        :return: ``[(quantity, moment)]``
        """
        by_id = {move["id"]: move for move in told.moves}
        done = [move for move in told.moves if move["state"] == "done"]
        movements = []
        for move in sorted(done, key=lambda move: (move["date"], move["id"])):
            flow, picking = move["transfer_flow"], move["picking_id"]
            counted = self.count_of_picking.get(picking)
            # When a surplus left that a count has found, nobody knows.
            if flow == wanted and not (counted and flow in DEPARTURES):
                moment = min(move["date"], counted or move["date"])
                movements.append([picking, move["quantity"], moment])
            elif UNDOES.get(flow) == wanted:
                undone = by_id[move["origin_returned_move_id"]]["picking_id"]
                owed = move["quantity"]
                named = [one for one in movements if one[0] == undone]
                others = [one for one in movements if one[0] != undone]
                for one in (*named, *others[::-1]):
                    taken = min(owed, one[1])
                    one[1] = round(one[1] - taken, 6)
                    owed -= taken
        return [(left, moment) for _picking, left, moment in movements if left > 0]

    def tell_dates(self, told):
        told.departures = self.get_moments(told, DEPARTURES)
        told.counted = max(self.get_moments(told, ARRIVALS), default=None)
        told.filled = self.get_moment_in_full(told)

    def get_moment_in_full(self, told):
        """Return when as much as was asked for had been counted, or nothing."""
        here = 0.0
        for quantity, moment in sorted(
            self.get_movements(told, "receive"), key=lambda movement: movement[1]
        ):
            here = round(here + quantity, 6)
            if here >= told.asked:
                return moment
        return None

    def tell_verdict(self, told):
        transfer, kind = told.transfer, told.transfer["kind"]
        approval, state = transfer["approval_state"], transfer["state"]
        today = day_at(self.now, told.zone)
        promised = transfer["promised_date"]
        told.is_over = state == "done" or (
            state == "cancelled" and approval == "approved"
        )
        told.is_day_over = bool(promised) and promised < today
        told.is_full = told.received >= told.asked
        told.is_kept = bool(
            told.is_full
            and told.filled
            and promised
            and day_at(told.filled, told.zone) <= promised
        )
        told.is_due = (
            kind != "dispatch"
            and approval in ("waiting", "approved")
            and told.asked > 0
            and (told.is_over or told.is_day_over)
        )
        told.is_cut = told.is_over and told.asked > 0 and not told.is_full
        told.is_recounted = any(
            move["transfer_flow"] in ("uncount", "uncount_damaged")
            and move["state"] == "done"
            for move in told.moves
        )
        # What was closed before it was shipped, nobody has counted.
        found = [
            case
            for case in told.cases
            if case["outcome"] != "closed" or kind == "receipt"
        ]
        told.is_counted = kind != "dispatch" and bool(
            told.counted or found or state == "done"
        )
        told.differing = sum(
            case["quantity"]
            for case in told.cases
            if case["kind"] in ("surplus", "unexpected")
            or (case["kind"] == "short" and case["outcome"] not in NO_FAULT)
            or (
                case["kind"] == "short"
                and case["outcome"] == "closed"
                and kind == "receipt"
            )
        )
        told.miscounted = sum(
            case["quantity"]
            for case in told.cases
            if case["kind"] == "short" and case["outcome"] == "arrived"
        )
        # What left after the last count, nobody has counted.
        uncounted = told.in_transit - self.get_going_back(told) - told.short
        told.sent = (
            told.approved
            if kind == "receipt"
            else told.shipped
            - max(0.0, uncounted)
            + self.add_cases(told, ("short",), "not_sent")
            - self.add_cases(told, ("surplus", "unexpected"), "accepted")
        )

    def add_cases(self, told, kinds, outcome):
        return sum(
            case["quantity"]
            for case in told.cases
            if case["kind"] in kinds and case["outcome"] == outcome
        )

    def is_supply_cut(self, told):
        reasons = [case["reason_id"] for case in told.cases if case["kind"] == "short"]
        if told.line["not_approved_quantity"] > 0:
            reasons.append(told.line["not_approved_reason_id"])
        if told.closed > 0:
            reasons.append(told.line["close_reason_id"])
        return any(
            self.reasons[reason]["is_supply_cut"] for reason in reasons if reason
        ) or any(
            case["kind"] == "short" and case["outcome"] == "not_sent"
            for case in told.cases
        )

    # Of whole transfers ---------------------------------------------------------

    def get_ship_date(self, transfer_id):
        """Return when the first of what stayed away left."""
        lines = [line for line in self.lines if line.transfer["id"] == transfer_id]
        if not sum(line.shipped for line in lines):
            return None
        return min((one for line in lines for one in line.departures), default=None)

    def get_last_ship_date(self, transfer_id):
        lines = [line for line in self.lines if line.transfer["id"] == transfer_id]
        if not sum(line.shipped for line in lines):
            return None
        return max((one for line in lines for one in line.departures), default=None)

    def has_cases(self, transfer_id, test):
        return any(
            case["transfer_id"] == transfer_id and test(case) for case in self.cases
        )

    def get_person(self, rows, transfer_id, order):
        done = [
            row
            for row in rows
            if row["transfer_id"] == transfer_id and row["state"] == "done"
        ]
        return max(done, key=order)["user_id"] if done else False

    # The overview ---------------------------------------------------------------

    def get_worth(self, figure, ids):
        """Return what the records that a number on a card counts are worth."""
        if figure == "difference":
            return self.add_values(case for case in self.cases if case["id"] in ids)
        return sum(
            self.get_quantity_of_card(figure, line) * self.costs.get(line.id, 0.0)
            for line in self.lines
            if line.transfer["id"] in ids
        )

    def get_quantity_of_card(self, figure, line):
        to_ship = line.to_ship
        if line.transfer["approval_state"] == "waiting":
            to_ship = line.asked
        if figure in ("to_approve", "to_ship"):
            return to_ship
        if figure in ("partial", "late"):
            return to_ship + line.in_transit
        if line.transfer["kind"] == "receipt":
            return to_ship
        return line.in_transit - self.get_going_back(line)

    def get_going_back(self, line):
        """Return what is on its way back to the source."""
        flows = {"send_back": 1, "undo_send_back": -1, "take_back": -1}
        left = line.line["to_return_quantity"] + self.add(line, flows)
        return min(max(left, 0), line.in_transit)

    def get_week(self, side, store_id, zone):
        """Return what came in, or went out, on each of the last days; of all: no store.

        What was undone is taken off the day on which it had been done.
        """
        pieces = defaultdict(float)
        for line in self.lines:
            if store_id not in (False, line.transfer[f"{side}_store_id"]):
                continue
            by_id = {move["id"]: move for move in line.moves}
            for move in line.moves:
                sign = WEEK[side].get(move["transfer_flow"])
                if not sign or move["state"] != "done":
                    continue
                happened = move if sign > 0 else by_id[move["origin_returned_move_id"]]
                pieces[day_at(happened["date"], zone)] += sign * self.convert(
                    move["quantity"], move["product_uom"], line.product_id
                )
        today = day_at(self.now, zone)
        return [pieces[today - timedelta(days=ago)] for ago in reversed(range(7))]

    # Differences ----------------------------------------------------------------

    def get_differences(self, cases):
        """Return ``{figure: what it is for these differences}``."""

        def is_overdue(case):
            transfer = self.transfers[case["transfer_id"]]
            zone = self.zones[
                transfer["destination_store_id"] or transfer["source_store_id"]
            ]
            return (
                case["state"] != "settled"
                and case["deadline"]
                and case["deadline"] < day_at(self.now, zone)
            )

        lost = [case for case in cases if case["outcome"] == "lost"]
        ages = [
            ((case["settle_date"] or self.now) - case["open_date"]).total_seconds()
            for case in cases
        ]
        return {
            "number_of_differences": len(cases),
            "number_overdue": sum(map(bool, map(is_overdue, cases))),
            "quantity": sum(case["quantity"] for case in cases),
            "value": self.add_values(cases),
            "open_value": self.add_values(
                case for case in cases if case["state"] != "settled"
            ),
            "lost_value": self.add_values(lost),
            "unexplained_value": self.add_values(
                case for case in lost if not case["reason_id"]
            ),
            "age_days": self.divide(sum(ages) / 86400, len(ages)) or 0,
        }

    def add_values(self, cases):
        """Add up what differences are worth, each in whole cents."""
        return sum(
            float_round(case["quantity"] * case["unit_cost"], precision_digits=2)
            for case in cases
        )

    # The figures ----------------------------------------------------------------

    def get_figures(self, lines):
        """Return ``{figure: what it is for these lines}``; None where nothing is."""
        figures = {name: sum(getattr(line, name) for line in lines) for name in PIECES}
        for name in PIECES:
            figures[f"{name}_value"] = sum(line.values[name] for line in lines)
        figures["unexplained_value"] = sum(line.unexplained for line in lines)
        figures["shipped_lately_value"] = sum(
            line.values["shipped"] for line in lines if self.left_lately(line)
        )
        transfers = {line.transfer["id"]: line.transfer for line in lines}
        figures["number_of_transfers"] = len(transfers)
        figures["promise_changes"] = sum(
            transfer["expected_changes"] for transfer in transfers.values()
        )
        figures["to_ship_days"] = self.get_oldest(lines)
        return {
            **figures,
            **self.get_service(lines),
            **self.get_promises(lines, transfers.values()),
            **self.get_accuracy(lines),
            **self.get_speed(lines),
        }

    def left_lately(self, line):
        last = self.get_last_ship_date(line.transfer["id"])
        return (
            line.transfer["kind"] == "between"
            and last
            and (self.now - last).total_seconds() < DAYS_OF_PIPE * 86400
        )

    def get_oldest(self, lines):
        ages = [
            (self.now - line.transfer["approval_date"]).days
            for line in lines
            if line.to_ship > 0
        ]
        return max(ages, default=None)

    def divide(self, part, whole, less=False):
        # What adds up to nothing, in floats is nearly nothing.
        if abs(whole) < 1e-9:
            return None
        return 1 - part / whole if less else part / whole

    def get_service(self, lines):
        over = [line for line in lines if line.is_over and line.asked > 0]
        decided = [
            line
            for line in lines
            if line.transfer["kind"] == "between"
            and (
                line.transfer["approval_date"]
                or line.transfer["approval_state"] == "rejected"
            )
        ]
        return {
            "unit_fill_rate": self.divide(
                sum(min(line.received, line.asked) for line in over),
                sum(line.asked for line in over),
            ),
            "line_fill_rate": self.divide(
                sum(line.is_full for line in over), len(over)
            ),
            "supply_fill_rate": self.divide(
                sum(not line.is_full and self.is_supply_cut(line) for line in over),
                len(over),
                less=True,
            ),
            "approval_rate": self.divide(
                sum(min(line.approved, line.asked) for line in decided),
                sum(line.asked for line in decided),
            ),
        }

    def get_promises(self, lines, transfers):
        due = [line for line in lines if line.is_due]
        orders = {line.transfer["id"] for line in due}
        missed = {line.transfer["id"] for line in due if not line.is_kept}
        blemished = missed | {
            line.transfer["id"]
            for line in due
            if line.cases
            or line.is_recounted
            or self.has_cases(
                line.transfer["id"],
                lambda case: case["kind"] == "unexpected" or not case["line_id"],
            )
        }
        waited_for = [line for line in due if line.customer]
        moved = [one for one in transfers if one["expected_changes"]]
        return {
            "otif_rate": self.divide(len(missed), len(orders), less=True),
            "perfect_rate": self.divide(len(blemished), len(orders), less=True),
            "line_otif_rate": self.divide(sum(line.is_kept for line in due), len(due)),
            "customer_rate": self.divide(
                sum(line.is_kept for line in waited_for), len(waited_for)
            ),
            "promise_moved_rate": self.divide(
                len(moved), sum(bool(one["promised_date"]) for one in transfers)
            ),
            "slipped_days": self.divide(
                sum(
                    max(0, (one["expected_date"] - one["promised_date"]).days)
                    for one in moved
                ),
                len(moved),
            ),
        }

    def get_accuracy(self, lines):
        counted = [line for line in lines if line.is_counted]
        sent = sum(line.sent for line in counted)
        wrong = {
            line.transfer["id"]
            for line in counted
            if line.differing > 0
            or self.has_cases(line.transfer["id"], lambda case: not case["line_id"])
        }
        between = [line for line in lines if line.transfer["kind"] == "between"]
        known = [line for line in lines if line.transfer["kind"] != "dispatch"]
        lately = sum(line.values["shipped"] for line in lines if self.left_lately(line))
        return {
            "shipping_accuracy": self.divide(
                sum(line.differing for line in counted), sent, less=True
            ),
            "counting_accuracy": self.divide(
                sum(line.miscounted for line in counted), sent, less=True
            ),
            "error_rate": self.divide(
                len(wrong), len({line.transfer["id"] for line in counted})
            ),
            "damage_rate": self.divide(
                sum(line.damaged for line in known),
                sum(line.shipped for line in known),
            ),
            "shrink_rate": self.divide(
                sum(line.values["lost"] for line in between),
                sum(line.values["shipped"] for line in between),
            ),
            "pipe_days": self.divide(
                DAYS_OF_PIPE * sum(line.values["in_transit"] for line in lines), lately
            ),
        }

    def get_speed(self, lines):
        waits = defaultdict(list)
        for line in lines:
            transfer = line.transfer
            left = self.get_ship_date(transfer["id"])
            if transfer["kind"] == "between":
                waits["approval_hours"].append(
                    hours(transfer["submit_date"], transfer["approval_date"])
                )
            waits["ship_hours"].append(hours(transfer["approval_date"], left))
            waits["way_hours"].append(hours(left, transfer["arrival_date"]))
            if line.is_over:
                waits["dock_hours"].append(
                    hours(transfer["arrival_date"], line.counted)
                )
                waits["lead_hours"].append(hours(transfer["submit_date"], line.counted))
        figures = {}
        for name in (
            "approval_hours",
            "ship_hours",
            "way_hours",
            "dock_hours",
            "lead_hours",
        ):
            known = [wait for wait in waits[name] if wait is not None]
            figures[name] = self.divide(sum(known), len(known))
        return figures

    # Lead times -----------------------------------------------------------------

    def get_lead_times(self, lines):
        """Return ``{figure: days}`` of the transfers of these lines; None of none."""
        transfers = {line.transfer["id"]: line.transfer for line in lines}
        waits = defaultdict(list)
        for transfer_id, transfer in transfers.items():
            counted = self.get_last_count(transfer_id)
            if transfer["kind"] != "between" or transfer["state"] != "done":
                continue
            if not counted:
                continue
            left = self.get_ship_date(transfer_id)
            submitted, approved = transfer["submit_date"], transfer["approval_date"]
            for wait, start, end in (
                ("approval", submitted, approved),
                ("shipping", approved, left),
                ("way", left, transfer["arrival_date"]),
                ("counting", transfer["arrival_date"], counted),
                ("door", submitted, counted),
            ):
                waits[wait].append(hours(start, end))
        return {
            f"{wait}_{name}": self.get_percentile(waits[wait], share)
            for wait in ("approval", "shipping", "way", "counting", "door")
            for name, share in (("median", 0.5), ("p90", 0.9))
        }

    def get_last_count(self, transfer_id):
        return max(
            (
                line.counted
                for line in self.lines
                if line.transfer["id"] == transfer_id and line.counted
            ),
            default=None,
        )

    def get_percentile(self, waits, share):
        """Return in days what a share of all took at most, between two if need be."""
        known = sorted(wait / 24 for wait in waits if wait is not None)
        if not known:
            return None
        place = (len(known) - 1) * share
        below = int(place)
        above = min(below + 1, len(known) - 1)
        return known[below] + (known[above] - known[below]) * (place - below)

    # Who sees what --------------------------------------------------------------

    def get_lines_of(self, store_ids, is_approver):
        """Return the lines that somebody of these stores may read in the analysis."""
        blind = {
            row["id"]
            for row in self.read_rows("stock.warehouse", [])
            if row["transfer_blind_count"]
        }

        def sees(line):
            transfer = line.transfer
            if transfer["source_store_id"] in store_ids:
                return True
            if transfer["destination_store_id"] not in store_ids:
                return False
            is_over = transfer["state"] in ("rejected", "cancelled", "done")
            is_own_question = (
                transfer["state"] == "waiting"
                and transfer["initiator"] == "destination"
            )
            return (
                is_approver
                or transfer["destination_store_id"] not in blind
                or is_over
                or is_own_question
            )

        return [line for line in self.lines if sees(line)]

    # By what they can be grouped ------------------------------------------------

    def get_groupings(self, zone):
        """Return ``{what the analysis groups by: function of a line}``.

        :param zone: of who reads it
        """
        stores = {
            row["id"]: row["name"] for row in self.read_rows("stock.warehouse", [])
        }

        def name_side(line, side):
            store = line.transfer[f"{side}_store_id"]
            # As the walk's third parties have no name.
            return stores[store] if store else "Third party"

        def month(moment):
            return moment and day_at(moment, zone).replace(day=1)

        def of_transfer(name):
            return lambda line: line.transfer[name]

        def of_line(name):
            return lambda line: line.line[name]

        def of_product(name):
            return lambda line: self.products[line.product_id][name]

        return {
            **{
                name: of_transfer(name)
                for name in (
                    "company_id",
                    "kind",
                    "initiator",
                    "state",
                    "source_store_id",
                    "destination_store_id",
                    "partner_id",
                    "carrier",
                    "approval_user_id",
                )
            },
            **{
                name: of_line(name)
                for name in (
                    "transfer_id",
                    "product_id",
                    "not_approved_reason_id",
                    "close_reason_id",
                )
            },
            "categ_id": of_product("categ_id"),
            "stock_uom_id": of_product("uom_id"),
            "create_user_id": of_transfer("create_uid"),
            "ship_user_id": lambda line: self.get_person(
                self.picks, line.transfer["id"], lambda row: row["id"]
            ),
            "count_user_id": lambda line: self.get_person(
                self.counts,
                line.transfer["id"],
                lambda row: (row["submit_date"], row["id"]),
            ),
            "source_name": lambda line: name_side(line, "source"),
            "destination_name": lambda line: name_side(line, "destination"),
            "lane": lambda line: (
                f"{name_side(line, 'source')} → {name_side(line, 'destination')}"
            ),
            "is_for_customer": lambda line: bool(line.customer),
            "is_cut": lambda line: bool(line.is_cut),
            "is_wrong": lambda line: line.is_counted and line.differing > 0,
            "is_late": lambda line: (
                line.is_due and not line.is_kept and line.is_day_over
            ),
            "submit_day:month": lambda line: day_at(
                line.transfer["submit_date"], self.get_asked_zone(line)
            ).replace(day=1),
            "promised_date:month": lambda line: line.transfer["promised_date"].replace(
                day=1
            ),
            "ship_date:month": lambda line: month(
                self.get_ship_date(line.transfer["id"])
            ),
            "last_count_date:month": lambda line: month(line.counted),
        }

    def get_asked_zone(self, line):
        """Return the time zone of the store that was asked; a third party has none."""
        transfer = line.transfer
        sides = ["source_store_id", "destination_store_id"]
        if transfer["initiator"] == "source":
            sides.reverse()
        return self.zones[transfer[sides[0]] or transfer[sides[1]]]

    def get_groups(self, lines, key):
        groups = defaultdict(list)
        for line in lines:
            groups[key(line) or False].append(line)
        return {group: self.get_figures(of_group) for group, of_group in groups.items()}
