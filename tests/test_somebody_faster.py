import json
from unittest.mock import patch

from odoo import http
from odoo.exceptions import ConcurrencyError
from odoo.tests import HttpCase, tagged
from odoo.tools import mute_logger

from .common_transfers import StoreTransferCase


@tagged("post_install", "-at_install")
class TestSomebodyFaster(StoreTransferCase, HttpCase):
    """What Odoo gives up after five tries is said in words, not as a fault."""

    def call_while_others_are_faster(self, model, method, *arguments):
        """Call by HTTP; return the error, and how often Odoo tried."""
        login = self.ec_staff.login
        self.authenticate(login, login)
        conflict = ConcurrencyError("could not serialize access")
        with (
            patch.object(
                type(self.env[model]), "check_access", side_effect=conflict
            ) as tries,
            patch("odoo.service.model.time.sleep"),
            mute_logger("odoo.http"),
        ):
            response = self.url_open(
                f"/web/dataset/call_kw/{model}/{method}",
                data=json.dumps(
                    {
                        "params": {
                            "model": model,
                            "method": method,
                            "args": arguments,
                            "kwargs": {},
                        }
                    }
                ),
                headers={"Content-Type": "application/json"},
            )
        return response.json()["error"], tries.call_count

    def test_it_is_said_in_words(self):
        transfer = self.make_transfer()
        error, tries = self.call_while_others_are_faster(
            "store.transfer", "action_submit", transfer.ids
        )
        self.assertEqual(tries, 5)
        self.assertEqual(error["data"]["name"], "odoo.exceptions.UserError")
        self.assertIn("were faster", error["data"]["message"])
        self.assertTrue(error["data"]["context"]["store_transfer_conflict"])
        self.assertEqual(transfer.state, "draft")

    def test_models_that_are_not_ours_answer_as_before(self):
        error, _tries = self.call_while_others_are_faster(
            "res.partner", "web_read", self.ec_staff.partner_id.ids, {"name": {}}
        )
        self.assertNotIn("were faster", error["data"]["message"])

    def test_who_has_to_log_in_is_told_so(self):
        """A request that fails before it is read is answered as before, too."""
        login = self.ec_staff.login
        session = self.authenticate(login, login)
        session["session_token"] = "of another password"
        http.root.session_store.save(session)
        with mute_logger("odoo.http"):
            response = self.url_open(
                "/web/dataset/call_kw/store.transfer/read",
                data=json.dumps(
                    {"params": {"model": "store.transfer", "method": "read"}}
                ),
                headers={"Content-Type": "application/json"},
            )
        name = response.json()["error"]["data"]["name"]
        self.assertEqual(name, "odoo.http.SessionExpiredException")
        self.assertEqual(self.url_open("/no_such_page").status_code, 404)
