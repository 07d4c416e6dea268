from odoo import models


class StoreTransferLine(models.Model):
    """What keeps a line from being submitted."""

    _inherit = "store.transfer.line"

    def _get_submit_errors(self):
        """Return one sentence per fault that keeps these lines from being submitted."""
        errors = []
        for line in self:
            product = line.product_id.with_company(line.company_id)
            errors += product._get_transfer_errors()
            errors += line._get_quantity_errors()
        return errors + self._get_assortment_errors()

    def _get_quantity_errors(self):
        unit = self.product_uom_id
        values = {"product": self.product_id.display_name, "unit": unit.name}
        if unit._origin not in self.allowed_uom_ids._origin:
            return [self.env._("%(product)s is not kept in %(unit)s.", **values)]
        if unit.compare(self.quantity, 0) <= 0:
            return [
                self.env._("%(product)s: the quantity must be above zero.", **values)
            ]
        error = self.product_id._get_quantity_error(self.quantity, unit)
        return [error] if error else []

    def _get_assortment_errors(self):
        errors = []
        for transfer, lines in self.grouped("transfer_id").items():
            products = lines.product_id
            for store in transfer.source_store_id | transfer.destination_store_id:
                for product in products - store._filter_assortment(products):
                    errors.append(
                        self.env._(
                            "%(product)s is not in the assortment of %(store)s.",
                            product=product.display_name,
                            store=store.name,
                        )
                    )
        return errors

    def _get_shortages(self):
        """Return the products of which the lines ask for more than the source has free.

        :return: list of ``(product, asked, free)`` in the product's unit
        """
        shortages = []
        # Of all lines at once: read off a slice, it would be looked up one by one.
        free_at_source = {line.product_id: line.source_free_quantity for line in self}
        for product, lines in self.grouped("product_id").items():
            asked = sum(lines.mapped("asked_quantity"))
            free = free_at_source[product]
            if product.uom_id.compare(asked, free) > 0:
                shortages.append((product, asked, free))
        return shortages
