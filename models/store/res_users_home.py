from odoo import api, models


class ResUsers(models.Model):
    """Where people of the stores begin: in their work, not in a chat."""

    _inherit = "res.users"

    @api.model
    def _pass_on_transfer_turns(self, before, after):
        self._begin_in_my_work(after.keys() - before.keys())
        self._begin_elsewhere(before.keys() - after.keys())
        return super()._pass_on_transfer_turns(before, after)

    @api.model
    def _begin_in_my_work(self, user_ids):
        """Let these users begin with *My Work*, unless somebody chose what they see.

        Who manages the system begins where Odoo says.
        """
        home = self._get_my_work()
        # In sudo: who gives somebody a role need not be allowed to change users.
        users = self.sudo().browse(user_ids)
        users.filtered(
            lambda user: not user.action_id and not user.has_group("base.group_system")
        ).action_id = home

    @api.model
    def _begin_elsewhere(self, user_ids):
        """Take *My Work* away from who has no role any more, and may not open it."""
        home = self._get_my_work()
        users = self.sudo().browse(user_ids).exists()
        users.filtered(lambda user: home and user.action_id == home).action_id = False

    @api.model
    def _get_my_work(self):
        # There is none yet while the addon is installed.
        action = self.sudo().env.ref(
            "store_transfer.action_store_transfer_work", raise_if_not_found=False
        )
        return self.env["ir.actions.actions"].sudo().browse(action and action.id)
