from odoo import api, fields, models
from odoo.exceptions import UserError
from odoo.tools import SQL

from ...tools.given import get_fingerprint


class StoreTransferApiKey(models.Model):
    """What another system has asked for under which key: done once, however often sent.

    A system that gets no answer sends the same again. A key belongs to its user, so
    that two systems never meet by chance, and nobody learns of another's keys.
    """

    _name = "store.transfer.api.key"
    _description = "Key of What Another System Has Asked For"
    _inherit = ["store.transfer.reach"]
    _order = "id desc"
    _log_access = False

    name = fields.Char(string="Key", required=True, readonly=True)
    user_id = fields.Many2one(
        "res.users", required=True, readonly=True, ondelete="cascade"
    )
    method = fields.Char(required=True, readonly=True)
    fingerprint = fields.Char(required=True, readonly=True)
    date = fields.Datetime(required=True, readonly=True)
    transfer_id = fields.Many2one(
        "store.transfer", readonly=True, index="btree_not_null", ondelete="set null"
    )

    _once = models.UniqueIndex("(user_id, name)")

    @api.model
    def _take(self, method, contents):
        """Take keys for what is to be done, before anything else is locked.

        Of two requests with one key the second waits for the first, and begins anew
        when that is done: it then finds what was made.

        :param contents: ``{key: what was sent with it}``
        :return: ``{key: transfer}`` of what was done before; none where it was deleted
        :raise UserError: when a key was used for something else
        """
        try:
            fingerprints = {name: get_fingerprint(contents[name]) for name in contents}
        except RecursionError:
            raise UserError(self.env._("What was sent is nested too deeply.")) from None
        taken = self._insert(method, fingerprints)
        known = self.search(
            [
                ("user_id", "=", self.env.uid),
                ("name", "in", [name for name in contents if name not in taken]),
            ]
        )
        for key in known:
            if (key.method, key.fingerprint) != (method, fingerprints[key.name]):
                key._refuse_other_content()
        return {key.name: key.transfer_id for key in known}

    def _insert(self, method, fingerprints):
        """Return which of the keys are new."""
        # In one order: two requests with the same keys must not wait for each other.
        rows = [
            SQL(
                "(%s, %s, %s, %s, %s)",
                name,
                self.env.uid,
                method,
                fingerprints[name],
                fields.Datetime.now(),
            )
            for name in sorted(fingerprints)
        ]
        query = SQL(
            "INSERT INTO %s (name, user_id, method, fingerprint, date) VALUES %s "
            "ON CONFLICT (user_id, name) DO NOTHING RETURNING name",
            SQL.identifier(self._table),
            SQL(", ").join(rows),
        )
        # That it was taken meanwhile is life: Odoo repeats the request.
        self.env.cr.execute(query, log_exceptions=False)
        return {name for (name,) in self.env.cr.fetchall()}

    def _refuse_other_content(self):
        raise UserError(
            self.env._(
                "The key %(key)s was used before with another content, for "
                "%(transfer)s. Use a new key for something new.",
                key=self.name,
                transfer=self.transfer_id.name or self.method,
            )
        )

    @api.model
    def _keep(self, transfers):
        """Write down what was done under new keys.

        :param transfers: ``{key: transfer}``
        """
        keys = self.search(
            [("user_id", "=", self.env.uid), ("name", "in", list(transfers))]
        )
        for key in keys:
            key.transfer_id = transfers[key.name]
