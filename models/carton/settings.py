from odoo import api, fields, models
from odoo.exceptions import ValidationError

from ...tools.carton_codes import PREFIX_LENGTHS, make_sscc

CARTON_POLICIES = [
    ("trust", "One scan counts all that is in it"),
    ("open", "It is opened and counted: the scan says only that it is here"),
]


class ResCompany(models.Model):
    """How the cartons of a company are numbered, and counted."""

    _inherit = "res.company"

    transfer_carton_policy = fields.Selection(
        CARTON_POLICIES,
        string="Cartons",
        required=True,
        default="trust",
        help="What the scan of a carton does where it arrives. A store that counts "
        "blind opens each of them.",
    )
    transfer_gs1_prefix = fields.Char(
        string="GS1 Company Prefix",
        help="With it a carton gets a serial shipping container code (SSCC), which "
        "anybody's scanner reads; without it a number of our own.",
    )

    @api.constrains("transfer_gs1_prefix")
    def _check_transfer_gs1_prefix(self):
        for company in self.filtered("transfer_gs1_prefix"):
            prefix = company.transfer_gs1_prefix
            is_number = prefix.isascii() and prefix.isdecimal()
            if not is_number or len(prefix) not in PREFIX_LENGTHS:
                raise ValidationError(
                    self.env._(
                        "%(prefix)s is no GS1 company prefix: enter the %(shortest)s "
                        "to %(longest)s digits that GS1 has given to %(company)s.",
                        prefix=prefix,
                        shortest=PREFIX_LENGTHS[0],
                        longest=PREFIX_LENGTHS[-1],
                        company=company.name,
                    )
                )

    def _get_next_carton_names(self, number_of_cartons):
        """Return numbers that no carton had before."""
        self.ensure_one()
        # In sudo: staff use the sequence, and may not read it.
        sequence = self.env["ir.sequence"].sudo().with_company(self)
        names = [
            sequence.next_by_code("store.transfer.carton")
            for _carton in range(number_of_cartons)
        ]
        if prefix := self.transfer_gs1_prefix:
            digits = ["".join(filter(str.isdecimal, name)) for name in names]
            return [make_sscc(prefix, int(number or 0)) for number in digits]
        return names


class StockWarehouse(models.Model):
    _inherit = "stock.warehouse"

    transfer_carton_policy = fields.Selection(
        CARTON_POLICIES,
        string="Cartons",
        help="What the scan of a carton does that arrives here. Empty: as the company "
        "says. Where it is counted blind, each is opened.",
    )

    def _trusts_cartons(self):
        """Tell whether the scan of a carton counts what is in it."""
        self.ensure_one()
        policy = self.transfer_carton_policy or self.company_id.transfer_carton_policy
        # What a trusted carton counts is what was expected.
        return policy == "trust" and not self.transfer_blind_count


class ResConfigSettings(models.TransientModel):
    _inherit = "res.config.settings"

    transfer_carton_policy = fields.Selection(
        related="company_id.transfer_carton_policy", readonly=False, required=True
    )
    transfer_gs1_prefix = fields.Char(
        related="company_id.transfer_gs1_prefix", readonly=False
    )
