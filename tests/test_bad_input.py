from psycopg2 import IntegrityError

from odoo.exceptions import AccessError, UserError, ValidationError
from odoo.fields import Command
from odoo.tests import tagged
from odoo.tools import mute_logger

from .common_transfers import StoreTransferCase


@tagged("post_install", "-at_install")
class TestBadInput(StoreTransferCase):
    """Each fault gets one clear sentence and changes nothing."""

    def assertStepRefused(self, transfer, message, step="action_submit", user=None):
        state = transfer.state
        with self.assertRefused(message):
            getattr(transfer.with_user(user or self.ec_staff), step)()
        self.assertEqual(transfer.state, state)
        self.assertLedger(transfer)

    def test_no_lines(self):
        self.assertStepRefused(self.make_transfer(lines={}), "Add at least one product")

    @mute_logger("odoo.sql_db")
    def test_zero_and_negative_quantities(self):
        for quantity in (0, -3):
            with self.assertRefused("quantity_positive", IntegrityError):
                self.make_transfer(lines={self.tea: quantity})

    def test_impossible_quantity(self):
        """Half a unit, where the unit is kept in whole pieces."""
        self.tea.uom_id.rounding = 1
        self.assertStepRefused(
            self.make_transfer(lines={self.tea: 1.5}),
            r"TEA-001.*1.5 Units is not possible",
        )

    def test_half_a_serial_number(self):
        kettle = self._create_product("Kettle", "KET-001", tracking="serial")
        self.assertStepRefused(
            self.make_transfer(lines={kettle: 0.5}), "KET-001.*not possible"
        )

    def test_a_unit_the_product_is_not_kept_in(self):
        transfer = self.make_transfer()
        transfer.line_ids.product_uom_id = self.env.ref("uom.product_uom_kgm")
        self.assertStepRefused(transfer, "Oolong Tea is not kept in kg")

    @mute_logger("odoo.sql_db")
    def test_same_source_and_destination(self):
        with self.assertRefused("stores_differ", IntegrityError):
            self.make_transfer(destination_store_id=self.ec.id)

    def test_missing_destination(self):
        with self.assertRefused("store the goods go to", ValidationError):
            self.make_transfer(destination_store_id=False)

    def test_store_of_another_company(self):
        other = self.env["res.company"].create({"name": "Other Goods"})
        warehouse = self.env["stock.warehouse"].search([("company_id", "=", other.id)])
        with self.assertRefused("[Cc]ompan"):
            self.make_transfer(destination_store_id=warehouse.id)

    def test_product_of_another_company(self):
        other = self.env["res.company"].create({"name": "Other Goods"})
        product = self._create_product("Foreign", "FOR-001", company_id=other.id)
        with self.assertRaises(AccessError):
            self.make_transfer(lines={product: 1})

    def test_archived_product(self):
        transfer = self.make_transfer()
        self.tea.action_archive()
        self.assertStepRefused(transfer, "Oolong Tea is archived")

    def test_service(self):
        wrapping = self._create_product(
            "Gift wrapping", "SVC-001", type="service", is_storable=False
        )
        self.assertStepRefused(
            self.make_transfer(lines={wrapping: 1}),
            "Gift wrapping is not a product whose stock is tracked",
        )

    def test_no_sku(self):
        nameless = self._create_product("Nameless", False)
        self.assertStepRefused(
            self.make_transfer(lines={nameless: 1}), "Nameless has no SKU"
        )

    def test_product_outside_an_assortment(self):
        self.shop.write(
            {
                "transfer_assortment": "selected",
                "transfer_product_ids": [Command.set(self.mug.ids)],
            }
        )
        self.assertStepRefused(
            self.make_transfer(), "Oolong Tea is not in the assortment of Shop North"
        )

    def test_a_category_in_the_assortment_brings_its_products(self):
        teas = self.env["product.category"].create({"name": "Teas"})
        green = self.env["product.category"].create(
            {"name": "Green", "parent_id": teas.id}
        )
        self.tea.categ_id = green
        self.shop.write(
            {
                "transfer_assortment": "selected",
                "transfer_category_ids": [Command.set(teas.ids)],
            }
        )
        self.submit(self.make_transfer())

    def test_all_faults_are_named_at_once(self):
        nameless = self._create_product("Nameless", False)
        transfer = self.make_transfer(lines={self.tea: 1, nameless: 1})
        self.tea.action_archive()
        self.assertStepRefused(
            transfer, r"(?s)Oolong Tea is archived.*Nameless has no SKU"
        )

    def test_not_enough_stock_is_a_warning(self):
        transfer = self.make_transfer(lines={self.tea: 120})
        self.assertIn("asked 120 Units, free 100 Units", transfer.shortage_message)
        self.submit(transfer)
        self.assertEqual(transfer.state, "waiting")

    def test_not_enough_stock_is_refused_if_the_company_says_so(self):
        self.company.transfer_block_shortage = True
        self.assertStepRefused(
            self.make_transfer(lines={self.tea: 120}),
            "EC Warehouse does not have enough of: .*Oolong Tea "
            ".asked 120 Units, free 100 Units",
        )

    def test_shipping_more_than_the_source_has_is_refused(self):
        transfer = self.make_transfer(lines={self.tea: 120})
        self.submit(transfer)
        self.approve(transfer)
        with self.assertRefused("20 Units too many"):
            self.ship(transfer, {self.tea: 120})
        self.assertEqual(transfer.sudo().shipped_quantity, 0)

    def test_shipping_more_than_was_approved_is_refused(self):
        transfer = self.make_transfer()
        self.submit(transfer)
        self.approve(transfer)
        with self.assertRefused("choose between 0 and 10 Units"):
            self.ship(transfer, {self.tea: 11})

    def test_shipping_nothing_is_refused(self):
        transfer = self.make_transfer()
        self.submit(transfer)
        self.approve(transfer)
        with self.assertRefused("Nothing would leave"):
            self.ship(transfer, {self.tea: 0})

    def test_approving_more_than_asked_is_refused(self):
        transfer = self.make_transfer()
        self.submit(transfer)
        with self.assertRefused("choose between 0 and 10 Units"):
            self.approve_less(transfer, {self.tea: 11})
        with self.assertRefused("Approve at least one piece"):
            self.approve_less(transfer, {self.tea: 0})

    def test_counting_what_was_not_shipped_is_refused(self):
        self.shop.transfer_surplus_policy = "refuse"
        transfer = self.make_shipped_transfer()
        with self.assertRefused("TEA-001.*2 Units more than expected"):
            self.count(transfer, {self.tea: 12})
        self.assertEqual(transfer.received_quantity, 0)

    def test_actions_in_the_wrong_state(self):
        draft = self.make_transfer()
        for step, user in (
            ("action_approve", self.shop_approver),
            ("action_open_reject", self.shop_approver),
            ("action_open_ship", self.ec_staff),
            ("action_open_close", self.ec_approver),
            ("action_confirm_arrival", self.head_office),
            ("action_start_count", self.head_office),
            ("action_reset", self.ec_staff),
        ):
            with self.subTest(step), self.assertRaises(UserError):
                getattr(draft.with_user(user), step)()
        self.assertEqual(draft.state, "draft")

    def test_pressing_twice_does_it_once(self):
        transfer = self.make_transfer()
        self.submit(transfer)
        self.assertStepRefused(transfer, "is To Approve")
        self.approve(transfer)
        pickings = transfer.sudo().picking_ids
        self.assertStepRefused(
            transfer, "is Approved", "action_approve", self.shop_approver
        )
        self.assertEqual(transfer.sudo().picking_ids, pickings)
        self.ship(transfer)
        self.assertStepRefused(transfer, "nothing left to ship", "action_open_ship")
        count = self.count(transfer, {self.tea: 10})
        with self.assertRefused("is Done"):
            count.action_submit()
        self.assertEqual(self.get_stock(self.shop, self.tea), 10)

    def test_after_arrival_it_can_no_longer_be_cancelled(self):
        transfer = self.make_shipped_transfer()
        self.assertStepRefused(transfer, "is In Transit", "action_cancel")
        self.confirm_arrival(transfer)
        self.assertStepRefused(transfer, "is Arrived", "action_cancel")

    def test_only_drafts_are_deleted(self):
        draft = self.make_transfer()
        draft.with_user(self.ec_staff).unlink()
        transfer = self.make_transfer()
        self.submit(transfer)
        with self.assertRefused("is To Approve"):
            transfer.with_user(self.ec_staff).unlink()

    def test_lines_are_changed_in_a_draft_only(self):
        transfer = self.make_transfer()
        self.submit(transfer)
        line = transfer.with_user(self.ec_staff).line_ids
        for change in (
            lambda: line.write({"quantity": 99}),
            line.unlink,
            lambda: line.copy({"transfer_id": transfer.id}),
            lambda: transfer.with_user(self.ec_staff).write({"priority": "1"}),
        ):
            with self.assertRefused("is To Approve"):
                change()

    def test_wizard_of_another_transfer(self):
        """Lines of another transfer can't be slipped into a wizard over RPC."""
        transfer, other = self.make_transfer(), self.make_transfer()
        for each in (transfer, other):
            self.submit(each)
            self.approve(each)
        wizard = self.open_wizard(
            transfer,
            self.ec_staff,
            "action_open_ship",
            line_ids=[Command.create({"line_id": other.line_ids.id, "quantity": 5})],
        )
        with self.assertRefused("is not on this transfer"):
            wizard.action_ship()
        self.assertEqual(other.sudo().shipped_quantity, 0)
