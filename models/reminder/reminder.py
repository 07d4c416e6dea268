import logging
from collections import defaultdict
from contextlib import contextmanager
from datetime import datetime
from functools import cache
from typing import NamedTuple

from odoo import api, fields, models
from odoo.tools import SQL

from ...tools.conflict import is_conflict

_logger = logging.getLogger(__name__)
# Nobody is told in the night: only between these hours, by their own clock.
FIRST_HOUR, LAST_HOUR = 8, 20
# To find out what waits takes as long as to tell so many people: once it is known,
# they are told, also when the time of the scheduled action is over.
LEAST_TOLD = 50
REASONS = [
    ("late", "It is late"),
    ("alone", "Nobody in the store can do it, or be told"),
    ("escalated", "It is late, and nobody in the store has done it"),
]


class Waiting(NamedTuple):
    """What somebody is told of: plain values, which outlive a transaction."""

    transfer_id: int
    kind: str
    reason: str
    start: datetime
    number: str
    route: str
    store: str
    # So many days it is late; less than one where nobody can do it.
    days: int

    @property
    def key(self):
        return self.transfer_id, self.kind, self.reason, self.start


class Letter(NamedTuple):
    """What a user is told now: what is news, and of how much more they know."""

    news: list
    number_known: int


class StoreTransferReminder(models.Model):
    """What a user was told of, and is not told of again while it goes on waiting.

    A row is written together with the message, in one transaction. It is deleted when
    what it is about does not wait any more, so that the next time is told anew.
    """

    _name = "store.transfer.reminder"
    _description = "Store Transfer Reminder"
    _inherit = ["store.transfer.reach"]
    _order = "id desc"
    _rec_name = "transfer_id"

    user_id = fields.Many2one(
        "res.users", required=True, readonly=True, ondelete="cascade"
    )
    transfer_id = fields.Many2one(
        "store.transfer", required=True, readonly=True, index=True, ondelete="cascade"
    )
    kind = fields.Selection(
        # In the language of who asks, and with what other addons add to it.
        lambda self: (
            self.env["store.transfer.work"]
            ._fields["kind"]
            ._description_selection(self.env)
        ),
        string="What to Do",
        required=True,
        readonly=True,
    )
    reason = fields.Selection(REASONS, string="Why", required=True, readonly=True)
    start_date = fields.Datetime("Waiting Since", required=True, readonly=True)

    _once = models.UniqueIndex("(user_id, transfer_id, kind, reason, start_date)")

    @api.model
    def _cron_remind(self):
        """Tell everybody, in one message each, what has become late for them."""
        known = self._read_known()
        told, waiting = self._find_told_users()
        with self._trying("forget what was done"):
            self._forget_all_but(waiting, known)
        letters = self._find_letters(told, known)
        commit = self.env["ir.cron"]._commit_progress
        commit(remaining=len(letters))
        for number, (user_id, letter) in enumerate(letters.items(), 1):
            with self._trying("remind user %s", user_id):
                self._tell(self.env["res.users"].browse(user_id), letter)
            if not commit(1) and number % LEAST_TOLD == 0:
                return

    @contextmanager
    def _trying(self, what, *args):
        """Let one that fails not keep the others from being told."""
        try:
            with self.env.cr.savepoint():
                yield
        except Exception as error:
            if not is_conflict(error):
                _logger.exception("Can't " + what, *args)  # noqa: G003

    @api.model
    def _read_known(self):
        """Return who was told of what: ``{(user id, key of a Waiting): id}``."""
        self.flush_model()
        rows = self.env.execute_query(
            SQL(
                """
                SELECT id, user_id, transfer_id, kind, reason, start_date
                  FROM store_transfer_reminder
                """
            )
        )
        return {(user_id, tuple(key)): row_id for row_id, user_id, *key in rows}

    @api.model
    def _find_told_users(self):
        """Return who is to know of what at this hour, and all that waits.

        :return: ``{user id: [Waiting]}``, and the set of ``(transfer id, kind)``
        """
        works = self.env["store.transfer.work"]._find_to_remind()
        people = works._get_people()
        is_day = self._get_test_of_day()
        told = defaultdict(list)
        for work in works:
            for waiting, users in self._find_told(work, people):
                for user in users:
                    if is_day(user.tz or work.store_id._get_transfer_timezone()):
                        told[user.id].append(waiting)
        return dict(told), {(work.transfer_id.id, work.kind) for work in works}

    @api.model
    def _find_letters(self, told, known):
        """Return ``{user id: Letter}`` of those who do not know all of it yet.

        :param told: ``{user id: [Waiting]}``
        :param known: what :meth:`_read_known` says
        """
        letters = {}
        for user_id, of_user in told.items():
            news = [one for one in of_user if (user_id, one.key) not in known]
            if news:
                letters[user_id] = Letter(news, len(of_user) - len(news))
        return letters

    @api.model
    def _find_told(self, work, people):
        """Return ``[(Waiting, users)]``: who is to be told of a row, and why."""
        start, days = work._get_wait()
        told = self._get_told(work, days, people[work.store_id, work.role])
        return [
            (self._prepare_waiting(work, reason, start, days), users)
            for reason, users in told.items()
        ]

    @api.model
    def _get_told(self, work, days, people):
        """Return ``{reason: users}``, by the limits of the company.

        :param days: so many days the row is late
        """
        remind, escalate = work.company_id._get_reminder_days(work.kind)
        is_late = remind and days >= remind
        if people.is_alone or (is_late and not people.own):
            return {"alone": people.head_office} if remind or escalate else {}
        told = {"late": people.own} if is_late else {}
        if escalate and days >= escalate:
            told["escalated"] = people.head_office - people.own
        return told

    @api.model
    def _prepare_waiting(self, work, reason, start, days):
        transfer = work.transfer_id
        return Waiting(
            transfer.id,
            work.kind,
            reason,
            start,
            transfer.name,
            transfer._get_route(),
            work.store_id.name,
            days,
        )

    @api.model
    def _get_test_of_day(self):
        """Return what tells whether people may be told now, by their time zone."""
        now = fields.Datetime.now()

        @cache
        def is_day(timezone):
            here = self.with_context(tz=timezone)
            hour = fields.Datetime.context_timestamp(here, now).hour
            return FIRST_HOUR <= hour < LAST_HOUR

        return is_day

    @api.model
    def _forget_all_but(self, waiting, known):
        """Forget what was told of what does not wait any more, or is late no more.

        :param waiting: the set of ``(transfer id, kind)`` that does
        :param known: what :meth:`_read_known` says
        """
        over = [
            row_id
            for (_user_id, (transfer_id, kind, *_why)), row_id in known.items()
            if (transfer_id, kind) not in waiting
        ]
        self.browse(over).unlink()

    @api.model
    def _tell(self, user, letter):
        """Tell a user what they do not know yet, if that is still so."""
        news = self._write_down(user, letter.news)
        if news:
            self._send(user, news, letter.number_known)

    @api.model
    def _write_down(self, user, news):
        """Write down that a user is told, and return what of it is news.

        The database decides: whoever else does the same at this moment gets nothing.
        Nobody is told who has left meanwhile, and nothing of what was deleted.
        """
        self.env["res.users"].flush_model(["active"])
        query = SQL(
            """
            INSERT INTO store_transfer_reminder (
                   user_id, transfer_id, kind, reason, start_date, create_date)
            SELECT person.id, transfer.id, news.kind, news.reason, news.start_date,
                   %(now)s
              FROM (VALUES %(news)s)
                   AS news (transfer_id, kind, reason, start_date)
              JOIN store_transfer transfer ON transfer.id = news.transfer_id
              JOIN res_users person ON person.id = %(user)s AND person.active
                ON CONFLICT DO NOTHING
         RETURNING transfer_id, kind, reason, start_date
            """,
            now=fields.Datetime.now(),
            news=SQL(", ").join(SQL("(%s, %s, %s, %s)", *one.key) for one in news),
            user=user.id,
        )
        written = set(self.env.execute_query(query))
        return [one for one in news if one.key in written]
