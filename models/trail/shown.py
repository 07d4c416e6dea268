from odoo import api, fields, models

from ...tools.quantities import format_quantity
from ...tools.trail import TRAIL_QUANTITIES, TRAIL_STEPS

# More than a screen shows of one step: the sheet has them all.
MOST_PRODUCTS = 8
# What follows from the others, and would only make each step longer to read.
NOT_SHOWN = ("to_ship", "not_approved")


class StoreTransferEvent(models.Model):
    """A step of the trail in words, for who may see the lines of its transfer."""

    _inherit = "store.transfer.event"

    quantities = fields.Text(compute="_compute_quantities")
    person = fields.Char(compute="_compute_person")
    icon = fields.Char(compute="_compute_icon")

    @api.depends("step")
    def _compute_icon(self):
        for event in self:
            event.icon = event.step and TRAIL_STEPS[event.step].icon

    @api.depends("user_id", "cashier")
    @api.depends_context("lang")
    def _compute_person(self):
        for event in self:
            # In sudo: somebody who works elsewhere by now is named all the same.
            name = event.user_id.sudo().name or ""
            event.person = " · ".join(filter(None, (name, event._tell_cashier(name))))

    def _tell_cashier(self, name):
        """Return who was at the till, as it says, if that is not who was logged in."""
        if not self.cashier or self.cashier == name:
            return ""
        return self.env._("At the till: %s", self.cashier)

    @api.depends("changes")
    @api.depends_context("uid", "lang")
    def _compute_quantities(self):
        products = self._get_changed_products()
        products.mapped("display_name")
        for event in self:
            rows = event._get_changed_quantities(products, NOT_SHOWN)
            texts = [
                event._describe_product(product, changed)
                for product, changed in rows[:MOST_PRODUCTS]
            ]
            if len(rows) > MOST_PRODUCTS:
                texts.append(
                    self.env._("… and %s more products", len(rows) - MOST_PRODUCTS)
                )
            texts += event._describe_delivery()
            event.quantities = "\n".join(texts)

    def _get_changed_quantities(self, products, left_out=()):
        """Return how much a step has changed of which product, for who may know it.

        :param products: what ``_get_changed_products`` has found, of all steps at once
        :return: list of ``(product, {name of a quantity: [before, after]})``, in the
            product's own unit, without a product where it was deleted; nothing for who
            counts blind, until it is over
        """
        self.ensure_one()
        if self.transfer_id.hides_lines:
            return []
        rows = []
        # In sudo: what is kept of the quantities is read by nobody otherwise.
        for changed in (self.sudo().changes or {}).values():
            told = {
                name: changed[name]
                for name in TRAIL_QUANTITIES
                if name in changed and name not in left_out
            }
            if told:
                rows.append((products & products.browse(changed["product"]), told))
        return rows

    def _get_changed_products(self):
        """Return the products that these are about, as far as there still are any.

        What was taken off a draft, and never moved, can be deleted.
        """
        ids = {
            changed["product"]
            for event in self.sudo()
            for changed in (event.changes or {}).values()
        }
        # In sudo: it may have become another company's since.
        return self.env["product.product"].sudo().browse(ids).exists()

    def _get_label(self, name):
        selection = self._fields[name]._description_selection(self.env)
        return dict(selection)[self[name]]

    def _get_change_rows(self, products):
        """Return a row for each change of a step, by the names of a sheet's columns.

        :param products: see ``_get_changed_quantities``
        """
        lines = self.env["store.transfer.line"]
        rows = [
            {
                "sku": product.default_code or None,
                "barcode": product.barcode or None,
                "product_name": product.name or self._get_name_of_deleted(),
                "unit": product.uom_id.name or None,
                "changed": lines._get_quantity_label(name),
                "before": before,
                "after": after,
            }
            for product, changed in self._get_changed_quantities(products)
            for name, (before, after) in changed.items()
        ]
        return rows + [
            {
                "changed": self.transfer_id._fields[name]._description_string(self.env),
                "before": before,
                "after": after,
            }
            for name, (before, after) in (self.sudo().delivery or {}).items()
        ]

    def _describe_product(self, product, changed):
        """Return ``Oolong Tea: shipped 0 → 10 Units, in transit 0 → 10 Units``."""
        lines = self.env["store.transfer.line"]
        texts = ", ".join(
            f"{lines._get_quantity_label(name)} "
            f"{format_quantity(self.env, before)} → "
            f"{format_quantity(self.env, after, product.uom_id)}"
            for name, (before, after) in changed.items()
        )
        return f"{product.display_name or self._get_name_of_deleted()}: {texts}"

    def _get_name_of_deleted(self):
        return self.env._("Deleted product")

    def _describe_delivery(self):
        """Return ``Carrier: Black Cat → Post`` for each field that was changed."""
        transfers = self.transfer_id
        return [
            f"{transfers._fields[name]._description_string(self.env)}: "
            f"{former or '–'} → {now or '–'}"
            for name, (former, now) in (self.sudo().delivery or {}).items()
        ]


class StoreTransferLine(models.Model):
    _inherit = "store.transfer.line"

    @api.model
    def _get_quantity_label(self, name):
        """Return what a quantity of a line is called, e.g. of ``"to_ship"``."""
        return self._fields[f"{name}_quantity"]._description_string(self.env)
