from odoo import api, fields, models
from odoo.exceptions import AccessError, UserError
from odoo.fields import Domain

from ...tools.carton_codes import read_carton_code

TRANSFER_FIELDS = {
    "transfer_id",
    "transfer_number",
    "transfer_uuid",
    "transfer_is_open",
}


class StockPackage(models.Model):
    """A carton of a transfer: what it says on its label, and how it is found by it."""

    _inherit = "stock.package"

    transfer_id = fields.Many2one(
        "store.transfer",
        string="Store Transfer",
        copy=False,
        index="btree_not_null",
        readonly=True,
        help="The transfer that this carton was packed for last.",
    )
    transfer_number = fields.Integer(
        string="Carton",
        copy=False,
        readonly=True,
        help="Which of the cartons of its transfer this is.",
    )
    transfer_uuid = fields.Char(
        string="Device's Id",
        copy=False,
        readonly=True,
        help="The event by which a device began this carton.",
    )
    transfer_is_open = fields.Boolean(
        string="Being Packed",
        copy=False,
        readonly=True,
        help="It has not left yet: who picks for its transfer puts goods into it.",
    )
    transfer_total = fields.Integer(
        string="Of Cartons",
        compute="_compute_transfer_total",
        help="How many cartons the transfer has.",
    )

    @api.depends("transfer_id.carton_ids.transfer_number")
    def _compute_transfer_total(self):
        # In sudo: staff may not see the transfer of a carton that went astray.
        totals = self.sudo().transfer_id._get_numbers_of_cartons()
        for carton in self:
            carton.transfer_total = totals.get(carton.sudo().transfer_id.id, 0)

    @api.model_create_multi
    def create(self, vals_list):
        packages = super().create(vals_list)
        if not self.env.su and packages.filtered("transfer_id"):
            packages._refuse_link_to_transfer()
        return packages

    def write(self, vals):
        if TRANSFER_FIELDS & vals.keys() and not self.env.su:
            self._refuse_link_to_transfer()
        return super().write(vals)

    def _refuse_link_to_transfer(self):
        raise AccessError(
            self.env._(
                "A package becomes a carton of a store transfer when it is packed for "
                "it. Pack the goods of the transfer, and ship them."
            )
        )

    @api.model
    def _find_cartons(self, codes, company):
        """Return ``{code: carton}`` of the codes that are on a carton of a transfer.

        :param codes: as they were read off labels, or typed
        """
        names = {code: read_carton_code(code) for code in codes}
        every_name = set().union(*names.values())
        # Of equal names the one that was packed last: names may begin anew one day.
        found = self.search(
            Domain("name", "in", list(every_name))
            & Domain("transfer_id.company_id", "=", company.id),
            order="id",
        )
        by_name = {carton.name: carton for carton in found}
        cartons = {
            code: next((by_name[name] for name in of_code if name in by_name), None)
            for code, of_code in names.items()
        }
        return {code: carton for code, carton in cartons.items() if carton}

    def _let_go(self):
        """Make these no cartons of a transfer any more: nothing in them is on its way.

        They are not deleted, since others may refer to them.
        """
        self.write(dict.fromkeys(TRANSFER_FIELDS, False))

    def _check_may_hold_other_goods(self):
        """Refuse goods that are not of its transfer, until it was received.

        What a carton is expected with, the one scan of its label counts.
        """
        self.ensure_one()
        values = {"carton": self.name, "transfer": self.transfer_id.name}
        if self.transfer_is_open:
            raise UserError(
                self.env._(
                    "Carton %(carton)s is being packed for %(transfer)s. Put these "
                    "goods in another package.",
                    **values,
                )
            )
        if self.location_id.usage == "transit":
            raise UserError(
                self.env._(
                    "Carton %(carton)s is on its way for %(transfer)s. Put these goods "
                    "in another package.",
                    **values,
                )
            )

    def _describe_carton(self):
        """Return what a carton is called: its number, and which of how many it is."""
        self.ensure_one()
        return self.env._(
            "%(name)s (%(number)s of %(total)s)",
            name=self.name,
            number=self.transfer_number,
            total=self.transfer_total,
        )
