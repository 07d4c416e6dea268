from collections import defaultdict

from odoo import api, fields, models

from ...tools.person import get_cashier, get_person
from ...tools.states import NOT_APPROVED
from ...tools.trail import TRAIL_QUANTITIES, TRAIL_STEPS, get_origin


class StoreTransfer(models.Model):
    """Writing down each step at its end, once for all transfers that it was done to.

    How much was there before a step is what the trail knew until then: no change gets
    lost between two steps, whoever made it.
    """

    _inherit = "store.transfer"

    event_ids = fields.One2many(
        "store.transfer.event", "transfer_id", string="Trail", readonly=True
    )
    number_of_events = fields.Integer(compute="_compute_number_of_events")

    @api.depends("event_ids")
    def _compute_number_of_events(self):
        counts = dict(
            self.env["store.transfer.event"]._read_group(
                [("transfer_id", "in", self.ids)], ["transfer_id"], ["__count"]
            )
        )
        for transfer in self:
            transfer.number_of_events = counts.get(transfer._origin, 0)

    def _add_to_trail(self, step, changes=None, origin=None, delivery=None):
        """Write down that a step was done to these transfers.

        :param changes: ``{transfer: what the step changed}``, see
            :meth:`_get_trail_changes`; None where it changed no quantity
        :param origin: where that was, if not where the request came from
        :param delivery: what it changed of how the goods come, as ``{name of a field:
            [what it said before, and says now]}``
        """
        shared = {
            "date": fields.Datetime.now(),
            "user_id": get_person(self.env).id,
            "cashier": get_cashier(self.env),
            "origin": get_origin(self.env, origin),
            "delivery": delivery,
        }
        # In sudo: nobody may write into a trail, and every step does.
        self.env["store.transfer.event"].sudo().create(
            [
                {
                    **shared,
                    "transfer_id": transfer.id,
                    "step": step,
                    "changes": changes.get(transfer) if changes else None,
                }
                for transfer in self
            ]
        )

    def _add_quantities_to_trail(self, step):
        """Write down a step, with the quantities that it has changed."""
        self._add_to_trail(step, self._get_trail_changes())

    def _add_work_to_trail(self, work):
        """Write down what was done to moves of these, or of others meanwhile.

        :param work: the ``StockWork`` that is over; its step is none where it was done
            to the moves themselves, in the Inventory app
        """
        transfers = self.browse(work.transfer_ids)
        changes = transfers._get_trail_changes()
        is_step = bool(work.step) and work.origin is None
        told = transfers.filtered(
            lambda transfer: transfer in changes or (is_step and transfer in self)
        )
        if work.step:
            told._add_to_trail(work.step, changes, work.origin)
            return
        done = self.env["stock.move"].browse(work.done_ids)
        by_transfer = done.grouped(lambda move: move.transfer_line_id.transfer_id)
        for step, of_step in told.grouped(
            lambda transfer: by_transfer.get(transfer, done[:0])._get_trail_step()
        ).items():
            of_step._add_to_trail(step, changes, work.origin)

    def _get_trail_changes(self):
        """Return what has become of the lines since the trail last told of them.

        :return: ``{transfer: {id of a line, as a text: {"product": id, name of a
            quantity: [before, now]}}}``, without what is as it was
        """
        known = self._get_known_quantities()
        changes = defaultdict(dict)
        for transfer in self:
            before = known[transfer.id]
            for line in transfer.line_ids:
                own = before.pop(str(line.id), {})
                if changed := line._get_trail_changes(own):
                    changes[transfer][str(line.id)] = changed
            # What was taken off a draft that had been withdrawn.
            for line_id, own in before.items():
                gone = {
                    name: [quantity, 0.0]
                    for name, quantity in own.items()
                    if name != "product" and quantity
                }
                if gone:
                    changes[transfer][line_id] = {"product": own["product"], **gone}
        return dict(changes)

    def _get_known_quantities(self):
        """Return what the trail says of each line until now.

        :return: ``{id of a transfer: {id of a line, as a text: {"product": id, name of
            a quantity: how much}}}``
        """
        known = defaultdict(lambda: defaultdict(dict))
        events = self.env["store.transfer.event"].sudo()
        for event in events.search_fetch(
            [("transfer_id", "in", self.ids)], ["transfer_id", "changes"], order="id"
        ):
            for line_id, changed in (event.changes or {}).items():
                own = known[event.transfer_id.id][line_id]
                own["product"] = changed["product"]
                for name in TRAIL_QUANTITIES:
                    if name in changed:
                        own[name] = changed[name][1]
        return known


class StoreTransferLine(models.Model):
    _inherit = "store.transfer.line"

    def _get_trail_changes(self, before):
        """Return what differs from what the trail knew of this line; see above."""
        compare = self.product_id.uom_id.compare
        is_approved = self.transfer_id.approval_state not in NOT_APPROVED
        changed = {}
        for name in TRAIL_QUANTITIES:
            former = before.get(name, 0.0)
            # Before it is approved, nothing is to ship yet.
            is_told = name != "to_ship" or is_approved
            now = self[f"{name}_quantity"] if is_told else 0.0
            if compare(former, now):
                changed[name] = [former, now]
        return {"product": self.product_id.id, **changed} if changed else {}


class StockMove(models.Model):
    _inherit = "stock.move"

    def _get_trail_step(self):
        """Return as which step the trail shows what was done to these moves."""
        flows = [move.transfer_flow for move in self if move.state == "done"]
        step = flows[0] if flows else "close"
        return step if step in TRAIL_STEPS else "correct"
