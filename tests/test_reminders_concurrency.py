# Real transactions, so they have to commit.
# pylint: disable=invalid-commit
import threading
from datetime import UTC, datetime, time, timedelta

from freezegun import freeze_time

from odoo import api
from odoo.fields import Date
from odoo.tests import tagged
from odoo.tools import mute_logger

from .common_concurrency import TransferConcurrencyCase


@tagged("post_install", "-at_install")
class TestRemindersConcurrency(TransferConcurrencyCase):
    """Nobody is told twice, whoever does it at the same moment, and whatever fails."""

    def setUp(self):
        super().setUp()
        self.company.partner_id.tz = "UTC"
        self.transfer = self.make_transfer()
        day = Date.today() + timedelta(days=3)
        clock = freeze_time(datetime.combine(day, time(12), tzinfo=UTC), tick=True)
        clock.start()
        self.addCleanup(clock.stop)
        self.addCleanup(self.forget)

    def forget(self):
        """Let nobody be told of it by the tests that follow."""
        self.env.cr.rollback()
        self.transfer.with_user(self.ec_staff).action_withdraw()
        self.env.cr.commit()

    def get_messages(self):
        self.env.invalidate_all()
        return self.env["mail.message"].search(
            [
                ("partner_ids", "in", self.shop_approver.partner_id.ids),
                ("message_type", "=", "user_notification"),
                ("model", "=", False),
                ("body", "like", self.transfer.name),
            ]
        )

    def tell(self, cr):
        """Tell the approver of the shop in a transaction that is not committed yet."""
        env = api.Environment(cr, api.SUPERUSER_ID, {})
        reminders = env["store.transfer.reminder"]
        told, _waiting = reminders._find_told_users()
        letters = reminders._find_letters(told, reminders._read_known())
        user = env["res.users"].browse(self.shop_approver.id)
        if user.id in letters:
            with reminders._trying("remind user %s", user.id):
                reminders._tell(user, letters[user.id])

    def test_two_at_the_same_moment(self):
        with self.registry.cursor() as first, self.registry.cursor() as second:
            self.tell(first)
            # Waits for the first one, which has not committed.
            other = threading.Thread(target=self.tell, args=(second,))
            other.start()
            other.join(timeout=1)
            self.assertTrue(other.is_alive())
            with mute_logger("odoo.sql_db"):
                first.commit()
                other.join(timeout=30)
            second.commit()
        self.env.cr.commit()
        self.assertEqual(len(self.get_messages()), 1)

    def test_one_after_the_other(self):
        for _time in range(2):
            with self.registry.cursor() as cr:
                self.tell(cr)
        self.env.cr.commit()
        self.assertEqual(len(self.get_messages()), 1)

    def test_killed_before_it_is_committed(self):
        with self.registry.cursor() as cr:
            self.tell(cr)
            cr.rollback()
        self.env.cr.commit()
        self.assertFalse(self.get_messages())
        with self.registry.cursor() as cr:
            self.tell(cr)
        self.env.cr.commit()
        self.assertEqual(len(self.get_messages()), 1)
