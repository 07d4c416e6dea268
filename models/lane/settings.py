from odoo import api, fields, models

from ..mixins.small import SMALL_FIELDS


class ResCompany(models.Model):
    """The rule for small differences on every lane that has none of its own."""

    _name = "res.company"
    _inherit = ["res.company", "store.transfer.small"]

    transfer_settles_small = fields.Boolean(
        string="Settle Small Differences",
        help="Little that is short is settled by itself when it was counted.",
    )

    @api.constrains("transfer_settles_small", *SMALL_FIELDS)
    def _check_transfer_small_rule(self):
        for company in self.filtered("transfer_settles_small"):
            company._check_small_rule(company)

    def _get_small_rule(self):
        """Return this company, if its rule is in force, else None."""
        return self if self.transfer_settles_small else None


class ResConfigSettings(models.TransientModel):
    _inherit = "res.config.settings"

    transfer_settles_small = fields.Boolean(
        related="company_id.transfer_settles_small", readonly=False
    )
    # Apps have one of their own, each with another name.
    transfer_currency_id = fields.Many2one(
        related="company_id.currency_id", string="Currency of Differences"
    )
    transfer_small_pieces = fields.Float(
        related="company_id.transfer_small_pieces", readonly=False
    )
    transfer_small_value = fields.Monetary(
        related="company_id.transfer_small_value",
        currency_field="transfer_currency_id",
        readonly=False,
    )
    transfer_small_number = fields.Integer(
        related="company_id.transfer_small_number", readonly=False
    )
    transfer_small_store_number = fields.Integer(
        related="company_id.transfer_small_store_number", readonly=False
    )
    transfer_small_outcome = fields.Selection(
        related="company_id.transfer_small_outcome", readonly=False
    )
    transfer_small_reason_id = fields.Many2one(
        related="company_id.transfer_small_reason_id", readonly=False
    )
