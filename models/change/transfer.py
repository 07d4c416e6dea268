from odoo import api, models

from ...tools.published import MOMENTS, QUANTITIES

GATHERED = "store_transfer.changes"

# What other systems read of a transfer, and of its lines.
PUBLISHED = frozenset(
    {
        "name",
        "state",
        "kind",
        "initiator",
        "source_store_id",
        "destination_store_id",
        "partner_id",
        "expected_date",
        "priority",
        "remark",
        "carrier",
        "tracking_number",
        *MOMENTS.values(),
    }
)
PUBLISHED_OF_LINES = frozenset(
    {"product_id", "remark", *(f"{name}_quantity" for name in QUANTITIES)}
)


class StoreTransfer(models.Model):
    """Writes down, once for a transaction, which transfers it has changed.

    Whoever writes, by a step or in the Inventory app: all that is stored goes through
    ``_write_multi``.
    """

    _inherit = "store.transfer"

    def _write_multi(self, vals_list):
        result = super()._write_multi(vals_list)
        for transfer_id, vals in zip(self._ids, vals_list, strict=True):
            if names := vals.keys() & PUBLISHED:
                self._gather_changes()["transfers"].setdefault(
                    transfer_id, set()
                ).update(names)
        return result

    @api.model
    def _gather_changes(self):
        """Return what is gathered until the end of the transaction.

        :return: ``{"transfers": {id: names of fields}, "lines": {id: True}}``
        """
        data = self.env.cr.precommit.data
        if GATHERED not in data:
            data[GATHERED] = {"transfers": {}, "lines": {}}
            # What was changed is told by the system, whoever has changed it.
            self.env.cr.precommit.add(self.browse().sudo()._tell_changes)
        return data[GATHERED]

    @api.model
    def _tell_changes(self):
        gathered = self.env.cr.precommit.data.pop(GATHERED)
        changed_ids = self.env["store.transfer.change"]._note(
            gathered["transfers"], gathered["lines"]
        )
        self._publish_changes(self.browse(changed_ids), gathered["transfers"])

    @api.model
    def _publish_changes(self, transfers, fields_by_id):
        """Tell others of changes, within the transaction. To be extended.

        :param fields_by_id: ``{transfer id: names of its own fields that changed}``
        """


class StoreTransferLine(models.Model):
    _inherit = "store.transfer.line"

    def _write_multi(self, vals_list):
        result = super()._write_multi(vals_list)
        for line_id, vals in zip(self._ids, vals_list, strict=True):
            if vals.keys() & PUBLISHED_OF_LINES:
                self.env["store.transfer"]._gather_changes()["lines"][line_id] = True
        return result

    @api.model_create_multi
    def create(self, vals_list):
        lines = super().create(vals_list)
        self._gather_transfers(lines.transfer_id)
        return lines

    def unlink(self):
        self._gather_transfers(self.transfer_id)
        return super().unlink()

    @api.model
    def _gather_transfers(self, transfers):
        for transfer_id in transfers.ids:
            gathered = transfers._gather_changes()["transfers"]
            gathered.setdefault(transfer_id, set())
