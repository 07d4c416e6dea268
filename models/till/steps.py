from odoo import api, models
from odoo.exceptions import UserError
from odoo.fields import Command

from ...tools.papers import PAPERS
from ...tools.texts import drop_unwritable

# Steps that ask nothing, by the public method that does them.
PLAIN_STEPS = {
    "confirm_arrival": "action_confirm_arrival",
    "take_back": "action_take_back",
    "submit": "action_submit",
    "withdraw": "action_withdraw",
    "reset": "action_reset",
    "cancel": "action_cancel",
    "undo_shipment": "action_undo_shipment",
    "undo_count": "action_undo_count",
}
LONGEST_NOTE = 1000


class StoreTransferTill(models.AbstractModel):
    """What is done with a transfer at the till.

    Where the back office asks something first, the same question is answered here, by
    its own record: there is one way to do each step. Every method returns what
    :meth:`get_transfer` does, and ``action``: what Odoo wants to be done next, as a
    rule to print, or False. Every one raises in words what its step refuses.

    With ``approver``, ``{"user_id", "pin"}``, it is this person who does the step: see
    :meth:`get_approvers`.
    """

    _inherit = "store.transfer.till"

    @api.model
    def do_step(self, picking_type_id, transfer_id, step, approver=None):
        """Do a step that asks nothing.

        :param step: one of ``PLAIN_STEPS``
        """
        if not isinstance(step, str) or step not in PLAIN_STEPS:
            raise UserError(self.env._("There is no step %s at the till.", step))
        transfer = self._begin(picking_type_id, transfer_id, step, approver)
        action = getattr(transfer, PLAIN_STEPS[step])()
        return self._end(picking_type_id, transfer_id, action)

    @api.model
    def approve(
        self,
        picking_type_id,
        transfer_id,
        quantities=None,
        reason_id=None,
        note="",
        approver=None,
    ):
        """Approve all that was asked for, or less of some lines.

        :param quantities: ``{line id: quantity in the product's unit}`` of the lines of
            which less is approved; its keys may be texts, as JSON has them
        :param reason_id: why it is less
        """
        transfer = self._begin(picking_type_id, transfer_id, "approve", approver)
        if not quantities:
            action = transfer.action_approve()
        else:
            question = self._ask(transfer, "store.transfer.approve")
            # What is not named is approved as asked, whatever is proposed.
            for line in question.line_ids:
                line.quantity = line.asked_quantity
            self._fill_in(question.line_ids, quantities)
            self._explain(question, reason_id, note)
            action = question.action_approve()
        return self._end(picking_type_id, transfer_id, action)

    @api.model
    def reject(self, picking_type_id, transfer_id, reason_id, note="", approver=None):
        """Reject a transfer; who started it is told why."""
        transfer = self._begin(picking_type_id, transfer_id, "reject", approver)
        question = transfer.env["store.transfer.reject"].create(
            {
                "transfer_ids": [Command.set(transfer.ids)],
                "reason_id": self._read_reason(transfer, reason_id).id,
                "note": self._read_text(note),
            }
        )
        return self._end(picking_type_id, transfer_id, question.action_reject())

    @api.model
    def ship(
        self,
        picking_type_id,
        transfer_id,
        quantities=None,
        rest="keep",
        reason_id=None,
        note="",
        approver=None,
    ):
        """Ship what is set aside, without scanning it.

        :param quantities: as in :meth:`approve`; what is not named leaves as proposed
        :param rest: what becomes of what stays: ``"keep"`` or ``"close"``
        :param reason_id: why the rest is closed
        """
        transfer = self._begin(picking_type_id, transfer_id, "ship", approver)
        action = transfer.action_open_ship()
        question = transfer.env[action["res_model"]].browse(action["res_id"])
        if quantities:
            rows = question.line_ids.filtered(lambda row: not row.lot_id)
            self._fill_in(rows, quantities)
        if rest not in ("keep", "close"):
            raise UserError(self.env._("Choose what becomes of what stays here."))
        question.rest = rest
        if rest == "close":
            self._explain(question, reason_id, note)
        return self._end(picking_type_id, transfer_id, question.action_ship())

    @api.model
    def close(self, picking_type_id, transfer_id, reason_id, note="", approver=None):
        """Close what was not shipped: the other side need not wait for it."""
        transfer = self._begin(picking_type_id, transfer_id, "close", approver)
        reason = self._read_reason(transfer, reason_id)
        question = self._ask(transfer, "store.transfer.close", reason_id=reason.id)
        question.note = self._read_text(note)
        return self._end(picking_type_id, transfer_id, question.action_close())

    @api.model
    def start(self, picking_type_id, transfer_id, job):
        """Begin a job on the scan screen, or go on with it.

        :param job: ``"count"`` or ``"pick"``
        :return: ``{"count_id"}`` or ``{"pick_id"}``
        """
        if job == "count":
            transfer = self._begin(picking_type_id, transfer_id, "count")
            return transfer.action_scan()["params"]
        if job == "pick":
            transfer = self._begin(picking_type_id, transfer_id, "ship")
            return transfer.action_pick()["params"]
        raise UserError(self.env._("There is no job %s at the till.", job))

    @api.model
    def print_paper(self, picking_type_id, transfer_id, paper):
        """Return the action that prints a paper of a transfer.

        :param paper: one of those that :meth:`get_transfer` says
        """
        store = self._find_store(picking_type_id)
        transfer = self._find_transfer(store, transfer_id)
        if not isinstance(paper, str) or paper not in PAPERS:
            raise UserError(self.env._("There is no paper %s.", paper))
        transfer._check_may_print(paper)
        return transfer._get_paper_action(paper)

    def _begin(self, picking_type_id, transfer_id, step, approver=None):
        """Return a transfer of which this till's store may do a step, as who does it.

        Whether they may do it now, the step itself asks.
        """
        store, transfer = self._find_as(picking_type_id, transfer_id, approver)
        self._check_side(transfer, store, transfer._get_steps()[step].side)
        return transfer

    def _find_as(self, picking_type_id, transfer_id, approver):
        """Return the till's store, and a transfer of it as whoever acts sees it."""
        store = self._find_store(picking_type_id)
        acting = self
        if approver is not None:
            acting = self._as_approver(store, picking_type_id, approver)
        return store, acting._find_transfer(store, transfer_id)

    def _check_side(self, transfer, store, side):
        if transfer._get_side_store(side) != store:
            raise UserError(self._get_side_sentence(transfer, store))

    def _end(self, picking_type_id, transfer_id, action):
        shown = self.get_transfer(picking_type_id, transfer_id)
        prints = isinstance(action, dict) and action.get("tag") == "do_multi_print"
        return {**shown, "action": prints and action}

    def _ask(self, transfer, model, **values):
        """Return the question that the back office asks about a step."""
        return transfer.env[model].create({"transfer_id": transfer.id, **values})

    def _fill_in(self, rows, quantities):
        """Write quantities on the lines of a question.

        :raise UserError: when one of them is of no line, or is no number
        """
        by_line = {row.line_id.id: row for row in rows}
        if not isinstance(quantities, dict):
            raise UserError(self.env._("Enter a quantity for each line."))
        for key, quantity in quantities.items():
            row = str(key).isdecimal() and by_line.get(int(key))
            if not row or isinstance(quantity, bool):
                raise UserError(
                    self.env._(
                        "Some line is not on this transfer any more. Open it anew, and "
                        "enter the quantities again."
                    )
                )
            row.write({"quantity": quantity})

    def _explain(self, question, reason_id, note):
        if reason_id:
            question.reason_id = self._read_reason(question.transfer_id, reason_id)
        question.note = self._read_text(note)

    def _read_reason(self, transfer, reason_id):
        """Return the reason that was chosen; its step asks whether it is for it.

        :raise UserError: when there is none
        """
        reason = transfer.env["store.transfer.reason"]._find_chosen(reason_id)
        if not reason:
            raise UserError(self.env._("Choose a reason from the list."))
        return reason

    def _read_text(self, text):
        if text and not isinstance(text, str):
            raise UserError(self.env._("Enter a note as a text."))
        return drop_unwritable(text or "")[:LONGEST_NOTE]
