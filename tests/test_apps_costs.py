from itertools import product as combinations

from odoo.tests import tagged

from .common_apps import COST_METHODS, VALUATIONS, AppsCase
from .common_discrepancies import SettledCase

# Not tracked; by lot, and one cost for all of them; by lot, and each has its own.
TRACKINGS = (
    {},
    {"tracking": "lot"},
    {"tracking": "lot", "lot_valuated": True},
)


class CostsCase(AppsCase, SettledCase):
    """Goods of each way of costing, ten pieces at 2 each, on one transfer."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls._book_losses()
        cls.products = cls.env["product.product"]
        pairs = combinations(enumerate(COST_METHODS), enumerate(TRACKINGS))
        for (row, cost_method), (column, tracking) in pairs:
            # By turns: each is there with each cost method and with each tracking.
            valuation = VALUATIONS[(row + column) % len(VALUATIONS)]
            cls.products += cls._create_valued_product(
                f"{cost_method} {valuation} {column}",
                cost_method,
                valuation,
                **tracking,
            )
        for product in cls.products:
            cls._buy(cls.ec, product, 10, 2, lot=cls._create_lot(product))

    @classmethod
    def _book_losses(cls):
        """What is lost or scrapped is booked at once, where that is perpetual."""
        cls.loss_account = cls.env["account.account"].create(
            {"name": "Shrinkage", "code": "599999", "account_type": "expense"}
        )
        locations = cls.company._get_transfer_loss_location()
        locations |= cls.company._get_transfer_scrap_location()
        locations.valuation_account_id = cls.loss_account

    @classmethod
    def _create_lot(cls, product, name="A"):
        lots = cls.env["stock.lot"]
        if product.tracking == "none":
            return lots
        return lots.create({"name": name, "product_id": product.id})

    def ship_all_kinds(self, pieces=10):
        return self.make_shipped_transfer(dict.fromkeys(self.products, pieces))

    def count_each(self, transfer, user=None, **quantities):
        """Count the same of every product, and submit."""
        count = self.start_count(transfer, user)
        count.line_ids.write(quantities)
        count.action_submit()
        self.assertLedger(transfer)
        return count

    def settle_each(self, outcome):
        transfer = self.ship_all_kinds()
        self.count_each(transfer, counted_quantity=7)
        self.settle(transfer, outcome)
        if outcome == "returned":
            transfer.with_user(self.ec_staff).action_take_back()
            self.assertLedger(transfer)
        return transfer

    def decide_each_otherwise(self, transfer, outcome):
        discrepancies = self.get_discrepancies(transfer, self.ec_staff)
        discrepancies.answer = "We have looked again."
        discrepancies.action_dispute()
        for discrepancy in discrepancies:
            self.decide_otherwise(discrepancy, outcome)

    def assertEachWorth(self, value):
        for product in self.products:
            with self.subTest(product.name):
                self.assertAlmostEqual(self.get_booked_value(product), value)
                if not product.lot_valuated:
                    self.assertAlmostEqual(self.get_value(product), value)


@tagged("post_install", "-at_install")
class TestAppsCosts(CostsCase):
    """Staff without any right in accounting move goods, whatever these cost."""

    def test_goods_on_their_way_are_worth_the_same(self):
        transfer = self.ship_all_kinds()
        self.assertEachWorth(20)
        self.count_each(transfer, counted_quantity=6)
        self.assertEachWorth(20)
        self.receive_all(transfer)
        self.assertEachWorth(20)
        self.assertEqual(transfer.state, "done")

    def test_not_sent(self):
        self.assertEqual(self.settle_each("not_sent").state, "done")
        self.assertEachWorth(20)

    def test_returned(self):
        self.assertEqual(self.settle_each("returned").state, "done")
        self.assertEachWorth(20)

    def test_lost(self):
        self.assertEqual(self.settle_each("lost").state, "done")
        self.assertEachWorth(14)

    def test_lost_by_rule(self):
        self.company.write(
            {
                "transfer_settles_small": True,
                "transfer_small_pieces": 100,
                "transfer_small_value": 2 * len(self.products),
                "transfer_small_number": 100,
                "transfer_small_reason_id": self.env.ref(
                    "store_transfer.reason_stolen"
                ).id,
            }
        )
        transfer = self.ship_all_kinds()
        self.count_each(transfer, counted_quantity=9)
        self.assertEqual(transfer.state, "done")
        self.assertEachWorth(18)
        transfer.with_user(self.shop_approver).action_undo_count()
        self.assertLedger(transfer)
        self.assertEachWorth(20)

    def test_damaged(self):
        self.assertEqual(self.settle_each("damaged").state, "done")
        self.assertEachWorth(14)

    def test_counted_as_damaged(self):
        transfer = self.ship_all_kinds()
        self.count_each(transfer, counted_quantity=7, damaged_quantity=3)
        self.assertEqual(transfer.state, "done")
        self.assertEachWorth(14)

    def test_a_surplus_is_accepted_in_the_count(self):
        transfer = self.ship_all_kinds(pieces=8)
        self.count_each(transfer, user=self.shop_approver, counted_quantity=10)
        self.assertEqual(transfer.state, "done")
        self.assertEachWorth(20)

    def test_a_surplus_is_accepted_later_and_some_of_it_is_damaged(self):
        transfer = self.ship_all_kinds(pieces=8)
        self.count_each(transfer, counted_quantity=9, damaged_quantity=1)
        discrepancies = self.get_discrepancies(transfer, self.shop_approver)
        discrepancies.filtered(
            lambda discrepancy: discrepancy.kind == "surplus"
        ).action_accept()
        self.assertLedger(transfer)
        self.assertEqual(transfer.state, "done")
        self.assertEachWorth(18)

    def undo_count(self, transfer, user=None):
        transfer.with_user(user or self.shop_approver).action_undo_count()
        self.assertLedger(transfer)

    def undo_shipment(self, transfer):
        transfer.with_user(self.ec_staff).action_undo_shipment()
        self.assertLedger(transfer)

    def test_a_shipment_is_undone(self):
        transfer = self.ship_all_kinds()
        self.undo_shipment(transfer)
        self.assertEachWorth(20)
        self.ship(transfer)
        self.assertEachWorth(20)

    def test_a_count_is_undone(self):
        transfer = self.ship_all_kinds()
        self.count_each(transfer, counted_quantity=7, damaged_quantity=3)
        self.undo_count(transfer)
        self.assertEachWorth(20)
        self.count_each(transfer, counted_quantity=10, damaged_quantity=0)
        self.assertEqual(transfer.state, "done")
        self.assertEachWorth(20)

    def test_a_count_with_a_surplus_is_undone(self):
        transfer = self.ship_all_kinds(pieces=8)
        self.count_each(transfer, user=self.shop_approver, counted_quantity=10)
        self.undo_count(transfer)
        self.assertEachWorth(20)

    def test_a_receipt_is_undone(self):
        transfer = self.make_receipt()
        self.count_receipt(transfer, counted_quantity=8, damaged_quantity=2)
        self.undo_count(transfer, self.ec_approver)
        self.assertEachWorth(20)
        self.start_count(transfer, self.ec_staff).action_submit()
        self.assertLedger(transfer)
        self.assertEachWorth(36)

    def test_a_dispatch_is_undone(self):
        transfer = self.make_transfer(
            lines=dict.fromkeys(self.products, 4), kind="dispatch"
        )
        self.submit(transfer)
        self.ship(transfer)
        self.assertEachWorth(12)
        self.undo_shipment(transfer)
        self.assertEachWorth(20)

    def expect_each_again(self, outcome):
        transfer = self.settle_each(outcome)
        self.decide_each_otherwise(transfer, "expected")
        self.assertEachWorth(20)
        self.receive_all(transfer)
        self.assertEqual(transfer.state, "done")
        self.assertEachWorth(20)

    def test_what_was_lost_is_expected_again(self):
        self.expect_each_again("lost")

    def test_what_was_damaged_is_expected_again(self):
        self.expect_each_again("damaged")

    def test_what_was_not_sent_is_expected_again(self):
        self.expect_each_again("not_sent")

    def test_what_was_lost_was_not_sent(self):
        transfer = self.settle_each("lost")
        self.decide_each_otherwise(transfer, "not_sent")
        self.assertEachWorth(20)

    def test_what_was_not_sent_was_damaged(self):
        transfer = self.settle_each("not_sent")
        self.decide_each_otherwise(transfer, "damaged")
        self.assertEachWorth(14)

    def make_receipt(self):
        transfer = self.make_transfer(
            lines=dict.fromkeys(self.products, 10),
            kind="receipt",
            destination_store_id=self.ec.id,
        )
        self.submit(transfer)
        return transfer

    def count_receipt(self, transfer, **quantities):
        count = self.start_count(transfer, self.ec_staff)
        count.line_ids.write(quantities)
        count.line_ids.filtered("needs_lot_name").lot_name = "B"
        count.action_submit()
        self.assertLedger(transfer)

    def test_a_receipt_is_worth_what_the_product_costs(self):
        transfer = self.make_receipt()
        self.count_receipt(transfer, counted_quantity=6)
        self.assertEachWorth(32)
        self.close_rest(transfer)
        self.assertEqual(transfer.state, "done")
        self.assertEachWorth(32)

    def test_a_receipt_that_comes_damaged(self):
        transfer = self.make_receipt()
        self.count_receipt(transfer, counted_quantity=8, damaged_quantity=2)
        self.assertEqual(transfer.state, "done")
        self.assertEachWorth(36)

    def test_a_dispatch_takes_what_it_costs(self):
        transfer = self.make_transfer(
            lines=dict.fromkeys(self.products, 4), kind="dispatch"
        )
        self.submit(transfer)
        self.ship(transfer, dict.fromkeys(self.products, 3))
        self.assertEachWorth(14)
        self.close_rest(transfer)
        self.assertEachWorth(14)
        self.assertEqual(transfer.state, "done")


@tagged("post_install", "-at_install")
class TestAppsPersons(CostsCase):
    """Odoo looks up costs as the system; what was done, the person has done."""

    def setUp(self):
        super().setUp()
        self.flush_tracking()
        self.old_messages = self.env["mail.message"].search([])

    def get_new_messages(self):
        self.flush_tracking()
        return self.env["mail.message"].search([]) - self.old_messages

    def assertDoneBy(self, users):
        """Every message and activity is by one of these, and each said something."""
        self.assertEqual(self.get_new_messages().author_id, users.partner_id)
        activities = self.env["mail.activity"].search(
            [("res_model", "like", "store.transfer")]
        )
        self.assertLessEqual(activities.create_uid, users)

    def test_chatter_of_transfer_and_pickings(self):
        transfer = self.make_transfer(lines=dict.fromkeys(self.products, 10))
        self.submit(transfer)
        self.approve(transfer)
        self.assertDoneBy(self.ec_staff | self.shop_approver)
        self.assertPickingDoneBy(
            self.ec_staff, transfer, "outgoing", lambda: self.ship(transfer)
        )
        self.assertPickingDoneBy(
            self.shop_staff,
            transfer,
            "incoming",
            lambda: self.count_each(transfer, counted_quantity=7),
        )
        self.assertDoneBy(self.ec_staff | self.shop_approver | self.shop_staff)
        self.assertEqual(transfer.arrival_user_id, self.shop_staff)

    def assertPickingDoneBy(self, user, transfer, code, step):
        picking = self.get_pickings(transfer, code).sudo()
        self.flush_tracking()
        before = picking.message_ids
        step()
        self.flush_tracking()
        said = picking.message_ids - before
        self.assertEqual(said.author_id, user.partner_id)
        self.assertIn("Done", said.tracking_value_ids.mapped("new_value_char"))

    def test_chatter_of_what_is_settled_and_decided(self):
        transfer = self.settle_each("lost")
        discrepancies = self.get_discrepancies(transfer)
        self.assertEqual(discrepancies.settle_user_id, self.shop_approver)
        self.decide_each_otherwise(transfer, "damaged")
        self.assertEqual(discrepancies.settle_user_id, self.head_office)
        self.assertDoneBy(
            self.ec_staff | self.shop_approver | self.shop_staff | self.head_office
        )

    def test_what_is_settled_by_an_arrival(self):
        """Who receives it has settled it, though nobody pressed Settle."""
        transfer = self.ship_all_kinds()
        self.count_each(transfer, counted_quantity=7)
        self.receive_all(transfer, self.head_office)
        self.assertEqual(
            self.get_discrepancies(transfer).settle_user_id, self.head_office
        )

    def test_what_a_backorder_is_made_by(self):
        transfer = self.make_transfer(lines=dict.fromkeys(self.products, 10))
        self.submit(transfer)
        self.approve(transfer)
        self.ship(transfer, dict.fromkeys(self.products, 6))
        self.assertDoneBy(self.ec_staff | self.shop_approver)

    def test_the_mail_to_the_third_party(self):
        self.company.stock_move_email_validation = True
        self.company.stock_mail_confirmation_template_id = self.env.ref(
            "stock.mail_template_data_delivery_confirmation"
        )
        customer = self.env["res.partner"].create(
            {"name": "Museum Shop", "email": "museum@example.com"}
        )
        transfer = self.make_transfer(
            lines=dict.fromkeys(self.products, 4),
            kind="dispatch",
            partner_id=customer.id,
        )
        self.submit(transfer)
        self.ship(transfer)
        mail = self.get_new_messages().filtered(
            lambda message: customer in message.partner_ids
        )
        self.assertEqual(mail.author_id, self.ec_staff.partner_id)
        self.assertDoneBy(self.ec_staff)

    def test_head_office_that_looks_at_another_company(self):
        """Goods cost what they cost in their own company."""
        other = self.env["res.company"].create({"name": "Formosa Cafés"})
        self.head_office.company_ids += other
        self.products.company_id = False
        elsewhere = self.products.with_company(other)
        # Without a history: Odoo takes one company's for another's.
        elsewhere.with_context(disable_auto_revaluation=True).standard_price = 99
        transfer = self.ship_all_kinds()
        companies = (other | self.company).ids
        self.env = self.env(
            context={**self.env.context, "allowed_company_ids": companies}
        )
        transfer = transfer.with_env(self.env)
        self.count_each(transfer, self.head_office, counted_quantity=7)
        self.settle(transfer, "lost", user=self.head_office)
        self.assertEachWorth(14)

    def test_losses_are_booked_at_once_where_that_is_perpetual(self):
        transfer = self.settle_each("lost")
        lost = self.get_gone(transfer)
        perpetual = lost.filtered(lambda move: move.product_id.valuation == "real_time")
        entries = perpetual.account_move_id
        self.assertEqual(set(entries.mapped("state")), {"posted"})
        booked = entries.line_ids.filtered(
            lambda line: line.account_id == self.loss_account
        )
        self.assertAlmostEqual(sum(booked.mapped("balance")), 6 * len(perpetual))
        self.assertFalse((lost - perpetual).account_move_id)
