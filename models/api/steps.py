from odoo import api, models
from odoo.exceptions import UserError

from ...tools.given import LONGEST_SHORT_TEXT, Given
from ...tools.ids import is_id

# Steps that ask nothing, by the public method that does them.
PLAIN_STEPS = {
    "submit": "action_submit",
    "withdraw": "action_withdraw",
    "cancel": "action_cancel",
    "confirm_arrival": "action_confirm_arrival",
    "take_back": "action_take_back",
}
QUANTITY = ("line", "sku", "quantity")


class StoreTransferApi(models.AbstractModel):
    """Steps that another system does, each by the back office's own question.

    Every method takes the transfer (its number, or its id) and a ``key``, and returns
    the transfer as it then is.
    """

    _inherit = "store.transfer.api"

    @api.model
    def do_step(self, transfer, step, key):
        """Do a step that asks nothing.

        :param step: ``"submit"``, ``"withdraw"``, ``"cancel"``, ``"confirm_arrival"``
            or ``"take_back"``
        """
        self = self._begin()
        step = Given.of(self.env, step=step).choice("step", PLAIN_STEPS, None)
        if not step:
            raise UserError(self.env._("%s is missing.", "step"))
        with self._once("do_step", transfer, key, step=step) as found:
            if found:
                getattr(found, PLAIN_STEPS[step])()
        return self._show(transfer)

    @api.model
    def approve(self, transfer, key, lines=None, reason=None, note=None):
        """Approve all that was asked for, or less.

        :param lines: list of ``{"sku" or "line", "quantity"}`` of what is approved for
            less, in the product's unit; what is not named is approved as asked
        :param reason: why it is less: name or XML id of a reason to reject
        """
        self = self._begin()
        why = self._read_why(reason, note)
        content = {"lines": lines, **why.values}
        with self._once("approve", transfer, key, **content) as found:
            if found:
                self._approve(found, lines, why)
        return self._show(transfer)

    def _approve(self, transfer, lines, why):
        if lines is None:
            self._check_is_less(False, why)
            transfer.action_approve()
            return
        question = self.env["store.transfer.approve"].create(
            {"transfer_id": transfer.id}
        )
        # What is not named is approved as asked, whatever is proposed.
        for row in question.line_ids:
            row.quantity = row.asked_quantity
        quantities = self._read_quantities(lines, question.line_ids, "asked_quantity")
        for row, quantity in quantities.items():
            row.quantity = quantity
        self._check_is_less(question.is_less, why)
        question.reason_id = self._read_reason(why, "reject", transfer)
        question.note = why.text("note")
        question.action_approve()

    def _check_is_less(self, is_less, why):
        """Refuse a reason where there is nothing to give it for."""
        if not is_less and self._says_why(why):
            raise UserError(
                self.env._(
                    "reason and note say why less is approved. Send the lines of which "
                    "it is less, or leave them out."
                )
            )

    @api.model
    def reject(self, transfer, key, reason, note=None):
        """Reject a transfer; who has started it is told why.

        :param reason: name or XML id of a reason to reject
        """
        self = self._begin()
        why = self._read_why(reason, note)
        with self._once("reject", transfer, key, **why.values) as found:
            if found:
                self._reject(found, why)
        return self._show(transfer)

    def _reject(self, transfer, why):
        reason = self._read_reason(why, "reject", transfer)
        if not reason:
            raise UserError(self.env._("%s is missing.", "reason"))
        question = self.env["store.transfer.reject"].create(
            {
                "transfer_ids": transfer.ids,
                "reason_id": reason.id,
                "note": why.text("note"),
            }
        )
        question.action_reject()

    def _show(self, transfer):
        return self._prepare_transfer(self._find_transfer(transfer))

    def _read_why(self, reason, note):
        return Given.of(self.env, reason=reason, note=note)

    def _says_why(self, why):
        """Tell whether a reason or a note was sent."""
        return bool(why.text("reason", LONGEST_SHORT_TEXT) or why.text("note"))

    def _read_reason(self, why, usage, transfer):
        name = why.text("reason", LONGEST_SHORT_TEXT)
        return self._find_reason(name, usage, transfer)

    def _read_quantities(self, lines, rows, maximum):
        """Return how much is said of each row of a question.

        What is said of an SKU goes to its rows in their order, each as far as it has
        room; the last one takes the rest, and its own check refuses it.

        :param rows: rows of a question, each of a line of the transfer
        :param maximum: the field that says how much a row has room for
        :return: ``{row: quantity}`` of those that are named
        """
        found = {}

        def read(given):
            named = self._find_rows(given, rows)
            if named & rows.browse(row.id for row in found):
                raise UserError(self.env._("It is named twice."))
            left = given.quantity("quantity")
            for row in named:
                part = left if row == named[-1] else min(left, row[maximum])
                found[row] = part
                left -= part

        self._read_lines(lines, QUANTITY, read)
        return found

    def _find_rows(self, given, rows):
        """Return the rows that are meant by a line's id, or by an SKU, or by both."""
        line_id = given.values.get("line")
        if line_id is not None and not is_id(line_id):
            raise UserError(self.env._("line has to be the id of a line, a number."))
        sku = given.code("sku") if line_id is None else given.text("sku")
        found = rows.filtered(
            lambda row: (
                line_id in (None, row.line_id.id) and sku in ("", row.default_code)
            )
        )
        if not found:
            names = [str(line_id)] if line_id is not None else []
            name = " · ".join([*names, sku] if sku else names)
            raise UserError(self.env._("%s is not on this transfer.", name))
        if sku:
            self._get_product(found.product_id.grouped("default_code"), sku)
        return found
