"""The books of a check of the ledger: from where to where each flow brings goods.

They know nothing of how a line computes what it says (``line_ledger.py``), so that
both can be compared. Where goods come from nowhere, they were shipped; where they go
nowhere, they count as if they had never left.
"""

# By the kind of a transfer and the flow of a move: (account it leaves, that it enters).
ENTRIES = {
    "between": {
        "ship": (None, "in_transit"),
        "unship": ("in_transit", None),
        "not_sent": ("in_transit", None),
        "undo_not_sent": (None, "in_transit"),
        "receive": ("in_transit", "received"),
        "uncount": ("received", "in_transit"),
        "send_back": ("received", "in_transit"),
        "undo_send_back": ("in_transit", "received"),
        "take_back": ("in_transit", "returned"),
        "undo_ship": ("in_transit", "returned"),
        "undo_take_back": ("returned", "in_transit"),
        "damaged": ("in_transit", "damaged"),
        "uncount_damaged": ("damaged", "in_transit"),
        "undo_damaged": ("damaged", "in_transit"),
        "scrapped": ("in_transit", "damaged"),
        "undo_scrapped": ("damaged", "in_transit"),
        "lost": ("in_transit", "lost"),
        "undo_lost": ("lost", "in_transit"),
    },
    "dispatch": {
        "ship": (None, "received"),
        "unship": ("received", None),
        "undo_ship": ("received", "returned"),
        "undo_take_back": ("returned", "received"),
    },
    "receipt": {
        "receive": (None, "received"),
        "uncount": ("received", None),
        "send_back": ("received", "returned"),
        "undo_send_back": ("returned", "received"),
        "damaged": (None, "damaged"),
        "uncount_damaged": ("damaged", None),
        "undo_damaged": ("damaged", "returned"),
    },
}

# What else is added up between two stores: {what: {flow: sign}}.
MEMORANDA = {
    "sent_back": {"send_back": 1, "undo_send_back": -1, "take_back": -1},
    "not_sent": {"not_sent": 1, "undo_not_sent": -1},
}

ACCOUNTS = (
    "shipped",
    "in_transit",
    "received",
    "returned",
    "lost",
    "damaged",
    *MEMORANDA,
)
# In the order in which they are first named.
FLOWS = tuple(dict.fromkeys(flow for entries in ENTRIES.values() for flow in entries))


def get_postings():
    """Return what each flow adds to an account: list of (kind, flow, account, sign)."""
    postings = []
    for kind, entries in ENTRIES.items():
        for flow, (left, entered) in entries.items():
            postings.append((kind, flow, left or "shipped", -1 if left else 1))
            postings.append((kind, flow, entered or "shipped", 1 if entered else -1))
    for account, flows in MEMORANDA.items():
        postings += [("between", flow, account, sign) for flow, sign in flows.items()]
    return postings
