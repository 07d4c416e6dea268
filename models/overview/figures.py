from collections import defaultdict
from dataclasses import dataclass

from odoo import api, fields, models
from odoo.fields import Domain
from odoo.tools import SQL

from ...tools.states import OPEN_STATES, STOCK_STATES


@dataclass(frozen=True)
class Figure:
    """A number on a card: how many transfers there are, and what they are worth.

    :param side: at which side a store counts it: "source", "destination", "either", or
        "approving", which is the one that did not start the transfer
    :param domain: of the transfers that it counts, at any store
    :param value: which part of their goods it values, see ``VALUES``
    :param action: the last part of the name of the list it opens; the filter there has
        the name of the figure
    """

    side: str
    domain: Domain
    value: str
    action: str


TO_SHIP, IN_TRANSIT = SQL("goods.to_ship"), SQL("goods.in_transit")
# What is in transit and does not go back to where it came from.
COMING = SQL(
    "in_transit_quantity - GREATEST(LEAST(to_take_back_quantity, in_transit_quantity),"
    " 0)"
)
VALUES = {
    "to_ship": TO_SHIP,
    # What a vendor brings was not shipped from anywhere.
    "coming": SQL(
        "CASE store_transfer.kind WHEN 'receipt' THEN %s ELSE %s END",
        TO_SHIP,
        SQL("goods.coming"),
    ),
    "not_there": SQL("%s + %s", TO_SHIP, IN_TRANSIT),
}
FIGURES = {
    "to_approve": Figure(
        "approving", Domain("state", "=", "waiting"), "to_ship", "all"
    ),
    "to_ship": Figure(
        "source",
        Domain("state", "in", STOCK_STATES)
        & Domain("is_to_ship", "=", True)
        & Domain("kind", "!=", "receipt"),
        "to_ship",
        "outbound",
    ),
    "on_the_way": Figure(
        "destination",
        Domain("state", "in", ("approved", "in_transit"))
        & Domain("is_to_count", "=", True),
        "coming",
        "inbound",
    ),
    "to_count": Figure(
        "destination",
        Domain("state", "in", ("arrived", "partial"))
        & Domain("is_to_count", "=", True),
        "coming",
        "inbound",
    ),
    "partial": Figure(
        "destination", Domain("state", "=", "partial"), "not_there", "inbound"
    ),
    "late": Figure("either", Domain("is_late", "=", True), "not_there", "all"),
}


class StoreTransferOverview(models.Model):
    """How many transfers wait for what, and what they are worth at cost.

    A transfer that concerns two stores is on the cards of both, and once on that of the
    chain.
    """

    _inherit = "store.transfer.overview"
    _hidden_in_blind_count = frozenset(f"{name}_value" for name in FIGURES)

    to_approve_count = fields.Integer(string="To Approve", compute="_compute_figures")
    to_ship_count = fields.Integer(string="To Ship", compute="_compute_figures")
    on_the_way_count = fields.Integer(string="On the Way", compute="_compute_figures")
    to_count_count = fields.Integer(string="To Count", compute="_compute_figures")
    partial_count = fields.Integer(string="Partial", compute="_compute_figures")
    late_count = fields.Integer(string="Late", compute="_compute_figures")
    to_approve_value = fields.Monetary(
        string="Value to Approve", compute="_compute_figures"
    )
    to_ship_value = fields.Monetary(string="Value to Ship", compute="_compute_figures")
    on_the_way_value = fields.Monetary(
        string="Value on the Way", compute="_compute_figures"
    )
    to_count_value = fields.Monetary(
        string="Value to Count", compute="_compute_figures"
    )
    partial_value = fields.Monetary(
        string="Value of What Is Missing", compute="_compute_figures"
    )
    late_value = fields.Monetary(
        string="Value of What Is Late", compute="_compute_figures"
    )

    @api.depends("store_id", "company_id")
    def _compute_figures(self):
        figures = self._read_figures()
        for card in self:
            for name in FIGURES:
                count, value = figures[card._get_key()][name]
                card[f"{name}_count"] = count
                card[f"{name}_value"] = value

    def _get_key(self):
        """Return what figures are kept by; of a card that nobody may read, nothing."""
        is_saved = bool(self.id)
        return is_saved and self.company_id.id, is_saved and self.store_id.id

    def _read_figures(self):
        """Return ``{(company id, store id): {figure: [count, value]}}``, by one query.

        The figures of a whole company have no store.
        """
        figures = defaultdict(lambda: {name: [0, 0.0] for name in FIGURES})
        if cards := self.filtered("id"):
            for row in self.env.execute_query(cards._get_query_of_figures()):
                self._add_figures(figures, *row)
        return figures

    @api.model
    def _add_figures(self, figures, company_id, source_id, destination_id, by, *sums):
        """Add what is open from one store to another to the figures of both.

        :param by: the side that has started it
        :param sums: the number and the value of each figure
        """
        for index, (name, figure) in enumerate(FIGURES.items()):
            stores = {
                "source": [source_id],
                "destination": [destination_id],
                "either": [source_id, destination_id],
                "approving": [destination_id if by == "source" else source_id],
            }
            # A third party is no store; the company has all of it.
            for store_id in (False, *filter(None, stores[figure.side])):
                total = figures[company_id, store_id][name]
                total[0] += sums[2 * index]
                total[1] += sums[2 * index + 1] or 0.0

    def _get_query_of_figures(self):
        """Return the query of what is open, by the stores that it concerns.

        Only the open transfers and their lines are read, however many are over.
        """
        # In sudo: who sees a card sees all transfers that it counts, see the rules.
        transfers = self.env["store.transfer"].sudo()
        figures = [
            SQL(
                "COUNT(*) FILTER (WHERE %(is_so)s),"
                " SUM(%(value)s) FILTER (WHERE %(is_so)s)",
                is_so=transfers._search(figure.domain).where_clause,
                value=VALUES[figure.value],
            )
            for figure in FIGURES.values()
        ]
        self.env["store.transfer.line"].flush_model()
        transfers.flush_model()
        return SQL(
            """
            SELECT company_id, source_store_id, destination_store_id, initiator,
                   %(figures)s
              FROM store_transfer
         LEFT JOIN (
                   SELECT transfer_id,
                          SUM(to_ship_quantity * COALESCE(unit_cost, 0)) AS to_ship,
                          SUM(in_transit_quantity * COALESCE(unit_cost, 0))
                              AS in_transit,
                          SUM((%(coming)s) * COALESCE(unit_cost, 0)) AS coming
                     FROM store_transfer_line
                    WHERE state IN %(states)s
                 GROUP BY transfer_id
                   ) goods ON goods.transfer_id = store_transfer.id
             WHERE %(is_open)s
          GROUP BY company_id, source_store_id, destination_store_id, initiator
            """,
            figures=SQL(", ").join(figures),
            coming=COMING,
            states=OPEN_STATES,
            is_open=transfers._search(self._get_domain_of_open()).where_clause,
        )

    def _get_domain_of_open(self):
        """Return the domain of the open transfers that these cards are about."""
        is_open = Domain("company_id", "in", self.company_id.ids) & Domain(
            "state", "in", OPEN_STATES
        )
        if any(self.mapped("is_total")):
            return is_open
        stores = self.store_id.ids
        return is_open & (
            Domain("source_store_id", "in", stores)
            | Domain("destination_store_id", "in", stores)
        )
