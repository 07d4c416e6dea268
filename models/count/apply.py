from odoo import models
from odoo.exceptions import ConcurrencyError, UserError

from ...tools.conflict import is_conflict
from ...tools.person import get_person
from ...tools.photos import LARGEST_PHOTO, read_photo
from ...tools.quantities import format_quantity
from ..mixins.guard import LARGEST_QUANTITY
from .barcode import LotMissing, ProductMissing
from .scan import UNDOABLE_KINDS


class StoreTransferCount(models.Model):
    """What each kind of event does to the rows of a count."""

    _inherit = "store.transfer.count"

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
        return self._change(line, line._get_arrived_quantity() + event.quantity)

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
        return self._change(line, line._get_arrived_quantity() + found.quantity)

    def _apply_set(self, event):
        line = self._get_line(event)
        return self._change(line, event.quantity, is_counted=True)

    def _apply_all_came(self, event):
        line = self._get_line(event)
        self.sudo(False)._check_not_blind()
        return self._change(line, line.expected_quantity, is_counted=True)

    def _apply_damaged(self, event):
        line = self._get_line(event)
        came = max(line._get_arrived_quantity(), event.quantity)
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
            self._add_photo_to_discrepancies(line)
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

    def _add_photo_to_discrepancies(self, line):
        """Show a photo that came late where the difference is settled, too."""
        discrepancies = self.env["store.transfer.discrepancy"].search(
            [
                ("count_id", "=", self.id),
                ("line_id", "=", line.transfer_line_id.id),
                ("product_id", "=", line.product_id.id),
                ("lot_id", "in", (line.lot_id.id, False)),
                ("lot_name", "in", (line.lot_name, False)),
            ]
        )
        discrepancies.filtered(
            lambda discrepancy: not discrepancy.photo
        ).photo = line.photo

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
                ("user_id", "=", get_person(self.env).id),
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
        before = line._get_arrived_quantity()
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
