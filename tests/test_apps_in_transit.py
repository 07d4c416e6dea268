from odoo.tests import tagged

from .common_apps import COST_METHODS, AppsCase
from .common_discrepancies import SettledCase
from .common_in_transit import InTransitRows

# Not tracked; by lot, and one cost for all of them; by lot, and each has its own.
TRACKINGS = (
    {},
    {"tracking": "lot"},
    {"tracking": "lot", "lot_valuated": True},
)


@tagged("post_install", "-at_install")
class TestAppsInTransit(InTransitRows, AppsCase, SettledCase):
    """Goods on their way are worth what Odoo says of the company's stock.

    Ten pieces were bought at 2 each, then ten at 5: on average they cost 3.5. Five were
    sold: those at 2, where the first in is the first out. Then fifteen are left, worth
    (5 × 2 + 10 × 5) = 60, 4 each; on average costs still 3.5 each, 52.5 in all.
    """

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.products = cls.env["product.product"]
        for cost_method in COST_METHODS:
            for number, tracking in enumerate(TRACKINGS):
                product = cls._create_valued_product(
                    f"{cost_method} {number}", cost_method, **tracking
                )
                cls._trade(product)
                cls.products += product

    @classmethod
    def _trade(cls, product):
        lot = cls.env["stock.lot"]
        if product.tracking == "lot":
            lot = lot.create({"name": "A", "product_id": product.id})
        cls._buy(cls.ec, product, 10, 2, lot=lot)
        cls._buy(cls.ec, product, 10, 5, lot=lot)
        cls._sell(product, 5, lot)

    @classmethod
    def _sell(cls, product, quantity, lot):
        move = cls.env["stock.move"].create(
            {
                "product_id": product.id,
                "product_uom_qty": quantity,
                "location_id": cls.ec.lot_stock_id.id,
                "location_dest_id": cls.env.ref("stock.stock_location_customers").id,
                "picking_type_id": cls.ec.out_type_id.id,
                "company_id": cls.company.id,
            }
        )
        move._action_confirm()
        move.quantity = quantity
        if lot:
            move.move_line_ids.lot_id = lot
        move.picked = True
        move._action_done()

    def get_reported(self, product):
        rows = self.get_rows(domain=[("product_id", "=", product.id)])
        return sum(rows.mapped("quantity")), sum(rows.mapped("value"))

    def get_standing(self, product):
        """Return what stands in the transit location, and its share of Odoo's value."""
        quants = self.env["stock.quant"].search([("product_id", "=", product.id)])
        in_transit = quants.filtered(lambda quant: quant.location_id == self.transit)
        quantity = sum(in_transit.mapped("quantity"))
        if product.lot_valuated:
            # Odoo's totals of those leave out what is on its way.
            lot = in_transit.lot_id.with_company(self.company)
            return quantity, quantity * lot.standard_price
        owned = quants.filtered(
            lambda quant: quant.location_id.usage in ("internal", "transit")
        )
        share = quantity / sum(owned.mapped("quantity"))
        return quantity, share * self.get_value(product)

    def assertWorth(self, quantity, **unit_costs):
        """So much of each product is on its way, and each costs so much by its method.

        To the last unit and the last cent what stands in the transit location.
        """
        for product in self.products:
            with self.subTest(product.name):
                reported, value = self.get_reported(product)
                standing, worth = self.get_standing(product)
                self.assertEqual(reported, quantity)
                self.assertEqual(standing, quantity)
                self.assertAlmostEqual(value, worth, 6)
                if not product.lot_valuated:
                    cost = unit_costs[product.cost_method]
                    self.assertAlmostEqual(value, quantity * cost, 6)

    def test_what_it_costs(self):
        self.make_shipped_transfer(dict.fromkeys(self.products, 7))
        self.assertWorth(7, standard=5, average=3.5, fifo=4)

    def test_goods_that_cost_more_since(self):
        """Fifteen more at 6.5: the average rises, whether it is on its way or not."""
        self.make_shipped_transfer(dict.fromkeys(self.products, 7))
        for product in self.products:
            lot = self.env["stock.lot"].search([("product_id", "=", product.id)])
            self._buy(self.ec, product, 15, 6.5, lot=lot)
        self.assertWorth(7, standard=6.5, average=5, fifo=5.25)

    def test_some_was_received_some_lost_some_goes_back(self):
        transfer = self.make_shipped_transfer(dict.fromkeys(self.products, 12))
        count = self.start_count(transfer)
        count.line_ids.write({"counted_quantity": 4, "damaged_quantity": 1})
        count.action_submit()
        self.settle(transfer, "returned")
        # A damaged one cost 2, the first that came in: fourteen are left, worth 58.
        self.assertWorth(7, standard=5, average=3.5, fifo=58 / 14)

    def test_what_was_booked(self):
        """All that the company has is on its way: worth what was booked of it."""
        self.make_shipped_transfer(dict.fromkeys(self.products, 15))
        for product in self.products:
            # Who changes a standard price has revalued what was booked before.
            if product.cost_method != "standard":
                with self.subTest(product.name):
                    _quantity, value = self.get_reported(product)
                    self.assertAlmostEqual(value, self.get_booked_value(product), 6)

    def test_goods_of_no_transfer_are_worth_as_much(self):
        product = self.products[3]
        self.make_shipped_transfer({product: 7})
        move = self.env["stock.move"].create(
            {
                "product_id": product.id,
                "product_uom_qty": 5,
                "location_id": self.ec.lot_stock_id.id,
                "location_dest_id": self.transit.id,
                "company_id": self.company.id,
            }
        )
        move._action_confirm()
        move.quantity = 5
        move.picked = True
        move._action_done()
        self.assertEqual(self.get_reported(product), (12, 42))
        self.assertEqual(self.get_standing(product), (12, 42))

    def test_two_companies(self):
        """Each company's goods cost what they cost there."""
        other = self.env["res.company"].create({"name": "Formosa Cafés"})
        self.products.company_id = False
        elsewhere = self.products.with_company(other)
        elsewhere.with_context(disable_auto_revaluation=True).standard_price = 99
        self.make_shipped_transfer(dict.fromkeys(self.products, 7))
        self.assertWorth(7, standard=5, average=3.5, fifo=4)
        manager = self._create_user("manager", "group_head_office", company=other)
        self.ship_in(other, manager, self.products[0], 3)
        self.assertEqual(self.get_goods("quantity", "value", user=manager), [(3, 297)])
        self.assertWorth(7, standard=5, average=3.5, fifo=4)

    def ship_in(self, company, manager, product, quantity):
        """Ship between two stores of another company."""
        source = self._get_company_warehouse(company, "Café", "CAF")
        target = self._create_shop("Café 2", "CA2", company=company)
        self._add_stock(source, product, quantity)
        before = self.env
        self.env = self.env(
            context={**self.env.context, "allowed_company_ids": company.ids}
        )
        transfer = self.make_transfer(
            manager,
            {product.with_env(self.env): quantity},
            company_id=company.id,
            source_store_id=source.id,
            destination_store_id=target.id,
        )
        self.submit(transfer, manager)
        self.approve(transfer, manager)
        self.ship(transfer, user=manager)
        self.env = before
