from odoo import api, models

MEMBERSHIP_FIELDS = {"user_ids", "all_user_ids", "implied_ids", "implied_by_ids"}


class ResGroups(models.Model):
    """Who enters or leaves a group may have a turn in transfers, or have it no more."""

    _inherit = "res.groups"

    @api.model_create_multi
    def create(self, vals_list):
        users = self.env["res.users"]
        before = users._get_all_transfer_duties()
        groups = super().create(vals_list)
        # Odoo does so when a group changes, but not when it is made with its users.
        self.env["ir.model.access"].call_cache_clearing_methods()
        users._pass_on_transfer_turns(before, users._get_all_transfer_duties())
        return groups

    def write(self, vals):
        if not vals.keys() & MEMBERSHIP_FIELDS:
            return super().write(vals)
        users = self.env["res.users"]
        before = users._get_all_transfer_duties()
        result = super().write(vals)
        users._pass_on_transfer_turns(before, users._get_all_transfer_duties())
        return result

    def unlink(self):
        users = self.env["res.users"]
        before = users._get_all_transfer_duties()
        result = super().unlink()
        users._pass_on_transfer_turns(before, users._get_all_transfer_duties())
        return result
