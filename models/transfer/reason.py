from odoo import api, fields, models
from odoo.exceptions import UserError
from odoo.fields import Domain

from ...tools.ids import is_id

# What became of goods that are short.
SETTLED_AS = [
    ("not_sent", "Not sent: back into the source's stock"),
    ("returned", "Returned: the source receives it"),
    ("lost", "Lost"),
    ("damaged", "Damaged: scrapped"),
]
# What only somebody says who waited for a vendor, and never for a store.
VENDOR_REASONS = ("reason_not_delivered", "reason_vendor_short")


class StoreTransferReason(models.Model):
    """Why something did not go as asked: chosen from a list that can be counted."""

    _name = "store.transfer.reason"
    _description = "Store Transfer Reason"
    _inherit = ["store.transfer.reach"]
    _order = "sequence, id"

    name = fields.Char(required=True, translate=True)
    usage = fields.Selection(
        [
            ("reject", "Rejecting a transfer, or some of it"),
            ("close", "Closing what was not shipped"),
            ("short", "Settling what is short"),
            ("surplus", "Deciding on a surplus"),
        ],
        required=True,
        default="reject",
    )
    outcome = fields.Selection(
        SETTLED_AS,
        string="Usually Means",
        help="What is proposed as soon as this reason is chosen. Empty: whoever "
        "settles says it.",
    )
    is_supply_cut = fields.Boolean(
        string="Supply Cut",
        help="The source could not deliver: what is cut for this reason counts against "
        "it in the supply fill rate. Not so where the destination did not want it.",
    )
    is_of_vendor = fields.Boolean(
        string="Of a Vendor",
        compute="_compute_is_of_vendor",
        search="_search_is_of_vendor",
        help="It is offered for third-party receipts only.",
    )
    sequence = fields.Integer(default=10)
    active = fields.Boolean(default=True)
    company_id = fields.Many2one(
        "res.company", help="Leave empty to offer this reason in every company."
    )

    def _compute_is_of_vendor(self):
        of_vendor = self._get_vendor_reasons()
        for reason in self:
            reason.is_of_vendor = reason in of_vendor

    def _search_is_of_vendor(self, operator, value):
        if operator != "in":
            return NotImplemented
        of_vendor = Domain("id", "in", self._get_vendor_reasons().ids)
        return Domain.OR(of_vendor if is_it else ~of_vendor for is_it in value)

    @api.model
    def _get_vendor_reasons(self):
        """Return those of ours that blame a vendor, whatever they are called by now."""
        found = (
            self.env.ref(f"store_transfer.{name}", raise_if_not_found=False)
            for name in VENDOR_REASONS
        )
        # Whoever needs none may have deleted it.
        return self.browse().union(*filter(None, found))

    @api.model
    def _get_domain_for(self, transfer):
        """Return the domain of the reasons that can be chosen for a transfer."""
        companies = Domain("company_id", "in", [False, transfer.sudo().company_id.id])
        if transfer.kind == "receipt":
            return companies
        return companies & Domain("is_of_vendor", "=", False)

    @api.model
    def _find_for(self, transfer, usage):
        """Return the reasons that can be chosen for something done to a transfer."""
        return self.search(Domain("usage", "=", usage) & self._get_domain_for(transfer))

    @api.model
    def _find_chosen(self, reason_id):
        """Return the reason that somebody chose, or none where there is none."""
        return self.search([("id", "=", reason_id)]) if is_id(reason_id) else self

    def _check_usable(self, usage, companies, is_of_vendor=False):
        """Refuse a reason that is for something else, or somebody else's.

        :param is_of_vendor: whether it may say what a vendor did
        """
        self.ensure_one()
        other_company = self.company_id and companies != self.company_id
        if self.usage != usage or not self.active or other_company:
            raise UserError(
                self.env._("Choose a reason from the list: this one is not for it.")
            )
        if self.is_of_vendor and not is_of_vendor:
            raise UserError(
                self.env._(
                    '"%s" is for what a third party delivers. Choose another reason.',
                    self.name,
                )
            )
