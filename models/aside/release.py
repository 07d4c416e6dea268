from odoo import fields, models

from ...tools.person import get_cashier, get_person


class StoreTransferAside(models.Model):
    """The end of setting goods aside: the customer has them, or they are free again."""

    _inherit = "store.transfer.aside"

    def action_hand_over(self):
        """Hand the goods over; the sale takes them out of the stock as any other."""
        return self._release("hand_over", "handed_over")

    def action_free(self):
        """Put the goods to the free stock: the customer does not want them."""
        return self._release("free", "freed")

    def _release(self, step, state):
        asides = self._start_step(step)
        held = asides.filtered("is_held")
        for of_company in held.grouped("company_id").values():
            of_company._put_back()
        held._write_release(state)
        for aside in held:
            aside.transfer_id.message_post(body=aside._tell_release())
        held.transfer_id._add_to_trail(step)
        return True

    def _write_release(self, state):
        self.write(
            {
                "state": state,
                "release_date": fields.Datetime.now(),
                "release_user_id": get_person(self.env).id,
                "cashier": get_cashier(self.env),
            }
        )

    def _tell_release(self):
        if self.state == "handed_over":
            return self.env._("Handed over: %s", self._describe())
        return self.env._("Put to the free stock: %s", self._describe())
