"""What moves do for a transfer: the one table of flows.

``ship`` leaves the source, ``receive`` enters the destination; a third-party transfer
has one of them only. ``send_back`` leaves the destination again, ``take_back`` brings
to the source what does not go to the destination any more. What came ``damaged`` was
counted as such; ``scrapped``, ``lost`` and ``not_sent`` did not arrive. Each can be
undone by a return. ``undo_ship`` returns goods before they have arrived,
``undo_take_back`` sends again what was at the source again.

``unship`` takes a shipment back, as if it had not left yet; ``uncount`` and
``uncount_damaged`` take back what a count has received. That is a step's way, and no
return's: what was undone is done anew by shipping, and by counting.
"""

from dataclasses import dataclass


@dataclass(frozen=True)
class Flow:
    """What moves of one flow do.

    :param undone_by: the flow of a return of such a move; none where a step does
    :param into_transit: whether it brings goods between two stores into transit; all
        others take them out
    :param outcome: what became of a discrepancy whose goods it moved; of an undoing,
        what is undone
    """

    label: str
    undone_by: str
    into_transit: bool = False
    outcome: str = ""


FLOWS = {
    "ship": Flow("Ship", "undo_ship", into_transit=True),
    "receive": Flow("Receive", "send_back", outcome="arrived"),
    "send_back": Flow("Send Back", "undo_send_back", into_transit=True),
    "take_back": Flow("Take Back", "undo_take_back", outcome="returned"),
    "damaged": Flow("Damaged", "undo_damaged", outcome="damaged"),
    "scrapped": Flow("Scrapped", "undo_scrapped", outcome="damaged"),
    "lost": Flow("Lost", "undo_lost", outcome="lost"),
    "not_sent": Flow("Not sent", "undo_not_sent", outcome="not_sent"),
    "unship": Flow("Undo Shipment", ""),
    "uncount": Flow("Undo Count", "", into_transit=True),
    "uncount_damaged": Flow("Undo Count of Damaged", "", into_transit=True),
    "undo_ship": Flow("Undo Ship", "undo_take_back", outcome="returned"),
    "undo_send_back": Flow("Undo Send Back", "send_back", outcome="arrived"),
    "undo_take_back": Flow("Undo Take Back", "undo_ship", into_transit=True),
    "undo_damaged": Flow(
        "Undo Damaged", "damaged", into_transit=True, outcome="damaged"
    ),
    "undo_scrapped": Flow(
        "Undo Scrapped", "scrapped", into_transit=True, outcome="damaged"
    ),
    "undo_lost": Flow("Undo Lost", "lost", into_transit=True, outcome="lost"),
    "undo_not_sent": Flow(
        "Undo Not Sent", "not_sent", into_transit=True, outcome="not_sent"
    ),
}

INTO_TRANSIT = tuple(name for name, flow in FLOWS.items() if flow.into_transit)
INTO_TRANSIT_TO_DESTINATION = tuple(
    flow for flow in INTO_TRANSIT if flow != "send_back"
)

# What settles a short, by its outcome; only these are undone by a step.
SETTLING_FLOWS = {"damaged": "scrapped", "lost": "lost", "not_sent": "not_sent"}

# What carries out what was approved, by the kind of a transfer; the first is planned.
FIRST_FLOWS = {
    "between": ("ship",),
    "dispatch": ("ship",),
    "receipt": ("receive", "damaged"),
}

# What brings that back, so that it is asked for again.
ASKED_AGAIN = {
    "between": ("unship",),
    "dispatch": ("unship",),
    "receipt": ("uncount", "uncount_damaged"),
}
