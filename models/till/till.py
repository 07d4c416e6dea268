from odoo import api, models
from odoo.exceptions import AccessError, UserError

from ...tools.ids import LARGEST_ID
from ...tools.roles import GROUP_APPROVER, GROUP_HEAD_OFFICE, GROUP_STAFF


class StoreTransferTill(models.AbstractModel):
    """What a till of Odoo's Point of Sale asks and does; it knows no model of that.

    Each public method gets the id of the till's operation type first: the till belongs
    to the store of its warehouse. The user acts for that store alone, in their own
    role; every step is the one of the back office, and checks who may do it itself.

    All of them but :meth:`get_start` raise an ``AccessError`` for who does not work for
    the store, and a ``UserError`` for a till that belongs to none.
    """

    _name = "store.transfer.till"
    _description = "Store Transfer at the Till"

    @api.model
    def _find_store(self, picking_type_id):
        """Return the store of a till, for which the user works: a ``stock.warehouse``.

        In sudo, since staff may not read their own store's operation types.
        """
        self._check_is_staff()
        if type(picking_type_id) is not int or picking_type_id <= 0:
            raise UserError(
                self.env._(
                    "This till has no operation type, so it belongs to no store. Ask "
                    "head office to choose one in the settings of the till."
                )
            )
        types = self.env["stock.picking.type"].sudo()
        picking_type = types.search(
            [
                ("id", "=", min(picking_type_id, LARGEST_ID)),
                ("company_id", "in", self.env.companies.ids),
            ]
        )
        store = picking_type.warehouse_id
        if not store or not store.is_store or not store.active:
            raise UserError(
                self.env._(
                    "The operation type of this till is of no store. Ask head office "
                    "to choose another one in the settings of the till."
                )
            )
        self._check_works_for(store)
        return store

    def _check_is_staff(self):
        if not self.env.user.has_group(GROUP_STAFF):
            raise AccessError(
                self.env._(
                    "You have no role in Store Transfer. Ask head office to make you "
                    "staff of this store."
                )
            )

    def _check_works_for(self, store):
        user = self.env.user
        if user.has_group(GROUP_HEAD_OFFICE):
            return
        if store not in user.sudo().transfer_store_ids:
            raise AccessError(
                self.env._(
                    "This till belongs to %s, and you are not one of its staff.",
                    store.name,
                )
            )

    @api.model
    def get_start(self, picking_type_id):
        """Return what the till shows of us before anything is opened: its badge.

        Each till asks this by itself, again and again. Where it has no store, or the
        user none of it, that is no error: who opens a screen of ours is told.

        :return: ``{"store": {"id", "name", "code"}, "counts": {tab: number}, "total":
            number}``; numbers of at most 1000, which stands for that and more.
            ``store`` is False where nothing is shown
        """
        try:
            store = self._find_store(picking_type_id)
        except UserError:
            return {"store": False, "counts": {}, "total": 0}
        return {
            "store": {"id": store.id, "name": store.name, "code": store.code},
            "counts": self._count_tabs(store),
            "total": self._count_waiting(store),
        }

    def _is_approver(self):
        return self.env.user.has_group(GROUP_APPROVER)
