from odoo import models


class StoreTransferSubstitution(models.Model):
    """What people are told of a proposal."""

    _inherit = "store.transfer.substitution"

    def _tell_proposal(self):
        """Give it to who answers, and write it down where everybody may read it."""
        transfer = self.transfer_id
        transfer._sync_activities()
        transfer._notify_users(
            transfer._get_side_users("destination", transfer._get_answering_group()),
            lambda transfer: self.with_env(transfer.env)._get_proposal_notice(),
        )
        self._log(lambda one: one._get_proposal_notice()[1])

    def _get_proposal_notice(self):
        return (
            self.env._("%s: a substitute is proposed", self.transfer_id.name),
            self.env._(
                "%(store)s proposes %(goods)s. %(remark)s",
                store=self.source_store_id.name,
                goods=self._describe(),
                remark=self.remark or "",
            ),
        )

    def _tell_answer(self):
        """Tell who proposed it what became of it."""
        self.transfer_id._notify_users(
            self.propose_user_id,
            lambda transfer: self.with_env(transfer.env)._get_answer_notice(),
        )
        self._log(lambda one: one._get_answer_notice()[1])

    def _get_answer_notice(self):
        values = {"store": self.destination_store_id.name, "goods": self._describe()}
        if self.state == "accepted":
            return (
                self.env._("%s: the substitute was accepted", self.transfer_id.name),
                self.env._("%(store)s accepts %(goods)s.", **values),
            )
        return (
            self.env._("%s: the substitute was refused", self.transfer_id.name),
            self.env._(
                "%(store)s refuses %(goods)s. Reason: %(reason)s. %(note)s",
                reason=self.reason_id.name,
                note=self.note or "",
                **values,
            ),
        )

    def _log(self, tell):
        """Write it on the transfer, unless those read it who count blind."""
        if not self.destination_store_id.transfer_blind_count:
            self.transfer_id.message_post(body=tell(self))


class StoreTransfer(models.Model):
    _inherit = "store.transfer"

    def _get_turns(self):
        turns = super()._get_turns()
        if self.waits_for_answer:
            group = self._get_answering_group()
            turns.append(("mail_activity_type_substitute", "destination", group))
        return turns

    def _get_turn_deadline(self, turn, today):
        if turn == "mail_activity_type_substitute":
            return self._get_ship_day()
        return super()._get_turn_deadline(turn, today)
