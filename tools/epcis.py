"""What is said of goods in EPCIS 2.0, GS1's standard for what happened to them.

Plain data, as it stands in the JSON-LD: https://ref.gs1.org/standards/epcis/2.0.1/
"""

import uuid
from dataclasses import dataclass, field, replace
from datetime import timezone
from zoneinfo import ZoneInfo

CONTEXT = "https://ref.gs1.org/standards/epcis/2.0.0/epcis-context.jsonld"
VERSION = "2.0"
# By which attribute of GS1's vocabulary each kind of link has its name.
NAMES = {"EPCClass": "descriptionShort", "BusinessLocation": "name"}


@dataclass(frozen=True)
class Meaning:
    """What moves of a flow mean in the words of GS1's Core Business Vocabulary.

    :param side: where it happened: ``"source"`` or ``"destination"``
    :param is_back: whether the goods went from the destination to the source
    :param leaves: whether they are at no place of business afterwards
    """

    step: str
    disposition: str
    side: str
    is_back: bool = False
    leaves: bool = False

    @property
    def rank(self):
        """In which order is told what happened in the same second.

        Goods leave, arrive, and are counted; then they may go back.
        """
        has_come = self.side == "destination" and self != ARRIVING
        return 3 * self.is_back + (not self.leaves) + has_come


MEANINGS = {
    "ship": Meaning("shipping", "in_transit", "source", leaves=True),
    "receive": Meaning("receiving", "sellable_not_accessible", "destination"),
    "damaged": Meaning("inspecting", "damaged", "destination"),
    "scrapped": Meaning("inspecting", "damaged", "destination"),
    # Nobody knows where these are.
    "lost": Meaning("inspecting", "unknown", "destination", leaves=True),
    "not_sent": Meaning("void_shipping", "sellable_not_accessible", "source"),
    "send_back": Meaning("shipping", "returned", "destination", True, leaves=True),
    "take_back": Meaning("receiving", "returned", "source", is_back=True),
    "undo_ship": Meaning("receiving", "returned", "source", is_back=True),
    "undo_take_back": Meaning("shipping", "in_transit", "source", leaves=True),
    "undo_send_back": Meaning("receiving", "sellable_not_accessible", "destination"),
    "undo_damaged": Meaning("shipping", "returned", "destination", True, leaves=True),
}
ARRIVING = Meaning("arriving", "in_transit", "destination")
# These say of earlier moves that they were an error, rather than that goods moved.
ERRORS = (
    "unship",
    "uncount",
    "uncount_damaged",
    "undo_scrapped",
    "undo_lost",
    "undo_not_sent",
)


@dataclass
class Goods:
    """What an event is about: identified pieces, and quantities of what is counted."""

    pieces: list = field(default_factory=list)
    quantities: dict = field(default_factory=dict)

    def add_quantity(self, link, quantity, unit):
        """Add so much of a class of goods; the unit is none where they are counted."""
        before = self.quantities.get((link, unit), 0.0)
        self.quantities[link, unit] = round(before + quantity, 6)

    def __bool__(self):
        return bool(self.pieces or self.quantities)

    def describe(self, of_pieces, of_quantities):
        """Return them as the two lists that events of a kind have.

        :param of_pieces: the name of the list of identified pieces
        :param of_quantities: the name of the list of quantities
        """
        quantities = [
            {
                "epcClass": link,
                "quantity": quantity,
                **({"uom": unit} if unit else {}),
            }
            for (link, unit), quantity in self.quantities.items()
        ]
        pieces = list(dict.fromkeys(self.pieces))
        described = {of_pieces: pieces, of_quantities: quantities}
        return {name: value for name, value in described.items() if value}


@dataclass(frozen=True)
class Event:
    """One event, before it is written as JSON.

    :param key: what it is about and when, by which it has the same id in each export
    :param moment: a datetime in UTC
    :param parent: of an aggregation, the link of the carton
    :param error: the moment at which it was said that it is wrong, if it is
    :param corrected_by: the ids of the events that say it right
    """

    key: str
    moment: object
    goods: Goods
    step: str
    disposition: str | None
    action: str = "OBSERVE"
    parent: str | None = None
    error: object = None
    corrected_by: tuple = ()

    def declare_wrong(self, moment, corrected_by=()):
        """Return this event with the declaration that it is wrong."""
        return replace(self, error=moment, corrected_by=corrected_by)

    def get_id(self, namespace):
        return f"urn:uuid:{uuid.uuid5(namespace, self.key)}"

    def describe(self, namespace, time_zone, shared):
        """Return the event as it stands in the document.

        :param namespace: a ``uuid.UUID``, of whose events these are
        :param time_zone: the name of the zone of the place where it happened
        :param shared: what is said of it besides: where, between whom, which document
        """
        kind = ("childEPCs", "childQuantityList")
        if self.parent is None:
            kind = ("epcList", "quantityList")
        return {
            "type": "ObjectEvent" if self.parent is None else "AggregationEvent",
            "eventID": self.get_id(namespace),
            "eventTime": describe_moment(self.moment),
            "eventTimeZoneOffset": describe_offset(self.moment, time_zone),
            **({"errorDeclaration": self._describe_error()} if self.error else {}),
            **({"parentID": self.parent} if self.parent else {}),
            **self.goods.describe(*kind),
            "action": self.action,
            "bizStep": self.step,
            **({"disposition": self.disposition} if self.disposition else {}),
            **shared,
        }

    def _describe_error(self):
        declaration = {
            "declarationTime": describe_moment(self.error),
            "reason": "incorrect_data" if self.corrected_by else "did_not_occur",
        }
        if self.corrected_by:
            declaration["correctiveEventIDs"] = list(self.corrected_by)
        return declaration


def describe_moment(moment):
    """Return a datetime in UTC as EPCIS writes it."""
    return f"{moment.replace(microsecond=0, tzinfo=None).isoformat()}Z"


def describe_offset(moment, time_zone):
    """Return how far a zone was ahead of UTC then, e.g. ``+08:00``."""
    local = moment.replace(tzinfo=timezone.utc).astimezone(ZoneInfo(time_zone))
    offset = local.strftime("%z")
    return f"{offset[:3]}:{offset[3:5]}"


def build_document(events, moment, names):
    """Return an EPCIS document.

    :param events: as :meth:`Event.describe` returns them
    :param moment: when it is made, a datetime in UTC
    :param names: what links stand for: ``{a key of NAMES: {link: name}}``
    """
    return {
        "@context": [CONTEXT],
        "type": "EPCISDocument",
        "schemaVersion": VERSION,
        "creationDate": describe_moment(moment),
        "epcisHeader": {
            "epcisMasterData": {
                "vocabularyList": [
                    _describe_vocabulary(kind, of_kind)
                    for kind, of_kind in names.items()
                    if of_kind
                ]
            }
        },
        "epcisBody": {"eventList": events},
    }


def _describe_vocabulary(kind, names):
    attribute = f"urn:epcglobal:cbv:mda#{NAMES[kind]}"
    return {
        "type": f"urn:epcglobal:epcis:vtype:{kind}",
        "vocabularyElementList": [
            {"id": link, "attributes": [{"id": attribute, "attribute": name}]}
            for link, name in names.items()
        ],
    }
