from odoo import models

from ...tools.roles import GROUP_STAFF


class StoreTransfer(models.Model):
    """What came for a customer is set aside in the very step that received it."""

    _inherit = "store.transfer"

    def _sync_legs(self, done=None):
        result = super()._sync_legs(done)
        self._set_aside(done or self.env["stock.move"])
        return result

    def _set_aside(self, done):
        """Set aside what came for customers.

        :param done: the moves that were done or corrected in the step
        """
        received = done.filtered(
            lambda move: (
                move.state == "done"
                and move.transfer_flow == "receive"
                and move.transfer_line_id.customer_name
                and move.transfer_line_id.transfer_id in self
            )
        )
        if not received:
            return
        held = received.transfer_line_id.aside_ids.filtered(
            lambda aside: aside.is_held and aside.move_id in received
        )
        held._lower_to_received(received)
        values_list = []
        for line, moves in received.grouped("transfer_line_id").items():
            values_list += line._prepare_asides(moves)
        asides = self.env["store.transfer.aside"].create(values_list)
        for transfer, of_transfer in asides.grouped("transfer_id").items():
            of_transfer._take_aside()
            transfer._tell_set_aside(of_transfer)

    def _prepare_substitute_values(self, substitution):
        """Who waits for the goods waits for what comes instead."""
        replaced = substitution.line_id
        return {
            **super()._prepare_substitute_values(substitution),
            "customer_name": replaced.customer_name,
            "customer_phone": replaced.customer_phone,
        }

    def _tell_set_aside(self, asides):
        """Write down what was set aside, and tell the tills of the store."""
        goods = ", ".join(aside._describe() for aside in asides)
        self.message_post(body=self.env._("Set aside: %s", goods))
        store = self.destination_store_id
        bus = self.env["bus.bus"]
        for user in store._get_transfer_staff(GROUP_STAFF):
            news = self._prepare_news("set_aside", "destination")
            bus._sendone(user.partner_id, "store_transfer/turn", news)


class StoreTransferLine(models.Model):
    _inherit = "store.transfer.line"

    def _prepare_asides(self, moves):
        """Return the values of what is to be set aside of received goods.

        :param moves: by which they were received
        """
        self.ensure_one()
        left = self._get_quantity_to_set_aside()
        kept = self._get_quantities_kept()
        place = self.destination_store_id._get_aside_location()
        values_list = []
        for move_line in moves.move_line_ids.sorted("id"):
            key = move_line.move_id, move_line.lot_id, move_line.owner_id
            before = min(kept[key], move_line.quantity_product_uom)
            kept[key] -= before
            quantity = min(left, move_line.quantity_product_uom - before)
            if self.stock_uom_id.compare(quantity, 0) <= 0:
                continue
            left -= quantity
            values_list.append(
                {
                    "line_id": self.id,
                    "move_id": move_line.move_id.id,
                    "lot_id": move_line.lot_id.id,
                    "owner_id": move_line.owner_id.id,
                    "package_id": move_line.result_package_id.id,
                    "shelf_id": move_line.location_dest_id.id,
                    "place_id": place.id,
                    "quantity": self.stock_uom_id.round(quantity),
                }
            )
        return values_list
