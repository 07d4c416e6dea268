from odoo import api, models

MEMBERSHIP_FIELDS = {"user_ids", "all_user_ids", "implied_ids", "implied_by_ids"}


class ResGroups(models.Model):
    """Who enters or leaves a group may have a turn in transfers, or have it no more."""

    _inherit = "res.groups"

    @api.model_create_multi
    def create(self, vals_list):
        with self.env["res.users"]._passing_on_transfer_turns():
            groups = super().create(vals_list)
            # Odoo does so when a group changes, not when it is made with its users.
            self.env["ir.model.access"].call_cache_clearing_methods()
        return groups

    def write(self, vals):
        if not vals.keys() & MEMBERSHIP_FIELDS:
            return super().write(vals)
        with self.env["res.users"]._passing_on_transfer_turns():
            return super().write(vals)

    def unlink(self):
        with self.env["res.users"]._passing_on_transfer_turns():
            return super().unlink()
