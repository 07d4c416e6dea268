from odoo import api, fields, models

from ..spreadsheets.template import Choices
from .store_transfer_access import GROUP_HEAD_OFFICE


class ResCompany(models.Model):
    _inherit = "res.company"

    transfer_main_store_id = fields.Many2one(
        "stock.warehouse",
        string="Main Warehouse",
        domain="[('company_id', '=', id), ('is_store', '=', True)]",
        help="The store that an imported row means when it names no source; "
        "usually the e-commerce warehouse.",
    )
    transfer_block_shortage = fields.Boolean(
        string="Block Transfers Without Stock",
        help="Refuse to submit a transfer that asks for more than is free at its "
        "source. Otherwise the user is only warned.",
    )

    transfer_import_rows = fields.Integer(
        string="Most Rows of an Import",
        default=20_000,
        required=True,
        help="An import file with more rows, or for more lines, is refused.",
    )
    transfer_import_megabytes = fields.Integer(
        string="Largest Import File",
        default=10,
        required=True,
        help="In megabytes.",
    )
    transfer_import_background_rows = fields.Integer(
        string="Import in the Background",
        default=1_000,
        required=True,
        help="A file with more rows than this is imported while the user does other "
        "things.",
    )

    _transfer_import_limits = models.Constraint(
        "CHECK (transfer_import_rows > 0 AND transfer_import_megabytes > 0"
        " AND transfer_import_background_rows >= 0)",
        "The limits of an import of transfers must be above zero.",
    )

    @api.model_create_multi
    def create(self, vals_list):
        companies = super().create(vals_list)
        companies._activate_transit_location()
        return companies

    def _activate_transit_location(self):
        """Unarchive the internal transit location, which Odoo creates archived."""
        self.sudo().internal_transit_location_id.filtered(
            lambda location: not location.active
        ).action_unarchive()

    def _get_transfer_main_store(self):
        """Return the main warehouse: the chosen one, else the company's first store."""
        self.ensure_one()
        return self.transfer_main_store_id or self.env["stock.warehouse"].search(
            [("company_id", "=", self.id), ("is_store", "=", True)], limit=1
        )

    def _get_transfer_import_choices(self):
        """Return the stores that the user may put into an import file.

        :return: :class:`Choices` of names
        """
        self.ensure_one()
        stores = self.env["stock.warehouse"].search(
            [("company_id", "=", self.id), ("is_store", "=", True)]
        )
        own = stores
        if not self.env.user.has_group(GROUP_HEAD_OFFICE):
            own &= self.env.user.sudo().transfer_store_ids
        return Choices(own.mapped("name"), stores.mapped("name"))
