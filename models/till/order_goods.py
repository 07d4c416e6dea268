from odoo import api, fields, models
from odoo.exceptions import UserError

from ...tools.ids import is_id

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
            or not all(is_id(one) for one in product_ids)
        ):
            raise UserError(
                self.env._("Choose products, %s of them at most.", MOST_PRODUCTS)
            )
        return self._search_products(store, product_ids)

    def _prepare_order_products(self, products, stores, own_store):
        stock = self._get_stock_by_store(products, stores)
        sold = self._get_sold_by_store(products, own_store.company_id)
        rows = []
        for product, shown in zip(
            products, self._prepare_products(products), strict=True
        ):
            free = {
                store.id: product.uom_id.round(
                    stock[product.id, store.id][0]
                    - stock[product.id, store.id][1]
                    - sold[product.id, store.id]
                )
                for store in stores
            }
            rows.append(
                {**shown, "free": {str(one): free[one] for one in free if free[one]}}
            )
        return rows
