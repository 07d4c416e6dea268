from odoo import api, fields, models


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

    def _get_transfer_scrap_location(self):
        """Return the location that Odoo's own scrap orders of this company use."""
        self.ensure_one()
        return self.env["stock.scrap"].new({"company_id": self.id}).scrap_location_id
