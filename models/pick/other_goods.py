from odoo import models
from odoo.exceptions import UserError
from odoo.fields import Domain

from ...tools.lot_quantities import LotKey
from ...tools.quantities import format_quantity


class StoreTransferPick(models.Model):
    """Other goods are picked than were set aside: another lot, or from another shelf.

    They are taken when nobody has set them aside. What is set aside moves over to them
    once, at the end of what a device has sent; and back when that was undone.
    """

    _inherit = "store.transfer.pick"

    def _complete(self, batch):
        others = [values for values in batch.done.values() if values.get("is_other")]
        if others:
            # Rows before quants, see LOCK_ORDER.
            self._lock_changed_lines(batch.done.values())
            self._set_aside_what_was_picked()
            undone = [
                values["line_id"] for values in others if values["kind"] == "undo"
            ]
            self._give_back(self.line_ids.browse(undone))
        return super()._complete(batch)

    def _find_lots(self, name):
        return super()._find_lots(name) or self._find_lots_in_stock(name)

    def _find_lots_in_stock(self, name):
        """Find the lots of that name, of products that are on the transfer."""
        lots = self.env["stock.lot"].search(
            self._get_lot_domain(name)
            & Domain("product_id", "in", self.transfer_id.line_ids.product_id.ids)
        )
        return self._get_codes_of_lot(lots.product_id, name)

    def _get_lot_domain(self, name):
        return Domain("name", "=", name) & Domain(
            "company_id", "in", [False, self.company_id.id]
        )

    def _take_other_goods(self, found):
        """Return the row for goods of which not so much is set aside.

        :raise UserError: when they can't be taken
        """
        # Nobody else may move what is set aside, or add rows, meanwhile.
        self._check_step("pick")
        self.invalidate_recordset(["line_ids"])
        product = found.product
        lot = self._identify_lot(product, found.lot_name)
        transfer_line = self._get_line_with_room(found)
        key = LotKey(transfer_line, lot)
        location = self._find_place(key, found.quantity)
        return self._find_or_add_row(key._replace(location=location))

    def _find_or_add_row(self, key):
        known = self.line_ids.filtered(lambda line: line._get_place_key() == key)
        return known or self._add_lines([(key, 0.0)])

    def _identify_lot(self, product, lot_name):
        """Return the lot that was scanned.

        :raise UserError: when nobody knows it, it was picked, or is past its date
        """
        lots = self.env["stock.lot"]
        if product.tracking == "none" or not lot_name:
            return lots
        lot = lots.search(
            self._get_lot_domain(lot_name) & Domain("product_id", "=", product.id),
            limit=1,
        )
        if not lot:
            raise UserError(
                self.env._(
                    "%(product)s: nobody knows the lot or serial number %(lot)s. Look "
                    "at the label again.",
                    product=product.display_name,
                    lot=lot_name,
                )
            )
        of_lot = self._find_lines([("lot_id", "=", lot.id)])
        if product.tracking == "serial" and any(of_lot.mapped("picked_quantity")):
            self._refuse_serial_again(of_lot[0])
        if lot in self._get_lots_past_date():
            self._refuse_past_date(lot)
        return lot

    def _get_lots_past_date(self):
        return self._find_lines([("is_past_date", "=", True)]).lot_id

    def _refuse_past_date(self, lot):
        raise UserError(
            self.env._(
                "%(product)s: lot %(lot)s, %(expiry)s. To send it all the same, enter "
                "how much goes in its row.",
                product=lot.product_id.display_name,
                lot=lot.name,
                expiry=lot._tell_expiry(),
            )
        )

    def _get_line_with_room(self, found):
        """Return the line of the transfer of which so much more may go.

        :raise UserError: when all of it was picked already
        """
        of_product = self._find_lines([("product_id", "=", found.product.id)])
        picked = of_product._get_picked_of_lines()
        unit = found.product.uom_id
        for line, quantity in picked.items():
            if unit.compare(quantity + found.quantity, line.to_ship_quantity) <= 0:
                return line
        to_ship = sum(line.to_ship_quantity for line in picked)
        if unit.compare(sum(picked.values()) + found.quantity, to_ship) <= 0:
            self._refuse_at_once(found)
        return self._refuse_more_than_approved(found.product, to_ship)

    def _refuse_at_once(self, found):
        """Refuse a box of which some would be on one line, and some on another."""
        raise UserError(
            self.env._(
                "%(product)s: %(quantity)s at once are more than is left on one row. "
                "Enter on each row how much of it you take.",
                product=found.product.display_name,
                quantity=format_quantity(
                    self.env, found.quantity, found.product.uom_id
                ),
            )
        )

    def _find_place(self, key, quantity):
        """Return the shelf where so much of these goods is free.

        :param key: a ``LotKey`` without a location
        :raise UserError: when there is none
        """
        places = self._get_free_places(key.product).items()
        of_lot = [row for row in places if row[0].lot == key.lot]
        for place, free in of_lot:
            if key.unit.compare(free, quantity) >= 0:
                return place.location
        # One shelf has the most; why it is not enough is said of it.
        return self._refuse_to_take(key, max((free for _, free in of_lot), default=0.0))

    def _get_free_places(self, products):
        """Return what is free at the source, and was not picked in this request.

        :return: ``LotQuantities`` of products by place, in the order of the shelves
        """
        free = self._get_free_in_stock(products)
        for line in self._find_lines([("product_id", "in", products.ids)]):
            free.add(line._get_key_of_product(), -line._get_excess())
        return free

    def _get_free_in_stock(self, products):
        stock = self.transfer_id.source_store_id.lot_stock_id
        return self.env["stock.quant"]._get_free_by_place(products, stock)

    def _check_may_be_taken(self, line, quantity):
        """Refuse to pick more on a row than is set aside, unless it is free there."""
        if line._is_missing():
            self._refuse_to_take(line._get_place_key(), 0.0)
        more = quantity - max(line.picked_quantity, line.expected_quantity)
        free = self._get_free_places(line.product_id)
        here = max(0.0, free[line._get_key_of_product()])
        if line.stock_uom_id.compare(here, more) < 0:
            self._refuse_to_take(line._get_place_key(), here)

    def _check_all_is_set_aside(self):
        """Refuse to ship what was picked, and is not there for it any more."""
        for line in self.line_ids:
            if line._get_excess():
                key = line._get_place_key()
                free = self._get_free_in_stock(line.product_id)
                self._refuse_to_take(key, max(0.0, free[line._get_key_of_product()]))

    def _refuse_to_take(self, key, free):
        """Say why goods can't be taken: they are not here, or somebody else's."""
        values = {
            "product": key.product.display_name,
            "lot": key.lot.name,
            "store": self.transfer_id.source_store_id.name,
            "free": format_quantity(self.env, free, key.unit),
            "owners": ", ".join(self._get_who_has_reserved(key)),
        }
        if key.lot:
            raise UserError(self._get_sentence_of_lot(values, is_here=free > 0))
        raise UserError(self._get_sentence_of_no_more(values))

    def _get_sentence_of_no_more(self, values):
        if values["owners"]:
            return self.env._(
                "%(product)s: of what was not set aside for this transfer, only "
                "%(free)s are free at %(store)s. The rest is reserved for %(owners)s.",
                **values,
            )
        return self.env._(
            "%(product)s: of what was not set aside for this transfer, only %(free)s "
            "are in stock at %(store)s. Correct the stock first.",
            **values,
        )

    def _get_sentence_of_lot(self, values, is_here):
        if values["owners"]:
            return self.env._(
                "%(product)s: lot %(lot)s is reserved for %(owners)s, only %(free)s of "
                "it are free. Take another one.",
                **values,
            )
        if is_here:
            return self.env._(
                "%(product)s: of lot %(lot)s, %(store)s has only %(free)s more. Take "
                "another one.",
                **values,
            )
        return self.env._(
            "%(product)s: lot %(lot)s is not in stock at %(store)s. Put it aside, and "
            "have the stock corrected.",
            **values,
        )

    def _get_who_has_reserved(self, key):
        """Return the names of what others have set these goods aside for."""
        stock = self.transfer_id.source_store_id.lot_stock_id
        moves = (
            self.env["stock.move.line"]
            .search(
                [
                    ("product_id", "=", key.product.id),
                    ("lot_id", "=", key.lot.id),
                    ("location_id", "child_of", stock.id),
                    ("state", "not in", ("draft", "done", "cancel")),
                    ("quantity_product_uom", ">", 0),
                    (
                        "move_id.transfer_line_id",
                        "not in",
                        self.transfer_id.line_ids.ids,
                    ),
                ],
                limit=5,
            )
            .move_id
        )
        names = [
            move._get_transfers().name or move.picking_id.name or move.reference
            for move in moves
        ]
        return list(dict.fromkeys(filter(None, names)))
