from odoo import api, fields, models


class StoreTransfer(models.Model):
    """The cartons of a transfer: each has a number on it, and a place in their row."""

    _inherit = "store.transfer"

    carton_ids = fields.One2many(
        "stock.package", "transfer_id", string="Cartons", readonly=True
    )

    def _get_numbers_of_cartons(self):
        """Return ``{transfer id: the highest number of its cartons}``."""
        return {
            transfer.id: highest
            for transfer, highest in self.env["stock.package"]._read_group(
                [("transfer_id", "in", self.ids)],
                ["transfer_id"],
                ["transfer_number:max"],
            )
        }

    def _create_cartons(self, number_of_cartons=1):
        """Return new cartons of this transfer, open, with nothing in them."""
        self.ensure_one()
        names = self.company_id._get_next_carton_names(number_of_cartons)
        cartons = self.env["stock.package"].create([{"name": name} for name in names])
        cartons.transfer_is_open = True
        self._number_cartons(cartons)
        return cartons

    def _get_open_cartons(self):
        """Return the cartons that are being packed."""
        return self.carton_ids.filtered("transfer_is_open")

    def _number_cartons(self, cartons):
        """Make these the transfer's next cartons; what was removed left its number."""
        self.ensure_one()
        taken = set(self.carton_ids.mapped("transfer_number"))
        number = 0
        for carton in cartons:
            number += 1
            while number in taken:
                number += 1
            carton.write({"transfer_id": self.id, "transfer_number": number})

    def _sync_cartons(self, done):
        """Close what has left, and number what of it was packed in the Inventory app.

        :param done: the moves that were done or corrected in the step
        """
        shipped = done.filtered(
            lambda move: move.transfer_flow == "ship" and move.state == "done"
        )
        for transfer, moves in shipped.grouped(
            lambda move: move.transfer_line_id.transfer_id
        ).items():
            packages = moves.move_line_ids.result_package_id
            packages.filtered("transfer_is_open").transfer_is_open = False
            # What has gone on from there belongs to whatever it went with.
            new = packages.filtered(
                lambda package, transfer=transfer, moves=moves: (
                    package.transfer_id != transfer
                    and package.location_id in moves.location_dest_id
                )
            )
            transfer._number_cartons(new.sorted("id"))

    @api.model
    def _find_by_carton(self, code):
        """Return the transfers of the user's companies that a carton's code is of."""
        # In sudo: which of them the user sees, the caller asks.
        packages = self.env["stock.package"].sudo()
        transfers = self.sudo().browse()
        for company in self.env.companies:
            cartons = packages._find_cartons([code], company)
            transfers |= transfers.union(
                *(carton.transfer_id for carton in cartons.values())
            )
        return transfers
