from odoo import api, fields, models
from odoo.fields import Domain
from odoo.tools import SQL

from ...spreadsheets.cells.product_codes import DIGITS_LOOKED_LIKE, LOOK_ALIKE
from ...tools.photos import get_ids_with_image
from ...tools.quantities import format_quantity


class ProductProduct(models.Model):
    _inherit = "product.product"

    transfer_assortment_of = fields.Many2many(
        "stock.warehouse",
        store=False,
        search="_search_transfer_assortment_of",
        help="To search for the products that a store carries.",
    )

    _transfer_look_alike_index = models.Index(
        f"(translate(lower(default_code), '{LOOK_ALIKE}', '{DIGITS_LOOKED_LIKE}'))"
    )

    def _search_transfer_assortment_of(self, operator, value):
        """Find what all the given stores carry; no store carries everything."""
        if operator != "in":
            return NotImplemented
        stores = self.env["stock.warehouse"].browse(filter(None, value))
        return Domain.AND(store._get_assortment_domain() for store in stores)

    def _get_look_alike_domain(self, keys):
        """Return the domain of the products whose SKU looks like one of some codes.

        :param keys: of codes, as ``to_look_alike_key`` makes them
        """

        def to_sql(model, alias, query):
            # As in the index.
            return SQL(
                "translate(lower(%s), %s, %s) = ANY(%s)",
                model._field_to_sql(alias, "default_code", query),
                LOOK_ALIKE,
                DIGITS_LOOKED_LIKE,
                list(keys),
            )

        return Domain.custom(to_sql=to_sql)

    @api.model
    def _find_by_transfer_codes(self, codes):
        """Return the products whose barcode, SKU or packaging one of the codes is."""
        codes = list(codes)
        packagings = self.env["product.uom"].search([("barcode", "in", codes)])
        return self.search(
            Domain("barcode", "in", codes)
            | Domain("default_code", "in", codes)
            | Domain("id", "in", packagings.product_id.ids)
        )

    def _filter_with_image(self):
        """Return those of these that have an image, without loading it."""
        own = get_ids_with_image(self, "image_variant_128")
        of_templates = get_ids_with_image(self.product_tmpl_id, "image_128")
        return self.filtered(
            lambda product: (
                product.id in own or product.product_tmpl_id.id in of_templates
            )
        )

    def _get_transfer_errors(self):
        """Return one sentence for each reason why this can't be transferred."""
        self.ensure_one()
        errors = []
        if not self.active:
            errors.append(self.env._("%s is archived.", self.display_name))
        if not self.is_storable:
            errors.append(
                self.env._(
                    "%s is not a product whose stock is tracked.", self.display_name
                )
            )
        if not self.default_code:
            errors.append(
                self.env._("%s has no SKU (internal reference).", self.display_name)
            )
        return errors

    def _get_quantity_error(self, quantity, unit):
        """Say why nobody can hand over so much of this product, or return None.

        :param quantity: in ``unit``, a unit or packaging of this product
        """
        self.ensure_one()
        if self._is_possible_quantity(quantity, unit):
            return None
        return self._get_impossible_quantity_sentence(quantity, unit)

    def _get_impossible_quantity_sentence(self, quantity, unit):
        return self.env._(
            "%(product)s: %(quantity)s is not possible in this unit.",
            product=self.display_name,
            quantity=format_quantity(self.env, quantity, unit),
        )

    def _is_possible_quantity(self, quantity, unit):
        """Tell whether the quantity is a multiple of what its units can tell apart."""
        exact = unit._compute_quantity(quantity, self.uom_id, round=False)
        in_stock_unit = unit._compute_quantity(
            quantity, self.uom_id, rounding_method="HALF-UP"
        )
        return (
            abs(unit.round(quantity) - quantity) < 1e-6
            and abs(in_stock_unit - exact) < 1e-6
            and (self.tracking != "serial" or in_stock_unit.is_integer())
        )

    def _filter_reordered(self):
        """Return those of these that reordering rules are about."""
        orderpoints = self.env["stock.warehouse.orderpoint"].sudo()
        groups = orderpoints.with_context(active_test=False)._read_group(
            [("product_id", "in", self.ids)], ["product_id"]
        )
        return self.browse(product.id for (product,) in groups)
