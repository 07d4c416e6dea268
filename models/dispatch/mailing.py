from odoo import api, fields, models
from odoo.exceptions import UserError

# In the context of Odoo's composer: what is sent is the e-mail of a dispatch, and tells
# what had left by then, as a text.
TELLS_UNTIL = "store_transfer_dispatch_mail"
# How a notification ends that did not reach anybody.
FAILED = ("exception", "bounce", "canceled")


class StoreTransfer(models.Model):
    """The e-mail to a third party that goods have left for it."""

    _inherit = "store.transfer"

    dispatch_mail_date = fields.Datetime(
        string="E-mailed On",
        readonly=True,
        copy=False,
        help="When the third party last got an e-mail of what was shipped.",
    )
    dispatch_message_id = fields.Many2one(
        "mail.message",
        readonly=True,
        copy=False,
        index="btree_not_null",
        ondelete="set null",
        groups=fields.NO_ACCESS,
        help="That e-mail, whose notification says whether it could be sent.",
    )
    is_dispatch_mailed = fields.Boolean(compute="_compute_is_dispatch_mailed")

    # Not on what becomes of notifications: Odoo writes thousands of others.
    @api.depends("dispatch_mail_date", "last_ship_date")
    def _compute_is_dispatch_mailed(self):
        for transfer in self:
            mailed, shipped = transfer.dispatch_mail_date, transfer.last_ship_date
            # A shipment later than the e-mail has not been told.
            is_told = bool(mailed and shipped and mailed >= shipped)
            transfer.is_dispatch_mailed = is_told and not transfer._has_mail_failed()

    def _has_mail_failed(self):
        """Tell whether a mail server has refused the last e-mail, or sent it back."""
        # In sudo: whoever has sent it.
        transfer = self.sudo()
        return any(
            notice.res_partner_id == transfer.partner_id
            and notice.notification_status in FAILED
            for notice in transfer.dispatch_message_id.notification_ids
        )

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
                TELLS_UNTIL: self._get_told_until(),
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
        if not partner.active:
            return self.env._(
                "%(transfer)s: %(partner)s is archived, so nothing is sent there. "
                "Restore the contact, and send it then.",
                transfer=self.name,
                partner=partner.name,
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

    def _get_told_until(self):
        """Return when goods last left, as a text: what an e-mail can tell of by now."""
        return fields.Datetime.to_string(self.last_ship_date)

    def _message_post_after_hook(self, message, msg_values):
        """Remember that the third party was told, however the e-mail was changed.

        One that was written before a later shipment, and is sent after it, tells too
        little.
        """
        tells_until = self.env.context.get(TELLS_UNTIL)
        if tells_until and tells_until == self._get_told_until():
            self._note_mailed(message)
        return super()._message_post_after_hook(message, msg_values)

    def _note_mailed(self, message):
        partner = self.sudo().partner_id
        # Odoo writes to nobody who is archived.
        is_told = partner.active and partner in message.sudo().partner_ids
        if is_told and not self._get_refusal("mail"):
            # In sudo: after our own check, what only steps write.
            self.sudo().write(
                {
                    "dispatch_mail_date": fields.Datetime.now(),
                    "dispatch_message_id": message.id,
                    "is_dispatch_mail_due": False,
                }
            )
