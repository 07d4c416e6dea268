from collections import defaultdict

from odoo import api, fields, models

from ...tools.lot_quantities import LotKey, LotQuantities
from ...tools.person import get_person
from ...tools.roles import GROUP_HEAD_OFFICE
from .discrepancy import SURPLUS


class StoreTransferDiscrepancy(models.Model):
    """What is decided on a discrepancy."""

    _inherit = "store.transfer.discrepancy"

    def action_open_settle(self):
        """Open the question what became of the goods."""
        self.ensure_one()
        self._check_step("settle")
        return self.transfer_id._open_saved(
            self._get_wizard_action("store.transfer.settle", self.env._("Settle"))
        )

    def _get_wizard_action(self, model, name):
        action = self.transfer_id._get_wizard_action(model, name)
        context = {**action["context"], "default_discrepancy_id": self.id}
        return {**action, "context": context}

    def action_accept(self):
        """Take a surplus into stock, out of the stock of who sent it."""
        discrepancies = self._start_step("accept")
        with discrepancies.transfer_id._stock_work("accept") as transfers:
            discrepancies.with_env(transfers.env)._do_accept(transfers)
        discrepancies._notify_source()
        return True

    def _do_accept(self, transfers):
        """Bring a surplus on its way, receive it, and settle it.

        :param transfers: what these are about, as the step works on them
        """
        by_transfer = self.grouped("transfer_id")
        for transfer in transfers:
            discrepancies = by_transfer[transfer]
            discrepancies._add_unexpected_lines()
            discrepancies._identify_lots()
            goods = discrepancies._get_goods()
            damaged = discrepancies._get_goods("damaged_quantity")
            transfer._do_bring_surplus(goods)
            transfer._do_receive(goods - damaged, damaged)
            # Accepting is not counting: they came with the last count that found some.
            discrepancies.count_id.sorted("id")[-1:]._keep_its_pickings()
        self._open(self._prepare_damaged_surplus())
        self._settle_as_said("accepted")

    def _add_unexpected_lines(self):
        """Put the products that nobody sent on their transfer."""
        for discrepancy in self.filtered(lambda discrepancy: not discrepancy.line_id):
            discrepancy.line_id = discrepancy.transfer_id._add_unexpected_line(
                discrepancy.product_id, discrepancy.quantity
            )

    def _identify_lots(self):
        """Look up lots that nobody knew when they were counted."""
        for discrepancy in self.filtered("lot_name"):
            lot, lot_name = discrepancy.count_id._identify_lot(
                discrepancy.product_id, discrepancy.lot_id, discrepancy.lot_name
            )
            discrepancy.write({"lot_id": lot.id, "lot_name": lot_name})

    def _filter_open_shorts(self):
        """Return the discrepancies of goods that are missing, and nobody knows why yet.

        What the source disputes after it was settled is not: it was moved already.
        """
        return self.filtered(
            lambda discrepancy: (
                discrepancy.kind == "short"
                and discrepancy.state != "settled"
                and not discrepancy.outcome
            )
        )

    def _is_held(self):
        """Tell whether this is a surplus that nobody has decided on."""
        return self.kind in SURPLUS and self.state != "settled" and not self.outcome

    def _is_up_to_head_office(self, user):
        """Tell whether some of this is disputed, and ``user`` can't decide it."""
        return any(self.mapped("is_disputed")) and not user.has_group(GROUP_HEAD_OFFICE)

    def _get_goods(self, field="quantity"):
        """Return the ``LotQuantities`` that these are about, of lines of a transfer."""
        return LotQuantities(
            (discrepancy._get_lot_key(), discrepancy[field]) for discrepancy in self
        )

    def _get_lot_key(self):
        return LotKey(self.line_id, self.lot_id, self.lot_name or False)

    def _prepare_damaged_surplus(self):
        """Return the values of the discrepancies about what of a surplus is damaged."""
        return [
            {
                **discrepancy._prepare_values(
                    discrepancy.transfer_id,
                    discrepancy.product_id,
                    "damaged",
                    discrepancy.damaged_quantity,
                ),
                "line_id": discrepancy.line_id.id,
                "count_id": discrepancy.count_id.id,
                "lot_id": discrepancy.lot_id.id,
                "lot_name": discrepancy.lot_name,
                "remark": discrepancy.remark,
                **({"photo": discrepancy.photo} if discrepancy.photo else {}),
                "outcome": "damaged",
            }
            for discrepancy in self.filtered("damaged_quantity")
        ]

    def action_refuse(self):
        """Leave a surplus with who sent it: it never enters this store's stock."""
        discrepancies = self._start_step("refuse")
        with discrepancies.transfer_id._stock_work("refuse") as transfers:
            discrepancies.with_env(transfers.env)._settle_as_said("refused")
        discrepancies._notify_source()
        return True

    def _settle_as_said(self, outcome):
        """Settle with the reason and the note that were written down before."""
        for (reason, note), discrepancies in self.grouped(
            lambda discrepancy: (discrepancy.reason_id, discrepancy.note)
        ).items():
            if reason:
                reason._check_usable("surplus", discrepancies.company_id)
            discrepancies._settle(outcome, reason, note)

    def action_uphold(self):
        """Leave it at what was decided."""
        discrepancies = self._start_step("uphold")
        with discrepancies.transfer_id._stock_work("uphold") as transfers:
            discrepancies.with_env(transfers.env)._settle_as_decided()
        return True

    def _settle_as_decided(self):
        """Settle as what each of these was decided to be."""
        decisions = self.grouped(
            lambda discrepancy: (
                discrepancy.outcome,
                discrepancy.reason_id,
                discrepancy.note,
            )
        )
        for decision, discrepancies in decisions.items():
            discrepancies._settle(*decision)

    def action_open_overrule(self):
        """Open the question what else became of the goods."""
        self.ensure_one()
        self._check_step("overrule")
        return self._get_wizard_action(
            "store.transfer.overrule", self.env._("Decide Otherwise")
        )

    def _do_overrule(self, outcome, reason=None, note=False):
        """Undo what was settled, and settle it as something else.

        :param outcome: what became of the goods instead; nothing, when they are
            expected again
        :raise UserError: when the goods are not there any more
        """
        with self.transfer_id._stock_work("overrule") as transfers:
            discrepancies = self.with_env(transfers.env)
            undone = discrepancies._undo()
            if outcome:
                discrepancies._settle(outcome, reason, note)
                for transfer, goods in undone:
                    transfer._do_settle(outcome, goods)
            else:
                discrepancies.write({"state": "open", "is_disputed": False})
                discrepancies._sync_activities()
        self._explain_closed(outcome == "not_sent" and reason)
        self._notify_sides()

    def _undo(self):
        """Bring what was settled on its way again.

        :return: list of ``(transfer, LotQuantities)``
        """
        undone = []
        for (transfer, former), discrepancies in self.grouped(
            lambda discrepancy: (discrepancy.transfer_id, discrepancy.outcome)
        ).items():
            goods = discrepancies._get_goods()
            discrepancies._expect_again()
            transfer._do_undo(former, goods)
            undone.append((transfer, goods))
        return undone

    def _expect_again(self):
        """Take back what was decided: nobody knows what became of the goods."""
        self.write(
            {
                "outcome": False,
                "reason_id": False,
                "note": False,
                "settle_user_id": False,
                "settle_date": False,
                "settle_count_id": False,
                "is_final": False,
                **self._prepare_rule_values(None),
            }
        )
        self.filtered(lambda discrepancy: not discrepancy.is_disputed).state = "open"
        for transfer, discrepancies in self.grouped("transfer_id").items():
            discrepancies.deadline = self._get_deadline(transfer)

    def _explain_closed(self, reason):
        """Keep on the lines why goods were not sent, as long as some were not."""
        lines = self.line_id
        closed = lines.filtered("closed_quantity")
        if reason:
            closed.close_reason_id = reason
        (lines - closed).close_reason_id = False

    @api.model
    def _settle_and_move(self, decided, note=False, rule=None):
        """Settle what is short, and move the goods to where they are.

        :param decided: ``{(outcome, reason): discrepancies}``, of one transfer; the
            outcomes are those of ``SETTLED_AS``
        :param rule: what has decided it, if nobody has: a ``store.transfer.small``
        :raise UserError: when the goods are not on their way (any more)
        """
        by_outcome = defaultdict(self.browse)
        for (outcome, reason), discrepancies in decided.items():
            if outcome == "not_sent":
                # Said on the transfer: why what was not sent will not come.
                discrepancies.line_id.close_reason_id = reason
            discrepancies._settle(outcome, reason, note, rule)
            by_outcome[outcome] |= discrepancies
        for outcome, discrepancies in by_outcome.items():
            discrepancies.transfer_id._do_settle(outcome, discrepancies._get_goods())

    def _settle(self, outcome, reason=None, note=False, rule=None):
        """Write down what became of these; the goods were moved by the caller.

        To be called once for all that end in the same way: it tells everybody who
        waits for them, and writes one line on each of them.
        """
        disputed = self.filtered("is_disputed")
        disputed._untracked().is_final = True
        self._untracked().write(
            self._prepare_settled_values(outcome, reason, note)
            | self._prepare_rule_values(rule)
        )
        self._sync_activities()
        self._log_each(lambda discrepancy: discrepancy._describe_outcome())

    @api.model
    def _prepare_settled_values(self, outcome, reason=None, note=False):
        """Return the values of a discrepancy that is settled, by this user and now."""
        return {
            "state": "settled",
            "outcome": outcome,
            "reason_id": reason.id if reason else False,
            "note": note,
            "is_disputed": False,
            "settle_user_id": get_person(self.env).id,
            "settle_date": fields.Datetime.now(),
            "settle_count_id": False,
        }

    def _describe_outcome(self):
        """Return what became of a discrepancy, and why, in one line."""
        outcomes = dict(self._fields["outcome"]._description_selection(self.env))
        parts = [outcomes[self.outcome], self.reason_id.name, self.note]
        what = ", ".join(filter(None, parts))
        if self.is_by_rule:
            return self.env._("Settled by rule: %s", what)
        return self.env._("Settled: %s", what)
