from odoo import api, fields, models
from odoo.exceptions import AccessError, ValidationError
from odoo.fields import NO_ACCESS

from ...tools.roles import GROUP_APPROVER

SHORTEST_PIN, LONGEST_PIN = 4, 12


class ResUsers(models.Model):
    """The PIN by which an approver says at a till, where somebody else is logged in,
    that it is them. Only a hash of it is kept, and nobody reads that.
    """

    _inherit = "res.users"

    transfer_pin = fields.Char(
        string="PIN at the Till",
        compute="_compute_transfer_pin",
        inverse="_inverse_transfer_pin",
        copy=False,
        help="4 to 12 digits by which you approve at a till where somebody else is "
        "logged in. It is never shown again. Empty: nothing changes.",
    )
    transfer_pin_hash = fields.Char(copy=False, groups=NO_ACCESS)
    has_transfer_pin = fields.Boolean(
        string="Has a PIN at the Till", compute="_compute_has_transfer_pin"
    )

    @property
    def SELF_READABLE_FIELDS(self):  # noqa: N802
        return [*super().SELF_READABLE_FIELDS, "transfer_pin", "has_transfer_pin"]

    @property
    def SELF_WRITEABLE_FIELDS(self):  # noqa: N802
        return [*super().SELF_WRITEABLE_FIELDS, "transfer_pin"]

    def _compute_transfer_pin(self):
        self.transfer_pin = False

    @api.depends("transfer_pin_hash")
    def _compute_has_transfer_pin(self):
        # In sudo: nobody may read the hash.
        for user, with_hash in zip(self, self.sudo(), strict=True):
            user.has_transfer_pin = bool(with_hash.transfer_pin_hash)

    def _inverse_transfer_pin(self):
        crypt = self._crypt_context()
        for user in self.filtered("transfer_pin"):
            pin = user.transfer_pin
            is_short = len(pin) < SHORTEST_PIN or len(set(pin)) == 1
            if is_short or len(pin) > LONGEST_PIN or not self._is_of_digits(pin):
                raise ValidationError(
                    self.env._(
                        "A PIN has %(least)s to %(most)s digits, not all of them the "
                        "same.",
                        least=SHORTEST_PIN,
                        most=LONGEST_PIN,
                    )
                )
            # In sudo: who may write the PIN may not read or write what is kept of it.
            user.sudo().transfer_pin_hash = crypt.hash(pin)

    def _is_of_digits(self, pin):
        return pin.isascii() and pin.isdecimal()

    def action_remove_transfer_pin(self):
        """Let nobody approve with this user's PIN any more."""
        if self != self.env.user and not self.env.user.has_group(
            "base.group_erp_manager"
        ):
            raise AccessError(
                self.env._("Only you, or who manages users, can remove your PIN.")
            )
        self.sudo().transfer_pin_hash = False
        return True

    def _is_transfer_pin(self, pin):
        """Tell whether this is the user's PIN. To be asked once an attempt is counted.

        See ``store.transfer.pin.attempt``.
        """
        self.ensure_one()
        # In sudo: nobody may read the hash.
        hashed = self.sudo().transfer_pin_hash
        is_pin = isinstance(pin, str) and self._is_of_digits(pin)
        return bool(
            hashed
            and is_pin
            and len(pin) <= LONGEST_PIN
            and self._crypt_context().verify(pin, hashed)
        )


class StockWarehouse(models.Model):
    _inherit = "stock.warehouse"

    def _get_approvers_with_pin(self):
        """Return who can approve for this store at a till by their PIN."""
        self.ensure_one()
        # In sudo: staff may not see how others are set up.
        approvers = self.sudo()._get_transfer_staff(GROUP_APPROVER)
        return approvers.filtered(lambda user: user.active and user.transfer_pin_hash)
