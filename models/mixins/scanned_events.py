from datetime import datetime, timezone
from typing import NamedTuple

from odoo import fields, models
from odoo.exceptions import UserError

from ...tools.ids import is_id
from ...tools.person import get_cashier
from ...tools.texts import drop_unwritable

MOST_EVENTS = 500
LONGEST_TEXT = 500
# No device was set to an earlier day, and no later one can be written down.
YEARS = range(2000, 10000)


class ScanEvent(NamedTuple):
    """What one press or scan on a device says; see :meth:`record_scans`."""

    uuid: str
    kind: str
    line_id: int | None = None
    barcode: str | None = None
    product_id: int | None = None
    quantity: float = 1.0
    lot_name: str | None = None
    text: str | None = None
    image: str | None = None
    undoes: str | None = None
    # The number of the carton that is open.
    carton: str | None = None
    device: str | None = None
    time: datetime | None = None


class Batch(NamedTuple):
    """What events that came together share."""

    # What was done of each event before, and what the barcodes of all are.
    done: dict
    codes: dict


class StoreTransferScanned(models.AbstractModel):
    """Writes down what devices scan: each event once, however often it is sent.

    Devices send what happened in batches, again and again until they have an answer.
    A fault in one event is an answer like any other, so that no batch is ever lost.
    """

    _inherit = "store.transfer.scanned"

    # What is taken before the document was submitted, and may come after it.
    _late_kinds = ()

    def record_scans(self, events, since=False):
        """Record what a device has scanned.

        :param events: list of dicts with ``uuid`` (made by the device), ``kind`` (see
            the log) and, as the kind needs them: ``barcode``, ``line_id``, ``quantity``
            (of the row, damaged pieces included), ``lot_name``, ``product_id`` (which
            of the products that share the code), ``text``, ``image`` (base64),
            ``undoes`` (a uuid), ``carton`` (its number), ``time`` (ISO, UTC) and
            ``device``
        :param since: what the last answer said as ``now``
        :return: dict with ``results`` (``{uuid: {"status", "message", "line_id",
            "quantity", "damaged"}}``, of the status ``asks_product`` also ``products``,
            a list of ``{"id", "name"}``) and what :meth:`get_changes` says
        """
        self = self._in_own_context()
        self.ensure_one()
        self._check_may_scan()
        events = self._read_events(events)
        self._lock_against_submit()
        results = self._get_known_results(events)
        new = [event for event in events if event.uuid not in results]
        if closed := self._get_reason_to_stop():
            results |= {
                event.uuid: {"status": "closed", "message": closed}
                for event in new
                if event.kind not in self._late_kinds
            }
            new = [event for event in new if event.kind in self._late_kinds]
        if new:
            # Lots, new lines and the log are out of reach of store staff.
            results |= self.sudo()._record(new, self.env.user)
        return {"results": results, **self._prepare_changes(since)}

    def _read_events(self, events):
        """Return the events, each uuid once.

        :raise UserError: when this is no list of events at all
        """
        if not isinstance(events, list) or len(events) > MOST_EVENTS:
            raise UserError(
                self.env._("Send a list of at most %s scans at a time.", MOST_EVENTS)
            )
        read = {}
        for event in events:
            uuid = event.get("uuid") if isinstance(event, dict) else None
            if (
                not isinstance(uuid, str)
                or not 8 <= len(uuid) <= 64
                # Answered by another id, the device would not know it again.
                or drop_unwritable(uuid) != uuid
            ):
                raise UserError(self.env._("Each scan needs an id of its own."))
            read[uuid] = self._read_event(event)
        return list(read.values())

    def _read_event(self, event):
        def text(name):
            value = event.get(name)
            if not isinstance(value, str):
                return None
            return drop_unwritable(value).strip()[:LONGEST_TEXT]

        image = event.get("image")
        return ScanEvent(
            uuid=event["uuid"],
            kind=text("kind") or "",
            line_id=self._read_id(event.get("line_id")),
            barcode=text("barcode"),
            product_id=self._read_id(event.get("product_id")),
            quantity=self._read_quantity(event.get("quantity", 1)),
            lot_name=text("lot_name"),
            text=text("text"),
            image=image if isinstance(image, str) else "",
            undoes=text("undoes"),
            carton=text("carton"),
            device=text("device"),
            time=self._read_time(event.get("time")),
        )

    def _read_quantity(self, value):
        """Return a number, or NaN: that is answered as any other fault."""
        if isinstance(value, bool) or not isinstance(value, (int, float)):
            return float("nan")
        try:
            return float(value)
        except OverflowError:
            return float("inf")

    def _read_id(self, value):
        """Return the id of a record, or None where it can't be one."""
        return value if is_id(value) else None

    def _read_time(self, value):
        try:
            moment = datetime.fromisoformat(value.replace("Z", "+00:00"))
            if moment.tzinfo:
                moment = moment.astimezone(timezone.utc).replace(tzinfo=None)
        except (AttributeError, OverflowError, TypeError, ValueError):
            return None
        return moment if moment.year in YEARS else None

    def _get_known_results(self, events):
        uuids = [event.uuid for event in events]
        return {
            scan.uuid: self._prepare_result(scan._get_change())
            for scan in self.sudo()._find_scans([("uuid", "in", uuids)])
        }

    def _record(self, events, user):
        lines_before = self.line_ids
        done = {}
        barcodes = {event.barcode for event in events if event.barcode}
        batch = Batch(done, self._find_codes(barcodes) if barcodes else {})
        for event in events:
            done[event.uuid] = {
                **self._prepare_scan_values(event, user),
                **self._apply(event, batch),
            }
        self._complete(batch)
        if self.line_ids - lines_before:
            self._tell_who_submits()
        # The lines first: of two requests with the same events one stops here, and
        # finds them written down when it is repeated.
        self._lock_changed_lines(done.values())
        self.line_ids.flush_recordset()
        self.scan_ids.create(list(done.values()))
        return {uuid: self._prepare_result(values) for uuid, values in done.items()}

    def _complete(self, batch):
        """Do what is done once for a whole batch. To be extended."""

    def _prepare_scan_values(self, event, user):
        kinds = self.scan_ids._fields["kind"].get_values(self.env)
        return {
            self._link: self.id,
            "uuid": event.uuid,
            "kind": event.kind if event.kind in kinds else "scan",
            "barcode": event.barcode,
            "user_id": user.id,
            "cashier": get_cashier(self.env),
            "device": event.device,
            "device_date": event.time or fields.Datetime.now(),
        }

    def _prepare_result(self, values):
        # What was taken back later had been counted nevertheless.
        was_undone = values["status"] == "undone"
        result = {
            "status": "counted" if was_undone else values["status"],
            "message": values.get("message") or "",
            "line_id": values.get("line_id") or False,
            "quantity": values.get("quantity", 0),
            "damaged": values.get("damaged_quantity", 0),
        }
        if values["status"] == "asks_product":
            result["products"] = [
                {"id": found.product.id, "name": found.product.display_name}
                for found in self.sudo()._find_sharing(values["barcode"])
            ]
        return result
