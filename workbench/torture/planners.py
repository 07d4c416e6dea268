"""How each step is planned: who does it, and with which numbers."""

from .chain import LOTS, PLENTIFUL, has_lots, is_scarce
from .chances import list_overrulable, weigh_disputable
from .deciding import OUTCOMES
from .goods import join_goods, split_goods
from .plan import choose


def plan_less_approved(dice, transfer):
    lines = transfer.lines
    quantities = {sku: dice.randint(0, int(line.asked)) for sku, line in lines.items()}
    if not any(quantities.values()):
        quantities[next(iter(lines))] = 1
    # Where the dice leave all of it, nobody has a reason to give.
    is_less = any(quantities[sku] < line.asked for sku, line in lines.items())
    arguments = {"quantities": quantities} if is_less else {}
    return "other", "approver", "approved", arguments


def plan_all_shipped(dice, transfer):
    return plan_shipment("shipped", find_to_ship(dice, transfer))


def plan_some_shipped(dice, transfer):
    return plan_shipment("shipped", find_some_to_ship(dice, transfer))


def plan_shipped_in_cartons(dice, transfer):
    quantities = find_some_to_ship(dice, transfer)
    return plan_shipment("shipped", quantities, pack(dice, quantities))


def plan_written_pick(dice, transfer):
    quantities = find_some_to_ship(dice, transfer)
    # What became of the cartons of a third party, nobody knows.
    cartons = pack(dice, quantities) if transfer.kind == "between" else []
    return plan_shipment("pick_written", quantities, cartons)


def plan_submitted_pick(_dice, transfer):
    return "source", "staff", "pick_submitted", transfer.picked


def plan_shipment(step, quantities, cartons=()):
    arguments = {"quantities": quantities}
    if cartons:
        arguments["cartons"] = cartons
    return "source", "staff", step, arguments


def find_to_ship(dice, transfer):
    """Return all that is left to ship, of either lot where there are any."""
    quantities = {sku: line.to_ship for sku, line in transfer.lines.items()}
    return name_lots(dice, quantities)


def find_some_to_ship(dice, transfer):
    quantities = {
        sku: dice.randint(0, int(line.to_ship)) for sku, line in transfer.lines.items()
    }
    return name_lots(dice, quantities) or find_to_ship(dice, transfer)


def name_lots(dice, quantities):
    """Return ``{goods: quantity}`` of ``{sku: quantity}``, some of it of each lot."""
    goods = {}
    for sku, quantity in quantities.items():
        lots = LOTS if has_lots(sku) else ("", "")
        first = dice.randint(0, int(quantity))
        for lot, part in zip(lots, (first, quantity - first), strict=True):
            name = join_goods(sku, lot)
            goods[name] = goods.get(name, 0) + part
    return leave_out_zeros(goods)


def pack(dice, quantities):
    """Return what goes into which carton: a list of ``{goods: quantity}``.

    Not all of it, and what is scarce in none, as somebody may unpack it to sell it.
    """
    left = {
        goods: quantity
        for goods, quantity in quantities.items()
        if not is_scarce(split_goods(goods)[0])
    }
    cartons = []
    for _carton in range(dice.randint(1, 2)):
        content = leave_out_zeros(
            {goods: dice.randint(0, int(quantity)) for goods, quantity in left.items()}
        )
        left = {goods: left[goods] - content.get(goods, 0) for goods in left}
        if content:
            cartons.append(content)
    return cartons


def plan_proposal(dice, transfer):
    """Propose something that there is plenty of, for what is left of a line."""
    left = {sku: line.to_ship for sku, line in transfer.lines.items() if line.to_ship}
    replaced = dice.choice(list(left))
    arguments = {
        "replaced": replaced,
        "replaced_quantity": dice.randint(1, int(left[replaced])),
        "sku": dice.choice([sku for sku in PLENTIFUL if sku not in transfer.lines]),
        "quantity": dice.randint(1, 9),
    }
    return "source", "staff", "proposed", arguments


def plan_answer(step):
    """Who asked for the goods answers for them, or else an approver."""

    def plan(_dice, transfer):
        role = "staff" if transfer.initiator == "destination" else "approver"
        return "destination", role, step, {}

    return plan


def plan_all_received(_dice, transfer):
    good = transfer.get_expected()
    return "destination", "staff", "received", {"good": good, "damaged": {}}


def plan_some_received(dice, transfer):
    return plan_count(dice, "received", count(dice, transfer))


def plan_written_count(dice, transfer):
    cartons = find_cartons(dice, transfer)
    counted = count(dice, transfer, cartons)
    if cartons:
        counted["cartons"] = cartons
    return "destination", "staff", "count_written", counted


def plan_submitted_count(dice, transfer):
    return plan_count(dice, "count_submitted", transfer.written)


def plan_count(dice, step, counted):
    """Let an approver count now and then, who may accept more than others."""
    if dice.random() < 0.3:
        arguments = {**counted, "is_approver": True}
        return "destination", "approver", step, arguments
    return "destination", "staff", step, counted


