from contextlib import contextmanager

from odoo import api, models
from odoo.exceptions import AccessError, UserError
from odoo.fields import Domain

from ...tools.given import LONGEST_SHORT_TEXT, Given, read_each, read_rows
from ...tools.ids import is_id
from ...tools.roles import GROUP_STAFF
from ...tools.texts import drop_unwritable
from ...tools.trail import ORIGIN

MOST_LINES = 1000


class StoreTransferApi(models.AbstractModel):
    """What other systems ask and do: version 1, see ``docs/users/api.md``.

    It is called over Odoo's JSON-2 with a user's API key, and acts as this user: each
    step is the one of the back office, and checks role, side and state itself. All that
    is sent and answered is in plain codes: products by SKU, stores by their short name,
    reasons by name or XML id.

    Whatever changes something takes a ``key`` of the caller's own: sent once more, it
    is answered, and not done again.

    All methods raise a ``UserError`` for what can't be, in a sentence that names the
    row, and an ``AccessError`` for what is not up to the user.
    """

    _name = "store.transfer.api"
    _description = "Store Transfer for Other Systems"

    @api.model
    def _begin(self):
        """Return this as a call works: as the user, in a context of ours.

        :raise AccessError: for who has no role
        """
        if not self.env.user.has_group(GROUP_STAFF):
            raise AccessError(
                self.env._(
                    "You have no role in Store Transfer. Ask head office to make this "
                    "user staff of a store."
                )
            )
        context = {ORIGIN: "api"}
        languages = dict(self.env["res.lang"].get_installed())
        lang = self.env.context.get("lang")
        if isinstance(lang, str) and lang in languages:
            context["lang"] = lang
        # All companies of the user, their own first, whatever was sent.
        user = self.env.user
        companies = user.company_id | user.company_ids
        context["allowed_company_ids"] = companies.ids
        return self.with_context(context)  # pylint: disable=context-overridden

    @api.model
    def _find_transfer(self, named):
        """Return the transfer that was named.

        :param named: its id, or its number
        """
        return self._find_transfers([named])

    @api.model
    def _find_transfers(self, named):
        """Return the transfers that were named, in this order.

        :param named: list of ids and numbers
        """
        read = [self._read_name(each) for each in named]
        numbers = [each for each in read if isinstance(each, str)]
        ids = [each for each in read if not isinstance(each, str)]
        found = self.env["store.transfer"].search(
            Domain("name", "in", numbers) | Domain("id", "in", ids)
        )
        by_number, by_id = found.grouped("name"), found.grouped("id")
        return found.browse().concat(
            *(
                self._get_named(each, by_number if isinstance(each, str) else by_id)
                for each in read
            )
        )

    def _read_name(self, named):
        if isinstance(named, str):
            return drop_unwritable(named)[:LONGEST_SHORT_TEXT]
        if not is_id(named):
            raise UserError(
                self.env._("Name the transfer by its number, e.g. ST/2026/00001.")
            )
        return named

    def _get_named(self, name, found):
        transfers = found.get(name)
        if not transfers:
            raise UserError(
                self.env._("There is no transfer %s that you can see.", name)
            )
        if len(transfers) > 1:
            raise UserError(
                self.env._(
                    "Several of your companies have a transfer %s: name it by its id.",
                    name,
                )
            )
        return transfers

    def _read_lines(self, lines, names, read=lambda given: given):
        """Read each line that was sent, as a :class:`Given`.

        :param names: what may stand in a line
        """
        rows = read_rows(self.env, "lines", lines, MOST_LINES)
        return self._read_each_line(rows, lambda row: read(Given(self.env, row, names)))

    def _read_each_line(self, lines, read):
        return read_each(self.env, self.env._("line"), lines, read)

    @contextmanager
    def _once(self, method, transfer, key, **content):
        """Do something to a transfer once: what was done before is not done again.

        :return: a context manager: the transfer to work on, or None
        """
        keys = self.env["store.transfer.api.key"].sudo()
        key = Given.of(self.env, key=key).code("key")
        found = self._find_transfer(transfer)
        known = keys._take(method, {key: {"transfer": found.id, **content}})
        yield None if key in known else found
        if key not in known:
            keys._keep({key: found})
