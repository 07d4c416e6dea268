from odoo import models
from odoo.exceptions import UserError

from ...tools.photos import LARGEST_PHOTO, read_photo
from ...tools.quantities import format_quantity


class StoreTransferCount(models.Model):
    """What each kind of event does to the rows of a count."""

    _inherit = "store.transfer.count"

    _undoable_kinds = ("scan", "set", "all_came", "damaged", "carton", "pallet")
    # A photo was taken before the count was submitted, and is only slow.
    _late_kinds = ("photo",)

    def _get_appliers(self):
        return {
            **super()._get_appliers(),
            "all_came": self._apply_all_came,
            "damaged": self._apply_damaged,
            "remark": self._apply_remark,
            "photo": self._apply_photo,
        }

    def _apply_found(self, found, event):
        line = self._choose_line(found, event)
        if not line:
            # Before it is added: what is refused leaves no row behind.
            self._check_can_have_come(
                found.product, found.lot_name, found.quantity, damaged=0.0, before=0.0
            )
            line = self._find_or_add_line(
                found.product, lot_name=found.lot_name or False
            )
        return self._change(line, line._get_done_quantity() + found.quantity, event)

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

    def _apply_all_came(self, event):
        line = self._get_line(event)
        self.sudo(False)._check_not_blind()
        return self._change(line, line.expected_quantity, event, is_counted=True)

    def _apply_damaged(self, event):
        line = self._get_line(event)
        came = max(line._get_done_quantity(), event.quantity)
        return self._change(line, came, event, damaged=event.quantity)

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

    def _take_back(self, line, undone, event):
        good = line.counted_quantity - undone["quantity"]
        damaged = line.damaged_quantity - undone["damaged_quantity"]
        if min(good, damaged) < 0:
            return None
        return self._change(
            line,
            good + damaged,
            event,
            damaged=damaged,
            is_counted=undone["was_counted"],
        )

    def _change(self, line, came, event, is_counted=None, damaged=None):
        """Set how much came on a line; return by how much this changed it.

        :param came: good and damaged pieces together
        :raise UserError: when that can't be
        """
        damaged = line.damaged_quantity if damaged is None else damaged
        before = line._get_done_quantity()
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