def plan_settlement(dice, transfer):
    outcome = "not_sent" if transfer.kind == "receipt" else dice.choice(OUTCOMES)
    return "destination", "approver", "settled", {"outcome": outcome}


def plan_settlement_by_head_office(dice, _transfer):
    arguments = {"outcome": dice.choice(OUTCOMES), "by_head_office": True}
    return None, "head_office", "settled", arguments


def plan_dispute(dice, transfer):
    kind, outcome = choose(dice, weigh_disputable(transfer))
    return "source", "staff", "disputed", {"kind": kind, "outcome": outcome}


def plan_overruling(dice, transfer):
    difference = dice.choice(list_overrulable(transfer))
    others = [name for name in (*OUTCOMES, None) if name != difference.outcome]
    arguments = {
        "goods": difference.goods,
        "former": difference.outcome,
        "outcome": dice.choice(others),
    }
    return None, "head_office", "overruled", arguments


def find_cartons(dice, transfer):
    """Return what is in the cartons that somebody scans, one or more of them."""
    coming = [each.content for each in transfer.cartons if each.place == "on the way"]
    # One that was opened, or counted once, may have been unpacked.
    is_known = all(each.place for each in transfer.cartons)
    if not coming or not is_known or transfer.is_being_counted:
        return []
    return dice.sample(coming, dice.randint(1, len(coming)))


def count(dice, transfer, cartons=()):
    """Return what somebody counts: not all that is expected, some of it damaged.

    Sometimes more than that. What is in the cartons that they scan is there.
    """
    expected = transfer.get_expected()
    good, damaged = {}, {}
    for goods, quantity in expected.items():
        packed = sum(content.get(goods, 0) for content in cartons)
        least = packed if packed else 0
        came = quantity
        if dice.random() < 0.5:
            came = dice.randint(int(least), int(quantity))
        if not packed and dice.random() < 0.2:
            damaged[goods] = dice.randint(0, int(came))
        good[goods] = came - damaged.get(goods, 0)
        if came == quantity and not damaged.get(goods) and dice.random() < 0.2:
            good[goods] += count_more(dice, transfer, goods)
    if not any(good.values()) and not any(damaged.values()):
        good = expected
    return {"good": leave_out_zeros(good), "damaged": leave_out_zeros(damaged)}


def count_more(dice, transfer, goods):
    """Return how much more than expected came.

    Not of what the source may have too little of. How much of several lots is within a
    tolerance, depends on which is counted first.
    """
    sku, lot = split_goods(goods)
    if is_scarce(sku) or (lot and transfer.surplus_rule[0] == "tolerance"):
        return 0
    return dice.randint(1, 3)


def leave_out_zeros(quantities):
    return {sku: quantity for sku, quantity in quantities.items() if quantity}


def plan_simply(side, role, step, **arguments):
    """Return the planner of a step for which nothing has to be thrown."""
    return lambda _dice, _transfer: (side, role, step, arguments)


# How each step of find_steps is planned: (side, role, step of the model, arguments).
PLANNERS = {
    "submitted": plan_simply("initiator", "staff", "submit"),
    "withdrawn": plan_simply("initiator", "staff", "withdrawn"),
    "approved": plan_simply("other", "approver", "approved"),
    "approved_less": plan_less_approved,
    "rejected": plan_simply("other", "approver", "rejected"),
    "cancelled": plan_simply("initiator", "staff", "cancelled"),
    "shipped_all": plan_all_shipped,
    "shipped_some": plan_some_shipped,
    "shipped_in_cartons": plan_shipped_in_cartons,
    "pick_written": plan_written_pick,
    "pick_submitted": plan_submitted_pick,
    "closed": plan_simply("source", "approver", "closed"),
    "shipment_undone": plan_simply("source", "staff", "shipment_undone"),
    "proposed": plan_proposal,
    "proposal_accepted": plan_answer("proposal_accepted"),
    "proposal_refused": plan_answer("proposal_refused"),
    "proposal_withdrawn": plan_simply("source", "staff", "proposal_withdrawn"),
    "arrived": plan_simply("destination", "staff", "arrived"),
    "received_all": plan_all_received,
    "received_some": plan_some_received,
    "count_written": plan_written_count,
    "count_submitted": plan_submitted_count,
    "count_undone": plan_simply("destination", "approver", "count_undone"),
    "settled": plan_settlement,
    "settled_by_head_office": plan_settlement_by_head_office,
    "answered": plan_simply("source", "staff", "answered"),
    "disputed": plan_dispute,
    "upheld": plan_simply("destination", "approver", "upheld", is_disputed=False),
    "upheld_by_head_office": plan_simply(
        None, "head_office", "upheld", is_disputed=True
    ),
    "overruled": plan_overruling,
    "surplus_accepted": plan_simply("destination", "approver", "surplus_accepted"),
    "surplus_refused": plan_simply("destination", "approver", "surplus_refused"),
    "surplus_accepted_by_head_office": plan_simply(
        None, "head_office", "surplus_accepted", by_head_office=True
    ),
    "surplus_refused_by_head_office": plan_simply(
        None, "head_office", "surplus_refused", by_head_office=True
    ),
    "taken_back": plan_simply("source", "staff", "taken_back"),
}
