"""Goods for a third party, which is told of them by e-mail."""

from datetime import UTC, datetime, timedelta
from unittest.mock import patch

from freezegun import freeze_time

from odoo.tests import Form

from .common_transfers import StoreTransferCase

QUEUE = "odoo.addons.store_transfer.models.dispatch.queue"


class DispatchMailCase(StoreTransferCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.repair = cls.env["res.partner"].create(
            {"name": "Tainan Repairs", "email": "desk@repairs.example.com"}
        )

    def make_dispatch(self, **values):
        transfer = self.make_transfer(
            kind="dispatch", partner_id=self.repair.id, carrier="Black Cat", **values
        )
        self.submit(transfer)
        return transfer

    def make_shipped_dispatch(self, **values):
        transfer = self.make_dispatch(**values)
        self.ship(transfer)
        return transfer

    def send(self, transfer, user=None):
        """Send the e-mail as Odoo's composer proposes it."""
        action = transfer.with_user(user or self.ec_staff).action_mail()
        composers = self.env[action["res_model"]].with_user(user or self.ec_staff)
        composers = composers.with_context(**action["context"])
        with self.print_nothing():
            composer = Form(composers).save()
            composer._action_send_mail()
        return composer

    def an_hour_later(self):
        return freeze_time(datetime.now(UTC) + timedelta(hours=1))

    def print_nothing(self):
        """Give a paper without a browser that prints it."""
        reports = type(self.env["ir.actions.report"])
        return patch.object(
            reports,
            "_render_qweb_pdf",
            lambda *args, **kwargs: (b"%PDF-1.4 slip", "pdf"),
        )

    def get_mails(self, partner=None):
        """Return the messages that the third party got by e-mail."""
        notices = self.env["mail.notification"].search(
            [
                ("res_partner_id", "=", (partner or self.repair).id),
                ("notification_type", "=", "email"),
            ],
            order="id",
        )
        return notices.mail_message_id

    def run_cron(self):
        with self.print_nothing(), self.enter_registry_test_mode():
            self.env.ref("store_transfer.ir_cron_dispatch_mail").method_direct_trigger()
