from odoo import api, models
from odoo.exceptions import UserError

# What is said of one difference, by the public method that does it.
VERDICTS = {
    "accept": "action_accept",
    "refuse": "action_refuse",
    "answer": "action_answer",
    "dispute": "action_dispute",
}


class StoreTransferTill(models.AbstractModel):
    """What becomes of differences, as far as who is at the till may say it.

    Both take ``approver`` and return what the steps of a transfer do, see
    :meth:`approve`.
    """

    _inherit = "store.transfer.till"

    @api.model
    def settle(self, picking_type_id, transfer_id, answers, approver=None):
        """Say what became of goods that are short.

        :param answers: list of ``{"difference_id", "outcome", "reason_id"}`` and, where
            it is not all of it, ``"quantity"`` in the product's unit; what is not named
            stays open. ``outcome`` is ``"not_sent"``, ``"returned"``, ``"lost"`` or
            ``"damaged"``; without one it is what the reason usually means
        """
        transfer = self._begin(picking_type_id, transfer_id, "settle", approver)
        transfer._check_step("settle")
        question = self._ask(transfer, "store.transfer.settle")
        self._fill_in_answers(question, self._read_answers(answers))
        return self._end(picking_type_id, transfer_id, question.action_settle())

    @api.model
    def decide(
        self,
        picking_type_id,
        transfer_id,
        difference_id,
        verdict,
        text="",
        approver=None,
    ):
        """Accept or refuse a surplus; answer a difference, or dispute it.

        :param verdict: ``"accept"``, ``"refuse"``, ``"answer"`` or ``"dispute"``
        :param text: what the source says about it
        """
        if not isinstance(verdict, str) or verdict not in VERDICTS:
            raise UserError(self.env._("Choose what becomes of the difference."))
        store, transfer = self._find_as(picking_type_id, transfer_id, approver)
        difference = transfer.discrepancy_ids.filtered(
            lambda one: one.id == difference_id
        )
        if not difference:
            raise UserError(
                self.env._(
                    "%s has no such difference any more. Open it anew.", transfer.name
                )
            )
        self._check_side(transfer, store, difference._get_steps()[verdict].side)
        if text and verdict in ("answer", "dispute"):
            difference.answer = self._read_text(text)
        action = getattr(difference, VERDICTS[verdict])()
        return self._end(picking_type_id, transfer_id, action)

    def _read_answers(self, answers):
        """Return ``{difference id: answer}``, each once.

        :raise UserError: when they are no such answers
        """
        if not isinstance(answers, list) or not all(
            isinstance(answer, dict) and type(answer.get("difference_id")) is int
            for answer in answers
        ):
            raise UserError(self.env._("Choose what became of what is short."))
        return {answer["difference_id"]: answer for answer in answers}

    def _fill_in_answers(self, question, answers):
        known = set(question.line_ids.discrepancy_id.ids)
        if not answers.keys() <= known:
            raise UserError(
                self.env._("Some of it was settled meanwhile. Open the transfer anew.")
            )
        for line in question.line_ids:
            answer = answers.get(line.discrepancy_id.id)
            if answer is None:
                line.quantity = 0
                continue
            reason = self._read_reason(question.transfer_id, answer.get("reason_id"))
            line.write(
                {
                    "reason_id": reason.id,
                    "outcome": self._read_outcome(line, answer, reason),
                    "quantity": answer.get("quantity", line.quantity),
                }
            )

    def _read_outcome(self, line, answer, reason):
        outcome = answer.get("outcome") or reason.outcome
        if outcome and outcome not in line._fields["outcome"].get_values(self.env):
            raise UserError(self.env._("Choose what became of what is short."))
        return outcome
