from odoo import models


class StockPicking(models.Model):
    _inherit = "stock.picking"

    def _send_confirmation_email(self):
        # Of one shipment a third party gets one e-mail: ours, where it is wanted.
        ours = self.filtered(
            lambda picking: (
                picking.company_id.transfer_mail_dispatch
                and picking.sudo().transfer_id.kind == "dispatch"
            )
        )
        return super(StockPicking, self - ours)._send_confirmation_email()
