from datetime import timedelta

from odoo import api, fields, models
from odoo.exceptions import UserError
from odoo.orm.models import NO_ACCESS
from odoo.tools import SQL

from ...tools.webhook_signature import make_secret, sign

# So long a receiver may go on with its old secret.
BOTH_ARE_VALID = timedelta(hours=24)


class StoreTransferWebhook(models.Model):
    """The secret by which a receiver knows that a message is ours.

    Nobody reads it but who sends. It is shown once; after that there is a new one.
    """

    _inherit = "store.transfer.webhook"

    secret = fields.Char(groups=NO_ACCESS, copy=False)
    previous_secret = fields.Char(groups=NO_ACCESS, copy=False)
    previous_until = fields.Datetime(
        string="Old Secret Is Valid Until", readonly=True, copy=False
    )
    is_secret_shown = fields.Boolean(readonly=True, copy=False)

    def _make_first_secrets(self):
        for webhook in self.sudo():
            webhook.secret = make_secret()

    def action_show_secret(self):
        """Show the secret, once."""
        self.ensure_one()
        self._check_is_head_office()
        webhook = self.sudo()
        if webhook.is_secret_shown:
            raise UserError(
                self.env._(
                    "The secret of %s was shown already. Make a new one; the old one "
                    "is valid for another day.",
                    self.name,
                )
            )
        webhook.is_secret_shown = True
        return {
            "type": "ir.actions.act_window",
            "name": self.env._("Secret of %s", self.name),
            "res_model": "store.transfer.webhook.secret",
            "views": [[False, "form"]],
            "target": "new",
            "context": {"default_secret": webhook.secret},
        }

    def action_new_secret(self):
        """Make a new secret; for a day messages are signed by both."""
        self.ensure_one()
        self._check_is_head_office()
        webhook = self.sudo()
        webhook.write(
            {
                "previous_secret": webhook.secret,
                "previous_until": fields.Datetime.now() + BOTH_ARE_VALID,
                "secret": make_secret(),
                "is_secret_shown": False,
            }
        )
        return self.action_show_secret()

    def _sign(self, message_id, timestamp, body):
        """Return the signatures of a message, with a space between them."""
        self.ensure_one()
        secrets = [self.secret]
        if self.previous_until and self.previous_until > fields.Datetime.now():
            secrets.append(self.previous_secret)
        return " ".join(sign(each, message_id, timestamp, body) for each in secrets)


class StoreTransferWebhookSecret(models.AbstractModel):
    """Shows a secret once, and keeps it nowhere: it has no table."""

    _name = "store.transfer.webhook.secret"
    _description = "Secret of a Store Transfer Webhook"

    # The form asks for defaults by an onchange, which returns it.
    id = fields.Id()
    secret = fields.Char(readonly=True)

    @property
    def _table_query(self):
        return SQL("SELECT NULL::integer AS id, NULL::varchar AS secret WHERE FALSE")

    @api.model_create_multi
    def create(self, vals_list):  # pylint: disable=method-required-super
        raise UserError(
            self.env._("A secret is only shown. Make a new one at its webhook.")
        )
