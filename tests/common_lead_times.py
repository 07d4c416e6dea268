"""Transfers of the past, and how long they took."""

from datetime import timedelta

from odoo import fields
from odoo.tests.common import BaseCase
from odoo.tools import SQL

MOMENTS = (
    "submit_date",
    "approval_date",
    "ship_date",
    "arrival_date",
    "last_count_date",
)


class PastTransfers(BaseCase):
    def write_done(self, days, done, destination=None, source=None, **values):
        """Write a transfer that is done, past the steps.

        :param days: how long it waited for approval, shipping, on the way, for counting
        :param done: when it was counted
        """
        moment, moments = fields.Datetime.to_datetime(done), {}
        for name, wait in zip(reversed(MOMENTS), [*reversed(days), 0], strict=True):
            moments[name] = moment
            moment -= timedelta(days=wait)
        values = {
            "name": "PAST",
            "kind": "between",
            "initiator": "source",
            "company_id": self.company.id,
            "source_store_id": (source or self.ec).id,
            "destination_store_id": (destination or self.shop).id,
            "expected_date": moments["last_count_date"].date(),
            "approval_state": "approved",
            "state": "done",
            "done_date": moments["last_count_date"],
            **moments,
            **values,
        }
        columns = SQL(", ").join(SQL.identifier(name) for name in values)
        self.env.flush_all()
        self.env.execute_query(
            SQL(
                "INSERT INTO store_transfer (%s) VALUES %s RETURNING id",
                columns,
                tuple(values.values()),
            )
        )
        self.env.invalidate_all()
