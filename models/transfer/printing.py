from odoo import models
from odoo.exceptions import AccessError, UserError

from odoo.addons.web.controllers.utils import clean_action

from ...tools.papers import PAPERS
from ...tools.roles import GROUP_STAFF
from ...tools.states import STOCK_STATES
from ...tools.transfer_link import get_link


class StoreTransfer(models.Model):
    """Who may print which paper of a transfer, and when."""

    _inherit = "store.transfer"

    def _check_may_print(self, paper):
        """Refuse a paper of these transfers, in a sentence for each that has none.

        :param paper: its name in ``PAPERS``
        :raise AccessError: when it is of none of the user's stores
        :raise UserError: when there is nothing to print, or none of it may be seen
        """
        if not self:
            raise UserError(self.env._("Choose the transfers to print first."))
        self.check_access("read")
        refusals = [transfer._get_print_refusal(paper) for transfer in self]
        refusals = [refusal for refusal in refusals if refusal]
        if refusals:
            is_access = any(isinstance(refusal, AccessError) for refusal in refusals)
            sentences = "\n".join(str(refusal) for refusal in refusals)
            raise AccessError(sentences) if is_access else UserError(sentences)

    def _get_print_refusal(self, paper):
        """Return the exception that says why the user can't print this, or None."""
        self.ensure_one()
        demand = PAPERS[paper]
        refusal = demand.side and self._get_side_refusal(demand.side, GROUP_STAFF)
        if refusal:
            return refusal
        if self.state not in demand.states:
            return UserError(self._get_no_paper_sentence())
        sentence = demand.why_not and getattr(self, demand.why_not)()
        return UserError(sentence) if sentence else None

    def _get_no_paper_sentence(self):
        return self.env._(
            "%(transfer)s is %(state)s: there is no such paper of it.",
            transfer=self.name,
            state=self._get_state_label(),
        )

    def _get_reason_not_to_write_count(self):
        """Say why there is nothing to count on paper; who counts blind waits for it."""
        hides_lines = not self.arrival_date and self._get_reason_not_to_show_lines()
        return self._get_reason_not_to_count() or hides_lines or None

    def _get_reason_not_to_note(self):
        discrepancies = self.sudo().discrepancy_ids
        if not discrepancies:
            return self.env._("%s: nothing that was counted differs.", self.name)
        if discrepancies != self.discrepancy_ids:
            return self.env._(
                "%(transfer)s: %(store)s counts blind. What is short is up to its "
                "approvers.",
                transfer=self.name,
                store=self.destination_store_id.name,
            )
        return None

    def _is_blind_on(self, paper):
        """Tell whether a paper says no quantities and lots: who counts blind reads it.

        Whoever prints it: it is read where the goods arrive.
        """
        self.ensure_one()
        return (
            PAPERS[paper].is_read_by_counter
            and self.state in STOCK_STATES
            and self.destination_store_id.transfer_blind_count
        )

    def _get_paper_action(self, report, **context):
        """Return the action that prints a report of these transfers."""
        # In sudo: staff may not read reports; what they see, a paper itself asks.
        printed = self.env.ref(f"store_transfer.action_report_{report}").sudo()
        printed = printed.with_env(printed.env(context=context))
        action = printed.report_action(self.ids, config=False)
        clean_action(action, self.env)
        return action

    def _get_paper_name(self, report):
        """Return the name of the file that a report is downloaded as."""
        # In sudo: store staff may not read reports.
        named = self.env.ref(f"store_transfer.action_report_{report}").sudo()
        return f"{named.name} {self.name}".replace("/", "-")

    def _get_link(self):
        """Return the address that opens this transfer, for any phone's camera."""
        self.ensure_one()
        return get_link(self.get_base_url(), self.name)

    def _get_own_path(self):
        """Return where the user finds this transfer: among what comes, or what goes."""
        self.ensure_one()
        side = "inbound" if self.is_to_my_store else "outbound"
        return f"/odoo/store-transfer-{side}/{self.id}"
