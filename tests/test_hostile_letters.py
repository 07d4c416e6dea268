from datetime import timedelta

from odoo import fields
from odoo.tests import Form, tagged
from odoo.tools import mute_logger

from .common_dispatch_mail import QUEUE, DispatchMailCase

HOSTILE = (
    "{{ object.company_id.id }}<img src=x onerror=alert(1)><t t-out='1'/>\nBcc: x@y"
)


@tagged("post_install", "-at_install")
class TestHostileDispatchMail(DispatchMailCase):
    """What becomes of the e-mail to a third party where things go wrong."""

    def open_composer(self, transfer):
        action = transfer.with_user(self.ec_staff).action_mail()
        composers = self.env[action["res_model"]].with_user(self.ec_staff)
        with self.print_nothing():
            return Form(composers.with_context(**action["context"])).save()

    def let_it_be_refused(self, message):
        """Let the mail server refuse what is written to the third party."""
        mail = self.env["mail.mail"].search([("mail_message_id", "=", message.id)])
        mail._postprocess_sent_message(
            [], [], failure_reason="Nobody is there", failure_type="mail_smtp"
        )
        self.env.invalidate_all()

    def get_notices(self, user):
        return self.env["mail.message"].search(
            [
                ("partner_ids", "in", user.partner_id.ids),
                ("message_type", "=", "user_notification"),
            ]
        )

    def test_sent_at_a_later_hour(self):
        transfer = self.make_shipped_dispatch()
        composer = self.open_composer(transfer)
        composer.scheduled_date = fields.Datetime.now() + timedelta(minutes=5)
        composer.action_schedule_message()
        self.assertFalse(transfer.is_dispatch_mailed)
        with self.an_hour_later():
            self.env["mail.scheduled.message"].sudo()._post_messages_cron()
        self.assertEqual(len(self.get_mails()), 1)
        self.assertTrue(transfer.is_dispatch_mailed)

    def test_what_leaves_before_it_is_sent_is_not_told(self):
        transfer = self.make_dispatch()
        self.ship(transfer, {self.tea: 4})
        composer = self.open_composer(transfer)
        with self.an_hour_later():
            self.ship(transfer)
            composer._action_send_mail()
        self.assertEqual(len(self.get_mails()), 1)
        self.assertFalse(transfer.is_dispatch_mailed)

    def test_archived_contact(self):
        transfer = self.make_shipped_dispatch()
        composer = self.open_composer(transfer)
        self.repair.active = False
        composer._action_send_mail()
        self.assertFalse(self.get_mails())
        self.assertFalse(transfer.is_dispatch_mailed)
        with self.assertRefused("Tainan Repairs is archived"):
            transfer.with_user(self.ec_staff).action_mail()

    def test_refused_by_the_mail_server(self):
        self.company.write(
            {"transfer_mail_dispatch": True, "email": "desk@formosa.example.com"}
        )
        transfer = self.make_shipped_dispatch()
        self.run_cron()
        message = self.get_mails()
        self.assertEqual(message.author_id, self.ec_staff.partner_id)
        self.assertEqual(message.email_from, self.company.email_formatted)
        self.assertTrue(transfer.is_dispatch_mailed)
        self.let_it_be_refused(message)
        self.assertFalse(transfer.is_dispatch_mailed)
        self.assertTrue(transfer.with_user(self.ec_staff).message_has_error)
        self.send(transfer)
        self.assertTrue(transfer.is_dispatch_mailed)

    def test_somebody_else_who_refuses_it_is_no_matter(self):
        transfer = self.make_shipped_dispatch()
        composer = self.open_composer(transfer)
        other = self.env["res.partner"].create(
            {"name": "Driver", "email": "driver@example.com"}
        )
        composer.partner_ids += other
        composer._action_send_mail()
        notice = self.get_mails().notification_ids.filtered(
            lambda notice: notice.res_partner_id == other
        )
        notice.notification_status = "bounce"
        self.env.invalidate_all()
        self.assertTrue(transfer.is_dispatch_mailed)

    def test_turned_off_before_it_is_sent(self):
        self.company.transfer_mail_dispatch = True
        transfer = self.make_shipped_dispatch()
        self.company.transfer_mail_dispatch = False
        self.run_cron()
        self.assertFalse(self.get_mails())
        self.assertFalse(transfer.sudo().is_dispatch_mail_due)

    def test_who_has_shipped_is_told_of_a_fault(self):
        self.company.transfer_mail_dispatch = True
        template = self.env.ref("store_transfer.mail_template_dispatch")
        template.body_html = "<p t-out=\"{'': 1}[object.tracking_number or '']\"/>"
        transfer = self.make_dispatch()
        transfer.with_user(self.ec_staff).tracking_number = "T-1"
        self.ship(transfer)
        with mute_logger(QUEUE, "odoo.addons.mail.models.mail_render_mixin"):
            self.run_cron()
        notice = self.get_notices(self.ec_staff)
        self.assertIn(transfer.name, notice.subject)
        self.assertIn("could not be sent", notice.body)
        self.assertIn("could not be sent", transfer.message_ids[:1].body)

    def test_who_has_shipped_is_told_that_there_is_no_address(self):
        self.company.transfer_mail_dispatch = True
        self.repair.email = False
        self.make_shipped_dispatch()
        self.run_cron()
        self.assertIn("no e-mail address", self.get_notices(self.ec_staff).body)

    def test_company_without_an_address_writes_as_who_has_shipped(self):
        self.company.write({"transfer_mail_dispatch": True, "email": False})
        self.make_shipped_dispatch()
        self.run_cron()
        self.assertEqual(self.get_mails().email_from, self.ec_staff.email_formatted)

    def test_who_has_shipped_works_here_no_more(self):
        self.company.transfer_mail_dispatch = True
        self.make_shipped_dispatch()
        self.ec_staff.active = False
        self.run_cron()
        self.assertEqual(len(self.get_mails()), 1)

    def test_what_people_type_is_no_template(self):
        self.repair.name = HOSTILE
        transfer = self.make_dispatch()
        transfer.with_user(self.ec_staff).write(
            {"carrier": HOSTILE, "tracking_number": HOSTILE}
        )
        self.ship(transfer)
        self.send(transfer)
        message = self.get_mails()
        self.assertEqual(message.body.count("{{ object.company_id.id }}"), 3)
        self.assertNotIn("<img src", message.body)
        self.assertNotIn("\n", message.subject + message.email_from)

    def test_nobody_says_that_it_was_sent(self):
        transfer = self.make_shipped_dispatch()
        message = transfer.message_post(body="Hello")
        for values in (
            {"dispatch_mail_date": "2030-01-01 00:00:00"},
            {"dispatch_message_id": message.id},
            {"is_dispatch_mail_due": True},
        ):
            with self.subTest(values), self.assertRefused("by hand"):
                transfer.with_user(self.head_office).write(values)
