from odoo import api, fields, models
from odoo.fields import Domain

from ...tools.roles import GROUP_HEAD_OFFICE


class StoreTransfer(models.Model):
    """Which transfers are those of the user's own stores."""

    _inherit = "store.transfer"

    is_from_my_store = fields.Boolean(
        compute="_compute_is_of_my_stores", search="_search_is_from_my_store"
    )
    is_to_my_store = fields.Boolean(
        compute="_compute_is_of_my_stores", search="_search_is_to_my_store"
    )

    @api.depends("source_store_id", "destination_store_id")
    @api.depends_context("uid")
    def _compute_is_of_my_stores(self):
        from_mine = self.filtered_domain(self._get_my_stores_domain("source_store_id"))
        to_mine = self.filtered_domain(
            self._get_my_stores_domain("destination_store_id")
        )
        for transfer in self:
            transfer.is_from_my_store = transfer in from_mine
            transfer.is_to_my_store = transfer in to_mine

    def _search_is_from_my_store(self, operator, value):
        return self._search_my_stores("source_store_id", operator)

    def _search_is_to_my_store(self, operator, value):
        return self._search_my_stores("destination_store_id", operator)

    def _search_my_stores(self, field, operator):
        return self._get_my_stores_domain(field) if operator == "in" else NotImplemented

    def _get_my_stores_domain(self, field):
        """Return the domain of the user's stores; head office may have none of its own.

        All stores are theirs then.
        """
        stores = self.env.user.sudo().transfer_store_ids
        if not stores and self.env.user.has_group(GROUP_HEAD_OFFICE):
            return Domain(field, "!=", False)
        return Domain(field, "in", stores.ids)
