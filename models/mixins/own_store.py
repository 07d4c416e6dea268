from odoo import api, models

# Whether a column is shown at first to who works in one store only, by its class.
SHOWN = {"o_own_store": "hide", "o_other_side": "show"}


class StoreTransferOwnStore(models.AbstractModel):
    """Leaves out of lists the store that is the same in every row.

    For who works in one store only, a column of the class ``o_own_store`` is not shown
    at first, and one of the class ``o_other_side`` is. Both can be changed on the list,
    like any other optional column.
    """

    _name = "store.transfer.own.store"
    _description = "Lists without one's own store"

    @api.model
    def _get_view_cache_key(self, view_id=None, view_type="form", **options):
        key = super()._get_view_cache_key(view_id, view_type, **options)
        return (*key, self.env.user._works_in_one_store())

    @api.model
    def _get_view(self, view_id=None, view_type="form", **options):
        arch, view = super()._get_view(view_id, view_type, **options)
        if view_type == "list" and self.env.user._works_in_one_store():
            for name, optional in SHOWN.items():
                for column in arch.xpath(f"./field[@class='{name}']"):
                    column.set("optional", optional)
        return arch, view
