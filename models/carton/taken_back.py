from odoo import api, models

from ...tools.carton_codes import read_carton_code


class StockPackage(models.Model):
    """A carton whose shipment was taken back: the goods are on their shelves again.

    On record; the carton itself may stand there, closed, with its label on it.
    """

    _inherit = "stock.package"

    @api.model
    def _find_goods_taken_back(self, code, company):
        """Return the move lines that took the goods out of a carton, the last time.

        :param code: as it was read off the label
        :return: none, where nobody knows such a carton, or there is something in it
        """
        lines = self.env["stock.move.line"].search(
            [
                ("state", "=", "done"),
                ("move_id.transfer_flow", "=", "unship"),
                ("company_id", "=", company.id),
                ("package_id.name", "in", read_carton_code(code)),
                ("package_id.transfer_id", "=", False),
                ("package_id.location_id", "=", False),
            ],
            order="id desc",
        )
        return lines.filtered(
            lambda line: (
                line.picking_id == lines[0].picking_id
                and line.package_id == lines[0].package_id
            )
        )
