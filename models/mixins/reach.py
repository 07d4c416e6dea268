from collections import defaultdict

from odoo import api, models
from odoo.exceptions import MissingError, UserError
from odoo.fields import Command
from odoo.orm.identifiers import NewId

from ...tools.ids import is_id


class Links:
    """The records that values link to, at any depth."""

    def __init__(self, env):
        self.env = env
        # (record that is changed, or none; field; id that it is linked to)
        self.found = []

    def add(self, records, values):
        """Gather what ``values`` of ``records`` link to; what are none is ignored."""
        if not isinstance(values, dict):
            return
        for name, value in values.items():
            field = records._fields.get(name)
            if field is None or not field.relational or not value:
                continue
            if field.type == "many2one":
                self._add_link(records, field, value)
            else:
                self._add_commands(field, value)

    def _add_link(self, records, field, value):
        if isinstance(value, (list, tuple)):
            value = value[0]
        if isinstance(value, dict):
            self.add(self.env[field.comodel_name], value)
            value = value.get("id")
            records = records.browse()
        if value:
            self._add_id(records, field, value)

    def _add_commands(self, field, commands):
        if not isinstance(commands, (list, tuple)):
            self._refuse(commands)
        lines = self.env[field.comodel_name]
        for command in commands:
            if isinstance(command, dict):
                self.add(lines, command)
            elif isinstance(command, (list, tuple)):
                self._add_command(field, lines, *command)
            else:
                self._add_id(lines, field, command)

    def _add_command(self, field, lines, code=None, line_id=0, value=None, *_others):
        if code == Command.CREATE:
            self.add(lines, value)
        elif code == Command.UPDATE:
            self._add_id(lines, field, line_id)
            known = isinstance(line_id, int)
            self.add(lines.browse(line_id) if known else lines, value)
        elif code == Command.LINK:
            self._add_id(lines, field, line_id)
        elif code == Command.SET:
            self._add_commands(field, value or ())

    def _add_id(self, records, field, record_id):
        if isinstance(record_id, NewId):
            record_id = record_id.origin or "virtual_"
        # What a form has just added has no id in the database yet.
        if isinstance(record_id, str) and record_id.startswith("virtual_"):
            return
        if not is_id(record_id):
            self._refuse(record_id)
        self.found.append((records, field, record_id))

    def _refuse(self, value):
        raise UserError(
            self.env._("%s is not a record. Reload the page and try again.", value)
        )

    def check(self):
        """Refuse the records out of reach, but for what a record is linked to already.

        :raise AccessError: when one of the records may not be read
        """
        out_of_reach = self._get_out_of_reach()
        for records, field, record_id in self.found:
            if record_id not in out_of_reach[field.comodel_name]:
                continue
            if not self._is_linked_already(records, field, record_id):
                self.env[field.comodel_name].browse(record_id).check_access("read")

    def _is_linked_already(self, records, field, record_id):
        """Tell whether this is no news: a form sends what it was shown."""
        return (
            field.type == "many2one"
            and records
            and all(record[field.name].id == record_id for record in records)
        )

    def _get_out_of_reach(self):
        """Return ``{model name: ids that the user may not read}``."""
        ids_by_model = defaultdict(dict)
        for _records, field, record_id in self.found:
            ids_by_model[field.comodel_name][record_id] = True
        out_of_reach = {}
        for model, ids in ids_by_model.items():
            records = self.env[model].browse(ids)
            readable = records._filtered_access("read")
            out_of_reach[model] = frozenset((records - readable).ids)
        return out_of_reach


class StoreTransferReach(models.AbstractModel):
    """Refuses to work with records that the user may not read.

    A form shows of a record what related and computed fields say of those it is linked
    to, also before it is saved, and they are read in sudo. So whoever proposes a link,
    in values, in defaults or deep inside the commands of lines, has to be allowed to
    read what it points to. Every model of ours inherits this.
    """

    _name = "store.transfer.reach"
    _description = "Refuses records out of the user's reach"

    @api.model_create_multi
    def create(self, vals_list):
        self._check_reach(vals_list)
        return super().create(vals_list)

    def write(self, vals):
        self._check_reach([vals])
        return super().write(vals)

    def onchange(self, values, field_names, fields_spec):
        self.check_access("read")
        self._check_reach([values])
        return super().onchange(values, field_names, fields_spec)

    @api.model
    def default_get(self, fields):
        # It is the user who proposes, also where a computed field asks in sudo.
        user_self = self.sudo(False)
        proposed = {name: self.env.context.get(f"default_{name}") for name in fields}
        user_self._check_reach([proposed])
        defaults = super().default_get(fields)
        user_self._check_reach([defaults])
        return defaults

    def _check_reach(self, values_list):
        """Refuse values that link to a record which the user may not read.

        :param values_list: list of dicts as ``create``, ``write`` or a form send them
        :raise AccessError: when one of the records may not be read
        :raise UserError: when something is not the id of a record at all
        """
        if self.env.su:
            return
        links = Links(self.env)
        for values in values_list:
            links.add(self, values)
        links.check()

    def _check_saved(self):
        """Refuse the number 0, which Odoo takes for a record that is not saved yet.

        :raise MissingError: as Odoo does of any other number that no record has
        """
        if not all(self._ids):
            raise MissingError(
                self.env._(
                    "What you want to work on does not exist. Reload the page, and "
                    "choose it again."
                )
            )
