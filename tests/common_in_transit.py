"""What the report of goods in transit shows."""

from freezegun import freeze_time

from odoo import fields
from odoo.tests.common import BaseCase

MONDAY = "2026-11-02 10:00:00"


class InTransitRows(BaseCase):
    """Reads the report as its readers do."""

    def in_days(self, days):
        """Go on so many days after a certain Monday: a context."""
        moment = fields.Datetime.add(fields.Datetime.to_datetime(MONDAY), days=days)
        return freeze_time(moment)

    def get_rows(self, user=None, domain=()):
        """Return the rows that a user sees, by default head office."""
        rows = self.env["store.transfer.in.transit"].with_user(user or self.head_office)
        companies = rows.env.user.company_ids
        rows = rows.with_context(allowed_company_ids=companies.ids)
        rows.invalidate_model()
        return rows.search(list(domain))

    def get_goods(self, *names, user=None, domain=()):
        """Return what these fields say of each row, in a certain order."""
        rows = self.get_rows(user, domain)
        return sorted(tuple(self._say(row[name]) for name in names) for row in rows)

    def _say(self, value):
        if hasattr(value, "display_name"):
            value = value.sudo().with_context(display_default_code=False)
            return value.display_name or ""
        return value
