"""Another system, which talks to us over JSON-2."""

import json

from odoo.tests import HttpCase
from odoo.tools import mute_logger

from .common_transfers import StoreTransferCase


class ApiCase(StoreTransferCase, HttpCase):
    """Calls come over HTTP, with the API key of a store's user."""

    def setUp(self):
        super().setUp()
        self.keys = {}

    def get_api_key(self, user):
        if user not in self.keys:
            keys = self.env["res.users.apikeys"].with_user(user).sudo()
            self.keys[user] = keys._generate(None, "Shop system", None)
        return self.keys[user]

    def post(self, user, method, content, model="store.transfer.api"):
        """Send a body, and return the answer of the server."""
        body = content if isinstance(content, (str, bytes)) else json.dumps(content)
        headers = {
            "Authorization": f"bearer {self.get_api_key(user)}",
            "Content-Type": "application/json",
        }
        # Odoo warns of each refusal.
        with mute_logger("odoo.http"):
            return self.url_open(f"/json/2/{model}/{method}", body, headers=headers)

    def call(self, user, method, **content):
        """Call a method, and return what it answers."""
        answer = self.post(user, method, content)
        self.assertEqual(answer.status_code, 200, answer.text[:300])
        self.env.invalidate_all()
        return answer.json()

    def assertAnswered(self, status, message, user, method, content):
        """Expect a refusal, in a sentence; nothing of it is a fault of the server."""
        answer = self.post(user, method, content)
        self.assertEqual(answer.status_code, status, answer.text[:300])
        self.env.invalidate_all()
        self.assertRegex(answer.json()["message"], message)

    def make_order(self, key="A-1", **values):
        return {
            "key": key,
            "source": "EC",
            "destination": "SHN",
            "lines": [{"sku": "TEA-001", "quantity": 10}],
            **values,
        }

    def create_order(self, user=None, **values):
        """Let a system order, by default 10 tea from EC to the shop."""
        user = user or self.ec_staff
        [answer] = self.call(
            user, "create_transfers", orders=[self.make_order(**values)]
        )
        transfer = self.find_transfer(answer["transfer"])
        self.assertLedger(transfer)
        return transfer

    def reject_by_system(self, user, transfer, reason, key="K-1"):
        """Let a system reject a transfer, and return what it is answered."""
        content = {"transfer": transfer.name, "key": key, "reason": reason}
        return self.call(user, "reject", **content)

    def find_transfer(self, shape):
        return self.env["store.transfer"].browse(shape["id"])
