from odoo import Command
from odoo.exceptions import AccessError, UserError
from odoo.tests import tagged

from .common_transfers import StoreTransferCase


@tagged("post_install", "-at_install")
class TestHostile(StoreTransferCase):
    """What a hostile caller over RPC, or a careless colleague, must not achieve."""

    def make_approved_transfer(self, **values):
        transfer = self.make_transfer(**values)
        self.submit(transfer)
        self.approve(transfer)
        return transfer

    def test_the_ledger_is_not_written_by_hand(self):
        transfer = self.make_shipped_transfer().with_user(self.ec_staff)
        for name in ("in_transit_quantity", "received_quantity", "asked_quantity"):
            with self.subTest(name), self.assertRaises(AccessError):
                transfer[name] = 0
        draft = self.make_transfer().with_user(self.ec_staff)
        for name in ("asked_quantity", "to_ship_quantity", "short_quantity", "state"):
            with self.subTest(name), self.assertRaises(AccessError):
                draft.line_ids.write({name: False})

    def test_a_count_is_not_taken_from_who_counts(self):
        transfer = self.make_shipped_transfer()
        action = transfer.with_user(self.shop_staff).action_start_count()
        count = self.env["store.transfer.count"].browse(action["res_id"])
        for user in (self.ec_staff, self.shop_staff):
            with self.assertRaises(AccessError):
                count.with_user(user).company_id = self.env.company
        with self.assertRaises(AccessError):
            count.with_user(self.shop_staff).line_ids.product_id = self.mug

    def test_questions_are_opened_by_who_may_answer_them(self):
        transfer = self.make_approved_transfer()
        for model in ("ship", "close"):
            wizards = self.env[f"store.transfer.{model}"]
            with self.subTest(model), self.assertRaises(AccessError):
                wizards.with_user(self.south_staff).create({"transfer_id": transfer.id})
        own = self.make_approved_transfer()
        wizard = self.open_wizard(own, self.ec_staff, "action_open_ship")
        with self.assertRaises(AccessError):
            wizard.with_user(self.south_staff).line_ids.quantity = 1
        with self.assertRaises(AccessError):
            self.env["store.transfer.ship.line"].with_user(self.south_staff).create(
                {"wizard_id": wizard.id, "line_id": transfer.line_ids.id}
            )

    def test_a_shipment_is_sent_once(self):
        transfer = self.make_approved_transfer()
        wizard = self.open_wizard(transfer, self.ec_staff, "action_open_ship")
        wizard.line_ids.quantity = 4
        wizard.action_ship()
        with self.assertRefused("was done already"):
            wizard.action_ship()
        self.assertEqual(transfer.line_ids.in_transit_quantity, 4)

    def test_a_context_does_not_close_the_rest(self):
        transfer = self.make_approved_transfer()
        wizard = self.open_wizard(transfer, self.ec_staff, "action_open_ship")
        wizard.line_ids.quantity = 4
        pickings = transfer.sudo().picking_ids
        wizard.with_context(picking_ids_not_to_backorder=pickings.ids).action_ship()
        self.assertLedger(transfer)
        self.assertEqual(transfer.line_ids.to_ship_quantity, 6)

    def test_a_context_does_not_make_stock(self):
        self.company.transfer_block_shortage = True
        transfer = self.make_transfer(lines={self.tea: 120}).with_user(self.ec_staff)
        with self.assertRefused("does not have enough"):
            transfer.with_context(to_date="2020-01-01").action_submit()

    def test_what_is_no_number_gets_a_sentence(self):
        for quantity in ("abc", float("nan"), float("inf"), 1e18, 10**400):
            with self.subTest(quantity), self.assertRefused("not a possible quantity"):
                self.make_transfer(lines={self.tea: quantity})

    def test_a_reason_for_something_else_is_refused(self):
        transfer = self.make_transfer()
        self.submit(transfer)
        wizard = self.open_wizard(
            transfer,
            self.shop_approver,
            "action_open_reject",
            reason_id=self.env.ref("store_transfer.reason_out_of_stock").id,
        )
        with self.assertRefused("Choose a reason from the list"):
            wizard.action_reject()

    def test_a_warehouse_that_is_no_store_takes_no_part(self):
        transfer = self.make_transfer()
        self.shop.is_store = False
        with self.assertRefused("Shop North is not a store any more"):
            self.submit(transfer)
        self.shop.is_store = True
        self.submit(transfer)
        self.shop.is_store = False
        with self.assertRefused("Shop North is not a store any more"):
            self.approve(transfer)

    def test_everything_came_does_not_sweep_over_a_count(self):
        transfer = self.make_shipped_transfer()
        action = transfer.with_user(self.shop_staff).action_start_count()
        count = self.env["store.transfer.count"].browse(action["res_id"])
        count.with_user(self.shop_staff).line_ids.counted_quantity = 3
        with self.assertRefused("is being counted, begun by shop_staff"):
            transfer.with_user(self.shop_approver).action_receive_all()

    def test_a_dispatch_that_left_in_part_is_not_cancelled(self):
        transfer = self.make_transfer(kind="dispatch")
        self.submit(transfer)
        self.ship(transfer, {self.tea: 4})
        with self.assertRefused("some of it was shipped already"):
            transfer.with_user(self.ec_staff).action_cancel()

    def test_nothing_is_linked_to_a_transfer_by_hand(self):
        transfer = self.make_approved_transfer()
        picking = self.get_pickings(transfer, "outgoing")
        line = transfer.line_ids
        values = {
            "product_id": self.tea.id,
            "product_uom_qty": 5,
            "location_id": self.ec.lot_stock_id.id,
            "location_dest_id": self.transit.id,
            "company_id": self.company.id,
        }
        moves = self.env["stock.move"].with_user(self.inventory_user)
        other = moves.create(values)
        for change in (
            lambda: moves.create({**values, "transfer_line_id": line.id}),
            lambda: moves.with_context(default_transfer_line_id=line.id).create(values),
            lambda: other.write({"transfer_line_id": line.id}),
            lambda: picking.copy({"transfer_id": transfer.id}),
        ):
            with self.assertRaises(AccessError):
                change()
        for change in (
            lambda: picking.move_ids.write({"transfer_line_id": False}),
            lambda: picking.write({"transfer_id": False}),
        ):
            with self.assertRaises(UserError):
                change()

    def test_a_move_stays_what_it_is(self):
        transfer = self.make_approved_transfer()
        picking = self.get_pickings(transfer, "outgoing")
        dozen = self.env.ref("uom.product_uom_dozen")
        for values in (
            {"product_id": self.mug.id},
            {"product_uom": dozen.id},
            {"product_uom_qty": 99},
            {"picking_id": False},
        ):
            with self.subTest(values), self.assertRefused("can't be changed here"):
                picking.move_ids.with_context(do_not_unreserve=True).write(values)

    def test_goods_go_to_their_store_only(self):
        customers = self.env.ref("stock.stock_location_customers")
        transfer = self.make_approved_transfer()
        outbound = self.get_pickings(transfer, "outgoing")
        for record in (outbound, outbound.move_ids, outbound.move_line_ids):
            with self.assertRefused("can't be changed here"):
                record.location_dest_id = customers
        self.ship(transfer)
        inbound = self.get_pickings(transfer, "incoming")
        for record in (inbound, inbound.move_ids, inbound.move_line_ids):
            with self.assertRefused("can't be changed here"):
                record.location_dest_id = self.shop_south.lot_stock_id
        shelf = self.env["stock.location"].create(
            {
                "name": "Shelf",
                "location_id": self.shop.lot_stock_id.id,
                "company_id": self.company.id,
            }
        )
        inbound.move_line_ids.location_dest_id = shelf
        self.receive_all(transfer)
        self.assertEqual(transfer.state, "done")

    def test_goods_in_transit_are_not_adjusted_away(self):
        transfer = self.make_shipped_transfer()
        quant = self.env["stock.quant"].search(
            [("product_id", "=", self.tea.id), ("location_id", "=", self.transit.id)]
        )
        quant = quant.with_user(self.inventory_user).with_context(inventory_mode=True)
        quant.inventory_quantity = 4
        with self.assertRefused("on their way for a store transfer"):
            quant.action_apply_inventory()
        self.assertLedger(transfer)

    def test_another_lot_than_was_sent_is_refused(self):
        matcha = self._create_product("Matcha", "MAT-001", tracking="lot")
        lots = self.env["stock.lot"].create(
            [{"name": name, "product_id": matcha.id} for name in ("M-1", "M-2")]
        )
        self._add_stock(self.ec, matcha, 10, lot=lots[0])
        transfer = self.make_shipped_transfer(lines={matcha: 10})
        inbound = self.get_pickings(transfer, "incoming")
        inbound.move_line_ids.lot_id = lots[1]
        with self.assertRefused("M-2 of .*Matcha is not on its way"):
            self.validate_picking(inbound)

    def test_what_was_sent_back_is_taken_back_by_the_source(self):
        transfer = self.make_shipped_transfer()
        self.receive_all(transfer)
        back = self.return_picking(self.get_pickings(transfer, "incoming", "done"), 3)
        self.validate_picking(back)
        self.assertLedger(transfer)
        self.assertFalse(transfer.with_user(self.shop_staff).can_count)
        with self.assertRaises(AccessError):
            transfer.with_user(self.shop_staff).action_take_back()
        self.assertIn(self.ec_staff, transfer.sudo().activity_ids.user_id)
        transfer.with_user(self.ec_staff).action_take_back()
        self.assertLedger(transfer)
        self.assertEqual(transfer.state, "done")
        self.assertEqual(transfer.line_ids.returned_quantity, 3)

    def test_a_product_on_its_way_keeps_its_unit(self):
        transfer = self.make_shipped_transfer()
        with self.assertRefused("Oolong Tea is on store transfer"):
            self.tea.product_tmpl_id.tracking = "lot"
        with self.assertRefused("Oolong Tea is on store transfer"):
            self.tea.uom_id = self.env.ref("uom.product_uom_dozen")
        self.receive_all(transfer)
        self.tea.product_tmpl_id.tracking = "lot"

    def test_splitting_a_leg_keeps_its_line(self):
        transfer = self.make_approved_transfer()
        picking = self.get_pickings(transfer, "outgoing")
        picking.move_ids.quantity = 4
        picking.action_split_transfer()
        self.assertLedger(transfer)
        self.ship(transfer)
        self.receive_all(transfer)
        self.assertEqual(transfer.received_quantity, 10)

    def test_the_backorder_of_a_leg_is_never_dropped(self):
        with self.assertRefused("keep what is not done"):
            self.ec.transfer_out_type_id.create_backorder = "never"

    def test_a_unit_over_what_is_asked_is_refused_on_a_done_leg(self):
        transfer = self.make_shipped_transfer()
        outbound = self.get_pickings(transfer, "outgoing", "done")
        with self.assertRefused("would be moved than"):
            outbound.move_line_ids.product_uom_id = self.env.ref(
                "uom.product_uom_dozen"
            )

    def test_transit_locations_are_not_swapped_on_the_way(self):
        transfer = self.make_shipped_transfer()
        self.company.internal_transit_location_id = self.env["stock.location"].create(
            {"name": "Transit 2", "usage": "transit", "company_id": self.company.id}
        )
        self.get_pickings(transfer, "incoming").action_cancel()
        inbound = self.get_pickings(transfer, "incoming")
        self.assertEqual(inbound.location_id, self.transit)
        self.receive_all_in(transfer)

    def receive_all_in(self, transfer):
        # The company's transit location is another one now: the ledger is read from
        # the lines alone.
        transfer.with_user(self.shop_staff).action_receive_all()
        self.assertEqual(transfer.state, "done")

    def test_lines_of_a_sent_transfer_are_not_replaced(self):
        transfer = self.make_shipped_transfer().with_user(self.ec_staff)
        with self.assertRaises(UserError):
            transfer.write({"line_ids": [Command.clear()]})

    def test_questions_tell_nothing_of_other_stores(self):
        """What a form would show of a record before it is saved is checked, too."""
        transfer = self.make_shipped_transfer()
        line = transfer.line_ids
        self.count(transfer, {self.tea: 7})
        discrepancy = self.env["store.transfer.discrepancy"].search(
            [("transfer_id", "=", transfer.id)]
        )
        self.south_staff.group_ids += self.env.ref("store_transfer.group_approver")
        for model, name, record in (
            ("store.transfer.ship.line", "line_id", line),
            ("store.transfer.settle.line", "line_id", line),
            ("store.transfer.settle.line", "discrepancy_id", discrepancy),
            ("store.transfer.settle", "transfer_id", transfer),
            ("store.transfer.settle", "discrepancy_id", discrepancy),
        ):
            question = self.env[model].with_user(self.south_staff)
            with self.assertRaises(AccessError):
                question.onchange({name: record.id}, [name], {name: {}})
            proposed = question.with_context(**{f"default_{name}": record.id})
            with self.assertRaises(AccessError):
                proposed.onchange({}, [], {name: {}})
