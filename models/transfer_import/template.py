from odoo import api, models

from ...spreadsheets.output.template import Choices, Help, Texts, build_template
from ...tools.roles import GROUP_HEAD_OFFICE


class StoreTransferImport(models.Model):
    """The file that people fill in."""

    _inherit = "store.transfer.import"

    def action_download_template(self):
        self.ensure_one()
        return {
            "type": "ir.actions.act_url",
            "url": f"/store_transfer/import_template?company_id={self.company_id.id}",
            "target": "self",
        }

    @api.model
    def _build_template(self, company):
        """Return the content of the template, with what the user may choose from."""
        return build_template(self._get_template_texts(), self._get_choices(company))

    @api.model
    def _get_choices(self, company):
        """Return the stores that the user may put into a file, as :class:`Choices`."""
        stores = self.env["stock.warehouse"].search(
            [("company_id", "=", company.id), ("is_store", "=", True)]
        )
        own = stores
        if not self.env.user.has_group(GROUP_HEAD_OFFICE):
            own &= self.env.user.sudo().transfer_store_ids
        return Choices(own.mapped("name"), stores.mapped("name"))

    @api.model
    def _get_template_texts(self):
        required = self.env._("Required")
        return Texts(
            language=self.env.lang,
            title=self.env._("Transfers"),
            title_of_stores=self.env._("Stores"),
            title_of_help=self.env._("How to fill in"),
            required=required,
            yes=self.env._("Yes"),
            headings_of_help=(
                self.env._("Column"),
                required,
                self.env._("Meaning"),
                self.env._("Example"),
            ),
            helps=self._get_template_helps(),
            hint_on_quantity=(
                self.env._("Quantity"),
                self.env._("Enter a number above zero."),
            ),
            hint_on_date=(
                self.env._("Expected date"),
                self.env._("For example 2026-11-30"),
            ),
        )

    @api.model
    def _get_template_helps(self):
        return {
            "expected_date": Help(
                self.env._(
                    "When the goods may be expected. Leave the first four columns "
                    "empty in a row that goes on with the order above it."
                ),
                "2026-11-30",
            ),
            "source": Help(
                self.env._(
                    "The store the goods leave from: its name or short code. Empty "
                    "means the main warehouse, or a third party when one is named."
                ),
                "EC",
            ),
            "third_party": Help(
                self.env._(
                    "A vendor or other outside unit: with a store to go to, the goods "
                    "come from it; with a store to leave from, they go to it."
                ),
                self.env._("Formosa Tea Ltd."),
            ),
            "destination": Help(
                self.env._(
                    "The store the goods go to: its name or short code. Several "
                    "stores, separated by commas, make one transfer each. Empty only "
                    "when the goods go to a third party."
                ),
                self.env._("Shop North, Shop South"),
            ),
            "product_name": Help(
                self.env._(
                    "For those who read the file; products are found by their SKU."
                ),
                self.env._("Oolong Tea"),
            ),
            "sku": Help(self.env._("The product's SKU or barcode."), "TEA-001"),
            "quantity": Help(self.env._("How many, in the product's unit."), "12"),
            "remark": Help(
                self.env._(
                    "Rows with the same date, stores, third party and remark become "
                    "one transfer."
                ),
                self.env._("Winter promotion"),
            ),
        }
