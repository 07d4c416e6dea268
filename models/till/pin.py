from odoo import api, models
from odoo.exceptions import AccessError, UserError

from ...tools.person import LONGEST_CASHIER, AtTill, get_cashier
from ...tools.roles import GROUP_APPROVER
from ...tools.texts import shorten


class StoreTransferTill(models.AbstractModel):
    """An approver approves at a till where somebody else is logged in, by a PIN.

    It is the server that looks at it. The step is then theirs, as if they had logged
    in: their role and their stores are asked, and the trail names both.
    """

    _inherit = "store.transfer.till"

    @api.model
    def get_approvers(self, picking_type_id):
        """Return who can approve at this till by a PIN: ``[{"id", "name"}]``."""
        store = self._find_store(picking_type_id)
        if not store.company_id.transfer_till_pin:
            return []
        approvers = store._get_approvers_with_pin()
        return [{"id": user.id, "name": user.name} for user in approvers]

    def _uses_pin(self, store):
        """Tell whether the user needs an approver's PIN here, and may use it."""
        return store.company_id.transfer_till_pin and not self._is_approver()

    def _as_approver(self, store, picking_type_id, approver):
        """Return this till as an approver acts at it.

        :param approver: ``{"user_id", "pin"}``
        :raise UserError: when the PIN is wrong, or too many were
        :raise AccessError: when there is no such approver of the store
        """
        if not store.company_id.transfer_till_pin:
            raise UserError(
                self.env._(
                    "No PINs are used in this company. Let the approver log in, or ask "
                    "an administrator to allow them in the settings."
                )
            )
        user_id = approver.get("user_id") if isinstance(approver, dict) else None
        user = store._get_approvers_with_pin().filtered(lambda one: one.id == user_id)
        if not user:
            raise AccessError(
                self.env._(
                    "Choose an approver of %s who has a PIN. They set it in their "
                    "preferences.",
                    store.name,
                )
            )
        attempts = self.env["store.transfer.pin.attempt"]
        attempts._begin(user, picking_type_id)
        if not user._is_transfer_pin(approver.get("pin")):
            raise UserError(self.env._("This is not the PIN of %s.", user.name))
        attempts._forget(user)
        at_till = AtTill(self._get_both_names())
        return self.with_user(user).with_context(
            allowed_company_ids=store.company_id.ids, **at_till.context
        )

    def _get_both_names(self):
        """Return who is at the till, and who is logged in there."""
        login, cashier = shorten(self.env.user.name), get_cashier(self.env)
        if not cashier:
            return self.env._("%s (logged in)", login)
        # Who is logged in is what we know: a long name must not cut it off.
        room = LONGEST_CASHIER - len(self._join_names("…", login))
        return self._join_names(shorten(cashier, max(room, 1)), login)

    def _join_names(self, cashier, login):
        return self.env._(
            "%(cashier)s (logged in: %(login)s)", cashier=cashier, login=login
        )

    def _get_steps_by_pin(self, transfer, store):
        """Return the steps that an approver could do here now, by a PIN."""
        approver = self._uses_pin(store) and store._get_approvers_with_pin()[:1]
        if not approver:
            return []
        as_approver = transfer.with_user(approver).with_context(
            allowed_company_ids=store.company_id.ids
        )
        return [
            step
            for step, demand in transfer._get_steps().items()
            if demand.group == GROUP_APPROVER
            and transfer._get_side_store(demand.side) == store
            and not as_approver._get_refusal(step)
        ]
