from odoo.exceptions import AccessError
from odoo.tests import Form, tagged

from .common_transfers import StoreTransferCase


@tagged("post_install", "-at_install")
class TestSubstitution(StoreTransferCase):
    """The source proposes another product, and the destination says yes or no."""

    def make_approved(self, lines=None, **values):
        transfer = self.make_transfer(lines=lines or {self.tea: 110}, **values)
        is_pull = values.get("initiator") == "destination"
        self.submit(transfer, self.shop_staff if is_pull else self.ec_staff)
        if transfer.kind == "between":
            self.approve(transfer, self.ec_approver if is_pull else self.shop_approver)
        return transfer

    def make_pull(self, lines=None):
        return self.make_approved(lines, user=self.shop_staff, initiator="destination")

    def ask(self, line, user=None):
        """Press the button of the line, and return the question."""
        user = user or self.ec_staff
        action = line.with_user(user).action_open_substitute()
        questions = self.env[action["res_model"]].with_user(user)
        return questions.with_context(**action["context"])

    def propose(self, transfer, product=None, user=None, **values):
        """Propose mugs instead of the first line's product."""
        # Who asked for it may count blind, and not see the line.
        line = transfer.sudo().line_ids[:1]
        question = self.ask(line, user).create(
            {"product_id": (product or self.mug).id, **values}
        )
        question.action_propose()
        self.assertLedger(transfer)
        return self.get_proposals(transfer)[:1]

    def get_proposals(self, transfer):
        return self.env["store.transfer.substitution"].search(
            [("transfer_id", "=", transfer.id)]
        )

    def accept(self, proposal, user=None):
        proposal.with_user(user or self.shop_approver).action_accept()
        self.assertLedger(proposal.transfer_id)

    def refuse(self, proposal, user=None, **values):
        user = user or self.shop_approver
        action = proposal.with_user(user).action_open_refuse()
        question = (
            self.env[action["res_model"]]
            .with_user(user)
            .with_context(**action["context"])
            .create(
                {
                    "reason_id": self.env.ref("store_transfer.reason_wrong_goods").id,
                    **values,
                }
            )
        )
        question.action_refuse()
        self.assertLedger(proposal.transfer_id)

    def get_last_notice(self, user):
        messages = self.env["mail.message"].search(
            [("notified_partner_ids", "in", user.partner_id.ids)], limit=1
        )
        return messages.body

    def get_slips(self, transfer):
        return self.get_pickings(transfer, "outgoing") | self.get_pickings(
            transfer, "incoming"
        )

    def get_new_line(self, transfer):
        return transfer.line_ids.filtered("replaces_line_id")

    def test_what_is_missing_is_proposed_to_be_replaced(self):
        transfer = self.make_approved()
        with Form(self.ask(transfer.line_ids)) as form:
            self.assertEqual(form.reserved_quantity, 100)
            self.assertEqual(form.replaced_quantity, 10)
            form.product_id = self.mug
            self.assertEqual(form.quantity, 10)
            self.assertEqual(form.free_quantity, 100)
        form.record.action_propose()
        proposal = self.get_proposals(transfer)
        self.assertEqual(proposal.state, "open")
        self.assertEqual(proposal.propose_user_id, self.ec_staff)
        self.assertTrue(transfer.waits_for_answer)
        self.assertIn("Waits for an answer", transfer.line_ids.substitution_note)
        self.assertEqual(transfer.line_ids.to_ship_quantity, 110)

    def test_accepted_it_is_approved_and_reserved(self):
        transfer = self.make_approved()
        proposal = self.propose(transfer, quantity=8, remark="Tea comes on Monday")
        self.accept(proposal)
        line, new_line = transfer.line_ids.sorted("id")
        self.assertEqual((line.to_ship_quantity, line.closed_quantity), (100, 10))
        self.assertEqual(line.close_reason_id.name, "Replaced by another product")
        self.assertEqual(new_line.product_id, self.mug)
        self.assertEqual(new_line.replaces_line_id, line)
        self.assertEqual(
            (new_line.approved_quantity, new_line.to_ship_quantity), (8, 8)
        )
        self.assertEqual(self.get_free(self.ec, self.mug), 92)
        self.assertIn("Replaced by 8 Units", line.substitution_note)
        self.assertIn("Instead of", new_line.substitution_note)
        self.assertEqual(proposal.answer_user_id, self.shop_approver)

    def test_what_was_accepted_is_shipped_and_counted(self):
        transfer = self.make_approved()
        self.accept(self.propose(transfer))
        self.ship(transfer)
        self.count(transfer, {self.tea: 100, self.mug: 10})
        self.assertEqual(transfer.state, "done")
        self.assertEqual(self.get_stock(self.shop, self.mug), 10)

    def test_it_is_on_the_slip_of_what_it_replaces(self):
        for quantity in (10, 110):
            with self.subTest(quantity):
                transfer = self.make_approved({self.tea: quantity})
                slips = self.get_slips(transfer)
                proposal = self.propose(transfer, replaced_quantity=10, quantity=1)
                self.accept(proposal)
                self.assertEqual(self.get_slips(transfer), slips)
                self.assertEqual(len(slips), 2)
                self.ship(transfer)
                self.assertEqual(self.get_new_line(transfer).shipped_quantity, 1)
                self.receive_all(transfer)

    def test_what_has_left_stays_on_the_slip_by_which_it_left(self):
        transfer = self.make_approved()
        self.ship(transfer, {self.tea: 60})
        self.accept(self.propose(transfer))
        left = self.get_pickings(transfer, "outgoing", "done")
        self.assertEqual(left.move_ids.product_id, self.tea)
        to_ship = self.get_pickings(transfer, "outgoing")
        self.assertEqual(to_ship.move_ids.product_id, self.tea | self.mug)
        self.assertEqual(len(to_ship), 1)
        receipt = self.get_pickings(transfer, "incoming")
        self.assertEqual(receipt.move_ids.product_id, self.tea | self.mug)
        self.assertEqual(len(receipt), 1)

    def undo_shipment(self, transfer):
        transfer.with_user(self.ec_staff).action_undo_shipment()
        self.assertLedger(transfer)

    def test_what_was_shipped_by_one_press_is_taken_back_by_one(self):
        transfer = self.make_approved()
        self.accept(self.propose(transfer))
        self.ship(transfer)
        self.undo_shipment(transfer)
        self.assertEqual(transfer.shipped_quantity, 0)
        self.assertEqual(transfer.line_ids.mapped("to_ship_quantity"), [100, 10])
        self.assertEqual(self.get_stock(self.ec, self.tea), 100)
        self.assertEqual(self.get_stock(self.ec, self.mug), 100)
        self.ship(transfer)
        self.receive_all(transfer)
        self.assertEqual(transfer.state, "done")

    def test_what_was_shipped_by_two_presses_is_taken_back_by_two(self):
        transfer = self.make_approved()
        self.accept(self.propose(transfer))
        self.ship(transfer, {self.tea: 60, self.mug: 4})
        self.ship(transfer, {self.tea: 40, self.mug: 6})
        self.undo_shipment(transfer)
        self.assertEqual(transfer.line_ids.mapped("shipped_quantity"), [60, 4])
        self.undo_shipment(transfer)
        self.assertEqual(transfer.line_ids.mapped("shipped_quantity"), [0, 0])

    def test_a_substitute_is_for_the_same_customer(self):
        transfer = self.make_pull()
        transfer.sudo().line_ids.write(
            {"customer_name": "Ms. Lin", "customer_phone": "0912 345 678"}
        )
        self.accept(self.propose(transfer, quantity=4), self.shop_staff)
        line = self.get_new_line(transfer)
        self.assertEqual(
            (line.customer_name, line.customer_phone), ("Ms. Lin", "0912 345 678")
        )
        self.ship(transfer)
        self.receive_all(transfer)
        self.assertLedger(transfer)
        self.assertEqual(sum(line.sudo().aside_ids.mapped("quantity")), 4)
        self.assertEqual(self.get_free(self.shop, self.mug), 0)

    def test_all_of_a_line_is_replaced(self):
        transfer = self.make_approved({self.tea: 10})
        proposal = self.propose(transfer)
        self.assertEqual(proposal.replaced_quantity, 10)
        self.accept(proposal)
        self.assertEqual(self.get_free(self.ec, self.tea), 100)
        self.ship(transfer)
        self.receive_all(transfer)
        self.assertEqual(transfer.state, "done")
        self.assertEqual(transfer.received_quantity, 10)

    def test_refused_all_is_as_before(self):
        transfer = self.make_approved()
        proposal = self.propose(transfer)
        self.refuse(proposal, note="We sell no mugs")
        self.assertEqual(proposal.state, "refused")
        self.assertEqual(proposal.reason_id.name, "Wrong product or quantity")
        self.assertEqual(transfer.line_ids.to_ship_quantity, 110)
        self.assertFalse(transfer.waits_for_answer)
        self.assertEqual(self.propose(transfer, self.lamp).state, "open")

    def test_who_answers_has_an_activity_until_then(self):
        transfer = self.make_approved()
        kind = self.env.ref("store_transfer.mail_activity_type_substitute")

        def get_users():
            activities = transfer.sudo().activity_ids
            return activities.filtered(lambda one: one.activity_type_id == kind).user_id

        proposal = self.propose(transfer)
        self.assertEqual(get_users(), self.shop_approver)
        self.accept(proposal)
        self.assertFalse(get_users())

    def test_both_sides_are_told(self):
        transfer = self.make_approved()
        proposal = self.propose(transfer, remark="Out until Monday")
        told = self.get_last_notice(self.shop_approver)
        self.assertIn("10 Units × [MUG-001] Clay Mug instead of", told)
        self.assertIn("Out until Monday", told)
        self.refuse(proposal, note="We sell no mugs")
        self.assertIn("We sell no mugs", self.get_last_notice(self.ec_staff))

    def test_of_a_pull_the_staff_who_asked_answer(self):
        transfer = self.make_pull()
        self.accept(self.propose(transfer), self.shop_staff)
        self.assertEqual(self.get_new_line(transfer).to_ship_quantity, 10)

    def test_of_a_push_staff_do_not_answer(self):
        proposal = self.propose(self.make_approved())
        for user in (self.shop_staff, self.ec_approver, self.south_staff):
            with self.subTest(user.login), self.assertRaises(AccessError):
                proposal.with_user(user).action_accept()
            with self.subTest(user.login), self.assertRaises(AccessError):
                proposal.with_user(user).action_open_refuse()
        self.assertEqual(proposal.state, "open")

    def test_the_destination_proposes_and_withdraws_nothing(self):
        transfer = self.make_approved()
        with self.assertRaises(AccessError):
            self.ask(transfer.line_ids, self.shop_approver)
        proposal = self.propose(transfer)
        with self.assertRaises(AccessError):
            proposal.with_user(self.shop_approver).action_withdraw()

    def test_a_proposal_is_withdrawn(self):
        transfer = self.make_approved()
        proposal = self.propose(transfer)
        proposal.with_user(self.ec_staff).action_withdraw()
        self.assertEqual(proposal.state, "withdrawn")
        with self.assertRefused("that is Withdrawn"):
            self.accept(proposal)
        self.assertEqual(self.propose(transfer, self.lamp).state, "open")

    def test_it_lapses_when_what_it_replaces_has_left(self):
        transfer = self.make_approved({self.tea: 10})
        proposal = self.propose(transfer, replaced_quantity=4)
        self.ship(transfer, {self.tea: 6})
        self.assertEqual(proposal.state, "open")
        self.ship(transfer)
        self.assertEqual(proposal.state, "lapsed")
        with self.assertRefused("that is Not needed any more"):
            self.accept(proposal)

    def test_it_lapses_when_the_rest_is_closed(self):
        transfer = self.make_approved()
        proposal = self.propose(transfer)
        self.close_rest(transfer)
        self.assertEqual(proposal.state, "lapsed")
        self.assertFalse(transfer.waits_for_answer)

    def test_it_lapses_when_its_picking_is_validated_in_the_inventory_app(self):
        transfer = self.make_approved({self.tea: 10})
        proposal = self.propose(transfer)
        self.validate_picking(self.get_pickings(transfer, "outgoing"))
        self.assertLedger(transfer)
        self.assertEqual(proposal.state, "lapsed")

    def test_an_answer_is_given_once(self):
        proposal = self.propose(self.make_approved())
        self.accept(proposal)
        with self.assertRefused("that is Accepted"):
            self.accept(proposal)
        self.assertEqual(len(proposal.transfer_id.line_ids), 2)

    def test_a_question_is_answered_once(self):
        transfer = self.make_approved()
        question = self.ask(transfer.line_ids).create({"product_id": self.mug.id})
        question.action_propose()
        with self.assertRefused("was done already"):
            question.action_propose()

    def test_what_can_not_be_proposed(self):
        transfer = self.make_approved({self.tea: 110, self.lamp: 1})
        service = self._create_product("Gift Wrap", "WRP-001", is_storable=False)
        no_sku = self._create_product("Nameless", False)
        rare = self._create_product("Rare Cup", "CUP-001")
        self._add_stock(self.ec, rare, 3)
        kettle = self._create_product("Kettle", "KET-001", tracking="serial")
        other = self.env["res.company"].create({"name": "Other Goods"})
        foreign = self._create_product("Foreign", "FOR-001", company_id=other.id)
        foreign = foreign.sudo()
        questions = self.ask(transfer.line_ids[:1])
        for values, sentence in (
            ({"product_id": self.tea.id}, "can't replace itself"),
            ({"product_id": service.id}, "whose stock is tracked"),
            ({"product_id": no_sku.id}, "no SKU"),
            ({"product_id": rare.id}, "has only 3 Units free of"),
            ({"product_id": self.mug.id, "quantity": 0}, "must be above zero"),
            ({"product_id": self.mug.id, "quantity": -2}, "must be above zero"),
            ({"product_id": self.mug.id, "quantity": 1e12}, "not a possible quantity"),
            ({"product_id": kettle.id, "quantity": 1.5}, "not possible in this unit"),
            ({"product_id": self.mug.id, "replaced_quantity": 111}, "left to ship"),
            ({"product_id": False}, "Choose the product"),
        ):
            with self.subTest(sentence), self.assertRefused(sentence):
                questions.create(values).action_propose()
        with self.assertRaises(AccessError):
            questions.create({"product_id": foreign.id})
        self.assertFalse(self.get_proposals(transfer))

    def test_only_what_both_stores_carry(self):
        transfer = self.make_approved()
        self.shop.transfer_assortment = "selected"
        self.shop.transfer_product_ids = self.tea
        with self.assertRefused("not in the assortment of Shop North"):
            self.propose(transfer)
        self.shop.transfer_product_ids += self.mug
        proposal = self.propose(transfer)
        self.shop.transfer_product_ids -= self.mug
        with self.assertRefused("not in the assortment of Shop North"):
            self.accept(proposal)

    def test_only_to_a_store_that_takes_part(self):
        transfer = self.make_approved()
        proposal = self.propose(transfer)
        self.shop.is_store = False
        with self.assertRefused("Shop North is not a store any more"):
            self.accept(proposal, self.head_office)
        with self.assertRefused("Shop North is not a store any more"):
            self.ask(transfer.line_ids).create(
                {"product_id": self.lamp.id}
            ).action_propose()

    def test_what_is_gone_meanwhile_is_not_accepted(self):
        transfer = self.make_approved()
        proposal = self.propose(transfer)
        self.make_approved({self.mug: 95})
        self.assertTrue(proposal.with_user(self.shop_approver).can_accept)
        with self.assertRefused("has only 5 Units free of"):
            self.accept(proposal)
        self.assertEqual(proposal.state, "open")
        self.assertEqual(transfer.line_ids.to_ship_quantity, 110)

    def test_who_accepts_first_has_it(self):
        transfer = self.make_approved({self.tea: 110, self.lamp: 60})
        tea, lamp = transfer.line_ids
        self.propose(transfer, replaced_quantity=60, quantity=60)
        self.ask(lamp).create(
            {"product_id": self.mug.id, "replaced_quantity": 40, "quantity": 40}
        ).action_propose()
        of_lamp, of_tea = self.get_proposals(transfer)
        self.make_approved({self.mug: 30})
        self.accept(of_lamp)
        with self.assertRefused("has only 30 Units free"):
            self.accept(of_tea)
        self.assertEqual(of_tea.line_id, tea)

    def test_what_is_replaced_meanwhile_replaces_nothing(self):
        transfer = self.make_approved({self.tea: 110, self.mug: 5})
        tea, mug = transfer.line_ids
        proposal = self.propose(transfer)
        self.ask(mug).create({"product_id": self.lamp.id}).action_propose()
        with self.assertRefused("is replaced by another product on this transfer"):
            self.accept(proposal)

    def test_not_twice_and_not_both_ways(self):
        transfer = self.make_approved()
        self.propose(transfer)
        with self.assertRefused("is proposed for it already"):
            self.propose(transfer, self.lamp)
        self.accept(self.get_proposals(transfer))
        questions = self.ask(self.get_new_line(transfer))
        with self.assertRefused("is replaced by another product on this transfer"):
            questions.create({"product_id": self.tea.id}).action_propose()
        questions.create({"product_id": self.lamp.id}).action_propose()
        self.assertEqual(self.get_proposals(transfer)[:1].product_id, self.lamp)

    def test_the_same_goods_are_proposed_once(self):
        transfer = self.make_approved({self.tea: 110, self.lamp: 60})
        tea, lamp = transfer.line_ids
        self.propose(transfer, replaced_quantity=60, quantity=60)
        question = self.ask(lamp).create({"product_id": self.mug.id})
        with self.assertRefused("has only 40 Units free of"):
            question.action_propose()

    def test_a_third_party_is_not_asked(self):
        dispatch = self.make_approved({self.tea: 110}, kind="dispatch")
        proposal = self.propose(dispatch)
        self.assertEqual(proposal.state, "accepted")
        self.ship(dispatch)
        self.assertEqual(dispatch.state, "done")
        self.assertEqual(self.get_stock(self.ec, self.mug), 90)

    def test_of_a_receipt_nothing_is_proposed(self):
        receipt = self.make_transfer(
            user=self.shop_staff, kind="receipt", remark="Tea farm"
        )
        self.submit(receipt, self.shop_staff)
        self.assertFalse(receipt.line_ids.with_user(self.shop_staff).can_substitute)
        with self.assertRefused("nothing can be replaced"):
            self.ask(receipt.line_ids, self.head_office)

    def test_the_question_is_about_a_line_of_its_transfer(self):
        transfer, other = self.make_approved({self.tea: 10}), self.make_approved()
        with self.assertRefused("is not on this transfer"):
            self.ask(transfer.line_ids).create(
                {"line_id": other.line_ids.id, "product_id": self.mug.id}
            )

    def test_nothing_is_written_by_hand(self):
        transfer = self.make_approved()
        proposal = self.propose(transfer)
        for user in (self.ec_staff, self.shop_approver, self.head_office):
            own = proposal.with_user(user)
            for values in (
                {"state": "accepted"},
                {"quantity": 99},
                {"product_id": self.lamp.id},
                {"replaced_quantity": 1},
            ):
                with self.subTest(values), self.assertRaises(AccessError):
                    own.write(values)
            with self.assertRaises(AccessError):
                own.create({"transfer_id": transfer.id})
        draft = self.make_transfer().with_user(self.ec_staff)
        with self.assertRaises(AccessError):
            draft.line_ids.replaces_line_id = transfer.line_ids

    def test_who_counts_blind_is_told_nothing(self):
        self.shop.transfer_blind_count = True
        transfer = self.make_pull()
        proposal = self.propose(transfer)
        self.assertFalse(
            self.env["store.transfer.substitution"]
            .with_user(self.shop_staff)
            .search([])
        )
        self.assertNotIn("Clay Mug", str(transfer.message_ids.mapped("body")))
        with self.assertRaises(AccessError):
            proposal.with_user(self.shop_staff).action_accept()
        self.accept(proposal)

    def test_a_substitute_is_found_by_who_waits(self):
        waiting, other = self.make_approved(), self.make_approved({self.tea: 1})
        self.propose(waiting)
        found = self.env["store.transfer"].with_user(self.shop_approver)
        self.assertEqual(found.search([("waits_for_answer", "=", True)]), waiting)
        self.assertIn(other, found.search([("waits_for_answer", "=", False)]))

    def test_a_copy_asks_for_what_was_asked_for(self):
        transfer = self.make_approved()
        self.accept(self.propose(transfer))
        copy = transfer.with_user(self.ec_staff).copy()
        self.assertEqual(copy.line_ids.product_id, self.tea)
