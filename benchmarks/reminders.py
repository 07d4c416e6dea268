"""The first night with reminders: thousands of transfers are stuck in all stores.

They are written by SQL, between an EC warehouse and its shops, a month late: to
approve, to ship, to receive, rejected, short, disputed. Then the scheduled action runs
as at noon: for half of them, for all, and an hour later, when everybody knows. Each
person gets one message, however much is stuck.
"""

import argparse
from datetime import UTC, datetime

from _meter import Meter
from lists import Shops

from odoo import SUPERUSER_ID
from odoo.fields import Command
from odoo.tools import SQL

# In a shop, and at head office.
STAFF, APPROVERS, HEAD_OFFICE = 5, 2, 3
TRANSFERS = """
INSERT INTO store_transfer (
    name, kind, initiator, company_id, source_store_id, destination_store_id, user_id,
    expected_date, submit_day, submit_date, approval_date, last_ship_date, create_date,
    priority, approval_state, state, urgency, line_count, is_to_ship, is_to_count,
    is_to_take_back
)
SELECT 'ST/' || number, 'between', 'source', %(company)s, %(ec)s,
       (%(shops)s)[1 + number %% CARDINALITY(%(shops)s)], %(user)s,
       CURRENT_DATE - 30, CURRENT_DATE - 32, moment, moment, moment, moment, '0',
       CASE WHEN state IN ('waiting', 'rejected') THEN state ELSE 'approved' END,
       state, 0, 1, state = 'approved', state IN ('in_transit', 'partial'), FALSE
  FROM (
       SELECT number, LOCALTIMESTAMP - INTERVAL '32 days' AS moment,
              (ARRAY['waiting', 'approved', 'in_transit', 'rejected', 'partial',
                     'partial'])[1 + number %% 6] AS state
         FROM generate_series(%(first)s, %(last)s) number
       ) planned
"""
DIFFERENCES = """
INSERT INTO store_transfer_discrepancy (
    transfer_id, company_id, source_store_id, destination_store_id, product_id, kind,
    quantity, unit_cost, value, state, is_disputed, deadline, answer_date, create_date,
    urgency
)
SELECT id, company_id, source_store_id, destination_store_id, %(product)s, 'short',
       1, 1, 1, CASE WHEN id %% 2 = 0 THEN 'open' ELSE 'answered' END, id %% 2 = 1,
       expected_date, create_date, create_date, 0
  FROM store_transfer
 WHERE state = 'partial'
   AND NOT EXISTS (SELECT FROM store_transfer_discrepancy
                    WHERE transfer_id = store_transfer.id)
"""


class Night(Shops):
    """A chain of which much is stuck, and many people who have to be told."""

    def __init__(self, env):
        super().__init__(env)
        self.reminders = env["store.transfer.reminder"].with_user(SUPERUSER_ID)
        self.people = env["res.users"].create(
            [
                self._prepare_person(f"{store.code}_{group}_{number}", group, store)
                for store in self.ec | self.shops
                for group, people in (("staff", STAFF), ("approver", APPROVERS))
                for number in range(people)
            ]
            + [
                self._prepare_person(f"office_{number}", "head_office")
                for number in range(HEAD_OFFICE)
            ]
        )

    def _prepare_person(self, login, group, store=None):
        # It is noon where they live.
        hours = 12 - datetime.now(UTC).hour
        return {
            "name": login,
            "login": login,
            "email": f"{login}@example.com",
            "tz": f"Etc/GMT{-hours:+}",
            "group_ids": [
                Command.set(self.env.ref(f"store_transfer.group_{group}").ids)
            ],
            "transfer_store_ids": [Command.set(store.ids if store else [])],
        }

    def write_stuck(self, first, last):
        values = {
            "first": first,
            "last": last,
            "company": self.company.id,
            "ec": self.ec.id,
            "shops": self.shops.ids,
            "product": self.product.id,
            "user": self.ec_staff.id,
        }
        self.env.execute_query(SQL(TRANSFERS, **values))
        self.env.execute_query(SQL(DIFFERENCES, **values))
        self.env.cr.commit()
        self.env.invalidate_all()

    def count_sent(self):
        """Return how many messages and mails there are to these people."""
        # In sudo: nobody else reads what people are told.
        partners = self.people.partner_id.ids
        messages = self.env["mail.message"].sudo()
        mails = self.env["mail.mail"].sudo()
        return (
            messages.search_count([("partner_ids", "in", partners)]),
            mails.search_count([("recipient_ids", "in", partners)]),
        )

    def remind(self, meter):
        """Let the scheduled action run, and return what that took and sent."""
        messages, mails = self.count_sent()
        meter.start()
        self.reminders._cron_remind()
        taken = meter.stop()
        more_messages, more_mails = self.count_sent()
        return {
            **taken,
            "messages": more_messages - messages,
            "mails": more_mails - mails,
            "rows": self.reminders.search_count([]),
        }


def main(env, arguments):
    parser = argparse.ArgumentParser(prog="reminders")
    parser.add_argument("--transfers", type=int, default=5000)
    options = parser.parse_args(arguments)
    night = Night(env(context={"lang": "en_US", "tracking_disable": True}))
    meter = Meter(night.env)
    half = options.transfers // 2
    result = {
        "bench": "reminders",
        "transfers": options.transfers,
        "stores": len(night.ec | night.shops),
        "people": len(night.people),
    }
    for name, first, last in (
        ("half of them", 1, half),
        ("all of them", half + 1, options.transfers),
        ("an hour later", 1, 0),
    ):
        night.write_stuck(first, last)
        if name == "all of them":
            # As on a first night: nobody knows anything.
            night.reminders.search([]).unlink()
        result[name] = night.remind(meter)
        _print(name, result[name])
    return result


def _print(name, taken):
    print(
        f"{name}: {taken['seconds']:.2f} s, {taken['cpu_seconds']:.2f} s of processor"
        f" time, {taken['queries']} queries, {taken['messages']} messages,"
        f" {taken['mails']} mails, {taken['rows']} rows of what people know"
    )
