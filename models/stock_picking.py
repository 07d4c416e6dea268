from odoo import api, fields, models
from odoo.exceptions import UserError


class StockPicking(models.Model):
    _inherit = "stock.picking"

    transfer_id = fields.Many2one(
        "store.transfer",
        string="Store Transfer",
        copy=False,
        index="btree_not_null",
        readonly=True,
    )

    def _create_backorder_picking(self):
        backorder = super()._create_backorder_picking()
        if self.transfer_id:
            backorder.transfer_id = self.transfer_id
        return backorder

    def _send_confirmation_email(self):
        # A store is not a customer: it gets an activity, not a delivery mail.
        between_stores = self.filtered(
            lambda picking: picking.sudo().transfer_id.kind == "between"
        )
        return super(StockPicking, self - between_stores)._send_confirmation_email()

    @api.ondelete(at_uninstall=False)
    def _unlink_except_of_transfer(self):
        for picking in self.filtered("transfer_id"):
            raise UserError(
                self.env._(
                    "%(picking)s belongs to store transfer %(transfer)s. Cancel the "
                    "transfer instead of deleting its picking.",
                    picking=picking.name,
                    transfer=picking.sudo().transfer_id.name,
                )
            )

    def action_view_transfer(self):
        self.ensure_one()
        return {
            "type": "ir.actions.act_window",
            "res_model": "store.transfer",
            "res_id": self.transfer_id.id,
            "view_mode": "form",
        }
