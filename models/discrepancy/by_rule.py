from odoo import api, fields, models
from odoo.exceptions import UserError
from odoo.tools import SQL

from ..mixins.small import READS_LIMITS
from .discrepancy import SURPLUS

# What a rule counts: pieces; of what is weighed or measured, these.
COUNTED_IN = (
    "product_uom_unit",
    "product_uom_kgm",
    "product_uom_litre",
    "product_uom_meter",
    "product_uom_square_meter",
)


class StoreTransferDiscrepancy(models.Model):
    """Small shorts that a rule of head office settles, when they were counted."""

    _inherit = "store.transfer.discrepancy"

    is_by_rule = fields.Boolean(
        string="Settled by Rule",
        readonly=True,
        help="Nobody has decided on it: it was little enough for the rule of its lane.",
    )
    # What the rule said then, whatever it says now.
    rule_pieces = fields.Float(
        digits="Product Unit", readonly=True, aggregator=None, groups=READS_LIMITS
    )
    rule_value = fields.Monetary(readonly=True, aggregator=None, groups=READS_LIMITS)
    rule = fields.Char(
        compute="_compute_rule",
        groups=READS_LIMITS,
        help="What the rule said when it settled this.",
    )

    _by_rule_index = models.Index(
        "(destination_store_id, source_store_id, settle_date) WHERE is_by_rule"
    )

    @api.depends("is_by_rule", "rule_pieces", "rule_value")
    @api.depends_context("lang")
    def _compute_rule(self):
        rules = self.env["store.transfer.small"]
        for discrepancy in self:
            discrepancy.rule = discrepancy.is_by_rule and rules._describe_small_limits(
                discrepancy.currency_id, discrepancy.rule_pieces, discrepancy.rule_value
            )

    @api.model
    def _prepare_rule_values(self, rule):
        """Return the values that say which rule has settled it, or that none has."""
        if not rule:
            return {"is_by_rule": False, "rule_pieces": 0, "rule_value": 0}
        return {
            "is_by_rule": True,
            "rule_pieces": rule.transfer_small_pieces,
            "rule_value": rule.transfer_small_value,
            # Who has counted has not decided it.
            "settle_user_id": False,
        }

    @api.model
    def _sum_settled_by_rule(self, lanes):
        """Return what was settled by rule of late, as far as the user may see it.

        :param lanes: whatever has a source and a destination
        :return: ``{(source, destination): (number, value)}``
        """
        domain = [
            *self._get_settled_of_late(),
            ("source_store_id", "in", lanes.source_store_id.ids),
            ("destination_store_id", "in", lanes.destination_store_id.ids),
        ]
        groups = self._read_group(
            domain,
            ["source_store_id", "destination_store_id"],
            ["__count", "value:sum"],
        )
        return {
            (source, destination): (number, value)
            for source, destination, number, value in groups
        }

    @api.model
    def _get_settled_of_late(self):
        """Return the domain of what rules have settled in the last 30 days."""
        since = self.env["store.transfer.lane"]._get_first_moment()
        return [("is_by_rule", "=", True), ("settle_date", ">=", since)]

    def _do_settle_by_rule(self, rule):
        """Settle these as a rule says, in the way in which a person does."""
        reason = rule.transfer_small_reason_id.with_env(self.env)
        # What was chosen before vendors had their own reasons stops no count.
        reason._check_usable("short", self.company_id, is_of_vendor=True)
        decided = {(rule.transfer_small_outcome, reason): self}
        self._settle_and_move(decided, rule=rule)

    def _is_small(self, rule):
        """Tell whether all of these, of one transfer, are little enough for a rule.

        What it has settled of the transfer before counts as well: who takes one piece
        of each product, or of each count, has taken more than one.
        """
        if any(discrepancy._wants_a_look() for discrepancy in self):
            return False
        former = self.transfer_id.discrepancy_ids.filtered("is_by_rule")
        together = self | former
        pieces = sum(discrepancy._get_pieces() for discrepancy in together)
        # A cost below zero, which Odoo only warns of, makes nothing else cheaper.
        value = sum(abs(discrepancy.value) for discrepancy in together)
        return (
            self.stock_uom_id[:1].compare(pieces, rule.transfer_small_pieces) <= 0
            and self.currency_id.compare_amounts(value, rule.transfer_small_value) <= 0
            and self._are_few(rule)
        )

    def _are_few(self, rule):
        """Tell whether a rule still settles so many as these, of one transfer.

        Their lane has a limit, and so has their receiving store, whose staff count
        what comes on all its lanes.
        """
        source, store = self.source_store_id, self.destination_store_id
        by_source = self._read_group(
            [*self._get_settled_of_late(), ("destination_store_id", "=", store.id)],
            ["source_store_id"],
            ["__count"],
        )
        settled = dict(by_source)
        on_lane = settled.get(source, 0) + len(self)
        at_store = sum(settled.values()) + len(self)
        return (
            on_lane <= rule.transfer_small_number
            and at_store <= rule.transfer_small_store_number
        )

    def _wants_a_look(self):
        """Tell whether somebody has said something of it, or is to look for it.

        A serial number is one certain thing, and whoever finds it knows it.
        """
        return bool(
            self.state != "open"
            or self.answer
            or self.remark
            or self.photo
            or self.product_id.tracking == "serial"
        )

    def _get_pieces(self):
        """Return how much this is in pieces, or in what goods of its kind are sold by.

        A tonne is a thousand kilograms to a rule, as a pack of six is six pieces.
        """
        for name in COUNTED_IN:
            unit = self.env.ref(f"uom.{name}", raise_if_not_found=False)
            if unit and self.stock_uom_id._has_common_reference(unit):
                return self.stock_uom_id._compute_quantity(
                    self.quantity, unit, round=False
                )
        return self.quantity


