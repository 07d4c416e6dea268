from odoo import fields, models


class StockWarehouse(models.Model):
    """Where a store keeps what it has set aside: beside the stock it sells from."""

    _inherit = "stock.warehouse"

    transfer_aside_location_id = fields.Many2one(
        "stock.location",
        string="Set Aside In",
        check_company=True,
        readonly=True,
        copy=False,
        ondelete="restrict",
        help="Made by itself when goods come for a customer for the first time.",
    )

    def _get_aside_location(self):
        """Return the place, made where there is none; an archived one is used again.

        To be called in sudo: whoever receives has no rights on locations.
        """
        self.ensure_one()
        if not self.transfer_aside_location_id:
            self.transfer_aside_location_id = self.env["stock.location"].create(
                {
                    "name": self.env._("Set Aside"),
                    "usage": "internal",
                    "location_id": self.view_location_id.id,
                    "company_id": self.company_id.id,
                }
            )
        if not self.transfer_aside_location_id.active:
            self.transfer_aside_location_id.action_unarchive()
        return self.transfer_aside_location_id
