from odoo import api, fields, models

from ...tools.barcodes import draw_code128, draw_qr


class StoreTransferTill(models.AbstractModel):
    """The slip that the till prints on its own printer, to go along with the goods."""

    _inherit = "store.transfer.till"

    @api.model
    def get_slip(self, picking_type_id, transfer_id):
        """Return what the slip of a transfer says.

        Neither products nor quantities: who counts the goods blind reads it.

        :return: ``{"name", "source", "destination", "date", "cartons" (how many),
            "remark", "barcode" (of the number), "qr" (its address, for phones)}``; the
            codes as SVG
        """
        store = self._find_store(picking_type_id)
        transfer = self._find_transfer(store, transfer_id)
        # In sudo: the other store and cartons on their way are out of reach of staff.
        known = transfer.sudo()
        return {
            "name": transfer.name,
            "source": known.source_store_id.name or known.third_party_name or "",
            "destination": known.destination_store_id.name
            or known.third_party_name
            or "",
            "date": fields.Date.to_string(transfer.expected_date),
            "cartons": known._get_numbers_of_cartons().get(transfer.id, 0),
            "remark": transfer.remark or "",
            "barcode": draw_code128(transfer.name),
            "qr": draw_qr(transfer._get_link()),
        }
