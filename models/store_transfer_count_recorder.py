import base64
import io
import unicodedata
from collections import defaultdict
from datetime import datetime, timezone
from typing import NamedTuple

from PIL import Image

from odoo import fields, models
from odoo.exceptions import ConcurrencyError, UserError, ValidationError
from odoo.fields import Domain
from odoo.tools.image import image_process

from .conflict import is_conflict
from .quantities import format_quantity
from .store_transfer_count_scan import SCAN_KINDS, UNDOABLE_KINDS
from .store_transfer_guard import LARGEST_QUANTITY
from .store_transfer_reach import LARGEST_ID

MOST_EVENTS = 500
LONGEST_TEXT = 500
# Application identifiers of a serial number and of a lot.
GS1_SERIAL, GS1_LOT = "21", "10"
# And of how many there are of what the code names, be it a piece or a box.
GS1_COUNTS = ("30", "37")
# Ends a field of variable length in a GS1 code.
GS1_SEPARATOR = "\x1d"
# No device was set to an earlier day, and no later one can be written down.
YEARS = range(2000, 10000)
LARGEST_PHOTO = 10 * 1024**2
MOST_PIXELS = 50_000_000
PHOTO_FORMATS = ("JPEG", "PNG")
# As the field of a row keeps it.
PHOTO_SIZE = (1920, 1920)


def drop_unwritable(text):
    """Return a text without what no database keeps; scanners send strange things."""
    text = text.encode("utf-8", "ignore").decode()
    return "".join(
        char
        for char in text
        if char == GS1_SEPARATOR or unicodedata.category(char) != "Cc"
    )


def get_spellings(barcode):
    """Return the ways in which one number is written: UPC-A is an EAN-13 with a 0."""
    if barcode.isdecimal() and len(barcode) == 12:
        return barcode, f"0{barcode}"
    if barcode.isdecimal() and len(barcode) == 13 and barcode.startswith("0"):
        return barcode, barcode[1:]
    return (barcode,)


def read_photo(image):
    """Return a picture that every browser shows, as small as it is kept; or None.

    :param image: as base64; so is what is returned
    """
    try:
        content = base64.b64decode(image, validate=True)
        with Image.open(io.BytesIO(content), formats=PHOTO_FORMATS) as picture:
            if picture.width * picture.height > MOST_PIXELS:
                return None
            picture.load()
        return base64.b64encode(image_process(content, size=PHOTO_SIZE))
    # Broken files make Pillow raise whatever its readers stumble over.
    except Exception:  # noqa: BLE001
        return None


class LotMissing(UserError):
    """A barcode says the product, but not which of its lots."""


class ProductMissing(UserError):
    """A code is of several products; ``args`` are the message and these products."""


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
    device: str | None = None
    time: datetime | None = None


class Found(NamedTuple):
    """What a barcode stands for."""

    product: models.Model
    quantity: float = 1.0
    lot_name: str | None = None


class ProductCode(NamedTuple):
    """What bears a code; of several products, those of the lowest rank are meant."""

    rank: tuple
    found: Found
    is_on_way: bool = True


class Batch(NamedTuple):
    """What events that came together share."""

    # What was done of each event before, and what the barcodes of all are.
    done: dict
    codes: dict


