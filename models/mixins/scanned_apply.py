from odoo import models
from odoo.exceptions import ConcurrencyError, UserError

from ...tools.conflict import is_conflict
from ...tools.person import get_person
from .guard import LARGEST_QUANTITY
from .scanned_codes import LotMissing, ProductMissing


class StoreTransferScanned(models.AbstractModel):
    """What an event does to the rows, whatever is filled by it."""

    _inherit = "store.transfer.scanned"

    _undoable_kinds = ("scan", "set")

    def _get_appliers(self):
        """Return ``{kind: method}``: it gets the event, and returns what it changed."""
        return {"scan": self._apply_scan, "set": self._apply_set}

    def _apply(self, event, batch):
        """Do what the event says; return what is to be written down about it."""
        appliers = self._get_appliers()
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
        """Do what the button of a row says: one more, or one away."""
        if event.quantity < -1:
            self._refuse_many_away()
        line = self._get_line(event)
        return self._change(line, line._get_done_quantity() + event.quantity, event)

    def _apply_set(self, event):
        line = self._get_line(event)
        return self._change(line, event.quantity, event, is_counted=True)

    def _apply_barcode(self, event, batch):
        """Take what a barcode stands for; it is of goods that are there."""
        if event.quantity < 0:
            self._refuse_many_away()
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
        return self._apply_found(found, event)

    def _refuse_many_away(self):
        raise UserError(
            self.env._("Take away one at a time, or enter how many there are.")
        )

    def _apply_found(self, found, event):
        """Put the goods that were scanned on a row."""
        raise NotImplementedError

    def _change(self, line, quantity, event, is_counted=None):
        """Set the quantity of a row; return by how much this changed it.

        All that an event does to a row comes through here.

        :raise UserError: when that can't be
        """
        raise NotImplementedError

    def _take_back(self, line, undone, event):
        """Set a row to what it was before something was done.

        :param undone: what was written down about that
        :return: as :meth:`_change`; None where more has happened since
        """
        raise NotImplementedError

    def _apply_undo(self, event, done):
        """Take back what this user did before; twice is once."""
        undone = done.get(event.undoes) or self._read_scan(event.undoes)
        if undone and undone["kind"] == "undo":
            raise UserError(
                self.env._("An undo is not taken back: scan the piece again.")
            )
        if undone and undone["kind"] not in self._undoable_kinds:
            raise UserError(self.env._("This can't be taken back."))
        if not undone or undone["status"] != "counted" or not undone.get("line_id"):
            raise UserError(self.env._("This was taken back already."))
        line = self.line_ids.browse(undone["line_id"])
        change = self._take_back(line, undone, event)
        if not change:
            raise UserError(
                self.env._(
                    "%s was entered anew since then: enter its quantity instead.",
                    line.product_id.display_name,
                )
            )
        self._mark_undone(undone)
        return change

    def _read_scan(self, uuid):
        """Return what was written down about one of the user's own scans."""
        scan = self._find_scans(
            [("uuid", "=", uuid), ("user_id", "=", get_person(self.env).id)]
        )
        return scan and scan._get_change()

    def _mark_undone(self, undone):
        undone["status"] = "undone"
        self._find_scans([("uuid", "=", undone["uuid"])]).status = "undone"

    def _get_line(self, event):
        """Return the row that was pressed.

        :raise UserError: when it is none of this document
        """
        line = self.line_ids.browse()
        if event.line_id:
            line = self._find_lines([("id", "=", event.line_id)])
            line = line.sudo(False)._filtered_access("write").sudo()
        if not line:
            raise UserError(
                self.env._("This row is not on this screen any more: load it again.")
            )
        return line
