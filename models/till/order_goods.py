from odoo import api, fields, models
from odoo.exceptions import UserError

# As many as an order has lines.
MOST_PRODUCTS = 500


class StoreTransferTill(models.AbstractModel):
    """What is shown beside an order that is being written at the till.

    In as many queries for hundreds of products and stores as for two.
    """

    _inherit = "store.transfer.till"

    @api.model
    def get_order_goods(self, picking_type_id, product_ids):
        """Return what each store has free of the products of an order.

        :param product_ids: list of the ids of products
        :return: ``{"today": the day in the store (ISO), "stores": [{"id", "name",
            "is_own"}], "products": [{"id", "name", "sku", "barcode", "unit",
            "has_image", "free": {store id as a text: quantity}}]}``. Quantities are in
            the product's unit, without what open sessions have sold; a store that has
            nothing is not named. Products that are not there any more are left out
        """
        store = self._find_store(picking_type_id)
        stores = self._get_stores(store)
        return {
            "today": fields.Date.to_string(store._get_today()),
            "stores": [
                {"id": one.id, "name": one.name, "is_own": one == store}
                for one in stores
            ],
            "products": self._prepare_order_products(
                self._read_products(store, product_ids), stores, store
            ),
        }

    def _read_products(self, store, product_ids):
        """Return the products of ids.

        :raise UserError: when they are no ids, or too many
        """
        if (
            not isinstance(product_ids, list)
            or len(product_ids) > MOST_PRODUCTS
            or not all(type(one) is int and 0 < one < 2**31 for one in product_ids)
        ):
            raise UserError(
                self.env._("Choose products, %s of them at most.", MOST_PRODUCTS)
            )
        return self.env["product.product"].search(
            [
                ("id", "in", product_ids),
                ("company_id", "in", [False, store.company_id.id]),
            ]
        )

    def _prepare_order_products(self, products, stores, own_store):
        stock = self._get_stock_by_store(products, stores)
        sold = self._get_sold_by_store(products, own_store.company_id)
        with_image = products._filter_with_image()
        rows = []
        for product in products.with_context(display_default_code=False):
            free = {
                store.id: product.uom_id.round(
                    stock[product.id, store.id][0]
                    - stock[product.id, store.id][1]
                    - sold[product.id, store.id]
                )
                for store in stores
            }
            rows.append(
                {
                    **self._name_product(product),
                    "barcode": product.barcode or "",
                    "unit": product.uom_id.name,
                    "has_image": product in with_image,
                    "free": {str(one): free[one] for one in free if free[one]},
                }
            )
        return rows
