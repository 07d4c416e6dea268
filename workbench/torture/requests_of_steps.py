"""How each step is asked for: by a method with a key, or as a screen does it."""

import uuid

API = "store.transfer.api"


def get_keyed(wish, transfer_id, key):
    """Return ``(method, arguments)`` of a step that other systems do with a key.

    :return: None for a step that only people do
    """
    common = {"transfer": transfer_id, "key": key}
    if step := PLAIN_STEPS.get(wish.step):
        return "do_step", {**common, "step": step}
    planner = KEYED_STEPS.get(wish.step)
    if not planner:
        return None
    method, arguments = planner(**wish.arguments)
    return method, {**common, **arguments}


def get_creation(order, key):
    content = {
        "key": key,
        "kind": order.kind,
        "initiator": order.initiator,
        "source": order.source,
        "destination": order.destination,
        "lines": name_quantities(order.quantities),
    }
    if order.kind != "between":
        content["remark"] = "Somebody outside"
    told = {name: value for name, value in content.items() if value is not None}
    return "create_transfers", {"orders": [told]}


def approve(quantities=None):
    if quantities is None:
        return "approve", {}
    lines = name_quantities(quantities)
    return "approve", {"lines": lines, "reason": "store_transfer.reason_enough_stock"}


def reject():
    return "reject", {"reason": "store_transfer.reason_no_space"}


def ship(quantities):
    return "ship", {"lines": name_quantities(quantities)}


def receive(good, damaged):
    lines = [
        {"sku": sku, "good": good.get(sku, 0), "damaged": damaged.get(sku, 0)}
        for sku in dict.fromkeys([*good, *damaged])
    ]
    return "receive", {"lines": lines}


def name_quantities(quantities):
    return [{"sku": sku, "quantity": quantity} for sku, quantity in quantities.items()]


KEYED_STEPS = {
    "approved": approve,
    "rejected": reject,
    "shipped": ship,
    "received": receive,
}
PLAIN_STEPS = {
    "submit": "submit",
    "withdrawn": "withdraw",
    "cancelled": "cancel",
    "arrived": "confirm_arrival",
    "taken_back": "take_back",
}


class Screens:
    """What people press who work on a screen; nothing there has a key.

    Each method asks what the screen asks, by ``ask(model, method, **arguments)``, which
    ends it with the first answer that is none.
    """

    def __init__(self, chain, transfer_id, operation):
        self._reasons = chain.reasons
        self._id = transfer_id
        # What makes the ids of scans, so that they are the same when sent again.
        self._operation = operation

    def shipment_undone(self, ask):
        ask("store.transfer", "action_undo_shipment", ids=[self._id])

    def count_undone(self, ask):
        ask("store.transfer", "action_undo_count", ids=[self._id])

    def closed(self, ask):
        self._answer(ask, "close", "out_of_stock")

    def settled(self, ask, outcome):
        self._answer(ask, "settle", "lost_on_the_way", outcome=outcome)

    def _answer(self, ask, step, reason, **values):
        """Open a question about a step, and answer it."""
        values |= {"transfer_id": self._id, "reason_id": self._reasons[reason]}
        model = f"store.transfer.{step}"
        ids = ask(model, "create", vals_list=[values])
        ask(model, f"action_{step}", ids=ids)

    def count_written(self, ask, good, damaged):
        """Count as on a phone: by scans, each of which counts once."""
        count_id = self._open_count(ask)
        screen = ask("store.transfer.count", "get_screen", ids=[count_id])
        events = [
            event
            for row in screen["rows"]
            for event in self._scan(
                row, good.get(row["sku"], 0), damaged.get(row["sku"], 0)
            )
        ]
        # A phone that gets no answer in time sends the same once more.
        for batch in (events, events[: len(events) // 2]):
            answer = ask(
                "store.transfer.count", "record_scans", ids=[count_id], events=batch
            )
            self._check_recorded(answer)

    def _scan(self, row, good, damaged):
        """Yield what is done on a row, whatever had been counted on it before."""
        for number, (kind, quantity) in enumerate(
            [("damaged", 0), ("set", good + damaged), ("damaged", damaged)]
        ):
            yield {
                "uuid": str(
                    uuid.uuid5(
                        uuid.NAMESPACE_OID, f"{self._operation} {row['id']} {number}"
                    )
                ),
                "kind": kind,
                "line_id": row["id"],
                "quantity": quantity,
            }

    def _check_recorded(self, answer):
        for result in answer["results"].values():
            if result["status"] != "counted":
                raise NotRecorded(f"{result['status']}: {result['message']}")

    def count_submitted(self, ask, good, damaged):
        count_id = self._open_count(ask)
        ask("store.transfer.count", "action_submit", ids=[count_id])

    def _open_count(self, ask):
        return ask("store.transfer", "action_start_count", ids=[self._id])["res_id"]


class NotRecorded(Exception):
    """A scan was answered, and not counted."""
