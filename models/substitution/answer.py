from odoo import fields, models

from ...tools.person import get_person


class StoreTransferSubstitution(models.Model):
    """What becomes of a proposal."""

    _inherit = "store.transfer.substitution"

    def action_accept(self):
        """Take the substitute: the rest of the line is closed, a new line is sent."""
        for substitution in self._start_step("accept"):
            substitution._check_still_possible()
            substitution._do_accept()
            substitution._tell_answer()
        return True

    def action_open_refuse(self):
        """Open the question why."""
        self.ensure_one()
        self._check_step("refuse")
        return {
            "type": "ir.actions.act_window",
            "name": self.env._("Refuse the Substitute"),
            "res_model": "store.transfer.refuse.substitution",
            "view_mode": "form",
            "target": "new",
            "context": {"default_substitution_id": self.id},
        }

    def action_withdraw(self):
        """Take the proposal back, before it is answered."""
        substitutions = self._start_step("withdraw")
        substitutions._end("withdrawn")
        substitutions.transfer_id._add_to_trail("withdraw_substitute")
        return True

    def _do_accept(self):
        self.ensure_one()
        with self.transfer_id._stock_work("substitute") as transfer:
            self._end("accepted", answered=True)
            self.new_line_id = transfer._do_substitute(self)

    def _do_refuse(self, reason, note):
        self.ensure_one()
        self._end("refused", answered=True, reason_id=reason.id, note=note)
        self.transfer_id._add_to_trail("refuse_substitute")
        self._tell_answer()

    def _end(self, state, answered=False, **values):
        if answered:
            values["answer_user_id"] = get_person(self.env).id
            values["answer_date"] = fields.Datetime.now()
        self.write({"state": state, **values})
        self.transfer_id._sync_activities()


class StoreTransfer(models.Model):
    _inherit = "store.transfer"

    def _do_substitute(self, substitution):
        """Approve and reserve the substitute, and close what it replaces.

        :return: the new line
        """
        self.ensure_one()
        replaced = substitution.line_id.with_env(self.env)
        quantity = substitution.replaced_quantity
        line = self.env["store.transfer.line"].create(
            self._prepare_substitute_values(substitution)
        )
        line.approved_quantity = line.asked_quantity
        line._keep_unit_cost()
        # Before the other is closed: a picking without anything to do would be closed.
        self._expect_on_legs(line, joining=True)
        replaced.close_reason_id = self.env.ref("store_transfer.reason_substituted")
        self._get_open_moves("ship")._reduce_transfer_demand({replaced: quantity})
        replaced._close_unshipped(quantity)
        return line

    def _prepare_substitute_values(self, substitution):
        """Return the values of the new line. To be extended by other addons."""
        return {
            "transfer_id": self.id,
            "sequence": substitution.line_id.sequence,
            "product_id": substitution.product_id.id,
            "product_uom_id": substitution.product_id.uom_id.id,
            "quantity": substitution.quantity,
            "remark": substitution.remark,
            "replaces_line_id": substitution.line_id.id,
        }

    def _lapse_substitutions(self):
        """End the proposals for what has left, or is closed, and so can't be replaced.

        Called at the end of each step.
        """
        self.substitution_ids.filtered(
            lambda substitution: (
                substitution.state == "open"
                and substitution.line_id.stock_uom_id.compare(
                    substitution.replaced_quantity,
                    substitution.line_id.to_ship_quantity,
                )
                > 0
            )
        )._end("lapsed")
