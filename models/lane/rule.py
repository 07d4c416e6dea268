from datetime import timedelta

from odoo import api, fields, models
from odoo.exceptions import AccessError, ValidationError

from ..mixins.small import READS_LIMITS, SMALL_FIELDS
from .lookup import FOUND

# Of so many days it is counted how often a rule has settled something.
DAYS = 30


class StoreTransferLane(models.Model):
    """Which rule settles small differences on a lane by itself; head office says it.

    What head office writes is a rule; how long transfers take stays looked up. A lane
    may be added before anything was sent on it.
    """

    _name = "store.transfer.lane"
    _inherit = ["store.transfer.lane", "store.transfer.small"]
    _step_fields = frozenset(FOUND)

    currency_id = fields.Many2one(related="company_id.currency_id")
    small_policy = fields.Selection(
        [
            ("company", "As the company says"),
            ("own", "By a rule of this lane"),
            ("never", "Somebody decides on each"),
        ],
        string="Small Differences",
        required=True,
        default="company",
        help="Whether little that is short is settled by itself when it was counted.",
    )
    small_rule = fields.Char(
        string="Rule",
        compute="_compute_small_rule",
        groups=READS_LIMITS,
        help="What settles small differences on this lane now.",
    )
    settled_number = fields.Integer(
        string="Settled by Rule in 30 Days", compute="_compute_settled"
    )
    settled_value = fields.Monetary(
        string="Value Settled by Rule in 30 Days",
        compute="_compute_settled",
        help="At cost: what the rule costs.",
    )

    @api.constrains("source_store_id", "destination_store_id")
    def _check_stores(self):
        for lane in self:
            source, destination = lane.source_store_id, lane.destination_store_id
            if source == destination or source.company_id != destination.company_id:
                raise ValidationError(
                    self.env._(
                        "%s: a lane goes from one store to another of the same "
                        "company. Choose two stores.",
                        lane.display_name,
                    )
                )

    @api.constrains("small_policy", "company_id", *SMALL_FIELDS)
    def _check_own_rule(self):
        for lane in self.filtered(lambda lane: lane.small_policy == "own"):
            lane._check_small_rule(lane.company_id)

    def write(self, vals):
        if not self.env.su and vals.keys() & {
            "source_store_id",
            "destination_store_id",
        }:
            raise AccessError(
                self.env._(
                    "A lane stays between its two stores: add another one instead."
                )
            )
        return super().write(vals)

    @api.depends("small_policy", *SMALL_FIELDS)
    @api.depends_context("lang")
    def _compute_small_rule(self):
        for lane in self:
            rule = lane._get_small_rule()
            lane.small_rule = rule and rule._describe_small_rule()

    def _get_small_rule(self):
        """Return whose rule holds: this lane's, its company's, or None."""
        self.ensure_one()
        if self.small_policy == "own":
            return self
        if self.small_policy == "never":
            return None
        # In sudo: not everybody may read all of a company.
        return self.company_id.sudo()._get_small_rule()

    @api.model
    def _find_small_rule(self, transfer):
        """Return the rule for what is short on a transfer, or None where there is none.

        Of a third party there is none: what it did not bring is not to be paid for.
        """
        if transfer.kind != "between":
            return None
        # In sudo: it holds for whoever counts.
        lane = self.sudo().search(
            [
                ("source_store_id", "=", transfer.source_store_id.id),
                ("destination_store_id", "=", transfer.destination_store_id.id),
            ]
        )
        holder = lane or transfer.company_id.sudo()
        return holder._get_small_rule()

    @api.depends("source_store_id", "destination_store_id")
    def _compute_settled(self):
        settled = self.env["store.transfer.discrepancy"]._sum_settled_by_rule(self)
        for lane in self:
            key = lane.source_store_id._origin, lane.destination_store_id._origin
            lane.settled_number, lane.settled_value = settled.get(key, (0, 0.0))

    def action_open_settled(self):
        """Show what a rule has settled on this lane."""
        self.ensure_one()
        action = self.env["ir.actions.act_window"]._for_xml_id(
            "store_transfer.action_store_transfer_discrepancy"
        )
        domain = [
            ("is_by_rule", "=", True),
            ("source_store_id", "=", self.source_store_id.id),
            ("destination_store_id", "=", self.destination_store_id.id),
        ]
        return {**action, "domain": domain, "context": {"create": False}}

    @api.model
    def _get_first_moment(self):
        """Return since when it counts how often a rule has settled something."""
        return fields.Datetime.now() - timedelta(days=DAYS)
