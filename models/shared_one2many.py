from odoo import fields


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

    def _filter_readable(self, records):
        if records.env.su:
            return records
        return records._filtered_access("read").with_prefetch(records._prefetch_ids)