class StoreTransferCountRecorder(models.AbstractModel):
    """Writes down what devices scan: each event once, however often it is sent.

    Devices send what happened in batches, again and again until they have an answer.
    A fault in one event is an answer like any other, so that no batch is ever lost.
    """

    _name = "store.transfer.count.recorder"
    _description = "Records the scans of a count"

    def record_scans(self, events, since=False):
        """Count what a device has scanned.

        :param events: list of dicts with ``uuid`` (made by the device), ``kind`` (see
            ``store.transfer.count.scan``) and, as the kind needs them: ``barcode``,
            ``line_id``, ``quantity`` (what came, good and damaged), ``lot_name``,
            ``product_id`` (which of the products that share the code), ``text``,
            ``image`` (base64), ``undoes`` (a uuid), ``time`` (ISO, UTC) and ``device``
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
                if event.kind != "photo"
            }
            # A photo was taken before, and is only slow.
            new = [event for event in new if event.kind == "photo"]
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
        """Return the id of a record, or None where it can't be one: true is no 1."""
        is_number = isinstance(value, int) and not isinstance(value, bool)
        return value if is_number and 0 < value <= LARGEST_ID else None

    def _read_time(self, value):
        try:
            moment = datetime.fromisoformat(value.replace("Z", "+00:00"))
            if moment.tzinfo:
                moment = moment.astimezone(timezone.utc).replace(tzinfo=None)
        except (AttributeError, OverflowError, TypeError, ValueError):
            return None
        return moment if moment.year in YEARS else None

    # --- Two devices, and one answer that got lost ---

    def _lock_against_submit(self):
        """Let other devices go on, but nobody submit the count in the meantime.

        Who submits waits for us, and we for them; who comes second starts anew.
        """
        self._lock_rows(
            "SELECT id FROM store_transfer_count WHERE id IN %s FOR SHARE", self.ids
        )
        self.invalidate_recordset(["state"])

    def _lock_against_scans(self):
        """Wait for devices that send now, and start anew if they changed a line."""
        self._lock_rows(
            "SELECT id FROM store_transfer_count WHERE id IN %s FOR UPDATE", self.ids
        )
        self._lock_rows(
            "SELECT id FROM store_transfer_count_line WHERE count_id IN %s FOR UPDATE",
            self.ids,
        )

    def _lock_rows(self, query, ids):
        """Wait until nobody else has the rows.

        Where one was changed since this transaction began, PostgreSQL refuses, and Odoo
        repeats the whole request. That is life, and nothing for the log.
        """
        self.env.cr.execute(query, [tuple(ids)], log_exceptions=False)

    def _get_reason_to_stop(self):
        """Return why nothing can be counted here any more, or None."""
        if self.state == "done":
            return self.env._(
                "%(transfer)s: this count is over, %(user)s has submitted it.",
                transfer=self.transfer_id.name,
                user=self.sudo().user_id.name,
            )
        if self.state == "cancelled":
            return self.env._(
                "%s: this count is over, the goods were received in another way.",
                self.transfer_id.name,
            )
        refusal = self.transfer_id._get_state_refusal("count")
        return str(refusal) if refusal else None

    def _get_known_results(self, events):
        scans = (
            self.env["store.transfer.count.scan"]
            .sudo()
            .search(
                [
                    ("count_id", "=", self.id),
                    ("uuid", "in", [event.uuid for event in events]),
                ]
            )
        )
        return {
            scan.uuid: self._prepare_result(
                {
                    "status": scan.status,
                    "barcode": scan.barcode,
                    "message": scan.message,
                    "line_id": scan.line_id.id,
                    "quantity": scan.quantity,
                    "damaged_quantity": scan.damaged_quantity,
                }
            )
            for scan in scans
        }

    # --- Counting ---

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
        if self.line_ids - lines_before:
            self._tell_who_submits()
        # The lines first: of two requests with the same events one stops here, and
        # finds them written down when it is repeated.
        self._lock_changed_lines(done.values())
        self.line_ids.flush_recordset()
        self.env["store.transfer.count.scan"].create(list(done.values()))
        return {uuid: self._prepare_result(values) for uuid, values in done.items()}

    def _tell_who_submits(self):
        """Let a submit that has begun without a new line begin anew.

        It sees the lines that were there at its start; a change of the count itself
        stops it.
        """
        self._lock_rows(
            "SELECT id FROM store_transfer_count WHERE id IN %s FOR NO KEY UPDATE",
            self.ids,
        )
        self.write({"user_id": self.user_id.id})

    def _lock_changed_lines(self, changes):
        line_ids = {change["line_id"] for change in changes if change.get("line_id")}
        if line_ids:
            self._lock_rows(
                "SELECT id FROM store_transfer_count_line WHERE id IN %s "
                "ORDER BY id FOR UPDATE",
                line_ids,
            )

    def _prepare_scan_values(self, event, user):
        is_known_kind = event.kind in dict(SCAN_KINDS)
        return {
            "count_id": self.id,
            "uuid": event.uuid,
            "kind": event.kind if is_known_kind else "scan",
            "barcode": event.barcode,
            "user_id": user.id,
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

    def _apply(self, event, batch):
        """Do what the event says; return what is to be written down about it."""
        appliers = {
            "scan": self._apply_scan,
            "set": self._apply_set,
            "all_came": self._apply_all_came,
            "damaged": self._apply_damaged,
            "remark": self._apply_remark,
            "photo": self._apply_photo,
        }
        try:
            if event.kind == "undo":
                return self._apply_undo(event, batch.done)
            if event.kind not in appliers:
                raise UserError(self.env._("This screen is too old: load it again."))
            self._check_event_quantity(event)
            if event.kind == "scan" and event.barcode:
                return self._apply_barcode(event, batch)
            return appliers[event.kind](event)
        except UserError as error:
            if is_conflict(error):
                # Somebody submits, or adds a product: try again in a moment.
                raise ConcurrencyError(str(error)) from error
            return {"status": self._get_status_of(error), "message": error.args[0]}

    def _get_status_of(self, error):
        asked = {LotMissing: "asks_lot", ProductMissing: "asks_product"}
        return asked.get(type(error), "refused")

    def _check_event_quantity(self, event):
        if not abs(event.quantity) <= LARGEST_QUANTITY:
            raise UserError(
                self.env._(
                    "%s is not a possible quantity. Enter a number.", event.quantity
                )
            )

    def _apply_scan(self, event):
        """Count what the button of a row says: one more, or one away."""
        if event.quantity < -1:
            raise UserError(
                self.env._("Take away one at a time, or enter how many came.")
            )
        line = self._get_line(event)
        return self._change(line, line._get_quantity_that_came() + event.quantity)

    def _apply_barcode(self, event, batch):
        """Count what a barcode stands for; it is of goods that are there."""
        if event.quantity < 0:
            raise UserError(
                self.env._("Take away one at a time, or enter how many came.")
            )
        found = self._find_scanned(event, batch)
        if not found:
            return {
                "status": "unknown",
                "message": self.env._(
                    "No product has the barcode, SKU or lot %s. Put the piece aside, "
                    "or look for it by its name.",
                    event.barcode,
                ),
            }
        line = self._choose_line(found, event)
        if not line:
            # Before it is added: what is refused leaves no row behind.
            self._check_can_have_come(
                found.product, found.lot_name, found.quantity, damaged=0.0, before=0.0
            )
            line = self._find_or_add_line(
                found.product, lot_name=found.lot_name or False
            )
        return self._change(line, line._get_quantity_that_came() + found.quantity)

    def _apply_set(self, event):
        line = self._get_line(event)
        return self._change(line, event.quantity, is_counted=True)

    def _apply_all_came(self, event):
        line = self._get_line(event)
        self.with_user(self.env.user)._check_not_blind()
        return self._change(line, line.expected_quantity, is_counted=True)

    def _apply_damaged(self, event):
        line = self._get_line(event)
        came = max(line._get_quantity_that_came(), event.quantity)
        return self._change(line, came, damaged=event.quantity)

    def _apply_remark(self, event):
        line = self._get_line(event)
        if event.text is None:
            raise UserError(
                self.env._(
                    "%s: this remark is no text. Enter it again.",
                    line.product_id.display_name,
                )
            )
        line.remark = event.text
        return {"status": "counted", "line_id": line.id}

    def _apply_photo(self, event):
        """Keep a photo of a row; it may be on its way for longer than the count."""
        line = self._get_line(event)
        photo = self._read_photo(event.image or "", line)
        if self.state != "open" and line.photo:
            raise UserError(
                self.env._(
                    "%s: the count is over, and has a photo of it. Add this one to the "
                    "difference.",
                    line.product_id.display_name,
                )
            )
        line.photo = photo
        if self.state == "done":
            self._add_photo_to_cases(line)
        return {"status": "counted", "line_id": line.id}

    def _read_photo(self, image, line):
        """Return a photo as it is kept; refuse, in words, what is too large or none."""
        product = line.product_id.display_name
        if len(image) * 3 / 4 > LARGEST_PHOTO:
            raise UserError(
                self.env._(
                    "The photo of %(product)s is larger than %(size)s MB. Take a "
                    "smaller one.",
                    product=product,
                    size=LARGEST_PHOTO // 1024**2,
                )
            )
        photo = read_photo(image)
        if not photo:
            raise UserError(
                self.env._(
                    "The photo of %s is no picture that can be shown. Take it again.",
                    product,
                )
            )
        return photo

    def _add_photo_to_cases(self, line):
        """Show a photo that came late where the difference is settled, too."""
        cases = self.env["store.transfer.discrepancy"].search(
            [
                ("count_id", "=", self.id),
                ("line_id", "=", line.transfer_line_id.id),
                ("product_id", "=", line.product_id.id),
                ("lot_id", "in", (line.lot_id.id, False)),
                ("lot_name", "in", (line.lot_name, False)),
            ]
        )
        cases.filtered(lambda case: not case.photo).photo = line.photo

    def _apply_undo(self, event, done):
        """Take back what this user did before; twice is once."""
        undone = done.get(event.undoes) or self._read_scan(event.undoes)
        if undone and undone["kind"] == "undo":
            raise UserError(
                self.env._("An undo is not taken back: count the piece again.")
            )
        if undone and undone["kind"] not in UNDOABLE_KINDS:
            raise UserError(self.env._("This can't be taken back."))
        if not undone or undone["status"] != "counted" or not undone.get("line_id"):
            raise UserError(self.env._("This was taken back already."))
        line = self.line_ids.browse(undone["line_id"])
        good = line.counted_quantity - undone["quantity"]
        damaged = line.damaged_quantity - undone["damaged_quantity"]
        if min(good, damaged) < 0:
            raise UserError(
                self.env._(
                    "%s was counted anew since then: enter its quantity instead.",
                    line.product_id.display_name,
                )
            )
        change = self._change(
            line, good + damaged, damaged=damaged, is_counted=undone["was_counted"]
        )
        self._mark_undone(undone)
        return change

    def _read_scan(self, uuid):
        """Return what was written down about one of the user's own scans."""
        scan = self.env["store.transfer.count.scan"].search(
            [
                ("count_id", "=", self.id),
                ("uuid", "=", uuid),
                ("user_id", "=", self.env.uid),
            ]
        )
        return scan and {
            "uuid": scan.uuid,
            "kind": scan.kind,
            "status": scan.status,
            "line_id": scan.line_id.id,
            "quantity": scan.quantity,
            "damaged_quantity": scan.damaged_quantity,
            "was_counted": scan.was_counted,
        }

    def _mark_undone(self, undone):
        undone["status"] = "undone"
        self.env["store.transfer.count.scan"].search(
            [("count_id", "=", self.id), ("uuid", "=", undone["uuid"])]
        ).status = "undone"

    def _get_line(self, event):
        """Return the row that was pressed.

        :raise UserError: when it is none of this count
        """
        line = self.env["store.transfer.count.line"]
        if event.line_id:
            line = line.search([("id", "=", event.line_id), ("count_id", "=", self.id)])
            line = line.sudo(False)._filtered_access("write").sudo()
        if not line:
            raise UserError(
                self.env._("This row is not of this count: load the screen again.")
            )
        return line

    def _change(self, line, came, damaged=None, is_counted=None):
        """Set how much came on a line; return by how much this changed it.

        :param came: good and damaged pieces together
        :raise UserError: when that can't be
        """
        damaged = line.damaged_quantity if damaged is None else damaged
        before = line._get_quantity_that_came()
        self._check_can_have_come(
            line.product_id, line._get_lot_name(), came, damaged, before
        )
        vals = {
            "counted_quantity": line.stock_uom_id.round(came - damaged),
            "damaged_quantity": damaged,
        }
        change = {
            "status": "counted",
            "line_id": line.id,
            "quantity": vals["counted_quantity"] - line.counted_quantity,
            "damaged_quantity": damaged - line.damaged_quantity,
            "was_counted": line.is_counted,
        }
        if is_counted is not None:
            vals["is_counted"] = is_counted
        line.write(vals)
        return change

    def _check_can_have_come(self, product, lot_name, came, damaged, before):
        """Refuse what nobody can have counted of a product, or of one lot of it.

        :param came: good and damaged pieces together
        :param before: how many of them were counted before
        """
        unit = product.uom_id
        if min(came, damaged) < 0:
            raise UserError(self.env._("Nothing can be counted below zero."))
        if damaged > came:
            raise UserError(
                self.env._(
                    "%(product)s: %(damaged)s are damaged, so that at least as many "
                    "came.",
                    product=product.display_name,
                    damaged=format_quantity(self.env, damaged, unit),
                )
            )
        for quantity in (came, damaged):
            if error := product._get_quantity_error(quantity, unit):
                raise UserError(error)
        if product.tracking == "serial" and came > 1:
            is_again = before and came - before == 1
            name = lot_name or ""
            raise UserError(self._get_serial_sentence(product, name, came, is_again))

    def _get_serial_sentence(self, product, name, came, is_again):
        """Say why more than one piece of a serial number can't be counted."""
        if is_again:
            return self.env._(
                "%(product)s: serial number %(name)s was counted already. Each stands "
                "for one piece.",
                product=product.display_name,
                name=name,
            )
        return self.env._(
            "%(product)s: serial number %(name)s stands for one piece, not for "
            "%(quantity)s. Scan each piece by itself.",
            product=product.display_name,
            name=name,
            quantity=format_quantity(self.env, came),
        )

    # --- Barcodes ---

    def _choose_line(self, found, event):
        """Return the row to count a piece on; none where no row is of such goods.

        Rows are filled one after the other. In a blind count all goes to the first:
        where a row ends would tell how much is expected of it.
        """
        lines = self._get_lines_of(found, event)
        pressed = lines.filtered(lambda line: line.id == event.line_id)
        missing = lines.browse()
        if not self.sudo(False)._is_blind():
            missing = lines.filtered(lambda line: line._has_room())
        return (missing & pressed) or missing[:1] or pressed or lines[:1]

    def _get_lines_of(self, found, event):
        lines = self.env["store.transfer.count.line"].search(
            [("count_id", "=", self.id), ("product_id", "=", found.product.id)]
        )
        if found.lot_name:
            return lines.filtered(lambda line: line._get_lot_name() == found.lot_name)
        if found.product.tracking == "none":
            return lines
        # A product alone says a piece only where it was sent without a lot: its label
        # and the label of its lot are of the same piece.
        if lines and all(line._is_sent_without_lot() for line in lines):
            return lines
        named = lines._filter_shown().filtered(lambda line: line.id == event.line_id)
        if not named:
            raise LotMissing(
                self.env._(
                    "%s: scan or enter its lot or serial number, too.",
                    found.product.display_name,
                )
            )
        return named

    def _find_scanned(self, event, batch):
        """Return what a scan is of; None when nobody knows the code.

        A code is of a product on its way, else a lot or serial number of this count,
        else a product that nobody sent, else a GS1 code. The screen finds it by the
        same rule, as far as it knows the goods.

        :raise ProductMissing: when several products share it, and nobody said which
        """
        codes = batch.codes.get(event.barcode, [])
        found = (
            self._choose_product(codes, event, batch)
            or self._choose_product(self._find_lots(event.barcode), event, batch)
            or self._get_unsent(codes)
            or self._find_gs1(event.barcode)
        )
        if found and event.lot_name and not found.lot_name:
            return found._replace(lot_name=event.lot_name)
        return found

    def _choose_product(self, codes, event, batch):
        """Return which of the products that share a code is meant, or None."""
        meant = self._get_meant(codes)
        if len(meant) > 1:
            product_id = event.product_id or self._get_product_before(event, batch).id
            chosen = [found for found in meant if found.product.id == product_id]
            if not chosen:
                raise ProductMissing(self._get_question(event.barcode, meant))
            return chosen[0]
        return meant[0] if meant else None

    def _get_question(self, barcode, meant):
        names = [found.product.display_name for found in meant]
        return self.env._(
            "%(code)s is of several products: %(products)s. Choose one, or scan the "
            "label of the product first.",
            code=barcode,
            products=", ".join(names),
        )

    def _get_product_before(self, event, batch):
        """Return the product whose lot this device was asked for just before."""
        before = [
            values
            for values in batch.done.values()
            if (values["device"] or False) == (event.device or False)
        ]
        last = before[-1:] or self.env["store.transfer.count.scan"].search_read(
            [
                ("count_id", "=", self.id),
                ("user_id", "=", self.env.uid),
                ("device", "=", event.device or False),
            ],
            ["status", "barcode"],
            limit=1,
        )
        product = self.env["product.product"]
        if not last or last[0]["status"] != "asks_lot":
            return product
        [codes] = self._find_codes([last[0]["barcode"]]).values()
        meant = self._get_meant(codes)
        return meant[0].product if len(meant) == 1 else product

    def _get_meant(self, codes):
        """Return what a code stands for in this count: several when it is shared."""
        on_way = [code for code in codes if code.is_on_way]
        best = min((code.rank for code in on_way), default=None)
        meant = {code.found.product: code.found for code in on_way if code.rank == best}
        return list(meant.values())

    def _get_unsent(self, codes):
        """Return the product that nobody sent, where a code is of one of them only."""
        best = min((code.rank for code in codes), default=None)
        unsent = {code.found.product: code.found for code in codes if code.rank == best}
        return next(iter(unsent.values())) if len(unsent) == 1 else None

    def _find_sharing(self, barcode):
        """Return the products that share a code."""
        meant = self._get_meant(self._find_codes([barcode])[barcode])
        return meant or self._get_meant(self._find_lots(barcode))

    def _find_codes(self, barcodes):
        """Find the products whose barcode, SKU or packaging the codes are.

        The code as it was read comes before its other spelling, a barcode before a SKU,
        and that before a packaging. Of what nobody sent only what is in use counts.

        :return: ``{barcode: [ProductCode]}``
        """
        spellings = {code for barcode in barcodes for code in get_spellings(barcode)}
        bearers = self._find_bearers(list(spellings))
        products = {
            found.product for by_code in bearers.values() for _, found in by_code
        }
        on_way = self._filter_on_way(self.env["product.product"].union(*products))
        return {
            barcode: [
                ProductCode((index, kind), found, found.product in on_way)
                for index, spelling in enumerate(get_spellings(barcode))
                for kind, found in bearers[spelling]
                if found.product in on_way or found.product.active
            ]
            for barcode in barcodes
        }

    def _find_bearers(self, codes):
        """Return ``{code: [(kind, Found)]}``, what was archived on its way included."""
        in_company = Domain("company_id", "in", [False, self.company_id.id])
        products = self.env["product.product"].with_context(active_test=False)
        has_code = Domain("barcode", "in", codes) | Domain("default_code", "in", codes)
        bearers = defaultdict(list)
        for product in products.search(in_company & has_code):
            for kind, name in enumerate(("barcode", "default_code")):
                bearers[product[name]].append((kind, Found(product)))
        for packaging in self.env["product.uom"].search([("barcode", "in", codes)]):
            product = packaging.product_id
            # Not rounded: half a piece is refused, and does not count as one.
            quantity = packaging.uom_id._compute_quantity(
                1, product.uom_id, round=False
            )
            bearers[packaging.barcode].append((2, Found(product, quantity)))
        return bearers

    def _filter_on_way(self, products):
        """Return those of the products that this count has a row of."""
        lines = self.env["store.transfer.count.line"].search(
            [("count_id", "=", self.id), ("product_id", "in", products.ids)]
        )
        return lines.product_id

    def _find_lots(self, name):
        """Find the goods of this count that have a lot or serial number."""
        lines = self.env["store.transfer.count.line"].search(
            [
                ("count_id", "=", self.id),
                "|",
                ("lot_id.name", "=", name),
                ("lot_name", "=", name),
            ]
        )
        return [
            ProductCode((), Found(product, 1.0, name)) for product in lines.product_id
        ]

    def _find_gs1(self, barcode):
        """Read a GS1 code: it says the product, and often its lot and quantity."""
        data = self._parse_gs1(barcode)
        items = [item for item in data if item["type"] == "product"]
        found = items and self._find_gs1_product(items[0]["value"])
        if not found:
            return None
        quantity = found.quantity
        for item in data:
            if item["type"] == "quantity" and self._counts_in(item, found.product):
                quantity = self._get_gs1_quantity(item, found)
        return Found(found.product, quantity, self._get_gs1_lot(data, found.product))

    def _parse_gs1(self, barcode):
        nomenclature = self.env.ref(
            "barcodes_gs1_nomenclature.default_gs1_nomenclature",
            raise_if_not_found=False,
        )
        try:
            return (nomenclature and nomenclature.gs1_decompose_extended(barcode)) or []
        except (ValidationError, ValueError):
            return []

    def _find_gs1_product(self, number):
        """Find a product or packaging by its global number, as it is written in Odoo.

        GS1 codes fill it up with zeros to 14 digits; a barcode is often shorter.
        """
        spellings = list(dict.fromkeys((number, number[-13:], number.lstrip("0"))))
        codes = self._find_codes(spellings)
        for spelling in spellings:
            meant = self._get_meant(codes[spelling])
            found = meant[0] if len(meant) == 1 else self._get_unsent(codes[spelling])
            if found:
                return found
        return None

    def _counts_in(self, item, product):
        """Tell whether a product is counted in such units, or only weighs that much."""
        unit = item["rule"].associated_uom_id
        return not unit or unit._has_common_reference(product.uom_id)

    def _get_gs1_quantity(self, item, found):
        unit = item["rule"].associated_uom_id
        if not unit or item["ai"] in GS1_COUNTS:
            return item["value"] * found.quantity
        return unit._compute_quantity(
            item["value"], found.product.uom_id, rounding_method="HALF-UP"
        )

    def _get_gs1_lot(self, data, product):
        names = {item["ai"]: item["value"] for item in data if item["type"] == "lot"}
        wanted = GS1_SERIAL if product.tracking == "serial" else GS1_LOT
        if product.tracking == "none" or not names:
            return None
        return names.get(wanted) or next(iter(names.values()))
