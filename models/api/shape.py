from odoo import api, fields, models

from ...tools.published import MOMENTS, QUANTITIES

# The version of all shapes. Within a version names are added, and nothing else changes.
VERSION = 1


class StoreTransferApi(models.AbstractModel):
    """A transfer, as other systems read it."""

    _inherit = "store.transfer.api"

    @api.model
    def _prepare_transfers(self, transfers):
        """Return transfers in the shape that ``docs/users/api.md`` describes."""
        transfers.sudo().carton_ids.mapped("name")
        return [self._prepare_transfer(transfer) for transfer in transfers]

    @api.model
    def _prepare_transfer(self, transfer):
        # In sudo: the other store, cartons and contacts are out of reach of staff. What
        # a transfer is about is read as the user.
        shown = transfer.sudo()
        return {
            "version": VERSION,
            "id": transfer.id,
            "number": transfer.name,
            "company": shown.company_id.name,
            "kind": transfer.kind,
            "initiator": transfer.initiator,
            "state": transfer.state,
            "source": shown.source_store_id.code or None,
            "destination": shown.destination_store_id.code or None,
            "third_party": shown.third_party_name or None,
            "expected_date": fields.Date.to_string(transfer.expected_date) or None,
            "urgent": transfer.priority == "1",
            "remark": transfer.remark or "",
            "carrier": transfer.carrier or "",
            "tracking_number": transfer.tracking_number or "",
            "dates": {
                name: self._prepare_moment(transfer[field])
                for name, field in MOMENTS.items()
            },
            "cartons": shown.carton_ids.sorted("transfer_number").mapped("name"),
            "lines": self._prepare_lines(transfer),
        }

    def _prepare_lines(self, transfer):
        """Return the lines, or None for who counts them blind."""
        if transfer.hides_lines:
            return None
        return [self._prepare_line(line) for line in transfer.line_ids]

    def _prepare_line(self, line):
        return {
            "id": line.id,
            "sku": line.default_code or "",
            "unit": line.stock_uom_id.name,
            "remark": line.remark or "",
            **{name: line[f"{name}_quantity"] for name in QUANTITIES},
        }

    def _prepare_moment(self, moment):
        """Return a moment as ISO 8601, in UTC."""
        return f"{moment.isoformat(timespec='seconds')}Z" if moment else None
