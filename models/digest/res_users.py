from odoo import api, models

from odoo.addons.base.models.ir_model import MODULE_UNINSTALL_FLAG

from ...tools.roles import GROUP_HEAD_OFFICE

DIGEST = "store_transfer.digest"


class ResUsers(models.Model):
    """Who begins to work at head office gets the digest; who leaves, no more."""

    _inherit = "res.users"

    @api.model
    def _pass_on_transfer_turns(self, before, after):
        if not self.env.context.get(MODULE_UNINSTALL_FLAG):
            self._subscribe_to_transfer_digest(before, after)
        return super()._pass_on_transfer_turns(before, after)

    @api.model
    def _subscribe_to_transfer_digest(self, before, after):
        """Subscribe who came to head office, and only them: others may not want it."""
        # In sudo: who manages users need not manage digests.
        digest = self.env.ref(DIGEST, raise_if_not_found=False)
        came = _find_head_office(after) - _find_head_office(before)
        left = _find_head_office(before) - _find_head_office(after)
        if digest and (came or left):
            digest = digest.sudo()
            digest._action_subscribe_users(self.browse(came))
            digest._action_unsubscribe_users(self.browse(left))


def _find_head_office(duties):
    """Return the ids of the users who are of head office."""
    return {
        user_id for user_id, duty in duties.items() if duty.group == GROUP_HEAD_OFFICE
    }
