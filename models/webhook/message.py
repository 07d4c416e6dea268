import json
import uuid
from datetime import timedelta

from odoo import api, fields, models

KEEP_SENT = timedelta(days=30)
KEEP_DEAD = timedelta(days=180)


class StoreTransferWebhookMessage(models.Model):
    """A message for a webhook: written with what it tells of, and sent afterwards."""

    _name = "store.transfer.webhook.message"
    _description = "Message of a Store Transfer Webhook"
    _inherit = ["store.transfer.reach"]
    _order = "id desc"
    _rec_name = "uuid"

    webhook_id = fields.Many2one(
        "store.transfer.webhook", required=True, readonly=True, ondelete="cascade"
    )
    company_id = fields.Many2one(related="webhook_id.company_id")
    uuid = fields.Char(
        string="Message",
        required=True,
        readonly=True,
        help="Sent as webhook-id: the same however often it is sent.",
    )
    type = fields.Char(required=True, readonly=True)
    transfer_id = fields.Many2one(
        "store.transfer", readonly=True, index="btree_not_null", ondelete="set null"
    )
    body = fields.Text(string="Content", required=True, readonly=True)
    state = fields.Selection(
        [("waiting", "Waiting"), ("sent", "Sent"), ("dead", "Not Delivered")],
        required=True,
        readonly=True,
        default="waiting",
    )
    tries = fields.Integer(readonly=True)
    next_try = fields.Datetime(
        readonly=True, default=lambda self: fields.Datetime.now()
    )
    answer = fields.Char(string="Last Answer", readonly=True)
    sent_date = fields.Datetime(string="Sent On", readonly=True)

    _queue_index = models.Index("(webhook_id, id) WHERE state = 'waiting'")
    _order_index = models.Index("(webhook_id, transfer_id, id) WHERE state = 'waiting'")
    _dead_index = models.Index("(webhook_id) WHERE state = 'dead'")

    @api.model
    def _prepare_message(self, webhook, kind, data, transfer=None):
        """Return the values of a message.

        :param kind: what it tells of, e.g. ``transfer.done``
        :param data: what it says; anything that JSON can hold
        """
        now = fields.Datetime.now()
        body = {
            "type": kind,
            "timestamp": f"{now.isoformat(timespec='seconds')}Z",
            "data": data,
        }
        return {
            "webhook_id": webhook.id,
            "uuid": f"msg_{uuid.uuid4().hex}",
            "type": kind,
            "transfer_id": transfer.id if transfer else False,
            "body": json.dumps(body),
        }

    def action_send_again(self):
        """Send once more what was sent, or could not be delivered."""
        self.check_access("read")
        self.webhook_id._check_is_head_office()
        messages = self.sudo()
        messages.write(
            {"state": "waiting", "tries": 0, "next_try": fields.Datetime.now()}
        )
        # Somebody wants to see now whether it answers again.
        messages.webhook_id.next_try = False
        messages.webhook_id._wake_up()
        return True

    @api.autovacuum
    def _forget_old(self):
        now = fields.Datetime.now()
        for state, kept in (("sent", KEEP_SENT), ("dead", KEEP_DEAD)):
            self.search(
                [("state", "=", state), ("create_date", "<", now - kept)], limit=10000
            ).unlink()
