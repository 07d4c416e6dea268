"""What people do to the pickings of transfers, see common_ledger_actions."""

from .common_ledger_choice import LedgerChoice, NothingToDoError


class InventoryActions(LedgerChoice):
    """What people do in the Inventory app to the pickings of transfers."""

    def validate(self, number, share, backorder):
        picking = self.picking("open", number)
        if share != 1:
            for move in picking.move_ids:
                if move.state not in ("done", "cancel"):
                    move.quantity = self.portion(
                        move.product_id, move.product_uom_qty, share
                    )
        self._name_lots(picking)
        question = picking.button_validate()
        while isinstance(question, dict) and "context" in question:
            wizard = self.wizard(question, self.case.inventory_user)
            if backorder or question["res_model"] != "stock.backorder.confirmation":
                question = wizard.process()
            else:
                question = wizard.process_cancel_backorder()

    def _name_lots(self, picking):
        for line in picking.move_line_ids:
            tracked = line.product_id.tracking != "none"
            if tracked and not line.lot_id and not line.lot_name:
                line.lot_name = self.new_lot_name()

    def return_done(self, number, share, validate):
        picking = self.picking("done", number)
        returns = self.env["stock.return.picking"].with_user(self.case.inventory_user)
        wizard = returns.with_context(
            active_id=picking.id, active_ids=picking.ids, active_model=picking._name
        ).create({"picking_id": picking.id})
        for line in wizard.product_return_moves:
            line.quantity = self.portion(line.product_id, line.move_id.quantity, share)
        action = wizard.action_create_returns()
        if validate:
            back = picking.browse(action["res_id"])
            back.move_ids.picked = True
            back.button_validate()

    def scrap(self, number, product, quantity):
        """Scrap what was shipped, on its way."""
        picking = self.picking("shipped", number)
        self.do_scrap(picking, product, quantity, self.case.transit)

    def scrap_received(self, number, product, quantity):
        """Scrap on a done picking what it brought into a store."""
        picking = self.picking("received", number)
        store = picking.picking_type_id.warehouse_id
        scrap = self.do_scrap(picking, product, quantity, store.lot_stock_id)
        self.adjusted[store, scrap.product_id] -= scrap.scrap_qty

    def do_scrap(self, picking, product, quantity, location):
        move = picking.move_ids[product % len(picking.move_ids)]
        scraps = self.env["stock.scrap"].with_user(self.case.inventory_user)
        scrap = scraps.create(
            {
                "product_id": move.product_id.id,
                "scrap_qty": quantity,
                "lot_id": move.lot_ids[:1].id,
                "picking_id": picking.id,
                "location_id": location.id,
                "company_id": self.case.company.id,
            }
        )
        scrap.action_validate()
        if scrap.state != "done":
            raise NothingToDoError("not enough to scrap")
        return scrap

    def cancel_picking(self, number):
        self.picking("open", number).action_cancel()

    def unreserve(self, number):
        self.picking("open", number).do_unreserve()

    def reserve(self, number):
        self.picking("open", number).action_assign()

    def pack(self, number):
        """Put what is reserved into a package."""
        self.picking("open", number).action_put_in_pack()

    def edit_done(self, number, line, share):
        """Unlock a done picking, and correct what was done."""
        move_line = self.unlocked_line(number, line)
        move_line.quantity = self.portion(
            move_line.product_id, move_line.quantity, share
        )

    def put_elsewhere(self, number, line, shelf):
        """Correct where in the store goods were put, to where they are sold."""
        move_line = self.unlocked_line(number, line)
        store = move_line.location_dest_id.warehouse_id
        if not store:
            raise NothingToDoError("not in a store")
        place = self.case.shelves[store] if shelf else store.lot_stock_id
        move_line.location_dest_id = place

    def unlocked_line(self, number, line):
        picking = self.picking("done", number)
        if picking.is_locked:
            picking.action_toggle_is_locked()
        return picking.move_line_ids[line % len(picking.move_line_ids)]

    def adjust_stock(self, product, quantity):
        """Somebody counts the source's stock of a plain product anew."""
        store, product = self.case.ec, self.case.products[product]
        quants = self.env["stock.quant"].with_user(self.case.inventory_user)
        quant = quants.with_context(inventory_mode=True).create(
            {
                "product_id": product.id,
                "location_id": store.lot_stock_id.id,
                "inventory_quantity": quantity,
            }
        )
        difference = quant.inventory_diff_quantity
        quant.action_apply_inventory()
        self.adjusted[store, product] += difference
