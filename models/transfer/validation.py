from odoo import models

from ...tools.person import as_system
from ...tools.validated import Validated

SOFT_RELOAD = {"type": "ir.actions.client", "tag": "soft_reload"}


class StoreTransfer(models.Model):
    """Validating the pickings of a step, what Odoo asks and prints meanwhile."""

    _inherit = "store.transfer"

    def _validate_moves(self, moves):
        """Validate the pickings of the picked moves; the rest becomes backorders."""
        pickings = moves.filtered("picked").picking_id
        if not pickings:
            return
        pickings = as_system(pickings, self.company_id).with_context(
            **self._get_validation_context()
        )
        question, asked = pickings.button_validate(), set()
        while waiting := pickings.filtered(lambda picking: picking.state != "done"):
            model = self._get_question_model(question)
            # The same question again: its answer was none.
            answer = model not in asked and self._answer_validation_question(question)
            if not answer:
                waiting[0]._refuse_unanswered(question)
            asked.add(model)
            question = answer
        Validated.get(self.env).picking_ids.extend(pickings.ids)

    def _get_print_action(self, work, then=None):
        """Return the action that prints what a step prints by itself, or nothing.

        :param work: the transfers as the step has worked on them
        :param then: the action to go on with; the screen is loaded again without one
        """
        reports = self._get_paper_reports(work) + self._get_picking_reports(work)
        return reports and {
            "type": "ir.actions.client",
            "tag": "do_multi_print",
            "params": {"reports": reports, "anotherAction": then or SOFT_RELOAD},
        }

    def _get_picking_reports(self, work):
        """Return the actions that print what Odoo prints of pickings by itself.

        Who works on no picking may not read what would be printed, and prints nothing.
        """
        pickings = self.env["stock.picking"].browse(Validated.get(work.env).picking_ids)
        if not pickings or not pickings.has_access("read"):
            return []
        return pickings._get_autoprint_report_actions()

    def _get_validation_context(self):
        """Answer what Odoo would ask before it validates a picking.

        What is not done is kept, no customer gets a text, and what is past its date
        was asked about by the count or the shipment.
        """
        return {"skip_backorder": True, "skip_sms": True, "skip_expired": True}

    def _get_question_model(self, question):
        """Return the name of the wizard by which another app asks something."""
        return question.get("res_model", "") if isinstance(question, dict) else ""

    def _answer_validation_question(self, question):
        """Answer what another app asks before it validates. To be extended by addons.

        :param question: the action that ``button_validate`` returned; its
            ``res_model`` says which question it is, its context what it is about
        :return: what the question's own button returns (``True``, or the next
            question), ``None`` where nobody knows the answer
        """
        return None
