from odoo import models
from odoo.exceptions import UserError

from ...tools.quantities import format_quantity


class StoreTransferPick(models.Model):
    """What each kind of event does to the rows of a pick list."""

    _inherit = "store.transfer.pick"

    _undoable_kinds = ("scan", "set", "all_came", "carton")

    def _get_appliers(self):
        return {**super()._get_appliers(), "all_came": self._apply_all_came}

    def _apply_all_came(self, event):
        """Pick all that is to be picked on a row."""
        line = self._get_line(event)
        return self._change(line, line.expected_quantity, event, is_counted=True)

    def _apply_found(self, found, event):
        self._check_on_transfer(found.product)
        lines = self._get_lines_of(found, event)
        if lines.lot_id and not found.lot_name:
            # The row that was pressed says which lot it is.
            found = found._replace(lot_name=lines._get_lot_name())
        line = self._choose_line(lines, found, event) or self._take_other_goods(found)
        return self._change(line, line.picked_quantity + found.quantity, event)

    def _check_on_transfer(self, product):
        if not self._find_lines([("product_id", "=", product.id)]):
            raise UserError(
                self.env._(
                    "%(product)s is not on %(transfer)s. Put it back.",
                    product=product.display_name,
                    transfer=self.transfer_id.name,
                )
            )

    def _get_lines_of(self, found, event):
        return super()._get_lines_of(found, event).filtered("location_id")

    def _choose_line(self, lines, found, event):
        """Return the row that has so much set aside, in the order of the shelves."""
        having = lines.filtered(lambda line: line._has_room_for(found.quantity))
        return having.filtered(lambda line: line.id == event.line_id) or having[:1]

    def _take_back(self, line, undone, event):
        picked = line.picked_quantity - undone["quantity"]
        if line.stock_uom_id.compare(picked, 0) < 0:
            return None
        if undone["is_other"]:
            # Nobody else may move what is set aside meanwhile, see _complete.
            self._check_step("pick")
        change = self._change(line, picked, event, is_counted=undone["was_counted"])
        return {**change, "is_other": change["is_other"] or undone["is_other"]}

    def _change(self, line, quantity, event, is_counted=None):
        """Set how much was picked of a row; return by how much this changed it."""
        quantity = line.stock_uom_id.round(quantity)
        is_other = line.stock_uom_id.compare(quantity, line.expected_quantity) > 0
        if is_other:
            # Nobody else may move what is set aside meanwhile, see _complete.
            self._check_step("pick")
        self._check_can_be_picked(line, quantity)
        change = {
            "status": "counted",
            "line_id": line.id,
            "quantity": line.stock_uom_id.round(quantity - line.picked_quantity),
            "was_counted": line.is_counted,
            "is_other": is_other,
        }
        values = {"picked_quantity": quantity}
        if is_counted is not None:
            values["is_counted"] = is_counted
        line.write(values)
        return change

    def _check_can_be_picked(self, line, quantity):
        """Refuse what nobody can have picked of a row, or may ship."""
        product, unit = line.product_id, line.stock_uom_id
        if quantity < 0:
            raise UserError(self.env._("Nothing can be picked below zero."))
        if error := product._get_quantity_error(quantity, unit):
            raise UserError(error)
        if unit.compare(quantity, line.picked_quantity) <= 0:
            return
        if product.tracking == "serial" and quantity > 1:
            self._refuse_serial_again(line)
        self._check_is_approved(line, quantity)
        if line._is_missing() or unit.compare(quantity, line.expected_quantity) > 0:
            self._check_may_be_taken(line, quantity)

    def _refuse_serial_again(self, line):
        raise UserError(
            self.env._(
                "%(product)s: serial number %(name)s was picked already. Each stands "
                "for one piece.",
                product=line.product_id.display_name,
                name=line._get_lot_name(),
            )
        )

    def _check_is_approved(self, line, quantity):
        """Refuse more of a line of the transfer than is to ship."""
        to_ship = line.transfer_line_id.to_ship_quantity
        rows = self._find_lines([("transfer_line_id", "=", line.transfer_line_id.id)])
        picked = sum((rows - line).mapped("picked_quantity")) + quantity
        if line.stock_uom_id.compare(picked, to_ship) > 0:
            self._refuse_more_than_approved(line.product_id, to_ship)

    def _check_all_is_approved(self):
        """Refuse to ship more than is left to ship: some may have left meanwhile."""
        for line, picked in self.line_ids._get_picked_of_lines().items():
            if line.product_id.uom_id.compare(picked, line.to_ship_quantity) > 0:
                self._refuse_more_than_approved(line.product_id, line.to_ship_quantity)

    def _refuse_more_than_approved(self, product, to_ship):
        raise UserError(
            self.env._(
                "%(product)s: only %(quantity)s of it are to ship, and no more. Put "
                "the rest back.",
                product=product.display_name,
                quantity=format_quantity(self.env, to_ship, product.uom_id),
            )
        )
