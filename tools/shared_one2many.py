from odoo import fields
from odoo.fields import Command


class SharedOne2many(fields.One2many):
    """A one2many of which each user sees those records that the rules show them.

    The cache is shared by all users of a transaction, and what a rule has left out of
    it would be missing in stored sums that are computed for everybody. So all records
    are kept there, and the rules are applied when it is read.
    """

    def read(self, records):
        return super().read(records.sudo())

    def convert_to_record(self, value, record):
        return self._filter_readable(super().convert_to_record(value, record))

    def convert_to_record_multi(self, values, records):
        return self._filter_readable(super().convert_to_record_multi(values, records))

    def write_real(self, records_commands_list, create=False):
        """Write on the lines without reading all of them again, with their rules.

        Odoo does so for each line; here neighbours that get the same values are even
        written on together.
        """
        others = []
        for records, commands in records_commands_list:
            comodel = records.env[self.comodel_name].with_context(**self.context)
            prefetch_ids = records.sudo()[self.name]._prefetch_ids
            for vals, line_ids in self._get_updates(commands or ()):
                comodel.browse(line_ids).with_prefetch(prefetch_ids).write(vals)
            of_others = [
                command for command in commands or () if command[0] != Command.UPDATE
            ]
            others.append((records, of_others))
        return super().write_real(others, create)

    def _get_updates(self, commands):
        """Return ``(values, line ids)``, neighbours of the same values together."""
        updates = []
        for command in commands:
            if command[0] != Command.UPDATE:
                continue
            _update, line_id, vals = command
            if not updates or updates[-1][0] != vals:
                updates.append((vals, []))
            updates[-1][1].append(line_id)
        return updates

    def _filter_readable(self, records):
        if records.env.su:
            return records
        return records._filtered_access("read").with_prefetch(records._prefetch_ids)
