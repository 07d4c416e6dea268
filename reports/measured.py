from odoo import fields


class Measured(fields.Float):
    """A figure that there may be none of: where nothing was measured, it is no 0.

    Odoo says 0 of a number that is not there. Of a rate that would say that all went
    wrong, and of a wait that it took no time.
    """

    def convert_to_record(self, value, record):
        return False if value is None else value

    def convert_to_export(self, value, record):
        return "" if value is False else value
