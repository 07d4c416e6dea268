from odoo.tests import tagged

from .common_api import ApiCase


@tagged("post_install", "-at_install")
class TestApiKeys(ApiCase):
    """What is sent twice, because its answer got lost, is done once."""

    def count_transfers(self):
        return self.env["store.transfer"].search_count(
            [("company_id", "=", self.company.id)]
        )

    def test_the_same_order_twice_is_one_transfer(self):
        answers = [
            self.call(self.ec_staff, "create_transfers", orders=[self.make_order()])
            for _number in range(2)
        ]
        [[first], [second]] = answers
        self.assertEqual((first["created"], second["created"]), (True, False))
        self.assertEqual(first["transfer"], second["transfer"])
        self.assertEqual(self.count_transfers(), 1)

    def test_numbers_may_be_written_in_another_way(self):
        transfer = self.create_order()
        order = self.make_order(lines=[{"quantity": 10.0, "sku": "TEA-001"}])
        [answer] = self.call(self.ec_staff, "create_transfers", orders=[order])
        self.assertEqual(answer["transfer"]["id"], transfer.id)

    def test_other_content_under_the_same_key_is_refused(self):
        transfer = self.create_order()
        order = self.make_order(lines=[{"sku": "TEA-001", "quantity": 11}])
        self.assertAnswered(
            422,
            rf"The key A-1 was used before with another content, for {transfer.name}",
            self.ec_staff,
            "create_transfers",
            {"orders": [order]},
        )
        self.assertEqual(self.count_transfers(), 1)

    def test_a_key_is_for_one_method(self):
        transfer = self.create_order()
        self.assertAnswered(
            422,
            "The key A-1 was used before",
            self.ec_staff,
            "do_step",
            {"transfer": transfer.name, "step": "cancel", "key": "A-1"},
        )
        self.assertEqual(transfer.state, "waiting")

    def test_keys_of_two_systems_never_meet(self):
        first = self.create_order(self.ec_staff)
        second = self.create_order(self.ec_approver)
        self.assertNotEqual(first, second)

    def test_what_failed_may_be_sent_again_with_its_key(self):
        order = self.make_order(lines=[{"sku": "NEW-001", "quantity": 1}])
        self.assertAnswered(
            422,
            "No product has the SKU NEW-001",
            self.ec_staff,
            "create_transfers",
            {"orders": [order]},
        )
        self._create_product("New", "NEW-001")
        [answer] = self.call(self.ec_staff, "create_transfers", orders=[order])
        self.assertTrue(answer["created"])

    def test_some_orders_of_many_are_known(self):
        first = self.create_order(key="A-2")
        orders = [self.make_order(key=key) for key in ("A-1", "A-2", "A-3")]
        answers = self.call(self.ec_staff, "create_transfers", orders=orders)
        self.assertEqual([each["key"] for each in answers], ["A-1", "A-2", "A-3"])
        self.assertEqual([each["created"] for each in answers], [True, False, True])
        self.assertEqual(answers[1]["transfer"]["id"], first.id)
        self.assertEqual(self.count_transfers(), 3)

    def test_all_orders_are_created_or_none(self):
        orders = [
            self.make_order(),
            self.make_order(key="A-2", lines=[{"sku": "NOPE", "quantity": 1}]),
            self.make_order(key="A-3", destination="NOPE"),
        ]
        self.assertAnswered(
            422,
            "(?s)^Order A-2: line 1: No product.*NOPE.*\nOrder A-3: .*short name NOPE",
            self.ec_staff,
            "create_transfers",
            {"orders": orders},
        )
        self.assertFalse(self.count_transfers())

    def test_what_was_deleted_since_is_said(self):
        transfer = self.create_order(submit=False)
        transfer.with_user(self.ec_staff).unlink()
        self.assertAnswered(
            422,
            "What was created with the key A-1 was deleted",
            self.ec_staff,
            "create_transfers",
            {"orders": [self.make_order(submit=False)]},
        )

    def test_goods_are_shipped_once(self):
        transfer = self.create_order()
        self.approve(transfer)
        content = {
            "transfer": transfer.name,
            "key": "S-1",
            "lines": [{"sku": "TEA-001", "quantity": 4}],
        }
        for _number in range(2):
            shape = self.call(self.ec_staff, "ship", **content)
            self.assertEqual(shape["lines"][0]["shipped"], 4)
        content["lines"] = [{"sku": "TEA-001", "quantity": 5}]
        self.assertAnswered(
            422, "The key S-1 was used before", self.ec_staff, "ship", content
        )
        self.assertLedger(transfer)

    def test_a_count_is_submitted_once(self):
        transfer = self.make_shipped_transfer()
        content = {
            "transfer": transfer.name,
            "key": "C-1",
            "lines": [{"sku": "TEA-001", "good": 4}],
        }
        for _number in range(2):
            shape = self.call(self.shop_staff, "receive", **content)
            self.assertEqual(shape["lines"][0]["received"], 4)
        self.assertEqual(len(transfer.count_ids), 1)
        self.call(self.shop_staff, "receive", **{**content, "key": "C-2"})
        self.assertEqual(transfer.line_ids.received_quantity, 8)
        self.assertLedger(transfer)

    def test_other_steps_are_done_once(self):
        transfer = self.create_order()
        for _number in range(2):
            self.call(self.shop_approver, "approve", transfer=transfer.name, key="P-1")
        other = self.create_order(key="A-2")
        for _number in range(2):
            self.reject_by_system(self.shop_approver, other, "No space", key="P-2")
        self.assertEqual((transfer.state, other.state), ("approved", "rejected"))
        third = self.create_order(key="A-3")
        for _number in range(2):
            self.call(
                self.ec_staff, "do_step", transfer=third.name, step="cancel", key="P-3"
            )
        self.assertEqual(third.state, "cancelled")

    def test_a_key_is_found_as_it_was_sent(self):
        transfer = self.create_order(key=" A\n1 ")
        found = self.call(
            self.ec_staff, "get_transfers_by_key", keys=[" A\n1 ", "A1", "B-1"]
        )
        self.assertEqual(
            {key: shape["id"] for key, shape in found.items()},
            {" A\n1 ": transfer.id, "A1": transfer.id},
        )

    def test_a_key_that_no_answer_can_hold(self):
        # Half of a character, as where a text was cut after so many bytes.
        transfer = self.create_order(key="A-1\ud83d")
        found = self.call(
            self.ec_staff, "get_transfers_by_key", keys=["A-1\ud83d", "A-1"]
        )
        self.assertEqual([shape["id"] for shape in found.values()], [transfer.id])

    def test_keys_that_can_be_none(self):
        for key in ("", "\ud800", "x" * 101, 7, None, []):
            with self.subTest(repr(key)[:20]):
                self.assertAnswered(
                    422,
                    "keys 1: key",
                    self.ec_staff,
                    "get_transfers_by_key",
                    {"keys": [key]},
                )
