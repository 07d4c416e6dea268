from odoo import models
from odoo.exceptions import UserError

from ...tools.quantities import format_quantities
from .cartons import KIND


class StoreTransferPick(models.Model):
    """Cartons whose shipment was taken back leave again with what was in them."""

    _inherit = "store.transfer.pick"

    def _apply_barcode(self, event, batch):
        answer = super()._apply_barcode(event, batch)
        if answer["status"] != "unknown":
            return answer
        packages = self.env["stock.package"]
        goods = packages._find_goods_taken_back(event.barcode, self.company_id)
        return self._pack_again(goods, event) if goods else answer

    def _pack_again(self, goods, event):
        """Open a carton again, and pick into it what was in it.

        :param goods: the move lines that took it out
        :raise UserError: when it was packed for another transfer, or some of it can't
            be picked: then nothing is
        """
        carton = goods.package_id
        self._check_packed_for_this(carton, goods)
        # Of two who scan it at once, one begins anew, and does not wait for the other;
        # nobody else adds rows meanwhile.
        self._check_step("pick")
        self._tell_who_submits()
        self.invalidate_recordset(["line_ids"])
        with self.env.cr.savepoint():
            self.transfer_id._number_cartons(carton)
            carton.write({"transfer_is_open": True, "transfer_uuid": event.uuid})
            self._pick_into(goods, event._replace(carton=event.uuid))
        return {
            "kind": KIND,
            "status": "counted",
            "carton": carton.name,
            "message": self.env._(
                "Carton %(carton)s is open again, with what was in it: %(quantities)s.",
                carton=carton._describe_carton(),
                quantities=self._describe_goods(goods),
            ),
        }

    def _check_packed_for_this(self, carton, goods):
        transfer = goods.move_id._get_transfers()
        if transfer != self.transfer_id:
            raise UserError(
                self.env._(
                    "Carton %(carton)s was packed for %(transfer)s, whose shipment was "
                    "taken back. Pick it there.",
                    carton=carton.name,
                    transfer=transfer.name,
                )
            )

    def _pick_into(self, goods, event):
        """Pick these goods on the rows of the shelves that they went back to."""
        for lot in goods.lot_id & self._get_lots_past_date():
            self._refuse_past_date(lot)
        rows = self.line_ids.browse()
        for move_line in goods:
            key = move_line._get_lot_key()._replace(location=move_line.location_dest_id)
            row = self._find_or_add_row(key)
            quantity = row.picked_quantity + move_line.quantity_product_uom
            self._change(row, quantity, event)
            rows |= row
        if any(row._get_excess() for row in rows):
            # Rows before quants, see LOCK_ORDER.
            self._lock_changed_lines([{"line_id": row.id} for row in rows])
            self._set_aside_what_was_picked()

    def _describe_goods(self, goods):
        quantities = {}
        for line in goods:
            unit = line.product_id.uom_id
            quantities[unit] = quantities.get(unit, 0.0) + line.quantity_product_uom
        return format_quantities(self.env, quantities)

    def _remove_carton(self, undone, event):
        if undone["barcode"]:
            self._take_out_everything(undone["carton"], event)
        return super()._remove_carton(undone, event)

    def _take_out_everything(self, name, event):
        """Take back all that is in a carton: what was picked into it by one scan."""
        event = event._replace(carton=name)
        for content in self._find_contents(self._find_open_carton(event)):
            row = content.line_id
            left = max(0.0, row.picked_quantity - content.quantity)
            self._change(row, left, event)
