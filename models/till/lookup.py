from collections import defaultdict

from odoo import api, fields, models
from odoo.exceptions import UserError
from odoo.fields import Domain

from ...tools.ids import is_id
from ...tools.states import STOCK_STATES
from ...tools.texts import drop_unwritable


class StoreTransferTill(models.AbstractModel):
    """Where a product is: in which store, and what is on its way.

    In as many queries for hundreds of stores as for two.
    """

    _inherit = "store.transfer.till"

    @api.model
    def get_product(self, picking_type_id, product_or_code):
        """Return what every store of the company has of a product, and what comes.

        :param product_or_code: the id of a product, or a code that :meth:`find` knows
        :return: False where nobody knows the code; ``{"products": [{"id", "name",
            "sku"}]}`` where several have it; else ``{"product": {"id", "name", "sku",
            "barcode", "unit", "has_image"}, "stores": [...], "stock_is_late"}``, all
            quantities in that unit. Of each store ``id``, ``name``, ``code``,
            ``is_own``, ``on_hand``, ``free`` (not reserved), ``sold`` (in sessions that
            are open, and taken off both), ``coming``: ``[{"transfer", "from",
            "quantity", "date", "kind"}]``, of the kind ``"in_transit"``, ``"to_ship"``
            or ``"waiting"`` (for an approval). ``quantity`` is False where the store
            counts blind. ``stock_is_late``: sales are taken off the stock when a
            session is closed
        """
        store = self._find_store(picking_type_id)
        products = self._read_product(store, product_or_code)
        if not products:
            return False
        if len(products) > 1:
            return {"products": [self._name_product(product) for product in products]}
        [shown] = self._prepare_products(products)
        return {
            "product": shown,
            "stores": self._prepare_stores(products, store),
            "stock_is_late": self._is_stock_late(store.company_id),
        }

    def _read_product(self, store, product_or_code):
        """Return the products that are meant, as a rule one.

        :raise UserError: when it is neither an id nor a code
        """
        products = self.env["product.product"]
        if isinstance(product_or_code, str):
            code = drop_unwritable(product_or_code).strip()
            return self._find_products(store, code) if code else products
        if is_id(product_or_code):
            return self._search_products(store, [product_or_code])
        raise UserError(self.env._("Choose a product, or scan its code."))

    def _search_products(self, store, product_ids):
        """Return the products of these ids that the store's company has."""
        return self.env["product.product"].search(
            Domain("id", "in", product_ids) & self._get_product_domain(store)
        )

    def _prepare_products(self, products):
        """Return what is shown of each: ``id``, ``name``, ``sku``, ``barcode``,
        ``unit`` and ``has_image``.
        """
        with_image = products._filter_with_image()
        return [
            {
                **self._name_product(product),
                "barcode": product.barcode or "",
                "unit": product.uom_id.name,
                "has_image": product in with_image,
            }
            for product in products
        ]

    def _prepare_stores(self, product, own_store):
        stores = self._get_stores(own_store)
        stock = self._get_stock_by_store(product, stores)
        sold = self._get_sold_by_store(product, own_store.company_id)
        coming = self._get_coming_by_store(product, stores)
        rows = []
        for store in stores:
            on_hand, reserved = stock[product.id, store.id]
            sold_here = sold[product.id, store.id]
            rows.append(
                {
                    "id": store.id,
                    "name": store.name,
                    "code": store.code,
                    "is_own": store == own_store,
                    "on_hand": product.uom_id.round(on_hand - sold_here),
                    "free": product.uom_id.round(on_hand - reserved - sold_here),
                    "sold": product.uom_id.round(sold_here),
                    "coming": coming[store.id],
                }
            )
        return sorted(rows, key=lambda row: (not row["is_own"], -row["free"]))

    def _get_stores(self, own_store):
        """Return the stores whose stock the user sees; in sudo, as their own is.

        To be extended by addons that keep some of them from some.
        """
        stores = self.env["stock.warehouse"].sudo()
        return stores.search(
            [("company_id", "=", own_store.company_id.id), ("is_store", "=", True)]
        )

    def _get_stock_by_store(self, products, stores):
        """Return what there is where each store sells from.

        :return: ``{(product id, store id): (on hand, reserved)}``
        """
        stock = defaultdict(lambda: (0.0, 0.0))
        paths = {store.lot_stock_id.parent_path: store.id for store in stores}
        # In sudo: staff have no rights on quants.
        for product, location, on_hand, reserved in (
            self.env["stock.quant"]
            .sudo()
            ._read_group(
                [
                    ("product_id", "in", products.ids),
                    ("location_id.usage", "=", "internal"),
                    ("location_id.warehouse_id", "in", stores.ids),
                ],
                ["product_id", "location_id"],
                ["quantity:sum", "reserved_quantity:sum"],
            )
        ):
            if store_id := self._get_store_above(location, paths):
                before = stock[product.id, store_id]
                summed = (before[0] + on_hand, before[1] + reserved)
                stock[product.id, store_id] = summed
        return stock

    def _get_store_above(self, location, paths):
        """Return the id of the store whose stock a location is part of, or None."""
        ids = location.parent_path.split("/")[:-1]
        above = ("/".join(ids[:depth]) + "/" for depth in range(len(ids), 0, -1))
        return next((paths[path] for path in above if path in paths), None)

    def _get_coming_by_store(self, product, stores):
        """Return ``{store id: [what is on its way there, or asked for]}``."""
        # In sudo: it is about other stores as well. What is told, is in here alone.
        lines = self.env["store.transfer.line"].sudo()
        found = lines.search(
            Domain("product_id", "=", product.id)
            & Domain("destination_store_id", "in", stores.ids)
            & (
                Domain("in_transit_quantity", ">", 0)
                | (
                    Domain("to_ship_quantity", ">", 0)
                    & Domain("state", "in", ("waiting", *STOCK_STATES))
                )
            ),
            order="expected_date, id",
        )
        coming = defaultdict(list)
        for line in found:
            for kind, quantity in self._get_ways(line):
                coming[line.destination_store_id.id].append(
                    {
                        "transfer": line.transfer_id.name,
                        "from": line.source_store_id.name or line.third_party_name,
                        "quantity": self._is_told(line) and quantity,
                        "date": fields.Date.to_string(line.expected_date),
                        "kind": kind,
                    }
                )
        return coming

    def _get_ways(self, line):
        """Yield ``(kind, quantity)`` of what of a line will still come."""
        on_way = line.in_transit_quantity - line._get_quantity_to_take_back()
        if line.stock_uom_id.compare(on_way, 0) > 0:
            yield "in_transit", on_way
        if line.to_ship_quantity:
            kind = "waiting" if line.state == "waiting" else "to_ship"
            yield kind, line.to_ship_quantity

    def _is_told(self, line):
        """Tell whether the user may know how much comes: nobody tells who counts."""
        return self._is_approver() or not line.destination_store_id.transfer_blind_count

    def _is_stock_late(self, company):
        """Tell whether sales are taken off the stock when a session is closed.

        Point of Sale says so, where it is there.
        """
        setting = "point_of_sale_update_stock_quantities"
        return setting in company._fields and company[setting] == "closing"

    def _get_sold_by_store(self, products, company):
        """Return what was sold and is still in the stock.

        :return: ``{(product id, store id): quantity}``
        """
        sold = defaultdict(float)
        lines = self.env.get("pos.order.line")
        if lines is None or not self._is_stock_late(company):
            return sold
        # In sudo: staff may not see what others sell; they are told the sum.
        for product, config, quantity in lines.sudo()._read_group(
            [
                ("product_id", "in", products.ids),
                ("company_id", "=", company.id),
                ("order_id.session_id.state", "!=", "closed"),
                ("order_id.session_id.update_stock_at_closing", "=", True),
                ("order_id.state", "in", ("paid", "done", "invoiced")),
                ("order_id.picking_ids", "=", False),
            ],
            ["product_id", "order_id.config_id"],
            ["qty:sum"],
        ):
            store = config.picking_type_id.warehouse_id
            sold[product.id, store.id] += quantity
        return sold
