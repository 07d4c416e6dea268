import base64
from unittest.mock import patch

from odoo.exceptions import AccessError
from odoo.tests import tagged
from odoo.tools import mute_logger

from .common_dispatch_mail import QUEUE, DispatchMailCase


@tagged("post_install", "-at_install")
class TestDispatchMail(DispatchMailCase):
    """A third party is told that goods have left for it, by a press."""

    def test_staff_send_it_with_the_slip(self):
        transfer = self.make_shipped_dispatch()
        self.assertFalse(transfer.is_dispatch_mailed)
        self.send(transfer)
        message = self.get_mails()
        self.assertEqual(message.author_id, self.ec_staff.partner_id)
        self.assertIn(transfer.name, message.subject)
        for text in ("Tainan Repairs", "EC Warehouse", "Black Cat", transfer.name):
            self.assertIn(text, message.body)
        [slip] = message.attachment_ids
        self.assertIn("Transfer Slip", slip.name)
        self.assertEqual(base64.b64decode(slip.datas), b"%PDF-1.4 slip")
        self.assertTrue(transfer.is_dispatch_mailed)

    def test_later_shipment_is_not_told_yet(self):
        transfer = self.make_dispatch()
        self.ship(transfer, {self.tea: 4})
        self.send(transfer)
        with self.an_hour_later():
            self.ship(transfer)
        self.assertFalse(transfer.is_dispatch_mailed)
        self.assertTrue(transfer.with_user(self.ec_staff).can_mail)

    def test_nothing_has_left(self):
        transfer = self.make_dispatch()
        self.assertFalse(transfer.with_user(self.ec_staff).can_mail)
        with self.assertRefused("nothing has left"):
            transfer.with_user(self.ec_staff).action_mail()

    def test_between_stores_there_is_nobody_to_write_to(self):
        transfer = self.make_shipped_transfer()
        with self.assertRefused("nothing has left for a third party"):
            transfer.with_user(self.ec_staff).action_mail()

    def test_its_template_fits_any_transfer(self):
        """Odoo tries it on one when the addon is updated, and fails where it can't."""
        transfer = self.make_transfer()
        self.assertFalse(transfer.partner_id)
        template = self.env.ref("store_transfer.mail_template_dispatch")
        [body] = template._render_field("body_html", transfer.ids).values()
        self.assertIn(transfer.name, body)

    def test_contact_without_an_address(self):
        transfer = self.make_shipped_dispatch()
        self.repair.email = False
        with self.assertRefused("Tainan Repairs has no e-mail address"):
            transfer.with_user(self.ec_staff).action_mail()

    def test_third_party_that_is_no_contact(self):
        transfer = self.make_transfer(kind="dispatch", remark="The repair shop")
        self.submit(transfer)
        self.ship(transfer)
        with self.assertRefused("is no contact"):
            transfer.with_user(self.ec_staff).action_mail()

    def test_staff_of_another_store_do_not_write(self):
        transfer = self.make_shipped_dispatch()
        with self.assertRaises(AccessError):
            transfer.with_user(self.shop_staff).action_mail()

    def test_another_message_is_no_such_mail(self):
        transfer = self.make_shipped_dispatch()
        mine = transfer.with_user(self.ec_staff)
        mine.message_post(body="Hello", partner_ids=self.repair.ids)
        marked = mine.with_context(store_transfer_dispatch_mail=True)
        marked.message_post(body="Hello", partner_ids=self.ec_approver.partner_id.ids)
        self.assertFalse(transfer.is_dispatch_mailed)


@tagged("post_install", "-at_install")
class TestDispatchMailByItself(DispatchMailCase):
    """Where the company wants it, each shipment is told once, and nobody waits."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.company.transfer_mail_dispatch = True

    def test_once_for_each_shipment(self):
        transfer = self.make_dispatch()
        self.ship(transfer, {self.tea: 4})
        self.assertFalse(self.get_mails())
        for _time in range(3):
            self.run_cron()
        self.assertEqual(len(self.get_mails()), 1)
        self.assertFalse(self.get_mails(self.ec_staff.partner_id))
        with self.an_hour_later():
            self.ship(transfer)
            self.run_cron()
            self.run_cron()
        self.assertEqual(len(self.get_mails()), 2)

    def test_not_where_the_company_does_not_want_it(self):
        self.company.transfer_mail_dispatch = False
        self.make_shipped_dispatch()
        self.company.transfer_mail_dispatch = True
        self.run_cron()
        self.assertFalse(self.get_mails())

    def test_what_was_sent_by_hand_is_not_sent_again(self):
        transfer = self.make_shipped_dispatch()
        self.send(transfer)
        self.run_cron()
        self.assertEqual(len(self.get_mails()), 1)

    def test_what_was_taken_back_is_not_told(self):
        transfer = self.make_shipped_dispatch()
        transfer.with_user(self.ec_staff).action_undo_shipment()
        self.run_cron()
        self.assertFalse(self.get_mails())

    def test_without_an_address_the_transfer_says_so(self):
        self.repair.email = False
        transfer = self.make_shipped_dispatch()
        self.run_cron()
        self.assertIn("no e-mail address", transfer.message_ids[:1].body)
        self.assertFalse(transfer.sudo().is_dispatch_mail_due)

    def test_one_that_fails_does_not_stop_the_others(self):
        first = self.make_shipped_dispatch()
        self.make_shipped_dispatch()
        send = type(first)._mail_dispatch

        def fail(transfer):
            if transfer == first:
                raise ZeroDivisionError
            return send(transfer)

        with (
            patch.object(type(first), "_mail_dispatch", fail),
            mute_logger(QUEUE),
        ):
            self.run_cron()
        self.assertEqual(len(self.get_mails()), 1)
        self.assertIn("could not be sent", first.message_ids[:1].body)

    def test_odoo_sends_no_second_one(self):
        self.company.stock_move_email_validation = True
        self.make_shipped_dispatch()
        self.assertFalse(self.get_mails())
        self.run_cron()
        self.assertEqual(len(self.get_mails()), 1)
