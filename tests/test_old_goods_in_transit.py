import logging
from collections import defaultdict

from odoo.exceptions import AccessError
from odoo.fields import Command
from odoo.tests import Form, tagged

from ..hooks import post_init_hook
from .common_transfers import StoreTransferCase


@tagged("post_install", "-at_install")
class TestOldGoodsInTransit(StoreTransferCase):
    """What stood in transit before, or stands where it once was, is kept apart."""

    def setUp(self):
        super().setUp()
        # What stands in transit that is no transfer's.
        self.old = defaultdict(float)

    def add_to_transit(self, quantity, product=None, lot=None):
        product = product or self.tea
        self.env["stock.quant"]._update_available_quantity(
            product, self.transit, quantity, lot_id=lot
        )
        self.old[product, lot] += quantity

    def assertGoesThrough(self, transfer):
        self.count(transfer, {self.tea: 4})
        self.receive_all(transfer)
        self.assertEqual(transfer.state, "done")
        self.assertEqual(self.get_stock(self.shop, self.tea), 10)

    def get_in_transit(self, product=None):
        quants = self.env["stock.quant"].search(
            [
                ("location_id", "child_of", self.transit.id),
                ("product_id", "=", (product or self.tea).id),
            ]
        )
        return sum(quants.mapped("quantity"))

    def assertLedger(self, transfers):
        """Beside what is old, there is what transfers have on their way."""
        old = self.old.copy()
        for (product, lot), quantity in old.items():
            self.add_to_transit(-quantity, product, lot)
        result = super().assertLedger(transfers)
        for (product, lot), quantity in old.items():
            self.add_to_transit(quantity, product, lot)
        return result

    def test_what_is_below_zero_is_shipped_over_and_received(self):
        self.add_to_transit(-5)
        transfer = self.make_shipped_transfer()
        self.assertGoesThrough(transfer)
        self.assertEqual(self.get_in_transit(), -5)

    def test_what_is_too_much_stays(self):
        self.add_to_transit(7)
        transfer = self.make_shipped_transfer()
        self.assertGoesThrough(transfer)
        self.assertEqual(self.get_in_transit(), 7)

    def test_what_is_below_zero_is_settled_and_taken_back(self):
        self.add_to_transit(-20)
        transfer = self.make_shipped_transfer()
        self.count(transfer, {self.tea: 8})
        self.open_wizard(
            transfer,
            self.shop_approver,
            "action_open_settle",
            outcome="returned",
            reason_id=self.env.ref("store_transfer.reason_wrong_store").id,
        ).action_settle()
        self.assertLedger(transfer)
        transfer.with_user(self.ec_staff).action_take_back()
        self.assertLedger(transfer)
        self.assertEqual(transfer.state, "done")

    def test_two_transfers_over_what_is_below_zero(self):
        self.add_to_transit(-12)
        first, second = self.make_shipped_transfer(), self.make_shipped_transfer()
        self.receive_all(second)
        self.receive_all(first)
        self.assertEqual((first.state, second.state), ("done", "done"))

    def test_a_lot_that_is_below_zero(self):
        product = self._create_product("Green Tea", "TEA-LOT", tracking="lot")
        lot = self.env["stock.lot"].create({"name": "A", "product_id": product.id})
        self._add_stock(self.ec, product, 10, lot=lot)
        self.add_to_transit(-5, product, lot)
        transfer = self.make_shipped_transfer(lines={product: 10})
        self.receive_all(transfer)
        self.assertEqual(transfer.state, "done")
        self.assertEqual(self.get_stock(self.shop, product), 10)

    def test_found_beside_what_is_below_zero_it_goes_to_its_shelf(self):
        stock = self.shop.lot_stock_id
        shelf = self._create_location("Shelf", stock)
        self.env["stock.putaway.rule"].create(
            {
                "product_id": self.tea.id,
                "location_in_id": stock.id,
                "location_out_id": shelf.id,
                "company_id": self.company.id,
            }
        )
        self.add_to_transit(-5)
        transfer = self.make_shipped_transfer()
        self.receive_all(transfer)
        quants = self.env["stock.quant"].search([("location_id", "=", shelf.id)])
        self.assertEqual(sum(quants.mapped("quantity")), 10)

    def test_what_somebody_else_set_aside_is_received(self):
        """Nobody can set aside the goods of a transfer, so that they never arrive."""
        transfer = self.make_shipped_transfer()
        self.get_pickings(transfer, "incoming").do_unreserve()
        other = self.env["stock.move"].create(
            {
                "product_id": self.tea.id,
                "product_uom_qty": 10,
                "location_id": self.transit.id,
                "location_dest_id": self.shop_south.lot_stock_id.id,
                "picking_type_id": self.shop_south.in_type_id.id,
                "company_id": self.company.id,
            }
        )
        other._action_confirm()._action_assign()
        self.assertEqual(other.quantity, 10)
        self.assertGoesThrough(transfer)

    def open_old_goods(self):
        company = self.company.with_user(self.inventory_user)
        return company.action_put_old_goods_right()

    def test_what_belongs_to_no_transfer_is_told_and_put_right(self):
        self.make_shipped_transfer(lines={self.tea: 10, self.mug: 6})
        self.add_to_transit(-12)
        self.add_to_transit(3, self.lamp)
        action = self.open_old_goods()
        quants = self.env["stock.quant"].with_user(self.inventory_user)
        quants = quants.with_context(**action["context"]).search(action["domain"])
        self.assertEqual(
            {quant.product_id: quant.inventory_quantity for quant in quants},
            {self.tea: 10, self.lamp: 0},
        )
        self.assertEqual(self.get_in_transit(), -2, "Nobody has applied it yet")
        quants.action_apply_inventory()
        self.assertEqual(self.get_in_transit(), 10)
        self.assertEqual(self.get_in_transit(self.lamp), 0)
        self.assertFalse(self.company._find_old_goods_in_transit())

    def test_what_another_picking_waits_for_has_no_proposal(self):
        self.add_to_transit(3, self.lamp)
        self.env["stock.move"].create(
            {
                "product_id": self.lamp.id,
                "product_uom_qty": 3,
                "location_id": self.transit.id,
                "location_dest_id": self.shop.lot_stock_id.id,
                "picking_type_id": self.shop.in_type_id.id,
                "company_id": self.company.id,
            }
        )._action_confirm()
        self.add_to_transit(3, self.mug)
        action = self.open_old_goods()
        quants = self.env["stock.quant"].search(action["domain"])
        self.assertEqual(
            {quant.product_id: quant.inventory_quantity_set for quant in quants},
            {self.lamp: False, self.mug: True},
        )

    def test_what_waits_further_up_or_elsewhere(self):
        """A picking may take from the places within its own, not from others."""
        truck, depot = self.env["stock.location"].create(
            [
                {
                    "name": name,
                    "usage": "transit",
                    "location_id": self.transit.id,
                    "company_id": self.company.id,
                }
                for name in ("Truck", "Depot")
            ]
        )
        for product, place in ((self.lamp, self.transit), (self.mug, depot)):
            self.env["stock.quant"]._update_available_quantity(product, truck, 3)
            self.env["stock.move"].create(
                {
                    "product_id": product.id,
                    "product_uom_qty": 3,
                    "location_id": place.id,
                    "location_dest_id": self.shop.lot_stock_id.id,
                    "picking_type_id": self.shop.in_type_id.id,
                    "company_id": self.company.id,
                }
            )._action_confirm()
        action = self.open_old_goods()
        quants = self.env["stock.quant"].search(action["domain"])
        self.assertEqual(
            {quant.product_id: quant.inventory_quantity_set for quant in quants},
            {self.lamp: False, self.mug: True},
        )

    def test_many_cost_no_more_queries_than_few(self):
        def count_queries(number):
            # They stand beside those of the times before.
            for product in self._create_many_products("P", number):
                self.add_to_transit(3, product)
            self.env.flush_all()
            self.env.invalidate_all()
            before = self.cr.sql_log_count
            action = self.open_old_goods()
            self.env.flush_all()
            queries = self.cr.sql_log_count - before
            self.assertGreaterEqual(len(action["domain"][0][2]), number)
            return queries

        count_queries(2)  # what Odoo keeps between requests is there in life
        few, many = count_queries(2), count_queries(40)
        # Some more, where a cache of Odoo's was emptied meanwhile; not one for each.
        self.assertLess(many - few, 10)

    def test_with_nothing_to_correct_the_list_says_so(self):
        self.make_shipped_transfer()
        self.inventory_user.group_ids += self.env.ref("base.group_system")
        settings = self.env["res.config.settings"].with_user(self.inventory_user)
        with Form(settings.with_company(self.company)) as form:
            action = form.save().action_put_old_goods_right()
        self.assertFalse(self.env["stock.quant"].search(action["domain"]))
        self.assertIn(
            "Nothing stands in transit that belongs to no transfer", action["help"]
        )

    def test_only_an_inventory_administrator_corrects_it(self):
        self.add_to_transit(3, self.lamp)
        for user in (self.head_office, self.ec_staff):
            with self.assertRefused("inventory administrator", AccessError):
                self.company.with_user(user).action_put_old_goods_right()

    def test_it_is_told_when_the_addon_is_installed(self):
        self.add_to_transit(3, self.lamp)
        with self.assertLogs("odoo.addons.store_transfer", logging.INFO) as log:
            post_init_hook(self.env)
        [record] = log.records
        self.assertEqual(record.levelno, logging.INFO, "Nobody has to do anything")
        self.assertRegex(record.getMessage(), "^Formosa Goods: .* store transfer: 1[.]")

    def test_goods_in_an_earlier_transit_location_are_protected(self):
        self.make_shipped_transfer()
        self.company.internal_transit_location_id = self.env["stock.location"].create(
            {"name": "Transit 2", "usage": "transit", "company_id": self.company.id}
        )
        quant = self.env["stock.quant"].search(
            [("product_id", "=", self.tea.id), ("location_id", "=", self.transit.id)]
        )
        quant = quant.with_user(self.inventory_user).with_context(inventory_mode=True)
        quant.inventory_quantity = 4
        with self.assertRefused("on their way for a store transfer"):
            quant.action_apply_inventory()

    def test_goods_are_counted_where_they_stand(self):
        """Goods elsewhere in transit are no reason to take these."""
        transfer = self.make_shipped_transfer()
        second = self.env["stock.location"].create(
            {"name": "Transit 2", "usage": "transit", "company_id": self.company.id}
        )
        self.company.internal_transit_location_id = second
        self.env["stock.quant"]._update_available_quantity(self.tea, second, 50)
        scrap = self.env["stock.scrap"].with_user(self.inventory_user)
        values = {
            "product_id": self.tea.id,
            "scrap_qty": 5,
            "company_id": self.company.id,
        }
        with self.assertRefused("on their way for a store transfer"):
            scrap.create({**values, "location_id": self.transit.id}).do_scrap()
        scrap.create({**values, "location_id": second.id}).do_scrap()
        self.assertEqual(transfer.line_ids.in_transit_quantity, 10)

    def test_the_lot_of_a_transfer_is_protected(self):
        product = self._create_product("Green Tea", "TEA-LOT", tracking="lot")
        ours, other = self.env["stock.lot"].create(
            [{"name": name, "product_id": product.id} for name in ("A", "B")]
        )
        self._add_stock(self.ec, product, 10, lot=ours)
        self.add_to_transit(10, product, other)
        self.make_shipped_transfer(lines={product: 10})
        scrap = self.env["stock.scrap"].with_user(self.inventory_user)
        values = {
            "product_id": product.id,
            "scrap_qty": 5,
            "company_id": self.company.id,
            "location_id": self.transit.id,
        }
        with self.assertRefused("on their way for a store transfer"):
            scrap.create({**values, "lot_id": ours.id}).do_scrap()
        scrap.create({**values, "lot_id": other.id}).do_scrap()

    def test_moving_within_transit_is_no_taking_away(self):
        transfer = self.make_shipped_transfer()
        place = self.env["stock.location"].create(
            {
                "name": "Truck",
                "usage": "transit",
                "location_id": self.transit.id,
                "company_id": self.company.id,
            }
        )
        self.get_pickings(transfer, "incoming").do_unreserve()
        picking = (
            self.env["stock.picking"]
            .with_user(self.inventory_user)
            .create(
                {
                    "picking_type_id": self.ec.int_type_id.id,
                    "location_id": self.transit.id,
                    "location_dest_id": place.id,
                    "move_ids": [
                        Command.create(
                            {
                                "product_id": self.tea.id,
                                "product_uom_qty": 10,
                                "location_id": self.transit.id,
                                "location_dest_id": place.id,
                            }
                        )
                    ],
                }
            )
        )
        picking.action_confirm()
        picking.move_ids.quantity = 10
        self.validate_picking(picking)
        self.assertEqual(picking.state, "done")
        self.assertLedger(transfer)

    def test_cartons_beside_what_is_below_zero_stay_whole(self):
        self.add_to_transit(-20)
        transfer = self.make_transfer()
        self.submit(transfer)
        self.approve(transfer)
        self.get_pickings(transfer, "outgoing").action_put_in_pack()
        self.ship(transfer)
        carton = transfer.sudo().carton_ids
        self.count(transfer, {self.tea: 10})
        self.assertEqual(transfer.state, "done")
        self.env.flush_all()
        carton.invalidate_recordset()
        self.assertEqual(carton.location_id, self.shop.lot_stock_id)
        self.assertEqual(self.get_in_transit(), -20)
