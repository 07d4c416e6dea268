"""How each step is asked for that other systems do: by a method with a key."""

from .goods import split_goods

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


def ship(quantities, cartons=()):
    lines = []
    for number, content in enumerate(cartons, start=1):
        packed = name_quantities(content)
        lines += [{**line, "carton": f"box {number}"} for line in packed]
    return "ship", {"lines": lines + name_quantities(find_loose(quantities, cartons))}


def find_loose(quantities, cartons):
    """Return what is in no carton: ``{goods: quantity}``."""
    loose = {
        goods: quantity - sum(content.get(goods, 0) for content in cartons)
        for goods, quantity in quantities.items()
    }
    return {goods: quantity for goods, quantity in loose.items() if quantity}


def receive(good, damaged, is_approver=False):
    lines = [
        {
            **name_goods(goods),
            "good": good.get(goods, 0),
            "damaged": damaged.get(goods, 0),
        }
        for goods in dict.fromkeys([*good, *damaged])
    ]
    return "receive", {"lines": lines}


def name_quantities(quantities):
    return [
        {**name_goods(goods), "quantity": quantity}
        for goods, quantity in quantities.items()
    ]


def name_goods(goods):
    sku, lot = split_goods(goods)
    return {"sku": sku, "lot": lot} if lot else {"sku": sku}


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
