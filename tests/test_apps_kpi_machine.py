from datetime import timedelta

from odoo.tests import tagged

from .common_apps_ledger import BoughtLedgerProducts
from .common_kpi_machine import KpiMachine, KpiMachineCase, KpiWorld

# How goods are costed, by SKU; all others by a standard price, and so is what stands in
# packages, which nobody has bought.
COSTING = {
    "TEA-001": "fifo",
    "MAT-001": "fifo",
    "KET-001": "average",
    "NUT-001": "average",
    "SEN-001": "fifo",
}


class ValuedKpiWorld(KpiWorld):
    """What is on its way is worth what Odoo says of the stock, after each action."""

    def attempt(self, name, **arguments):
        # What was paid, and what a price was changed to, count in the order of moments.
        self.case.clock.tick(timedelta(seconds=1))
        return super().attempt(name, **arguments)

    def reprice(self, product, cost):
        """Of what costs what was paid for it, some more is bought."""
        chosen = self.case.products[product].with_company(self.case.company)
        is_bought = chosen.cost_method == "fifo" or (
            chosen.cost_method == "average" and cost % 2
        )
        if is_bought:
            return self.buy(chosen, cost)
        return super().reprice(product, cost)

    def buy(self, product, cost):
        case = self.case
        lot = case.lots[product][0] if product.tracking == "lot" else None
        if product.tracking == "serial":
            lot = self.env["stock.lot"].create(
                {"name": self.new_lot_name(), "product_id": product.id}
            )
        quantity = 1 if product.tracking == "serial" else 3
        case._buy(case.ec, product, quantity, cost, lot=lot)
        self.adjusted[case.ec, product] += quantity

    def check(self):
        self.env.invalidate_all()
        self.compare_in_transit()
        return super().check()

    def compare_in_transit(self):
        rows = self.env["store.transfer.in.transit"].with_user(self.case.head_office)
        found = {
            product.id: figures
            for product, *figures in rows._read_group(
                [("company_id", "=", self.case.company.id)],
                ["product_id"],
                ["quantity:sum", "value:sum"],
            )
        }
        standing = self.get_quants().filtered(
            lambda quant: quant.location_id == self.case.transit and quant.quantity
        )
        expected = standing.grouped("product_id")
        self.case.assertEqual(set(found), {product.id for product in expected})
        for product, quants in expected.items():
            quantity, value = found[product.id]
            self.case.assertAlmostEqual(
                quantity, sum(quants.mapped("quantity")), 6, product.name
            )
            worth = sum(quant.quantity * self.get_cost(quant) for quant in quants)
            self.case.assertAlmostEqual(value, worth, 4, product.name)

    def get_cost(self, quant):
        """Return what one of it costs, as Odoo says of all that the company has.

        Odoo's total of lots that cost each their own leaves out what is on its way.
        """
        product = quant.product_id.with_company(self.case.company)
        if product.lot_valuated:
            return quant.lot_id.with_company(self.case.company).standard_price
        all_of_it = self.get_quants().filtered(lambda one: one.product_id == product)
        return product.total_value / sum(all_of_it.mapped("quantity"))


class ValuedKpiMachine(KpiMachine):
    world_class = ValuedKpiWorld


@tagged("post_install", "-at_install")
class TestAppsKpiMachine(KpiMachineCase, BoughtLedgerProducts):
    """The figures of goods that cost what was paid for them, by each way of costing."""

    machine = ValuedKpiMachine
    runs = 4

    @classmethod
    def _create_product(cls, name, sku, **values):
        category = cls.categories[COSTING.get(sku, "standard"), "real_time"]
        if sku == "SEN-001":
            # Each of its lots has a cost of its own.
            values["lot_valuated"] = True
        return super()._create_product(name, sku, categ_id=category.id, **values)

    @classmethod
    def _buy(cls, store, product, quantity, unit_cost, lot=None):
        """Buy the stock there is at two costs: no piece costs whole cents."""
        if quantity > 3:
            super()._buy(store, product, quantity - 3, unit_cost, lot=lot)
            quantity, unit_cost = 3, unit_cost + 2
        return super()._buy(store, product, quantity, unit_cost, lot=lot)

    def test_figures_of_random_histories(self):
        self.run_at_random()
