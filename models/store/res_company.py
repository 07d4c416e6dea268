from odoo import api, fields, models

from ...tools.roles import GROUP_HEAD_OFFICE

SURPLUS_POLICIES = [
    ("refuse", "Refuse it: the count can't be submitted"),
    ("tolerance", "Accept it within a tolerance; an approver decides on more"),
    ("approver", "An approver decides"),
]


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
    transfer_surplus_policy = fields.Selection(
        SURPLUS_POLICIES,
        string="Surplus",
        required=True,
        default="approver",
        help="What happens when more comes than was shipped.",
    )
    transfer_surplus_percent = fields.Float(
        string="Surplus Tolerance (%)", help="Of what was asked for of a product."
    )
    transfer_surplus_pieces = fields.Float(
        string="Surplus Tolerance (Pieces)",
        digits="Product Unit",
        help="So much more of a product may come, even if it is a higher percentage.",
    )
    transfer_approve_days = fields.Integer(
        string="Days to Approve",
        default=1,
        required=True,
        help="So many days after it was submitted a transfer should be approved or "
        "rejected; earlier, where the goods have to leave earlier.",
    )
    transfer_transit_days = fields.Integer(
        string="Days on the Way",
        default=1,
        required=True,
        help="So many days before the expected date the goods should leave.",
    )
    transfer_undo_days = fields.Integer(
        string="Days to Undo",
        default=3,
        required=True,
        help="For so many days a count, or a shipment to a third party, can be undone.",
    )
    transfer_answer_days = fields.Integer(
        string="Days to Answer a Difference",
        default=3,
        help="After so many days a difference that is not settled is late.",
    )
    transfer_till_pin = fields.Boolean(
        string="Approve at the Till by PIN",
        help="An approver can approve at a till where somebody else is logged in, by "
        "a PIN of their own.",
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

    _transfer_days = models.Constraint(
        # A day that is further away is no date any more.
        "CHECK (LEAST(transfer_approve_days, transfer_transit_days,"
        " transfer_answer_days) >= 0"
        " AND GREATEST(transfer_approve_days, transfer_transit_days,"
        " transfer_answer_days) <= 3650)",
        "The days to approve, on the way and to answer a difference are from 0 to "
        "3650.",
    )

    @api.model_create_multi
    def create(self, vals_list):
        companies = super().create(vals_list)
        companies._ensure_transit_location()
        return companies

    def write(self, vals):
        if "user_ids" not in vals:
            return super().write(vals)
        with self.env["res.users"]._passing_on_transfer_turns():
            return super().write(vals)

    def _ensure_transit_location(self):
        """Make a transit location where there is none, or it is archived.

        Odoo creates one for each company, archived; somebody may have taken it away.
        """
        companies = self.sudo()
        companies.filtered(
            lambda company: not company.internal_transit_location_id
        )._create_transit_location()
        companies.internal_transit_location_id.filtered(
            lambda location: not location.active
        ).action_unarchive()

    def _get_transfer_timezone(self):
        """Return the name of the time zone of a store that has none of its own."""
        # In sudo: who may not read the company's contact still lives in its days.
        return self.sudo().partner_id.tz or self.env.user.tz or "UTC"

    def _get_transfer_main_store(self):
        """Return the main warehouse: the chosen one, else the company's first store."""
        self.ensure_one()
        return self.transfer_main_store_id or self.env["stock.warehouse"].search(
            [("company_id", "=", self.id), ("is_store", "=", True)], limit=1
        )

    def _get_transfer_head_office(self):
        """Return the users of head office who may enter this company."""
        return self._get_transfer_people(GROUP_HEAD_OFFICE)

    def _get_transfer_people(self, group_name):
        """Return who is in a group, given by its XML id, and may enter this company."""
        # Asked for each discrepancy: "ref" would look whether it exists, each time.
        group_id = self.env["ir.model.data"]._xmlid_to_res_id(group_name)
        group = self.env["res.groups"].sudo().browse(group_id)
        return group.all_user_ids.filtered(
            lambda user: user.active and not user.share and self in user.company_ids
        )

    def _get_transfer_scrap_location(self):
        """Return the location that Odoo's own scrap orders of this company use."""
        self.ensure_one()
        return self.env["stock.scrap"].new({"company_id": self.id}).scrap_location_id

    def _get_transfer_loss_location(self):
        """Return the location that Odoo's own inventory counts book losses to."""
        self.ensure_one()
        templates = self.env["product.template"].with_company(self)
        fallback = templates._fields["property_stock_inventory"]
        return fallback.get_company_dependent_fallback(templates)
