"""What people press who work on a screen, step by step; nothing there has a key."""

import uuid

from .goods import join_goods, split_goods
from .requests_of_steps import API, find_loose

DIFFERENCES = "store.transfer.discrepancy"
PROPOSALS = "store.transfer.substitution"


class Screens:
    """What people press who work on a screen; nothing there has a key.

    Each method asks what the screen asks, by ``ask(model, method, **arguments)``, which
    ends it with the first answer that is none.
    """

    def __init__(self, chain, transfer_id, operation):
        self._reasons, self._products = chain.reasons, chain.products
        self._id = transfer_id
        # What makes the ids of scans, so that they are the same when sent again.
        self._operation = operation

    def shipment_undone(self, ask):
        ask("store.transfer", "action_undo_shipment", ids=[self._id])

    def count_undone(self, ask):
        ask("store.transfer", "action_undo_count", ids=[self._id])

    def closed(self, ask):
        self._answer(ask, "close", "out_of_stock")

    def settled(self, ask, outcome, by_head_office=False):
        self._answer(ask, "settle", "lost_on_the_way", outcome=outcome)

    def overruled(self, ask, goods, former, outcome):
        sku, lot = split_goods(goods)
        about = [["product_id.default_code", "=", sku], ["is_disputed", "=", True]]
        about += [["kind", "=", "short"], ["outcome", "=", former]]
        about += [["lot_id.name", "=", lot] if lot else ["lot_id", "=", False]]
        ids = self._find_differences(ask, about)
        if len(ids) > 1:
            raise NotRecorded(f"{len(ids)} differences are shown that have {about}")
        values = {"discrepancy_id": ids[0], "outcome": outcome or "expected"}
        self._answer(ask, "overrule", "lost_on_the_way", **values)

    def _answer(self, ask, step, reason, **values):
        """Open a question about a step, and answer it."""
        values |= {"transfer_id": self._id, "reason_id": self._reasons[reason]}
        model = f"store.transfer.{step}"
        ids = ask(model, "create", vals_list=[values])
        ask(model, f"action_{step}", ids=ids)

    def answered(self, ask):
        about = [["state", "=", "open"], ["is_disputed", "=", False]]
        self._write_answer(ask, "action_answer", about)

    def disputed(self, ask, kind, outcome):
        about = [["kind", "=", kind], ["outcome", "=", outcome or False]]
        about += [["is_disputed", "=", False], ["is_final", "=", False]]
        self._write_answer(ask, "action_dispute", about)

    def _write_answer(self, ask, button, about):
        ids = self._find_differences(ask, about)
        ask(DIFFERENCES, "write", ids=ids, vals={"answer": "Nobody here knows."})
        ask(DIFFERENCES, button, ids=ids)

    def upheld(self, ask, is_disputed):
        about = [["outcome", "!=", False], ["is_disputed", "=", is_disputed]]
        about += [["state", "!=", "settled"]]
        ask(DIFFERENCES, "action_uphold", ids=self._find_differences(ask, about))

    def surplus_accepted(self, ask, by_head_office=False):
        self._decide_on_surplus(ask, "action_accept", by_head_office)

    def surplus_refused(self, ask, by_head_office=False):
        self._decide_on_surplus(ask, "action_refuse", by_head_office)

    def _decide_on_surplus(self, ask, button, by_head_office):
        about = [["kind", "=", "surplus"], ["outcome", "=", False]]
        about += [["is_disputed", "=", by_head_office]]
        ask(DIFFERENCES, button, ids=self._find_differences(ask, about))

    def _find_differences(self, ask, about):
        """Return the ids of those of the transfer that are shown like this."""
        domain = [["transfer_id", "=", self._id], *about]
        rows = ask(DIFFERENCES, "search_read", domain=domain, fields=["kind"])
        if not rows:
            raise NotRecorded(f"no difference is shown that has {about}")
        return [row["id"] for row in rows]

    def proposed(self, ask, replaced, replaced_quantity, sku, quantity):
        [shape] = ask(API, "get_transfers", transfers=[self._id])
        [line] = [line["id"] for line in shape["lines"] if line["sku"] == replaced]
        values = {
            "transfer_id": self._id,
            "line_id": line,
            "replaced_quantity": replaced_quantity,
            "product_id": self._products[sku],
            "quantity": quantity,
        }
        ids = ask("store.transfer.substitute", "create", vals_list=[values])
        ask("store.transfer.substitute", "action_propose", ids=ids)

    def proposal_accepted(self, ask):
        ask(PROPOSALS, "action_accept", ids=self._find_proposal(ask))

    def proposal_withdrawn(self, ask):
        ask(PROPOSALS, "action_withdraw", ids=self._find_proposal(ask))

    def proposal_refused(self, ask):
        [proposal] = self._find_proposal(ask)
        model = "store.transfer.refuse.substitution"
        values = {"substitution_id": proposal, "reason_id": self._reasons["no_space"]}
        ids = ask(model, "create", vals_list=[values])
        ask(model, "action_refuse", ids=ids)

    def _find_proposal(self, ask):
        domain = [["transfer_id", "=", self._id], ["state", "=", "open"]]
        rows = ask(PROPOSALS, "search_read", domain=domain, fields=["state"])
        if len(rows) != 1:
            raise NotRecorded(f"{len(rows)} open proposals are shown")
        return [rows[0]["id"]]

    # Picking and counting, by scans: each of them counts once.

    def pick_written(self, ask, quantities, cartons=()):
        """Pick what nobody has begun to pick, some of it into cartons."""
        pick_id = self._open_pick(ask)
        screen = ask("store.transfer.pick", "get_screen", ids=[pick_id])
        rows = {row["sku"]: row["id"] for row in screen["rows"]}
        events, picked = [], {}
        for number, content in enumerate([*cartons, find_loose(quantities, cartons)]):
            carton = self._get_id(f"carton {number}")
            is_loose = number == len(cartons)
            if not is_loose:
                events.append({"uuid": carton, "kind": "carton"})
            for goods, quantity in content.items():
                picked[goods] = picked.get(goods, 0) + quantity
                event = {
                    "uuid": self._get_id(f"{goods} {number}"),
                    "kind": "set",
                    "line_id": rows[goods],
                    "quantity": picked[goods],
                }
                events.append(event if is_loose else {**event, "carton": carton})
        self._record(ask, "store.transfer.pick", pick_id, events)

    def pick_submitted(self, ask, quantities, cartons=()):
        pick_id = self._open_pick(ask)
        ask("store.transfer.pick", "action_submit", ids=[pick_id])

    def _open_pick(self, ask):
        action = ask("store.transfer", "action_pick", ids=[self._id])
        return action["params"]["pick_id"]

    def count_written(self, ask, good, damaged, cartons=()):
        count_id = self._open_count(ask)
        screen = ask("store.transfer.count", "get_screen", ids=[count_id])
        packed = find_packed(cartons)
        events = self._scan_cartons(screen, cartons)
        for row in screen["rows"]:
            goods = join_goods(row["sku"], row["lot"])
            counted = good.get(goods, 0), damaged.get(goods, 0)
            # What came in cartons and nothing beside it was counted by their scans.
            if counted != (packed.get(goods), 0):
                events += self._scan(row, *counted)
        self._record(ask, "store.transfer.count", count_id, events)

    def _scan_cartons(self, screen, contents):
        """Return the scans of cartons, each found by what is in it."""
        goods = {
            row["id"]: join_goods(row["sku"], row["lot"]) for row in screen["rows"]
        }
        coming = {
            carton["name"]: {goods[row]: quantity for row, quantity in carton["parts"]}
            for carton in screen["cartons"]
        }
        names = []
        for content in contents:
            found = [name for name in coming if coming[name] == content]
            if not found:
                raise NotRecorded(f"no carton with {content} is shown, but {coming}")
            names.append(found[0])
            del coming[found[0]]
        return [
            {"uuid": self._get_id(name), "kind": "scan", "barcode": name}
            for name in names
        ]

    def _scan(self, row, good, damaged):
        """Yield what is done on a row, whatever had been counted on it before."""
        for number, (kind, quantity) in enumerate(
            [("damaged", 0), ("set", good + damaged), ("damaged", damaged)]
        ):
            yield {
                "uuid": self._get_id(f"{row['id']} {number}"),
                "kind": kind,
                "line_id": row["id"],
                "quantity": quantity,
            }

    def _get_id(self, name):
        return str(uuid.uuid5(uuid.NAMESPACE_OID, f"{self._operation} {name}"))

    def _record(self, ask, model, document_id, events):
        """Send scans; a phone that gets no answer in time sends the same once more."""
        for batch in (events, events[: len(events) // 2]):
            answer = ask(model, "record_scans", ids=[document_id], events=batch)
            for result in answer["results"].values():
                if result["status"] != "counted":
                    raise NotRecorded(f"{result['status']}: {result['message']}")

    def count_submitted(self, ask, good, damaged, cartons=(), is_approver=False):
        count_id = self._open_count(ask)
        ask("store.transfer.count", "action_submit", ids=[count_id])

    def _open_count(self, ask):
        return ask("store.transfer", "action_start_count", ids=[self._id])["res_id"]


def find_packed(cartons):
    """Return what is in cartons, all of them together: ``{goods: quantity}``."""
    packed = {}
    for content in cartons:
        for goods, quantity in content.items():
            packed[goods] = packed.get(goods, 0) + quantity
    return packed


class NotRecorded(Exception):
    """A screen shows or answers something else than there is."""
