from odoo import api, models
from odoo.fields import Domain

from ...tools.roles import GROUP_APPROVER, GROUP_HEAD_OFFICE, GROUP_STAFF
from .discrepancy import SURPLUS


class StoreTransferDiscrepancy(models.Model):
    """Whose turn a discrepancy is, and what people are told."""

    _inherit = "store.transfer.discrepancy"

    def _get_turns(self):
        self.ensure_one()
        if self.state == "settled":
            return []
        if self.is_disputed:
            return [("mail_activity_type_decide", "head_office", GROUP_HEAD_OFFICE)]
        if self.kind in SURPLUS:
            return [("mail_activity_type_accept", "destination", GROUP_APPROVER)]
        turns = []
        if self.state == "open" and self.source_store_id:
            turns.append(("mail_activity_type_answer", "source", GROUP_STAFF))
        if self.kind == "short" or not turns:
            turns.append(("mail_activity_type_settle", "destination", GROUP_APPROVER))
        return turns

    @api.model
    def _get_domain_of_turns(self, stores, companies):
        of_head_office = Domain("is_disputed", "=", True) & Domain(
            "company_id", "in", [company.id for company in companies]
        )
        return Domain("state", "!=", "settled") & (
            Domain("source_store_id", "in", stores.ids)
            | Domain("destination_store_id", "in", stores.ids)
            | of_head_office
        )

    def _get_turn_users(self, side, group):
        if side == "head_office":
            return self.company_id._get_transfer_head_office()
        return self.transfer_id._get_side_users(side, group)

    def _get_turn_store(self, side):
        # Head office decides in the days of the store that waits.
        if side == "head_office":
            return self._get_waiting_store()
        return self.transfer_id._get_side_store(side)

    def _get_transfer_of_turn(self):
        return self.transfer_id

    def _get_turn_deadline(self, turn, today):
        return self.deadline

    def _notify_sides(self):
        """Tell both sides what head office decided."""
        for discrepancy in self:
            staff = self.env["res.users"]
            for store in discrepancy.source_store_id | discrepancy.destination_store_id:
                staff |= store._get_transfer_staff(GROUP_STAFF)
            # Who counts blind does not see what is expected again.
            readers = staff.filtered(
                lambda user, discrepancy=discrepancy: discrepancy.with_user(
                    user
                ).has_access("read")
            )
            discrepancy._notify_users(
                readers,
                lambda discrepancy: (
                    discrepancy.display_name,
                    discrepancy._get_decision_text(),
                ),
            )

    def _get_decision_text(self):
        """Say what head office decided otherwise."""
        if not self.outcome:
            return self.env._(
                "Head office decided otherwise: these goods are expected again."
            )
        outcomes = self._fields["outcome"]._description_selection(self.env)
        return self.env._(
            "Head office decided otherwise: %(outcome)s (%(reason)s). That is final.",
            outcome=dict(outcomes)[self.outcome],
            reason=", ".join(filter(None, [self.reason_id.name, self.note])),
        )

    def _notify_source(self):
        """Tell the source what was decided about what it sent too much.

        One message for all of a transfer; about a single discrepancy it is its own.
        """
        from_stores = self.filtered("source_store_id")
        for transfer, discrepancies in from_stores.grouped("transfer_id").items():
            users = transfer.source_store_id._get_transfer_staff(GROUP_STAFF)
            about = discrepancies if len(discrepancies) == 1 else transfer
            about._notify_users(
                users,
                lambda about, discrepancies=discrepancies: (
                    about.display_name,
                    discrepancies.with_env(about.env)._get_notice_of_decision(),
                ),
            )

    def _get_notice_of_decision(self):
        """Return what the source reads about these discrepancies of one transfer."""
        store = self.destination_store_id.name
        outcomes = dict(self._fields["outcome"]._description_selection(self.env))
        if len(self) == 1:
            return self.env._(
                "%(store)s: %(outcome)s. If you disagree, write your answer and "
                "dispute it.",
                store=store,
                outcome=outcomes[self.outcome],
            )
        return self.env._(
            "%(store)s decided on what came too much: %(goods)s. Where you disagree, "
            "write your answer on the difference and dispute it.",
            store=store,
            goods=", ".join(
                f"{discrepancy._describe_goods()} ({outcomes[discrepancy.outcome]})"
                for discrepancy in self
            ),
        )
