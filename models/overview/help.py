from odoo import api, models

from ...tools.roles import GROUP_HEAD_OFFICE


class StoreTransferOverview(models.Model):
    """What who sees no card is told to do."""

    _inherit = "store.transfer.overview"

    @api.model
    def get_empty_list_help(self, help_message):
        """Tell head office, who sees all stores, that there are none yet."""
        is_head_office = self.env.user.has_group(GROUP_HEAD_OFFICE)
        if is_head_office and not self.search_count([], limit=1):
            return self.env["ir.qweb"]._render("store_transfer.overview_without_stores")
        return super().get_empty_list_help(help_message)
