from odoo import api, fields, models


class StoreTransfer(models.Model):
    """Whether there are pictures to show."""

    _inherit = "store.transfer"

    has_images = fields.Boolean(compute="_compute_has_images")

    @api.depends("line_ids.has_image")
    def _compute_has_images(self):
        for transfer in self:
            transfer.has_images = any(transfer.line_ids.mapped("has_image"))


class StoreTransferLine(models.Model):
    """Whether a line's product has a picture."""

    _inherit = "store.transfer.line"

    has_image = fields.Boolean(compute="_compute_has_image")

    @api.depends("product_id")
    def _compute_has_image(self):
        """Tell it for all lines at once, without loading a picture."""
        with_image = self.product_id._origin._filter_with_image()
        for line in self:
            line.has_image = line.product_id._origin in with_image
