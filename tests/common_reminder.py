"""What people are told of that waits too long."""

from datetime import datetime, time, timedelta, timezone

from freezegun import freeze_time
from lxml import html

from .common_discrepancies import DiscrepancyCase

# Noon in Taipei, where the stores are.
NOON = time(4)


class ReminderCase(DiscrepancyCase):
    """A transfer that is submitted today has to be approved by tomorrow.

    On the day after, whose turn it is is reminded; head office is told two days later.
    """

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.company.partner_id.tz = "Asia/Taipei"
        for store in cls.ec | cls.shop | cls.shop_south:
            store.partner_id = cls.company.partner_id
        cls.people = (
            cls.ec_staff
            | cls.ec_approver
            | cls.shop_staff
            | cls.shop_approver
            | cls.south_staff
            | cls.head_office
        )
        cls.people.tz = "Asia/Taipei"
        cls.reminders = cls.env["store.transfer.reminder"]

    def make_waiting(self, **values):
        transfer = self.make_transfer(**values)
        self.submit(transfer)
        return transfer

    def at(self, days, time_of_day=NOON):
        """Let it be so many days from now.

        Past midnight in Taipei it is another day than in UTC, from noon on it is not.
        """
        today = datetime.now(timezone.utc).date()
        return freeze_time(datetime.combine(today + timedelta(days=days), time_of_day))

    def run_cron(self, days, at=NOON):
        """Let the scheduled action run so many days from now."""
        with self.at(days, at), self.enter_registry_test_mode():
            self.env.ref("store_transfer.ir_cron_reminder").method_direct_trigger()

    def get_messages(self, user):
        """Return the messages that a user has got, the first one first."""
        return self.env["mail.message"].search(
            [
                ("partner_ids", "in", user.partner_id.ids),
                ("message_type", "=", "user_notification"),
                ("model", "=", False),
            ],
            order="id",
        )

    def get_mails(self, user):
        """Return the mails that wait in Odoo's queue for a user."""
        return self.env["mail.mail"].search(
            [("recipient_ids", "in", user.partner_id.ids), ("model", "=", False)]
        )

    def get_numbers(self, message):
        """Return ``{number of a transfer}`` that a message links to."""
        links = html.fromstring(message.body).xpath("//table//a")
        return [link.text for link in links]

    def assertTold(self, user, *transfers):
        """Expect one message about each of these sets of transfers."""
        told = [set(self.get_numbers(one)) for one in self.get_messages(user)]
        self.assertEqual(told, [set(each.mapped("name")) for each in transfers])
