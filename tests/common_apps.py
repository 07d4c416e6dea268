from itertools import product as combinations

from .common_transfers import StoreTransferCase

COST_METHODS = ("standard", "average", "fifo")
VALUATIONS = ("periodic", "real_time")


class AppsCase(StoreTransferCase):
    """The chain beside the apps that companies have: its goods are worth something."""

    @classmethod
    def _create_products(cls):
        cls._create_accounts()
        return super()._create_products()

    @classmethod
    def _create_accounts(cls):
        charts = cls.env["account.chart.template"]
        charts.try_loading("generic_coa", cls.company, install_demo=False)
        cls.env = cls.env(
            context={**cls.env.context, "allowed_company_ids": cls.company.ids}
        )
        cls.categories = {
            key: cls._create_category(*key)
            for key in combinations(COST_METHODS, VALUATIONS)
        }

    @classmethod
    def _create_category(cls, cost_method, valuation):
        return cls.env["product.category"].create(
            {
                "name": f"{cost_method} {valuation}",
                "property_cost_method": cost_method,
                "property_valuation": valuation,
            }
        )

    @classmethod
    def _create_valued_product(cls, name, cost_method, valuation="periodic", **values):
        """Create a product of a category by what it costs and when that is booked."""
        return cls._create_product(
            name,
            name.upper().replace(" ", "-"),
            categ_id=cls.categories[cost_method, valuation].id,
            **values,
        )

    @classmethod
    def _buy(cls, store, product, quantity, unit_cost, lot=None):
        """Bring goods from a vendor into a store's stock, at a cost for each unit."""
        if product.cost_method == "standard":
            product.standard_price = unit_cost
        move = cls.env["stock.move"].create(
            {
                "product_id": product.id,
                "product_uom_qty": quantity,
                "location_id": cls.env.ref("stock.stock_location_suppliers").id,
                "location_dest_id": store.lot_stock_id.id,
                "picking_type_id": store.in_type_id.id,
                "company_id": store.company_id.id,
                "price_unit": unit_cost,
                "value_manual": quantity * unit_cost,
            }
        )
        move._action_confirm()
        move.quantity = quantity
        if lot:
            move.move_line_ids.lot_id = lot
        move.picked = True
        move._action_done()
        return move

    def get_value(self, products):
        """Return what Odoo says the company's stock of products is worth.

        Of products that are valued by lot, Odoo leaves out what is on its way.
        """
        products = products.with_company(self.company)
        products.invalidate_recordset(["total_value", "qty_available"])
        return sum(products.mapped("total_value"))

    def get_booked_value(self, products):
        """Return what was booked of what came into the company, less what left it."""
        moves = self.env["stock.move"].search(
            [("product_id", "in", products.ids), ("company_id", "=", self.company.id)]
        )
        came, left = moves.filtered("is_in"), moves.filtered("is_out")
        return sum(came.mapped("value")) - sum(left.mapped("value"))
