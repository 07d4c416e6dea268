from odoo.fields import Command
from odoo.tests import tagged

from .common_import import ImportCase


@tagged("post_install", "-at_install")
class TestKits(ImportCase):
    """A kit is on no transfer; what becomes one on its way arrives all the same."""

    def make_kit(self, product, company=None):
        """Let a product be sold as a kit from now on: two lamps."""
        kit = self.env["mrp.bom"].create(
            {
                "product_tmpl_id": product.product_tmpl_id.id,
                "type": "phantom",
                "company_id": (company or self.company).id,
                "bom_line_ids": [
                    Command.create({"product_id": self.lamp.id, "product_qty": 2})
                ],
            }
        )
        # Who presses a button next does so in a transaction of its own.
        self.env.invalidate_all()
        return kit

    def get_quantity_at(self, location, product):
        """Return what stands there of the product itself, not of its components."""
        quants = self.env["stock.quant"].search(
            [("product_id", "=", product.id), ("location_id", "child_of", location.id)]
        )
        return sum(quants.mapped("quantity"))

    def make_approved_transfer(self):
        transfer = self.make_transfer(lines={self.mug: 10, self.tea: 5})
        self.submit(transfer)
        self.approve(transfer)
        return transfer

    def test_a_kit_cannot_be_submitted(self):
        self.make_kit(self.mug)
        transfer = self.make_transfer(lines={self.mug: 1, self.tea: 1})
        with self.assertRefused("Clay Mug is a kit.*add its components instead"):
            self.submit(transfer)
        self.assertEqual(transfer.state, "draft")

    def test_a_kit_of_another_company_is_stock_here(self):
        (self.mug | self.lamp).company_id = False
        self.make_kit(self.mug, self.env["res.company"].create({"name": "Elsewhere"}))
        transfer = self.make_transfer(lines={self.mug: 1})
        self.submit(transfer)
        self.assertEqual(transfer.state, "waiting")

    def test_a_kit_for_a_third_party_cannot_be_submitted(self):
        self.make_kit(self.mug)
        for user, kind in ((self.shop_staff, "receipt"), (self.ec_staff, "dispatch")):
            transfer = self.make_transfer(
                user, {self.mug: 1}, kind=kind, remark="Outside"
            )
            with self.assertRefused("Clay Mug is a kit"):
                self.submit(transfer, user)

    def test_what_became_a_kit_cannot_be_approved(self):
        transfer = self.make_transfer(lines={self.mug: 1, self.tea: 1})
        self.submit(transfer)
        self.make_kit(self.mug)
        with self.assertRefused("Clay Mug is a kit now.*Approve none of it"):
            self.approve(transfer)
        self.assertFalse(transfer.sudo().picking_ids)
        self.approve_less(transfer, {self.mug: 0})
        self.ship(transfer)
        self.receive_all(transfer)
        self.assertEqual(transfer.state, "done")

    def test_a_kit_in_a_file_is_found(self):
        self.make_kit(self.mug)
        upload = self.check(self.make_file(self.make_row(sku="MUG-001")))
        [finding] = upload.finding_ids.filtered(lambda one: one.level == "error")
        self.assertIn("Clay Mug is a kit", finding.problem)

    def test_a_kit_that_nobody_sent_is_not_counted(self):
        self.make_kit(self.mug)
        transfer = self.make_shipped_transfer()
        transfer = transfer.with_user(self.shop_staff)
        action = transfer.action_start_count()
        count = self.env["store.transfer.count"].browse(action["res_id"])
        with self.assertRefused("Clay Mug is a kit.*count its components"):
            count.with_user(self.shop_staff)._find_or_add_line(self.mug)

    def test_became_a_kit_before_it_was_shipped(self):
        transfer = self.make_approved_transfer()
        self.make_kit(self.mug)
        self.ship(transfer, {self.mug: 6, self.tea: 5})
        self.assertEqual(self.get_quantity_at(self.transit, self.mug), 6)
        self.receive_all(transfer)
        self.ship(transfer)
        self.receive_all(transfer)
        self.assertEqual(transfer.state, "done")
        self.assertEqual(self.get_quantity_at(self.shop.lot_stock_id, self.mug), 10)
        self.assertEqual(self.get_quantity_at(self.ec.lot_stock_id, self.mug), 90)
        self.assertEqual(self.get_quantity_at(self.shop.lot_stock_id, self.lamp), 0)

    def test_became_a_kit_on_its_way(self):
        transfer = self.make_shipped_transfer({self.mug: 10, self.tea: 5})
        self.make_kit(self.mug)
        self.count(transfer, {self.mug: 4, self.tea: 5})
        self.assertEqual(transfer.state, "partial")
        self.receive_all(transfer)
        self.assertEqual(transfer.state, "done")
        self.assertEqual(self.get_quantity_at(self.shop.lot_stock_id, self.mug), 10)

    def test_became_a_kit_and_is_closed(self):
        transfer = self.make_approved_transfer()
        self.make_kit(self.mug)
        self.ship(transfer, {self.mug: 6, self.tea: 5})
        self.close_rest(transfer)
        self.receive_all(transfer)
        self.assertEqual(transfer.state, "done")
        self.assertEqual(sum(transfer.line_ids.mapped("closed_quantity")), 4)
        free = self.env["stock.quant"]._get_available_quantity(
            self.mug, self.ec.lot_stock_id
        )
        self.assertEqual(free, 94)

    def test_became_a_kit_and_went_missing(self):
        for outcome in ("lost", "damaged", "not_sent", "returned"):
            mug = self._create_product(f"Mug {outcome}", f"M-{outcome}")
            self._add_stock(self.ec, mug, 10)
            transfer = self.make_shipped_transfer({mug: 10, self.tea: 5})
            self.make_kit(mug)
            self.count(transfer, {mug: 7, self.tea: 5})
            self.settle_all(transfer, outcome)
            if outcome == "returned":
                transfer.with_user(self.ec_staff).action_take_back()
                self.assertLedger(transfer)
            self.assertEqual(transfer.state, "done", outcome)
            self.assertEqual(self.get_quantity_at(self.transit, mug), 0, outcome)

    def test_became_a_kit_and_is_damaged(self):
        transfer = self.make_shipped_transfer({self.mug: 10})
        self.make_kit(self.mug)
        action = transfer.with_user(self.shop_staff).action_start_count()
        count = self.env["store.transfer.count"].browse(action["res_id"])
        line = count.with_user(self.shop_staff).line_ids
        line.write({"counted_quantity": 8, "damaged_quantity": 2})
        count.with_user(self.shop_staff).action_submit()
        self.assertLedger(transfer)
        damaged = self.shop._get_damage_location()
        self.assertEqual(self.get_quantity_at(damaged, self.mug), 2)

    def test_became_a_kit_and_is_received_in_the_inventory_app(self):
        transfer = self.make_shipped_transfer({self.mug: 10, self.tea: 5})
        self.make_kit(self.mug)
        picking = self.get_pickings(transfer, "incoming")
        self.validate_picking(picking, {self.mug: 3, self.tea: 5})
        self.assertLedger(transfer)
        self.assertEqual(transfer.state, "partial")
        self.receive_all(transfer)
        self.assertEqual(self.get_quantity_at(self.shop.lot_stock_id, self.mug), 10)

    def test_other_moves_of_a_kit_are_exploded(self):
        self.make_kit(self.mug)
        move = self.env["stock.move"].create(
            {
                "product_id": self.mug.id,
                "product_uom_qty": 2,
                "location_id": self.ec.lot_stock_id.id,
                "location_dest_id": self.env.ref("stock.stock_location_customers").id,
                "picking_type_id": self.ec.out_type_id.id,
                "company_id": self.company.id,
            }
        )
        moves = move._action_confirm()
        self.assertEqual(moves.product_id, self.lamp)
        self.assertEqual(moves.product_uom_qty, 4)
