"""Another system that is told of transfers: a server of its own, and its memory."""

import base64
import hashlib
import hmac
import json
import threading
from dataclasses import dataclass
from datetime import timedelta
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

from odoo import fields
from odoo.tests.common import freeze_time

from .common_transfers import StoreTransferCase


@dataclass
class Received:
    """A message as it came."""

    headers: dict
    body: bytes

    @property
    def id(self):
        return self.headers["webhook-id"]

    @property
    def content(self):
        return json.loads(self.body)

    def is_signed_by(self, secret):
        """Verify a signature by the letter of the rules, with no code of ours."""
        key = base64.b64decode(secret[len("whsec_") :])
        timestamp = self.headers["webhook-timestamp"]
        signed = f"{self.id}.{timestamp}.".encode() + self.body
        expected = base64.b64encode(hmac.new(key, signed, hashlib.sha256).digest())
        given = self.headers["webhook-signature"].split(" ")
        return f"v1,{expected.decode()}" in given


class Receiver:
    """A server that keeps what it gets, and answers what it is told to."""

    def __init__(self):
        self.received = []
        # Answers to give first, the others are 200; and what is answered to some types.
        self.answers = []
        self.refused_ids = set()
        receiver = self

        class Handler(BaseHTTPRequestHandler):
            def do_POST(self):
                body = self.rfile.read(int(self.headers["Content-Length"]))
                headers = {name.lower(): value for name, value in self.headers.items()}
                self.send_response(receiver.take(Received(headers, body)))
                self.send_header("Location", "http://127.0.0.1:1/elsewhere")
                self.send_header("Content-Length", "0")
                self.end_headers()

            def log_message(self, *_details):
                """Say nothing."""

        self.server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self.url = f"http://127.0.0.1:{self.server.server_port}/hook"
        self.thread = threading.Thread(target=self.server.serve_forever, daemon=True)
        self.thread.start()

    def take(self, message):
        self.received.append(message)
        transfer_id = message.content["data"].get("id")
        if transfer_id in self.refused_ids:
            return 500
        return self.answers.pop(0) if self.answers else 200

    def close(self):
        self.server.shutdown()
        self.server.server_close()
        self.thread.join()


class WebhookCase(StoreTransferCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.allow_private(True)

    def setUp(self):
        super().setUp()
        self.receiver = Receiver()
        self.addCleanup(self.receiver.close)
        self.cron = self.env.ref("store_transfer.ir_cron_webhook")

    @classmethod
    def allow_private(cls, allows):
        cls.env["ir.config_parameter"].set_param(
            "store_transfer.webhook_allows_private", str(allows)
        )

    def make_webhook(self, **values):
        return (
            self.env["store.transfer.webhook"]
            .with_user(self.head_office)
            .create(
                {
                    "name": "Online shop",
                    "url": self.receiver.url,
                    "company_id": self.company.id,
                    **values,
                }
            )
        )

    def get_queue(self, webhook):
        """Return the messages of a webhook, the oldest first."""
        self.flush_tracking()
        return webhook.sudo().queue_ids.sorted("id")

    def send(self, after=None):
        """Let the scheduler run, perhaps some time later."""
        self.flush_tracking()
        moment = fields.Datetime.now() + (after or timedelta())
        with freeze_time(moment), self.enter_registry_test_mode():
            self.cron.method_direct_trigger()
        self.env.invalidate_all()

    def get_types(self):
        return [message.content["type"] for message in self.receiver.received]
