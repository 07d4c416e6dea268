from datetime import timedelta

from markupsafe import Markup

from odoo import api, models
from odoo.fields import Domain
from odoo.tools import format_date

from ...tools.roles import GROUP_APPROVER, GROUP_STAFF
from ...tools.states import OPEN_STATES, STOCK_STATES


class StoreTransfer(models.Model):
    """Whose turn it is, and what people are told."""

    _inherit = "store.transfer"

    def _get_turns(self):
        self.ensure_one()
        turns = []
        if self.state == "waiting":
            turns.append(("mail_activity_type_approve", "other", GROUP_APPROVER))
        if self.state in STOCK_STATES:
            if self.kind != "receipt" and self.to_ship_quantity:
                turns.append(("mail_activity_type_ship", "source", GROUP_STAFF))
            if self.is_to_take_back:
                turns.append(("mail_activity_type_take_back", "source", GROUP_STAFF))
            if self.is_to_count:
                turns.append(("mail_activity_type_count", "destination", GROUP_STAFF))
        if self.state == "rejected":
            turns.append(("mail_activity_type_rejected", "initiator", GROUP_STAFF))
        return turns

    def _get_turn_deadline(self, turn, today):
        company = self.company_id
        if turn == "mail_activity_type_approve":
            in_time = self.submit_day + timedelta(days=company.transfer_approve_days)
            return min(in_time, self._get_ship_day())
        if turn == "mail_activity_type_rejected":
            return today + timedelta(days=company.transfer_approve_days)
        if turn == "mail_activity_type_ship":
            return self._get_ship_day()
        if turn == "mail_activity_type_take_back":
            return today + timedelta(days=company.transfer_transit_days)
        return self.expected_date

    @api.model
    def _get_domain_of_turns(self, stores, companies):
        return Domain("state", "in", ("rejected", *OPEN_STATES)) & (
            Domain("source_store_id", "in", stores.ids)
            | Domain("destination_store_id", "in", stores.ids)
        )

    def _get_activity_note(self, activity_type):
        """Return a link to where it is done, if that is not the transfer itself."""
        # Asked for each transfer: "ref" would look in the database whether it exists.
        count_type_id = self.env["ir.model.data"]._xmlid_to_res_id(
            "store_transfer.mail_activity_type_count"
        )
        if activity_type.id != count_type_id:
            return False
        # No word in it: it is stored once, and read in any language.
        icon = Markup('<i class="fa fa-barcode"></i>')
        link = Markup('<a href="/odoo/store-transfer-count">%s %s</a>')
        return link % (icon, self.name)

    def _notify_other_side(self):
        """Notify the other store's own approvers; who stands in has an activity."""
        store = self._get_side_store("other")
        users = store._get_transfer_staff(GROUP_APPROVER)
        self._notify_users(users, lambda transfer: transfer._tell_who_approves())

    def _tell_who_approves(self):
        return (
            self.env._("%s waits for your approval", self.name),
            self.env._(
                "From %(sender)s to %(receiver)s, expected on %(date)s: %(quantity)s "
                "(products: %(count)d).",
                sender=self.source_store_id.name,
                receiver=self.destination_store_id.name,
                quantity=self.asked_by_unit,
                count=self.line_count,
                date=format_date(self.env, self.expected_date),
            ),
        )

    def _notify_withdrawn(self):
        """Tell who was asked to approve it that they need not any more."""
        store = self._get_side_store("other")
        users = store._get_transfer_staff(GROUP_APPROVER)
        self._notify_users(users, lambda transfer: transfer._tell_withdrawn())

    def _tell_withdrawn(self):
        return (
            self.env._("%s was withdrawn", self.name),
            self.env._(
                "%(store)s has taken it back to change it. You need not approve it "
                "now, and are told when it is submitted again.",
                store=self._get_side_store("initiator").name,
            ),
        )

    def _notify_closed(self, lines, reason, note):
        """Tell the destination what it need not wait for."""
        self._notify_users(
            self.destination_store_id._get_transfer_staff(GROUP_STAFF),
            lambda transfer: transfer._tell_closed(lines, reason, note),
        )

    def _tell_closed(self, lines, reason, note):
        return (
            self.env._("%s: some of it will not come", self.name),
            self.env._(
                "%(store)s does not ship: %(products)s. Reason: %(reason)s. %(note)s",
                store=self.source_store_id.name or self.partner_id.name or "",
                products=", ".join(
                    line._describe_quantity("to_ship_quantity")
                    for line in lines.with_env(self.env)
                ),
                reason=reason.with_env(self.env).name,
                note=note or "",
            ),
        )

    def _log_approved_less(self, lines, reason, note):
        """Write down what was not approved, and tell who asked for it."""
        self.message_post(body=self._tell_approved_less(lines, reason, note)[1])
        self._notify_users(
            self.user_id,
            lambda transfer: transfer._tell_approved_less(lines, reason, note),
        )

    def _tell_approved_less(self, lines, reason, note):
        return (
            self.env._("%s was approved for less", self.name),
            self.env._(
                "Not approved: %(products)s. Reason: %(reason)s. %(note)s",
                products=", ".join(
                    line._describe_quantity("not_approved_quantity")
                    for line in lines.with_env(self.env)
                ),
                reason=reason.with_env(self.env).name,
                note=note or "",
            ),
        )

    def _notify_initiator(self):
        self._notify_users(self.user_id, lambda transfer: transfer._tell_rejected())

    def _tell_rejected(self):
        return (
            self.env._("%s was rejected", self.name),
            self.env._(
                "Reason: %(reason)s. %(note)s",
                reason=self.reason_id.name,
                note=self.reason_note or "",
            ),
        )
