import re

from odoo import api, models
from odoo.exceptions import UserError
from odoo.fields import Domain

from ...tools.given import Given, read_each, read_rows
from ...tools.ids import LARGEST_ID
from ...tools.texts import drop_halves, list_names

MOST_TRANSFERS = 100
MOST_CHANGES = 500
USUAL_CHANGES = 100
CURSOR = re.compile(r"1-(0|[1-9]\d{0,9})")


class StoreTransferApi(models.AbstractModel):
    """Reading transfers."""

    _inherit = "store.transfer.api"

    @api.model
    def get_transfers(self, transfers):
        """Return transfers by their numbers or ids.

        :param transfers: list of at most 100 numbers (texts) or ids
        :return: list of transfers, in the same order
        """
        self = self._begin()
        named = read_rows(self.env, "transfers", transfers, MOST_TRANSFERS)
        return self._prepare_transfers(self._find_transfers(named))

    @api.model
    def get_transfers_by_key(self, keys):
        """Return the transfers that this user has created with these keys.

        :param keys: list of at most 100 keys
        :return: ``{key: transfer}``, without keys that were never used
        """
        self = self._begin()
        asked = read_rows(self.env, "keys", keys, MOST_TRANSFERS)
        # As they are kept, see "_once".
        names = read_each(
            self.env,
            "keys",
            asked,
            lambda key: Given.of(self.env, key=key).code("key"),
        )
        created = (
            self.env["store.transfer.api.key"]
            .sudo()
            .search(
                [
                    ("user_id", "=", self.env.uid),
                    ("name", "in", names),
                    ("method", "=", "create_transfers"),
                ]
            )
        )
        # Only what the user can see, which may have changed since.
        seen = created.transfer_id.sudo(False)._filtered_access("read")
        shapes = {
            key.name: self._prepare_transfer(key.transfer_id.sudo(False))
            for key in created
            if key.transfer_id & seen
        }
        return {
            drop_halves(key): shapes[name]
            for key, name in zip(asked, names, strict=True)
            if name in shapes
        }

    @api.model
    def get_changes(self, cursor=None, limit=None, states=None, stores=None):
        """Return what was changed since the last call, each transfer as it is now.

        :param cursor: what the last answer said as ``cursor``; none for all there are
        :param limit: how many at most, up to 500
        :param states: list of states: only transfers that are in one of them now
        :param stores: list of short names: only transfers from or to one of them
        :return: ``{"transfers": [transfer], "cursor": text, "more": bool}``, in the
            order of the changes; where there is more it is to be asked for at once
        """
        self = self._begin()
        position = self._read_cursor(cursor)
        limit = self._read_limit(limit)
        domain = self._read_states(states) & self._read_stores(stores)
        changes = self.env["store.transfer.change"].sudo()
        changes._give_positions()
        if not changes._can_be_given(position):
            self._refuse_cursor()
        last = changes._get_last_position()
        # Which transfers the user sees, their own rules say.
        seen = self.env["store.transfer"]._search(domain)
        found = changes.search(
            Domain("position", ">", position) & Domain("transfer_id", "in", seen),
            limit=limit + 1,
        )
        page = found[:limit]
        has_more = len(found) > limit
        transfers = page.transfer_id.with_env(self.env)
        return {
            "transfers": self._prepare_transfers(transfers),
            "cursor": f"1-{page[-1].position if has_more else max(last, position)}",
            "more": has_more,
        }

    def _read_cursor(self, cursor):
        if cursor is None or cursor == "":
            return 0
        is_text = isinstance(cursor, str)
        found = CURSOR.fullmatch(cursor) if is_text and cursor.isascii() else None
        if not found or int(found[1]) > LARGEST_ID:
            self._refuse_cursor()
        return int(found[1])

    def _refuse_cursor(self):
        raise UserError(
            self.env._(
                "This is no cursor. Send the one of your last answer, or none to "
                "begin anew."
            )
        )

    def _read_limit(self, limit):
        number = Given.of(self.env, limit=limit).quantity("limit", float(USUAL_CHANGES))
        if not number.is_integer() or not 1 <= number <= MOST_CHANGES:
            raise UserError(
                self.env._("limit has to be between 1 and %s.", MOST_CHANGES)
            )
        return int(number)

    def _read_states(self, states):
        if states is None:
            return Domain.TRUE
        possible = self.env["store.transfer"]._fields["state"].get_values(self.env)
        rows = read_rows(self.env, "states", states, MOST_TRANSFERS)
        wanted = read_each(
            self.env,
            "states",
            rows,
            lambda state: Given.of(self.env, state=state).choice("state", possible, ""),
        )
        return Domain("state", "in", wanted)

    def _read_stores(self, stores):
        if stores is None:
            return Domain.TRUE
        codes = read_each(
            self.env,
            "stores",
            read_rows(self.env, "stores", stores, MOST_TRANSFERS),
            lambda code: Given.of(self.env, store=code).code("store"),
        )
        # In sudo: other stores are out of reach of store staff. Those that are closed
        # by now have transfers, too.
        stores = self.env["stock.warehouse"].sudo().with_context(active_test=False)
        found = stores.search(
            [("code", "in", codes), ("company_id", "in", self.env.companies.ids)]
        )
        if unknown := set(codes) - set(found.mapped("code")):
            raise UserError(
                self.env._(
                    "None of your companies has a store with the short name %s.",
                    list_names(sorted(unknown)),
                )
            )
        return Domain("source_store_id", "in", found.ids) | Domain(
            "destination_store_id", "in", found.ids
        )
