import logging

from odoo import api, fields, models

from ...tools.conflict import is_conflict
from .mailing import TELLS_UNTIL

_logger = logging.getLogger(__name__)


class StoreTransfer(models.Model):
    """E-mails to third parties that are sent by themselves, after the shipment.

    Nobody who ships waits for a paper to be printed, or for a mail server.
    """

    _inherit = "store.transfer"

    is_dispatch_mail_due = fields.Boolean(readonly=True, copy=False)

    _dispatch_mail_index = models.Index("(id) WHERE is_dispatch_mail_due")

    def _sync_goods_dates(self):
        before = {transfer: transfer.last_ship_date for transfer in self}
        result = super()._sync_goods_dates()
        changed = self.filtered(
            lambda transfer: transfer.last_ship_date != before[transfer]
        )
        changed._queue_dispatch_mails()
        return result

    def _queue_dispatch_mails(self):
        """Have the third parties told of what has left for them just now.

        What was taken back, and not told yet, is not told any more.
        """
        dispatches = self.filtered(lambda transfer: transfer.kind == "dispatch")
        for transfer in dispatches:
            is_due = bool(
                transfer.company_id.transfer_mail_dispatch
                and transfer.last_ship_date
                and not transfer.is_dispatch_mailed
            )
            transfer._write_changed("is_dispatch_mail_due", is_due)
        if any(dispatches.mapped("is_dispatch_mail_due")):
            cron = self.env.ref("store_transfer.ir_cron_dispatch_mail")
            cron.sudo()._trigger()

    @api.model
    def _cron_mail_dispatches(self):
        """Send the e-mails that are due; commit after each one."""
        due = self.search([("is_dispatch_mail_due", "=", True)], order="id")
        commit = self.env["ir.cron"]._commit_progress
        commit(remaining=len(due))
        for transfer in due:
            transfer._try_to_mail_dispatch()
            if not commit(1):
                return

    def _try_to_mail_dispatch(self):
        """Send the e-mail of one, whose fault is not the others'."""
        try:
            with self.env.cr.savepoint():
                # Who undoes the shipment at this moment is not waited for.
                if self._try_lock() and self.is_dispatch_mail_due:
                    self._mail_dispatch()
        except Exception as error:
            if is_conflict(error):
                return
            _logger.exception("Can't write to the third party of %s", self.name)
            self.is_dispatch_mail_due = False
            self._tell_not_mailed(lambda transfer: transfer._get_reason_of_fault())

    def _mail_dispatch(self):
        """Send it in the name of who has shipped, who is shown by Odoo if it fails."""
        self.is_dispatch_mail_due = False
        if not self.company_id.transfer_mail_dispatch:
            return
        if self._get_reason_not_to_reach():
            self._tell_not_mailed(lambda transfer: transfer._get_reason_not_to_reach())
            return
        # In sudo: who has shipped may have moved to another store since.
        shipper = self._get_shipper() or self.env.user
        mailing = self.with_user(shipper).sudo()
        mailing.with_context(
            **{TELLS_UNTIL: self._get_told_until()}
        ).message_post_with_source(
            self._get_dispatch_template(),
            email_layout_xmlid="mail.mail_notification_light",
            subtype_xmlid="mail.mt_comment",
            force_send=False,
            # Who follows the transfer sees it there.
            notify_skip_followers=True,
        )
        self.env.ref("mail.ir_cron_mail_scheduler_action")._trigger()

    def _get_shipper(self):
        """Return who shipped last, if they still work here."""
        shipments = self.event_ids.filtered(lambda event: event.step == "ship")
        return shipments[:1].user_id.filtered("active")

    def _get_reason_of_fault(self):
        return self.env._(
            "%s: the e-mail to the third party could not be sent. Send it by hand.",
            self.name,
        )

    def _tell_not_mailed(self, get_reason):
        """Say on the transfer, and to who has shipped, why nothing was sent.

        :param get_reason: returns it for this transfer, in the reader's language
        """
        self._message_log(body=get_reason(self))
        self._notify_users(
            self._get_shipper(),
            lambda transfer: (transfer._get_subject_of_fault(), get_reason(transfer)),
        )

    def _get_subject_of_fault(self):
        return self.env._("%s: the third party got no e-mail", self.name)
