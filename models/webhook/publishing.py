from odoo import api, models


class StoreTransferWebhook(models.Model):
    """What is told, and to whom: written down with what it tells of."""

    _inherit = "store.transfer.webhook"

    def _publish(self, transfers, fields_by_id):
        """Write a message for each of these webhooks and each transfer it is told of.

        :param fields_by_id: ``{transfer id: names of its own fields that changed}``
        """
        values, shapes = [], {}
        for webhook in self:
            for transfer in transfers:
                has_new_state = "state" in fields_by_id.get(transfer.id, ())
                if not webhook._is_told_of(transfer, has_new_state):
                    continue
                if transfer not in shapes:
                    shapes[transfer] = self._prepare_shape(transfer)
                kind = transfer.state if has_new_state else "changed"
                values.append(
                    self.env["store.transfer.webhook.message"]._prepare_message(
                        webhook,
                        f"transfer.{kind}",
                        webhook._choose_what_to_tell(shapes[transfer]),
                        transfer,
                    )
                )
        if values:
            self.env["store.transfer.webhook.message"].create(values)
            self._wake_up()

    def _is_told_of(self, transfer, has_new_state):
        self.ensure_one()
        stores = transfer.source_store_id | transfer.destination_store_id
        return (
            self.company_id == transfer.company_id
            and (not self.store_ids or self.store_ids & stores)
            and (has_new_state or not self.only_states)
        )

    def _prepare_shape(self, transfer):
        return self.env["store.transfer.api"]._prepare_transfer(transfer)

    def _choose_what_to_tell(self, shape):
        return shape if self.with_lines else {**shape, "lines": None}

    def action_send_test(self):
        """Send a message that tells of nothing, to see whether it arrives."""
        self._check_is_head_office()
        messages = self.env["store.transfer.webhook.message"].sudo()
        messages.create(
            [
                messages._prepare_message(
                    webhook, "webhook.test", {"name": webhook.name}
                )
                for webhook in self
            ]
        )
        self._wake_up()
        return True


class StoreTransfer(models.Model):
    _inherit = "store.transfer"

    @api.model
    def _publish_changes(self, transfers, fields_by_id):
        webhooks = self.env["store.transfer.webhook"]
        if listening_ids := webhooks._get_listening_ids():
            # In nobody's language.
            told = transfers.with_context(lang=None)
            webhooks = told.env["store.transfer.webhook"].browse(listening_ids).exists()
            webhooks._publish(told, fields_by_id)
        return super()._publish_changes(transfers, fields_by_id)
