import json
import os
import re
import subprocess
import sys
from pathlib import Path

from odoo.tests import tagged

from .common_api import ApiCase
from .common_webhook import WebhookCase

PAGE = Path(__file__).parents[1] / "docs" / "users" / "api.md"
BLOCK = re.compile(r"^```(\w+)\n(.*?)^```$", re.M | re.S)


def get_blocks(language):
    """Return the examples of the page that are in a language."""
    return [code for name, code in BLOCK.findall(PAGE.read_text()) if name == language]


@tagged("post_install", "-at_install")
class TestApiPage(ApiCase):
    """What the page says is what the server does: its examples are run as they are."""

    def run_example(self, *command):
        """Run a program that calls the server, as another system does."""
        variables = {
            **os.environ,
            "ODOO": self.base_url(),
            "EC_KEY": self.get_api_key(self.ec_approver),
            "SHOP_KEY": self.get_api_key(self.shop_approver),
        }
        self.cr.flush()
        self.cr.clear()
        with self.allow_requests(all_requests=True):
            done = subprocess.run(
                command, env=variables, capture_output=True, text=True, timeout=300
            )
        self.env.invalidate_all()
        self.assertEqual(done.returncode, 0, done.stderr[-1000:])
        return done.stdout

    def test_the_examples_of_the_shell(self):
        self.make_transfer()
        blocks = get_blocks("bash")
        self.assertTrue(blocks)
        for block in blocks:
            answer = json.loads(self.run_example("bash", "-e", "-c", block))
            self.assertEqual(answer["transfers"], [])

    def test_the_examples_in_python(self):
        code = "\n".join(get_blocks("python"))
        self.assertIn("ST/", self.run_example(sys.executable, "-c", code))
        transfer = self.env["store.transfer"].search(
            [("company_id", "=", self.company.id)]
        )
        self.assertEqual(transfer.state, "partial")
        self.assertEqual(transfer.create_uid, self.ec_approver)
        self.assertLedger(transfer)
        shape, _message = map(json.loads, get_blocks("json"))
        [answered] = self.call(
            self.shop_approver, "get_transfers", transfers=[transfer.name]
        )
        self.assertSameNames(shape, answered)
        # The story of the page ends as its example of a shape says.
        for name in set(shape["lines"][0]) - {"id"}:
            self.assertEqual(answered["lines"][0][name], shape["lines"][0][name], name)

    def assertSameNames(self, shown, answered):
        self.assertEqual(list(shown), list(answered))
        self.assertEqual(list(shown["dates"]), list(answered["dates"]))
        self.assertEqual(list(shown["lines"][0]), list(answered["lines"][0]))


@tagged("post_install", "-at_install")
class TestWebhookPage(WebhookCase):
    def test_the_example_that_verifies_a_message(self):
        webhook = self.make_webhook()
        secret = webhook.action_show_secret()["context"]["default_secret"]
        self.make_transfer()
        self.send()
        [message] = self.receiver.received
        names = {}
        exec(get_blocks("python")[-1], names)  # pylint: disable=exec-used
        is_genuine = names["is_genuine"]
        self.assertTrue(is_genuine(secret, message.headers, message.body))
        self.assertFalse(is_genuine(secret, message.headers, message.body + b" "))
        old = {**message.headers, "webhook-timestamp": "1600000000"}
        self.assertFalse(is_genuine(secret, old, message.body))
        shown = json.loads(get_blocks("json")[-1])
        self.assertEqual(list(shown), list(message.content))
