"""What can be done next to a transfer, and how often that is chosen."""

from .chain import has_lots, is_scarce
from .deciding import OUTCOMES
from .model import FINAL


def find_steps(transfer):
    """Return ``{name: how often}`` of what can be done to a transfer."""
    if transfer.approval == "draft":
        return {"submitted": 1}
    if transfer.approval == "waiting":
        return {
            **{"approved": 12, "approved_less": 4, "rejected": 1},
            **{"cancelled": 1, "withdrawn": 1},
        }
    if transfer.picked:
        return {"pick_submitted": 1}
    if transfer.is_being_counted:
        return {"count_submitted" if transfer.written else "count_written": 1}
    undo_count = {"count_undone": 1} if transfer.can_undo_count() else {}
    steps = undo_count | find_steps_of_differences(transfer)
    if transfer.state in FINAL:
        return steps and {**steps, "over": 3}
    return {
        **steps,
        **find_steps_of_source(transfer),
        **find_steps_of_destination(transfer),
    }


def find_steps_of_source(transfer):
    steps = {}
    if transfer.proposal:
        # While it waits, all else may go on.
        steps |= {"proposal_accepted": 8, "proposal_refused": 3}
        steps["proposal_withdrawn"] = 2
    if transfer.kind != "receipt" and transfer.has_to_ship:
        if not transfer.proposal:
            steps["proposed"] = 2
        steps |= {"shipped_all": 6, "shipped_some": 4, "closed": 1}
        if transfer.kind == "between":
            steps["shipped_in_cartons"] = 3
        if not any(map(is_special, transfer.lines)):
            steps["pick_written"] = 4
    pieces = [pieces for _goods, _line, pieces in transfer.list_pieces()]
    if transfer.kind != "receipt" and not any(each.shipped for each in pieces):
        steps["cancelled"] = 0.5
    if transfer.shipments and not transfer.has_arrived:
        steps["shipment_undone"] = 1
    if any(each.to_take_back for each in pieces):
        steps["taken_back"] = 8
    return steps


def find_steps_of_destination(transfer):
    steps = {}
    if transfer.is_to_count():
        steps |= {"received_all": 4, "received_some": 5, "count_written": 3}
        if not transfer.has_arrived:
            steps["arrived"] = 2
    return steps


def find_steps_of_differences(transfer):
    """Return what can be done about what did not simply arrive."""
    differences, steps = transfer.differences, {}
    if any(not short.is_disputed for short in differences.find("short")):
        steps["settled"] = 5
    if any(short.is_disputed for short in differences.find("short")):
        steps["settled_by_head_office"] = 3
    for surplus in differences.find("surplus"):
        who = "_by_head_office" if surplus.is_disputed else ""
        steps |= {f"surplus_accepted{who}": 3, f"surplus_refused{who}": 1}
    for each in differences.all:
        if each.outcome and each.state != "settled":
            steps["upheld_by_head_office" if each.is_disputed else "upheld"] = 2
    if transfer.kind == "between":
        if any(each.state == "open" for each in differences.all):
            steps["answered"] = 3
        if disputable := weigh_disputable(transfer):
            steps["disputed"] = max(disputable.values())
        if list_overrulable(transfer):
            steps["overruled"] = 8
    return steps


def weigh_disputable(transfer):
    """Return ``{(kind, outcome): how often}`` of what the source may dispute.

    What was moved is worth more: head office may let it be moved again.
    """
    return {
        (each.kind, each.outcome): 4 if is_moved(each) else 1
        for each in transfer.differences.all
        if not (each.is_final or each.is_disputed)
    }


def list_overrulable(transfer):
    """Return what head office can decide otherwise, each by itself.

    What was taken back stays with the source.
    """
    returned = {
        goods for goods, _line, pieces in transfer.list_pieces() if pieces.returned
    }
    return [
        each
        for each in transfer.differences.all
        if each.is_disputed
        and is_moved(each)
        and not (each.outcome == "returned" and each.goods in returned)
        # What came damaged later is where damaged goods are.
        and each.settled_by is None
        and len(transfer.find_overrulable(each.goods, each.outcome)) == 1
    ]


def is_moved(difference):
    """Tell whether goods were booked somewhere because of it, and can be again."""
    return difference.kind == "short" and difference.outcome in OUTCOMES


def is_special(sku):
    return is_scarce(sku) or has_lots(sku)
