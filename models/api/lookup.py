from odoo import api, models
from odoo.exceptions import UserError
from odoo.fields import Domain

from ...tools.given import LONGEST_SHORT_TEXT

MODULE = "store_transfer"


class StoreTransferApi(models.AbstractModel):
    """What codes stand for: companies, stores, products, units, reasons, contacts."""

    _inherit = "store.transfer.api"

    @api.model
    def _find_company(self, name):
        """Return the user's company of that name; without one, their own."""
        if not name:
            return self.env.company
        company = self.env.companies.filtered(lambda company: company.name == name)
        if len(company) != 1:
            raise UserError(self.env._("%s is none of your companies.", name))
        return company

    @api.model
    def _find_store(self, code, company):
        # In sudo: other stores are out of reach of store staff, and goods go there.
        store = (
            self.env["stock.warehouse"]
            .sudo()
            .search(
                [
                    ("code", "=", code),
                    ("company_id", "=", company.id),
                    ("is_store", "=", True),
                ]
            )
        )
        if not store:
            raise UserError(
                self.env._(
                    "%(company)s has no store with the short name %(code)s.",
                    company=company.name,
                    code=code,
                )
            )
        return store.sudo(False)

    @api.model
    def _find_products(self, skus, company):
        """Return ``{SKU: products}``: as a rule one of each."""
        in_company = Domain("company_id", "in", [False, company.id])
        products = self.env["product.product"].search(
            Domain("default_code", "in", list(skus)) & in_company
        )
        return products.grouped("default_code")

    @api.model
    def _find_goods(self, lines, transfer):
        """Return ``{SKU: products}`` of goods that are on their way, archived or not.

        Of products that share an SKU the one on this transfer is meant, as when it is
        scanned.

        :param lines: list of ``Given``, each with an ``sku``
        """
        skus = self._read_each_line(lines, lambda line: line.code("sku"))
        with_archived = self.with_context(active_test=False)
        found = with_archived._find_products(skus, transfer.company_id)
        on_way = transfer.line_ids.product_id
        return {
            sku: products & on_way or products.filtered("active") or products
            for sku, products in found.items()
        }

    @api.model
    def _get_product(self, products, sku):
        """Return the one product of an SKU.

        :param products: what :meth:`_find_products` has found
        """
        found = products.get(sku, self.env["product.product"])
        if not found:
            raise UserError(self.env._("No product has the SKU %s.", sku))
        if len(found) > 1:
            raise UserError(
                self.env._("Several products have the SKU %s: give each its own.", sku)
            )
        return found

    @api.model
    def _read_lot(self, line, product):
        """Return the name of the lot or serial number of a line; empty where none is.

        :param line: a ``Given``
        :raise UserError: when the product has no lots, so that it would be ignored
        """
        name = line.text("lot", LONGEST_SHORT_TEXT)
        if name and product.tracking == "none":
            raise UserError(
                self.env._(
                    "%s has no lots or serial numbers: leave out lot.",
                    product.display_name,
                )
            )
        return name

    @api.model
    def _find_unit(self, product, name):
        """Return the unit of that name in which a product is kept."""
        units = product.uom_id | product.uom_ids
        unit = units.filtered(lambda unit: unit.name == name)[:1]
        if name and not unit:
            raise UserError(
                self.env._(
                    "%(product)s is not kept in %(unit)s, but in: %(units)s.",
                    product=product.display_name,
                    unit=name,
                    units=", ".join(units.mapped("name")),
                )
            )
        return unit or product.uom_id

    @api.model
    def _find_contact(self, reference, company):
        contacts = self.env["res.partner"].search(
            [("ref", "=", reference), ("company_id", "in", [False, company.id])],
            limit=2,
        )
        if len(contacts) != 1:
            raise UserError(
                self.env._(
                    "There is not exactly one contact with the reference %s.", reference
                )
            )
        return contacts

    @api.model
    def _find_reason(self, name, usage, transfer):
        """Return the reason of that name or XML id, or none where none is named."""
        reasons = self.env["store.transfer.reason"]
        if not name:
            return reasons
        possible = reasons._find_for(transfer, usage)
        found = possible.filtered(lambda reason: reason.name == name)[:1]
        # One that can't be chosen here is found as well: its step says why it can't.
        found = found or reasons.search(
            [("name", "=", name), ("usage", "=", usage)], limit=1
        )
        found = found or self._find_reason_by_xml_id(name).filtered(
            lambda reason: reason.usage == usage
        )
        if not found:
            raise UserError(
                self.env._(
                    "There is no such reason: %(name)s. There are: %(names)s.",
                    name=name,
                    names=", ".join(possible.mapped("name")),
                )
            )
        return found

    def _find_reason_by_xml_id(self, name):
        module, _dot, name = name.rpartition(".")
        # In sudo: who may not read XML ids may read reasons.
        data = (
            self.env["ir.model.data"]
            .sudo()
            .search(
                [
                    ("model", "=", "store.transfer.reason"),
                    ("module", "=", module or MODULE),
                    ("name", "=", name),
                ],
                limit=1,
            )
        )
        return self.env["store.transfer.reason"].search([("id", "=", data.res_id)])
