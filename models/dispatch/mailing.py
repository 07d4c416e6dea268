from odoo import api, fields, models
from odoo.exceptions import UserError

# In the context of Odoo's composer: what is sent is the e-mail of a dispatch.
IS_DISPATCH_MAIL = "store_transfer_dispatch_mail"


class StoreTransfer(models.Model):
    """The e-mail to a third party that goods have left for it."""

    _inherit = "store.transfer"

    dispatch_mail_date = fields.Datetime(
        string="E-mailed On",
        readonly=True,
        copy=False,
        help="When the third party last got an e-mail of what was shipped.",
    )
    is_dispatch_mailed = fields.Boolean(compute="_compute_is_dispatch_mailed")

    @api.depends("dispatch_mail_date", "last_ship_date")
    def _compute_is_dispatch_mailed(self):
        for transfer in self:
            mailed, shipped = transfer.dispatch_mail_date, transfer.last_ship_date
            # A shipment later than the e-mail has not been told.
            transfer.is_dispatch_mailed = bool(mailed and shipped and mailed >= shipped)

    def _get_reason_not_to_mail(self):
        if self.kind == "dispatch" and self.last_ship_date:
            return None
        return self.env._("%s: nothing has left for a third party.", self.name)

    def action_mail(self):
        """Open Odoo's composer with the e-mail to the third party, to be looked at."""
        self.ensure_one()
        self._check_allows("mail")
        if sentence := self._get_reason_not_to_reach():
            raise UserError(sentence)
        template = self._get_dispatch_template()
        return {
            "type": "ir.actions.act_window",
            "name": self.env._("Send by E-mail"),
            "res_model": "mail.compose.message",
            "view_mode": "form",
            "views": [(False, "form")],
            "target": "new",
            "context": {
                "default_model": self._name,
                "default_res_ids": self.ids,
                "default_composition_mode": "comment",
                "default_template_id": template.id,
                "default_email_layout_xmlid": "mail.mail_notification_light",
                "force_email": True,
                "hide_mail_template_management_options": True,
                IS_DISPATCH_MAIL: True,
            },
        }

    def _get_reason_not_to_reach(self):
        """Say why the third party can't get an e-mail, or return None."""
        # In sudo: the contact may be of another company's.
        partner = self.sudo().partner_id
        if not partner:
            return self.env._(
                "%s: its third party is no contact, so there is no e-mail address to "
                "write to.",
                self.name,
            )
        if not partner.email_normalized:
            return self.env._(
                "%(transfer)s: %(partner)s has no e-mail address that can be written "
                "to. Enter one on the contact, and send it then.",
                transfer=self.name,
                partner=partner.name,
            )
        return None

    @api.model
    def _get_dispatch_template(self):
        return self.env.ref("store_transfer.mail_template_dispatch")

    def _message_post_after_hook(self, message, msg_values):
        """Remember that the third party was told, however the e-mail was changed."""
        if self.env.context.get(IS_DISPATCH_MAIL):
            self._note_mailed(message)
        return super()._message_post_after_hook(message, msg_values)

    def _note_mailed(self, message):
        is_told = self.sudo().partner_id in message.sudo().partner_ids
        if is_told and not self._get_refusal("mail"):
            # In sudo: after our own check, what only steps write.
            self.sudo().write(
                {
                    "dispatch_mail_date": fields.Datetime.now(),
                    "is_dispatch_mail_due": False,
                }
            )
