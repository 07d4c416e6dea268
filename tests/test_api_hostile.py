from unittest.mock import patch

import psycopg2

from odoo.exceptions import ConcurrencyError
from odoo.fields import Command
from odoo.tests import tagged
from odoo.tools import mute_logger

from .common_api import ApiCase

GARBAGE = (
    None,
    True,
    -1,
    0,
    1e308,
    10**40,
    # More than a number with a point can be.
    10**400,
    "",
    "x" * 5000,
    "\x00\ud800",
    "'; DROP TABLE store_transfer; --",
    [],
    [[]],
    [None],
    {},
    {"a": 1},
    [{"key": {}}],
)
METHODS = {
    "create_transfers": ("orders",),
    "get_transfers": ("transfers",),
    "get_transfers_by_key": ("keys",),
    "get_changes": ("cursor", "limit", "states", "stores"),
    "do_step": ("transfer", "step", "key"),
    "approve": ("transfer", "key", "lines", "reason", "note"),
    "reject": ("transfer", "key", "reason", "note"),
    "ship": ("transfer", "key", "lines", "rest", "reason", "note"),
    "receive": ("transfer", "key", "lines"),
}


@tagged("post_install", "-at_install")
class TestApiHostile(ApiCase):
    """Nobody does over the API what is not theirs, and garbage is answered in words."""

    def assertSaid(self, answer, *statuses):
        """Expect a sentence: no fault of the server, and no code in what is said."""
        self.assertIn(answer.status_code, statuses, answer.text[:500])
        if answer.status_code != 200:
            message = answer.json()["message"]
            self.assertTrue(message)
            self.assertNotIn("Traceback", message)
            self.assertNotRegex(message, r"psycopg2|NoneType|object has no|Error\(")

    def test_a_lost_connection_while_the_key_is_looked_up_is_no_refusal(self):
        keys = type(self.env["res.users.apikeys"])
        gone = psycopg2.OperationalError("server closed the connection unexpectedly")
        logger = "odoo.addons.base.models.ir_http"
        with (
            patch.object(keys, "_check_credentials", side_effect=gone),
            mute_logger(logger),
        ):
            answer = self.post(self.ec_staff, "get_changes", {})
        self.assertEqual(answer.status_code, 500)

    def test_garbage_in_every_argument(self):
        transfer = self.make_shipped_transfer()
        right = {
            "transfer": transfer.name,
            "key": "K-1",
            "step": "confirm_arrival",
            "reason": "No space",
        }
        for method, names in METHODS.items():
            for name in names:
                for number, garbage in enumerate(GARBAGE):
                    with self.subTest(method, name=name, garbage=repr(garbage)[:40]):
                        content = {
                            **{each: right[each] for each in names if each in right},
                            "key": f"{method}-{name}-{number}",
                            name: garbage,
                        }
                        content = {
                            each: content[each] for each in names if each in content
                        }
                        answer = self.post(self.shop_staff, method, content)
                        self.assertSaid(answer, 200, 403, 422)

    def test_garbage_in_every_value_of_an_order(self):
        for name in (
            "key",
            "kind",
            "initiator",
            "company",
            "source",
            "destination",
            "third_party",
            "expected_date",
            "urgent",
            "remark",
            "submit",
            "lines",
            "unknown",
        ):
            for garbage in GARBAGE:
                with self.subTest(name, garbage=repr(garbage)[:40]):
                    order = self.make_order(key=f"K-{name}-{GARBAGE.index(garbage)}")
                    answer = self.post(
                        self.ec_staff,
                        "create_transfers",
                        {"orders": [{**order, name: garbage}]},
                    )
                    self.assertSaid(answer, 200, 422)

    def test_garbage_in_every_value_of_a_line(self):
        for name in ("sku", "quantity", "unit", "remark", "customer_name"):
            for number, garbage in enumerate(GARBAGE):
                with self.subTest(name, garbage=repr(garbage)[:40]):
                    line = {"sku": "TEA-001", "quantity": 1, name: garbage}
                    order = self.make_order(key=f"L-{name}-{number}", lines=[line])
                    answer = self.post(
                        self.ec_staff, "create_transfers", {"orders": [order]}
                    )
                    self.assertSaid(answer, 200, 422)

    def test_bodies_that_are_none(self):
        for body in (
            "",
            "[]",
            "null",
            "{",
            "\x00",
            '{"orders": NaN}',
            '{"orders": ' + "[" * 400 + "]" * 400 + "}",
        ):
            with self.subTest(body[:20]):
                answer = self.post(self.ec_staff, "create_transfers", body)
                self.assertIn(answer.status_code, (400, 404, 422), answer.text[:300])

    def test_what_is_not_asked_for_and_what_is_missing(self):
        transfer = self.create_order()
        for content in (
            {"transfer": transfer.name},
            {"key": "K-1"},
            {"transfer": transfer.name, "key": "K-1", "line": []},
            {"transfer": transfer.name, "key": "K-1", "ids": transfer.ids},
        ):
            with self.subTest(str(content)):
                answer = self.post(self.ec_staff, "ship", content)
                self.assertSaid(answer, 422)

    def test_garbage_in_what_goes_beside(self):
        """What Odoo itself reads of a call, before we do."""
        for name in ("ids", "context"):
            for garbage in GARBAGE:
                with self.subTest(name, garbage=repr(garbage)[:40]):
                    content = {"transfers": ["ST/1"], name: garbage}
                    answer = self.post(self.ec_staff, "get_transfers", content)
                    self.assertSaid(answer, 400, 422)

    def test_names_that_no_answer_can_hold(self):
        self.assertAnswered(
            422,
            "Order 1: x is not known here",
            self.ec_staff,
            "create_transfers",
            {"orders": [self.make_order(**{"x\ud800": 1})]},
        )

    def test_garbage_as_the_id_of_a_line(self):
        transfer = self.make_transfer()
        self.submit(transfer)
        for number, garbage in enumerate(GARBAGE[1:]):
            with self.subTest(repr(garbage)[:40]):
                self.assertAnswered(
                    422,
                    "line 1: line has to be the id of a line",
                    self.shop_approver,
                    "approve",
                    {
                        "transfer": transfer.name,
                        "key": f"K-{number}",
                        "lines": [{"line": garbage, "quantity": 1}],
                        "reason": "No space",
                    },
                )
        self.assertEqual(transfer.state, "waiting")

    def test_what_the_database_refuses_names_its_order(self):
        too_little = [{"sku": "TEA-001", "quantity": 1e-9}]
        for message, values in (
            ("Order A-2: line 1: quantity has to be above zero", {"lines": too_little}),
            ("Order A-2: source and destination", {"destination": "EC"}),
        ):
            with self.subTest(message):
                self.assertAnswered(
                    422,
                    message,
                    self.ec_staff,
                    "create_transfers",
                    {"orders": [self.make_order(), self.make_order("A-2", **values)]},
                )

    def test_faults_name_their_row(self):
        lines = [
            {"sku": "TEA-001", "quantity": 1},
            {"sku": "TEA-001", "quantity": -1},
            {"sku": "TEA-001", "amount": 1},
            {"quantity": 1},
            7,
        ]
        self.assertAnswered(
            422,
            "Order A-1: line 3: amount is not known here. There are: sku, quantity, "
            "unit, remark, customer_name, customer_phone.\n"
            "Order A-1: line 5: Send an object with",
            self.ec_staff,
            "create_transfers",
            {"orders": [self.make_order(lines=lines)]},
        )
        self.assertAnswered(
            422,
            "Order A-1: line 2: quantity has to be a number, and not below zero.",
            self.ec_staff,
            "create_transfers",
            {"orders": [self.make_order(lines=lines[:2])]},
        )

    def test_no_key_of_a_user(self):
        answer = self.url_open(
            "/json/2/store.transfer.api/get_transfers",
            data="{}",
            headers={
                "Authorization": "bearer 0123456789abcdef",
                "Content-Type": "application/json",
            },
        )
        self.assertEqual(answer.status_code, 401)

    def test_a_user_without_a_role(self):
        plain = self._create_plain_user("plain_api", "base.group_user")
        for method in METHODS:
            content = dict.fromkeys(METHODS[method], "x")
            self.assertAnswered(403, "You have no role", plain, method, content)

    def test_the_other_side_does_not_do_our_steps(self):
        transfer = self.create_order()
        name = transfer.name
        for user, method, content in (
            (self.ec_approver, "approve", {}),
            (self.shop_staff, "approve", {}),
            (self.ec_approver, "reject", {"reason": "No space"}),
            (self.shop_approver, "do_step", {"step": "cancel"}),
        ):
            with self.subTest(method, user=user.login):
                content = {"transfer": name, "key": "K-1", **content}
                self.assertAnswered(403, name, user, method, content)
        self.approve(transfer)
        self.assertAnswered(
            403, name, self.shop_approver, "ship", {"transfer": name, "key": "K-1"}
        )
        self.ship(transfer)
        self.assertAnswered(
            403, name, self.ec_approver, "receive", {"transfer": name, "key": "K-1"}
        )
        self.assertEqual(transfer.state, "in_transit")

    def test_a_step_in_the_wrong_state(self):
        transfer = self.create_order()
        self.assertAnswered(
            422,
            f"{transfer.name} is To Approve: this step is not possible now",
            self.ec_staff,
            "ship",
            {"transfer": transfer.name, "key": "K-1"},
        )

    def test_orders_of_a_store_that_is_not_ours(self):
        self.assertAnswered(
            403,
            "Order A-1: ",
            self.south_staff,
            "create_transfers",
            {"orders": [self.make_order()]},
        )

    def test_transfers_of_other_stores_are_not_there(self):
        transfer = self.create_order()
        for named in (transfer.name, transfer.id):
            self.assertAnswered(
                422,
                "There is no transfer .* that you can see",
                self.south_staff,
                "get_transfers",
                {"transfers": [named]},
            )
            self.assertAnswered(
                422,
                "There is no transfer",
                self.south_staff,
                "receive",
                {"transfer": named, "key": "K-1"},
            )

    def test_another_company(self):
        transfer = self.create_order()
        company = self.env["res.company"].create({"name": "Other Goods"})
        stranger = self._create_user("stranger", "group_head_office", company=company)
        self.assertAnswered(
            422,
            "There is no transfer",
            stranger,
            "get_transfers",
            {
                "transfers": [transfer.id],
                # Whatever is sent: only the user's own companies count.
                "context": {"allowed_company_ids": self.company.ids},
            },
        )
        self.assertAnswered(
            422,
            "is none of your companies",
            stranger,
            "create_transfers",
            {"orders": [self.make_order(company=self.company.name)]},
        )
        self.assertAnswered(
            422,
            "has no store with the short name EC",
            stranger,
            "create_transfers",
            {"orders": [self.make_order()]},
        )

    def test_one_number_in_two_companies(self):
        transfer = self.create_order()
        company = self.env["res.company"].create({"name": "Other Goods"})
        self.head_office.company_ids = [Command.link(company.id)]
        store = self._get_company_warehouse(company, "Other", "OTH")
        other = transfer.sudo().create(
            {
                "company_id": company.id,
                "kind": "receipt",
                "destination_store_id": store.id,
            }
        )
        other.name = transfer.name
        self.assertAnswered(
            422,
            "name it by its id",
            self.head_office,
            "get_transfers",
            {"transfers": [transfer.name]},
        )

    def test_who_counts_blind_reads_no_quantities(self):
        self.shop.transfer_blind_count = True
        transfer = self.create_order(lines=[{"sku": "TEA-001", "quantity": 731}])
        answers = [
            self.post(self.shop_staff, "get_transfers", {"transfers": [transfer.name]})
        ]
        self._add_stock(self.ec, self.tea, 1000)
        self.approve(transfer)
        self.ship(transfer)
        content = {"transfer": transfer.name, "key": "K-1"}
        answers.append(self.post(self.shop_staff, "receive", content))
        self.assertEqual(answers[-1].status_code, 422)
        answers.append(
            self.post(
                self.shop_staff,
                "receive",
                {**content, "lines": [{"sku": "TEA-001", "good": 5}]},
            )
        )
        self.assertEqual(answers[-1].status_code, 200, answers[-1].text)
        for answer in answers:
            self.assertNotIn("731", answer.text)
            self.assertNotIn("726", answer.text)
        self.assertIsNone(answers[-1].json()["lines"])
        self.assertLedger(transfer)

    def test_contexts_change_nothing(self):
        for context in (
            {"tz": "Nowhere"},
            {"allowed_company_ids": ["x"]},
            {"allowed_company_ids": [10**12]},
            {"default_approval_state": "approved"},
            {"store_transfer_person": 1, "store_transfer_origin": "till"},
            {"active_test": False, "tracking_disable": True},
        ):
            with self.subTest(str(context)):
                order = self.make_order(key=str(context))
                answer = self.post(
                    self.ec_staff,
                    "create_transfers",
                    {"orders": [order], "context": context},
                )
                self.assertSaid(answer, 200)
                [created] = answer.json()
                self.assertEqual(created["transfer"]["state"], "waiting")

    def test_languages_that_are_none(self):
        for lang in (["zh_TW"], {"a": 1}, 5, True, "nonsense"):
            with self.subTest(repr(lang)):
                answer = self.post(
                    self.ec_staff, "get_changes", {"context": {"lang": lang}}
                )
                self.assertSaid(answer, 422)

    def test_answers_in_the_callers_language(self):
        self.env["res.lang"]._activate_lang("zh_TW")
        content = {"transfers": ["ST/1"], "context": {"lang": "zh_TW"}}
        answer = self.post(self.ec_staff, "get_transfers", content)
        self.assertEqual(answer.status_code, 422)

    def test_keys_are_nobodys_to_read(self):
        self.create_order()
        answer = self.post(
            self.head_office,
            "search_read",
            {"domain": []},
            model="store.transfer.api.key",
        )
        self.assertEqual(answer.status_code, 403)

    def test_others_were_faster(self):
        transfer = self.create_order()
        conflict = ConcurrencyError("could not serialize access")
        step = patch.object(type(transfer), "action_approve", side_effect=conflict)
        content = {"transfer": transfer.name, "key": "K-1"}
        with step, patch("odoo.service.model.time.sleep"):
            self.assertAnswered(
                409, "were faster", self.shop_approver, "approve", content
            )
        self.assertEqual(transfer.state, "waiting")
