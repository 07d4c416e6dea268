from odoo import api, models
from odoo.exceptions import UserError

from ...tools.given import LONGEST_SHORT_TEXT, read_rows

MOST_TRANSFERS = 100


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
        found = [self._find_transfer(one) for one in named]
        return self._prepare_transfers(self.env["store.transfer"].concat(*found))

    @api.model
    def get_transfers_by_key(self, keys):
        """Return the transfers that this user has created with these keys.

        :param keys: list of at most 100 keys
        :return: ``{key: transfer}``, without keys that were never used
        """
        self = self._begin()
        names = read_rows(self.env, "keys", keys, MOST_TRANSFERS)
        if not all(
            isinstance(name, str) and len(name) <= LONGEST_SHORT_TEXT for name in names
        ):
            raise UserError(self.env._("%s has to be a list of texts.", "keys"))
        created = (
            self.env["store.transfer.api.key"]
            .sudo()
            .search(
                [
                    ("user_id", "=", self.env.uid),
                    ("name", "in", [name.replace("\0", "") for name in names]),
                    ("method", "=", "create_transfers"),
                ]
            )
        )
        # Only what the user can see, which may have changed since.
        seen = created.transfer_id.sudo(False)._filtered_access("read")
        return {
            key.name: self._prepare_transfer(key.transfer_id.sudo(False))
            for key in created
            if key.transfer_id & seen
        }