class StoreTransfer(models.Model):
    """When what is short on a transfer is settled by rule."""

    _inherit = "store.transfer"

    def _settle_by_rule(self, missing_cartons):
        """Settle what is short after a count, if all of it is little enough.

        All or nothing: where somebody has to look at one of them anyway, they decide
        on all. It is a step of its own, after the count and in the same transaction,
        in the name of who has counted, whose right to decide nobody asks: it is head
        office that has decided. What can't be settled stays open, and the count stands.

        :param missing_cartons: those that were not scanned, as a text
        """
        self.ensure_one()
        shorts = self._get_open_shorts()
        rule = shorts and self.env["store.transfer.lane"]._find_small_rule(self)
        if not rule or not self._is_over(missing_cartons) or not shorts._is_small(rule):
            return
        self._settle_one_at_a_time()
        try:
            with self.env.cr.savepoint(), self._stock_work("settle_by_rule") as working:
                shorts.with_env(working.env)._do_settle_by_rule(rule)
        except UserError as error:
            # Not on the transfer: who counts blind reads that.
            text = self.env._("This could not be settled by rule: %s", error.args[0])
            shorts._log_each(lambda discrepancy: text)

    def _is_over(self, missing_cartons):
        """Tell whether nothing more is to come, and nothing came in place of it."""
        return not (
            self.is_to_ship
            or missing_cartons
            or self.discrepancy_ids.filtered(
                lambda discrepancy: discrepancy.kind in SURPLUS
            )
        )

    def _settle_one_at_a_time(self):
        """Let nobody else settle by rule what came to this store, until we are done.

        How often that was done is counted as it stood when we began. So the row of the
        store is not only locked, but written, with what it holds: who comes second, or
        came in between, begins anew. Odoo repeats the request; nobody waits here, with
        the quants of a count in hand.
        """
        store = self.destination_store_id
        for query in (
            "SELECT id FROM stock_warehouse WHERE id = %s FOR NO KEY UPDATE NOWAIT",
            "UPDATE stock_warehouse SET active = active WHERE id = %s",
        ):
            # That somebody was faster is life.
            self.env.cr.execute(SQL(query, store.id), log_exceptions=False)
