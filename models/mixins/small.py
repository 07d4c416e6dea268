from odoo import api, fields, models
from odoo.exceptions import UserError
from odoo.tools import format_amount

from ...tools.quantities import format_quantity
from ...tools.roles import GROUP_HEAD_OFFICE
from .guard import LARGEST_QUANTITY

# What head office writes where it sets such a rule.
SMALL_FIELDS = (
    "transfer_small_pieces",
    "transfer_small_value",
    "transfer_small_number",
    "transfer_small_store_number",
    "transfer_small_outcome",
    "transfer_small_reason_id",
)

# Who knew a rule would know how much may vanish, and how often, before anybody asks.
# Settings are opened by administrators.
READS_LIMITS = f"{GROUP_HEAD_OFFICE},base.group_system"


class StoreTransferSmall(models.AbstractModel):
    """A rule: how little may be short to be settled by itself, as what, and why.

    A company has one, and a lane can have one of its own.
    """

    _name = "store.transfer.small"
    _description = "Rule for Small Differences"

    # Each has its own: the company's.
    currency_id = fields.Many2one("res.currency")
    transfer_small_pieces = fields.Float(
        string="Pieces",
        digits="Product Unit",
        default=1,
        groups=READS_LIMITS,
        help="So much may be short on a transfer, all its products together. Packs "
        "count their pieces. What is weighed or measured counts kilograms, liters, "
        "meters or square meters.",
    )
    transfer_small_value = fields.Monetary(
        string="Value at Cost",
        groups=READS_LIMITS,
        help="So much may be short on a transfer at cost, all its products together. "
        "What has no cost counts as nothing: then only the pieces limit it.",
    )
    transfer_small_number = fields.Integer(
        string="Differences in 30 Days",
        default=10,
        groups=READS_LIMITS,
        help="Once so many were settled by rule on a lane in 30 days, somebody decides "
        "on the others.",
    )
    transfer_small_store_number = fields.Integer(
        string="At a Store in 30 Days",
        default=30,
        groups=READS_LIMITS,
        help="Once so many were settled by rule on all lanes to a receiving store in "
        "30 days, somebody decides on the others that come there.",
    )
    # Who says that goods were returned or are broken has them in their hands.
    transfer_small_outcome = fields.Selection(
        [
            ("lost", "Lost"),
            ("not_sent", "Not sent: back into the source's stock"),
        ],
        string="Settled As",
        groups=READS_LIMITS,
        default="lost",
    )
    transfer_small_reason_id = fields.Many2one(
        "store.transfer.reason",
        string="Reason",
        groups=READS_LIMITS,
        domain=[("usage", "=", "short"), ("is_of_vendor", "=", False)],
        ondelete="restrict",
    )

    def _check_small_rule(self, company):
        """Refuse a rule that can't be followed.

        :raise UserError: saying what to enter
        """
        self.ensure_one()
        limits = (
            self.transfer_small_pieces,
            self.transfer_small_value,
            self.transfer_small_number,
            self.transfer_small_store_number,
        )
        # Of what is no number (NaN) nothing is true.
        if not all(0 < limit <= LARGEST_QUANTITY for limit in limits):
            raise UserError(
                self.env._(
                    "%s: enter how many pieces, how much value and how many "
                    "differences in 30 days are settled by rule, each above zero.",
                    self.display_name,
                )
            )
        if not self.transfer_small_outcome or not self.transfer_small_reason_id:
            raise UserError(
                self.env._(
                    "%s: choose as what small differences are settled, and why.",
                    self.display_name,
                )
            )
        self.transfer_small_reason_id._check_usable("short", company)

    def _describe_small_rule(self):
        """Return a rule in words: its limits, as what it settles, and why."""
        outcomes = dict(
            self._fields["transfer_small_outcome"]._description_selection(self.env)
        )
        return self.env._(
            "%(limits)s: %(outcome)s (%(reason)s)",
            limits=self._describe_small_limits(
                self.currency_id, self.transfer_small_pieces, self.transfer_small_value
            ),
            outcome=outcomes.get(self.transfer_small_outcome),
            reason=self.transfer_small_reason_id.name,
        )

    @api.model
    def _describe_small_limits(self, currency, pieces, value):
        """Return the limits of a rule in words."""
        amount = format_amount(self.env, value, currency)
        if pieces == 1:
            return self.env._("up to 1 piece and %s on a transfer", amount)
        return self.env._(
            "up to %(pieces)s pieces and %(value)s on a transfer",
            pieces=format_quantity(self.env, pieces),
            value=amount,
        )
