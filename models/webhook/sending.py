import random
import time
from datetime import timedelta

import requests

from odoo import api, fields, models
from odoo.fields import Domain
from odoo.tools import SQL

from ...tools.conflict import is_conflict
from ...tools.public_http import ForbiddenAddress, post

# How long after each try the next one follows: three days in all.
DELAYS = (
    timedelta(seconds=5),
    timedelta(minutes=5),
    timedelta(minutes=30),
    timedelta(hours=2),
    timedelta(hours=5),
    timedelta(hours=10),
    timedelta(hours=14),
    timedelta(hours=20),
    timedelta(hours=24),
)
# So many failures in a row, and the whole webhook is left alone for a while.
MOST_FAILURES = 3
STOP_AFTER = timedelta(days=5)
MESSAGES_AT_ONCE = 100
GONE = 410


class StoreTransferWebhook(models.Model):
    """Sends what was written down, again and again until it is answered.

    Of one transfer nothing is sent before what was written earlier; other transfers
    need not wait for it.
    """

    _inherit = "store.transfer.webhook"

    @api.model
    def _wake_up(self, at=None):
        self.env.ref("store_transfer.ir_cron_webhook").sudo()._trigger(at)

    @api.model
    def _cron_send(self):
        """Send what is due, to each in turn; commit after each message."""
        commit = self.env["ir.cron"]._commit_progress
        commit(remaining=self.env["store.transfer.webhook.message"]._count_due())
        while messages := self._find_all_due():
            for message in messages:
                if message.exists() and not message.webhook_id._is_resting():
                    message._try_to_send()
                if not commit(1):
                    return

    def _find_all_due(self):
        """Return the next messages of each that is on and not left alone."""
        due = self.env["store.transfer.webhook.message"]
        for webhook in self.search([("state", "=", "on")], order="id"):
            if not webhook._is_resting():
                due += webhook._find_due()
        return due

    def _is_resting(self):
        now = fields.Datetime.now()
        return self.state != "on" or bool(self.next_try and self.next_try > now)

    def _find_due(self):
        """Return what is to be sent now: of each transfer the earliest that waits."""
        self.env.flush_all()
        query = SQL(
            """
            SELECT id FROM store_transfer_webhook_message AS message
             WHERE webhook_id = %(webhook)s
               AND state = 'waiting'
               AND next_try <= %(now)s
               AND NOT EXISTS (
                   SELECT 1 FROM store_transfer_webhook_message AS earlier
                    WHERE earlier.webhook_id = %(webhook)s
                      AND earlier.transfer_id = message.transfer_id
                      AND earlier.state = 'waiting'
                      AND earlier.id < message.id)
             ORDER BY id
             LIMIT %(limit)s
            """,
            webhook=self.id,
            now=fields.Datetime.now(),
            limit=MESSAGES_AT_ONCE,
        )
        ids = [message_id for (message_id,) in self.env.execute_query(query)]
        return self.env["store.transfer.webhook.message"].browse(ids)

    def _note_success(self):
        if self.failures or self.failing_since:
            self.write({"failures": 0, "failing_since": False, "next_try": False})

    def _note_failure(self, answer):
        """Leave it alone after some failures, and for good after many days."""
        now = fields.Datetime.now()
        values = {
            "failures": self.failures + 1,
            "failing_since": self.failing_since or now,
        }
        rests = values["failures"] // MOST_FAILURES
        if rests:
            # Once more as often as it has failed, and then longer and longer.
            values["next_try"] = now + DELAYS[min(rests, len(DELAYS) - 1)]
            self._wake_up(values["next_try"])
        self.write(values)
        if now - self.failing_since > STOP_AFTER:
            self._stop_sending(answer)

    def _stop_sending(self, answer):
        self.write({"state": "stopped", "stop_reason": answer})
        users = self.company_id._get_transfer_head_office()
        self._notify_users(users, lambda webhook: webhook._tell_stopped(answer))

    def _tell_stopped(self, answer):
        return (
            self.env._("The webhook %s was stopped", self.name),
            self.env._(
                "It does not answer as it should (%(answer)s). Nothing is sent to "
                "it until you start it again; the receiver can read what it has "
                "missed by the changes of the API.",
                answer=answer,
            ),
        )


class StoreTransferWebhookMessage(models.Model):
    _inherit = "store.transfer.webhook.message"

    @api.model
    def _count_due(self):
        now = fields.Datetime.now()
        is_due = Domain("state", "=", "waiting") & Domain("next_try", "<=", now)
        is_tried = Domain("next_try", "=", False) | Domain("next_try", "<=", now)
        listens = Domain("state", "=", "on") & is_tried
        return self.search_count(is_due & Domain("webhook_id", "any", listens))

    def _try_to_send(self):
        """Send this, and write down what became of it.

        Where somebody has changed the webhook meanwhile, it is sent once more: a
        receiver knows it again by its id.
        """
        try:
            self._send()
            self.env.flush_all()
        except Exception as error:
            if not is_conflict(error):
                raise
            self.env.cr.rollback()
            self.env.invalidate_all()

    def _send(self):
        status, answer = self._post()
        if status and 200 <= status < 300:
            self.write(
                {
                    "state": "sent",
                    "sent_date": fields.Datetime.now(),
                    "tries": self.tries + 1,
                    "answer": answer,
                }
            )
            self.webhook_id._note_success()
            return
        self._note_failure(answer)
        self.webhook_id._note_failure(answer)
        if status == GONE:
            self.webhook_id._stop_sending(answer)

    def _post(self):
        """Return the status of the answer, or None, and what is told of it."""
        webhook, body = self.webhook_id, self.body.encode()
        timestamp = int(time.time())
        headers = {
            "Content-Type": "application/json",
            "webhook-id": self.uuid,
            "webhook-timestamp": str(timestamp),
            "webhook-signature": webhook._sign(self.uuid, timestamp, body),
        }
        try:
            status = post(webhook.url, body, headers, webhook._allows_private())
        except requests.Timeout:
            return None, self.env._("It did not answer in time.")
        except requests.RequestException as error:
            if _find_cause(error, ForbiddenAddress):
                return None, self.env._("Its address is in your own network.")
            if isinstance(error, requests.exceptions.SSLError):
                return None, self.env._("Its certificate is not valid.")
            return None, self.env._("It could not be reached.")
        return status, str(status)

    def _note_failure(self, answer):
        tries = self.tries + 1
        if tries > len(DELAYS):
            self.write({"state": "dead", "tries": tries, "answer": answer})
            return
        # Not all at the same moment.
        delay = DELAYS[tries - 1] * random.uniform(1, 1.2)
        next_try = fields.Datetime.now() + delay
        self.write({"tries": tries, "next_try": next_try, "answer": answer})
        self.webhook_id._wake_up(next_try)


def _find_cause(error, kind):
    """Tell whether an error was caused by one of a kind, however it was wrapped."""
    seen = set()
    while error is not None and id(error) not in seen:
        seen.add(id(error))
        if isinstance(error, kind):
            return True
        wrapped = next((arg for arg in error.args if isinstance(arg, Exception)), None)
        error = error.__cause__ or error.__context__ or wrapped
    return False
