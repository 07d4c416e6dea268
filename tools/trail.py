"""The steps of a transfer as its trail names them, and where they are done from."""

import threading
from dataclasses import dataclass
from urllib.parse import urlsplit

from odoo.http import request

from .flows import FLOWS

# In the context of who calls: from which screen. A text, and no right comes from it.
ORIGIN = "store_transfer_origin"


@dataclass(frozen=True)
class Shown:
    """How a step is shown: in words, and by an icon."""

    label: str
    icon: str


# A step of the Inventory app is named after what its moves did, see ``FLOWS``.
TRAIL_STEPS = {
    "create": Shown("Draft written", "fa-pencil"),
    "submit": Shown("Submitted", "fa-paper-plane-o"),
    "withdraw": Shown("Withdrawn", "fa-undo"),
    "approve": Shown("Approved", "fa-thumbs-o-up"),
    "reject": Shown("Rejected", "fa-thumbs-o-down"),
    "reset": Shown("Made a draft again", "fa-undo"),
    "cancel": Shown("Cancelled", "fa-ban"),
    "change_delivery": Shown("Delivery changed", "fa-calendar"),
    "ship": Shown("Shipped", "fa-truck"),
    "undo_shipment": Shown("Shipment undone", "fa-undo"),
    "close": Shown("Rest closed", "fa-scissors"),
    "propose": Shown("Substitute proposed", "fa-exchange"),
    "substitute": Shown("Substitute accepted", "fa-exchange"),
    "refuse_substitute": Shown("Substitute refused", "fa-exchange"),
    "withdraw_substitute": Shown("Substitute withdrawn", "fa-exchange"),
    "confirm_arrival": Shown("Goods arrived", "fa-map-marker"),
    "count": Shown("Count submitted", "fa-check-square-o"),
    "undo_count": Shown("Count undone", "fa-undo"),
    "take_back": Shown("Taken back", "fa-reply"),
    "settle": Shown("Shortage settled", "fa-balance-scale"),
    "settle_by_rule": Shown("Shortage settled by rule", "fa-balance-scale"),
    "answer": Shown("Difference answered", "fa-comment-o"),
    "dispute": Shown("Difference disputed", "fa-comment-o"),
    "accept": Shown("Surplus accepted", "fa-balance-scale"),
    "refuse": Shown("Surplus refused", "fa-balance-scale"),
    "uphold": Shown("Decision upheld", "fa-balance-scale"),
    "overrule": Shown("Decided otherwise", "fa-balance-scale"),
    "hand_over": Shown("Handed over to the customer", "fa-user-o"),
    "free": Shown("Put to the free stock", "fa-cubes"),
    "correct": Shown("Quantity corrected", "fa-wrench"),
    "begin": Shown("The trail begins", "fa-flag-o"),
}
# What was received without a count, or undone by a return.
TRAIL_STEPS |= {
    name: Shown(flow.label, "fa-cubes")
    for name, flow in FLOWS.items()
    if name not in TRAIL_STEPS
}

ORIGINS = {
    "back_office": "Back office",
    "scan": "Scan screen",
    "till": "Till",
    "import": "Import",
    "api": "Other software (API)",
    "inventory": "Inventory app",
    "system": "By itself",
    "unknown": "Not known",
}
# What screens say of themselves; the others are known, and nobody's to say.
SAID = ("scan", "till", "import", "api")
# Where other software calls, which could say anything in its context.
API_PATHS = ("/json/", "/jsonrpc", "/xmlrpc")

# What a trail follows of each line, in the order in which goods go that way.
TRAIL_QUANTITIES = (
    "asked",
    "approved",
    "not_approved",
    "to_ship",
    "shipped",
    "closed",
    "in_transit",
    "received",
    "damaged",
    "lost",
    "returned",
)


def _get_path_called():
    """Return the path of the request that is served; empty where there is none."""
    if request:
        return request.httprequest.path
    # By XML-RPC, Odoo hides the request from who works for it.
    url = getattr(threading.current_thread(), "url", None)
    return urlsplit(url).path if url else ""


def is_at_till(env):
    """Tell whether what is done in ``env`` is called by a till, as that says.

    No other software is one, whatever it says.
    """
    return get_origin(env) == "till"


def get_origin(env, otherwise=None):
    """Return from where is called what is being done in ``env``: a key of ``ORIGINS``.

    :param otherwise: where it is done, unless other software has called
    """
    if _get_path_called().startswith(API_PATHS):
        return "api"
    said = env.context.get(ORIGIN)
    if otherwise:
        return otherwise
    if isinstance(said, str) and said in SAID:
        return said
    return "back_office" if request else "system"
