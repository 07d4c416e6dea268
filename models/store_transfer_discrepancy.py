import base64
from collections import defaultdict
from datetime import timedelta
from typing import NamedTuple

from odoo import api, fields, models
from odoo.exceptions import AccessError, UserError
from odoo.fields import Domain

from .quantities import format_quantity
from .store_transfer_access import GROUP_APPROVER, GROUP_HEAD_OFFICE, GROUP_STAFF

UNSETTLED = ("open", "answered")
SURPLUS = ("surplus", "unexpected")
# Outcomes of goods that were sent, and that head office can decide otherwise.
MOVED_AS = ("not_sent", "returned", "lost", "damaged")


class CaseStep(NamedTuple):
    """What a step of a case demands.

    ``decided`` is whether it has an outcome already, ``outcomes`` which ones may be,
    ``disputed`` whether the source disputes it; None where that does not matter.
    """

    side: str
    group: str
    states: tuple = UNSETTLED
    kinds: tuple = ("short", "damaged", *SURPLUS)
    decided: bool | None = None
    disputed: bool | None = None
    outcomes: tuple | None = None
    # Whether it reopens what is settled: not after head office has decided.
    reopens: bool = False


CASE_STEPS = {
    "answer": CaseStep("source", GROUP_STAFF, disputed=False),
    "dispute": CaseStep(
        "source", GROUP_STAFF, states=(*UNSETTLED, "settled"), reopens=True
    ),
    "settle": CaseStep("destination", GROUP_APPROVER, kinds=("short",), decided=False),
    "accept": CaseStep("destination", GROUP_APPROVER, kinds=SURPLUS, decided=False),
    "refuse": CaseStep("destination", GROUP_APPROVER, kinds=SURPLUS, decided=False),
    "uphold": CaseStep("destination", GROUP_APPROVER, decided=True),
    "overrule": CaseStep(
        "destination",
        GROUP_HEAD_OFFICE,
        kinds=("short",),
        decided=True,
        disputed=True,
        outcomes=MOVED_AS,
    ),
}


class StoreTransferDiscrepancy(models.Model):
    """What did not simply arrive, and what became of it.

    The source answers or disputes it, the destination's approver settles it; what is
    disputed, head office decides. The goods themselves are moved by the transfer's
    legs: a case only says what is known about them.
    """

    _name = "store.transfer.discrepancy"
    _description = "Store Transfer Difference"
    _inherit = ["store.transfer.guard", "store.transfer.turns", "mail.thread"]
    _order = "deadline desc, id desc"
    _mail_post_access = "read"
    _due_field = "deadline"
    _due_states = UNSETTLED
    _step_fields = frozenset(
        {
            "transfer_id",
            "line_id",
            "count_id",
            "product_id",
            "lot_id",
            "lot_name",
            "kind",
            "quantity",
            "damaged_quantity",
            "unit_cost",
            "state",
            "outcome",
            "deadline",
            "answer_user_id",
            "answer_date",
            "is_disputed",
            "is_final",
            "settle_user_id",
            "settle_date",
        }
    )

    transfer_id = fields.Many2one(
        "store.transfer", required=True, readonly=True, index=True, ondelete="cascade"
    )
    line_id = fields.Many2one(
        "store.transfer.line",
        readonly=True,
        index="btree_not_null",
        ondelete="cascade",
        help="Empty for a product that nobody sent.",
    )
    count_id = fields.Many2one(
        "store.transfer.count", readonly=True, ondelete="set null"
    )
    company_id = fields.Many2one(
        related="transfer_id.company_id", store=True, precompute=True
    )
    source_store_id = fields.Many2one(
        related="transfer_id.source_store_id", store=True, precompute=True, index=True
    )
    destination_store_id = fields.Many2one(
        related="transfer_id.destination_store_id",
        store=True,
        precompute=True,
        index=True,
    )
    partner_id = fields.Many2one(related="transfer_id.partner_id")
    product_id = fields.Many2one(
        "product.product", required=True, readonly=True, index=True, ondelete="restrict"
    )
    # As text: on a phone a long name goes over several lines.
    product_name = fields.Char(related="product_id.display_name", string="Name")
    default_code = fields.Char(related="product_id.default_code", string="SKU")
    lot_id = fields.Many2one("stock.lot", readonly=True)
    lot_name = fields.Char(string="Unknown Lot", readonly=True)
    stock_uom_id = fields.Many2one(related="product_id.uom_id", string="Unit")
    kind = fields.Selection(
        [
            ("short", "Short"),
            ("damaged", "Damaged"),
            ("surplus", "Surplus"),
            ("unexpected", "Nobody sent it"),
        ],
        required=True,
        readonly=True,
        index=True,
    )
    quantity = fields.Float(digits="Product Unit", required=True, readonly=True)
    damaged_quantity = fields.Float(
        string="Damaged",
        digits="Product Unit",
        readonly=True,
        help="How much of a surplus that was put aside is damaged.",
    )
    currency_id = fields.Many2one(related="company_id.currency_id")
    unit_cost = fields.Float(
        digits="Product Price",
        readonly=True,
        aggregator=None,
        help="What a unit cost when the difference was found.",
    )
    value = fields.Monetary(
        string="Value at Cost", compute="_compute_value", store=True
    )
    state = fields.Selection(
        [("open", "Open"), ("answered", "Answered"), ("settled", "Settled")],
        required=True,
        readonly=True,
        default="open",
        index=True,
        tracking=True,
        group_expand=True,
    )
    outcome = fields.Selection(
        [
            ("arrived", "Arrived later"),
            ("not_sent", "Not sent"),
            ("returned", "Returned"),
            ("lost", "Lost"),
            ("damaged", "Damaged"),
            ("closed", "Closed unshipped"),
            ("accepted", "Accepted"),
            ("refused", "Refused"),
        ],
        readonly=True,
        tracking=True,
    )
    # Written by the steps; of a surplus, by who decides on it before pressing a button.
    reason_id = fields.Many2one(
        "store.transfer.reason", tracking=True, ondelete="restrict"
    )
    note = fields.Char()
    remark = fields.Char(help="What was seen when it was counted.")
    photo = fields.Image(max_width=1920, max_height=1920)
    deadline = fields.Date(readonly=True, index=True)
    answer = fields.Text(help="What the source says about it.")
    answer_user_id = fields.Many2one(
        "res.users", string="Answered By", readonly=True, ondelete="restrict"
    )
    answer_date = fields.Datetime(string="Answered On", readonly=True)
    is_disputed = fields.Boolean(string="Disputed", readonly=True, tracking=True)
    settle_user_id = fields.Many2one(
        "res.users", string="Settled By", readonly=True, ondelete="restrict"
    )
    settle_date = fields.Datetime(string="Settled On", readonly=True)
    is_final = fields.Boolean(
        string="Final", readonly=True, help="It was disputed, and has been decided."
    )
    can_answer = fields.Boolean(compute="_compute_can")
    can_dispute = fields.Boolean(compute="_compute_can")
    can_settle = fields.Boolean(compute="_compute_can")
    can_accept = fields.Boolean(compute="_compute_can")
    can_refuse = fields.Boolean(compute="_compute_can")
    can_uphold = fields.Boolean(compute="_compute_can")
    can_overrule = fields.Boolean(compute="_compute_can")
    can_remark = fields.Boolean(compute="_compute_can")

    _quantity_positive = models.Constraint(
        "CHECK (quantity > 0)", "A difference is about more than nothing."
    )
    _unsettled_index = models.Index("(transfer_id) WHERE state <> 'settled'")

    @api.depends("transfer_id.name", "product_id", "kind", "quantity")
    @api.depends_context("lang", "uid")
    def _compute_display_name(self):
        kinds = dict(self._fields["kind"]._description_selection(self.env))
        # Odoo's own errors name records that one may not read.
        hides_quantity = self.env.user._counts_blind()
        for case in self:
            quantity = format_quantity(self.env, case.quantity, case.stock_uom_id)
            product = case.product_id.display_name
            case.display_name = self.env._(
                "%(transfer)s: %(product)s (%(kind)s)",
                transfer=case.transfer_id.name,
                product=product if hides_quantity else f"{quantity} × {product}",
                kind=kinds.get(case.kind),
            )

    @api.depends("quantity", "unit_cost")
    def _compute_value(self):
        for case in self:
            case.value = case.quantity * case.unit_cost

    @api.depends("state", "outcome", "is_disputed", "is_final")
    @api.depends_context("uid")
    def _compute_can(self):
        for case in self:
            for step in CASE_STEPS:
                case[f"can_{step}"] = not case._get_refusal(step)
            case.can_remark = not case._get_remark_refusal()

    def write(self, vals):
        if self.env.su:
            return super().write(vals)
        self._check_may_write(vals)
        former = [(case, case._get_rewritten(vals)) for case in self]
        result = super().write(vals)
        for case, rewritten in former:
            case._log_rewritten(rewritten)
        return result

    def _get_rewritten(self, vals):
        """Return ``{field name: what it said before}`` of what is no longer so."""
        return {
            name: self[name]
            for name in ("answer", "remark", "photo")
            if name in vals and self[name] and self[name] != vals[name]
        }

    def _log_rewritten(self, former):
        """Keep what was said before: an answer or a photo is evidence."""
        if text := former.get("answer"):
            self._message_log(body=self.env._("The answer was: %s", text))
        if text := former.get("remark"):
            self._message_log(body=self.env._("The remark was: %s", text))
        if photo := former.get("photo"):
            self.message_post(
                body=self.env._("The photo was this one."),
                attachments=[("photo", base64.b64decode(photo))],
            )

    def _check_may_write(self, vals):
        """Let the source write its answer, and the destination what it saw.

        Who decides on a surplus may say why.
        """
        for case in self:
            if vals.keys() & {"reason_id", "note"}:
                if refusal := case._get_refusal("refuse"):
                    raise refusal
            if "answer" in vals and (refusal := case._get_refusal("dispute")):
                raise refusal
            if vals.keys() & {"remark", "photo"}:
                if refusal := case._get_remark_refusal():
                    raise refusal

    def _get_remark_refusal(self):
        refusal = self.transfer_id._get_side_refusal("destination", GROUP_STAFF)
        if not refusal and self.state == "settled":
            refusal = UserError(
                self.env._(
                    "%s is settled: its remark and photo are final. Write what you "
                    "know in a message below.",
                    self.display_name,
                )
            )
        return refusal

    # --- Who may do what ---

    def _start_step(self, step):
        """Lock the transfers, check ``step`` and return the cases ready for it."""
        self.check_access("write")
        transfers = self.transfer_id
        transfers._lock()
        self.invalidate_recordset(
            ["state", "outcome", "is_disputed", "is_final", "quantity"]
        )
        for case in self:
            if refusal := case._get_refusal(step):
                raise refusal
        return self.with_env(transfers._get_ready().env).with_prefetch()

    def _get_refusal(self, step):
        """Return the exception that says why the user can't do ``step``, or None."""
        self.ensure_one()
        demand = CASE_STEPS[step]
        return self._get_role_refusal(demand) or self._get_state_refusal(demand)

    def _get_role_refusal(self, demand):
        if self.is_disputed and demand.side == "destination":
            may_decide = self.env.su or self.env.user.has_group(GROUP_HEAD_OFFICE)
            if not may_decide:
                return AccessError(
                    self.env._(
                        "%s is disputed: head office decides it.", self.display_name
                    )
                )
        return self.transfer_id._get_side_refusal(demand.side, demand.group)

    def _get_state_refusal(self, demand):
        has_side = self.sudo().transfer_id._get_side_store(demand.side)
        is_as_demanded = (
            demand.decided in (None, bool(self.outcome))
            and demand.disputed in (None, self.is_disputed)
            and (demand.outcomes is None or self.outcome in demand.outcomes)
        )
        if self.is_final and demand.reopens:
            return UserError(
                self.env._(
                    "%s was disputed before, and decided: that is final.",
                    self.display_name,
                )
            )
        if (
            has_side
            and is_as_demanded
            and self.state in demand.states
            and self.kind in demand.kinds
        ):
            return None
        return UserError(
            self.env._(
                "%s: this step is not possible now. Reload the page to see where it "
                "stands.",
                self.display_name,
            )
        )

    # --- Steps ---

    def action_answer(self):
        """Say what the source knows; what was decided already is settled by that."""
        cases = self._start_step("answer")
        cases._check_has_answer()
        decided = cases.filtered("outcome")
        decided._write_answer(state="settled")
        (cases - decided)._write_answer(state="answered")
        cases._sync_activities()
        return True

    def action_dispute(self):
        """Disagree: head office decides."""
        cases = self._start_step("dispute")
        cases._check_has_answer()
        cases._write_answer(state="answered", is_disputed=True)
        cases._sync_activities()
        return True

    def _check_has_answer(self):
        for case in self:
            if not case.answer:
                raise UserError(
                    self.env._(
                        "%s: write your answer first, then press the button.",
                        case.display_name,
                    )
                )

    def _write_answer(self, **values):
        self._untracked().write(
            {
                "answer_user_id": self.env.uid,
                "answer_date": fields.Datetime.now(),
                **values,
            }
        )
        self._log_each(lambda case: case._describe_answer())

    def _describe_answer(self):
        if self.is_disputed:
            return self.env._("Disputed: %s", self.answer)
        return self.env._("Answered: %s", self.answer)

    def action_open_settle(self):
        """Open the question what became of the goods."""
        self.ensure_one()
        self._start_step("settle")
        return self.transfer_id._open_saved(
            self._get_wizard_action("store.transfer.settle", self.env._("Settle"))
        )

    def _get_wizard_action(self, model, name):
        action = self.transfer_id._get_wizard_action(model, name)
        context = {**action["context"], "default_discrepancy_id": self.id}
        return {**action, "context": context}

    def action_accept(self):
        """Take a surplus into stock, out of the stock of who sent it."""
        cases = self._start_step("accept")
        for transfer, of_transfer in cases.grouped("transfer_id").items():
            of_transfer._add_lines_nobody_sent()
            of_transfer._identify_lots()
            good, damaged = of_transfer._get_goods()
            transfer._do_bring_surplus(of_transfer._get_lots_by_line())
            transfer._do_receive(good, damaged)
        cases._open(cases._prepare_damaged_surplus())
        cases._settle_as_said("accepted")
        cases._notify_source()
        return True

    def _add_lines_nobody_sent(self):
        """Put the products that nobody sent on their transfer."""
        for case in self.filtered(lambda case: not case.line_id):
            case.line_id = case.transfer_id._add_line_nobody_sent(
                case.product_id, case.quantity
            )

    def _identify_lots(self):
        """Look up lots that nobody knew when they were counted."""
        for case in self.filtered("lot_name"):
            lot, lot_name = case.count_id._identify_lot(
                case.product_id, case.lot_id, case.lot_name
            )
            case.write({"lot_id": lot.id, "lot_name": lot_name})

    def _filter_open_shorts(self):
        """Return the cases of goods that are missing, and nobody knows why yet.

        What the source disputes after it was settled is not: it was moved already.
        """
        return self.filtered(
            lambda case: (
                case.kind == "short" and case.state != "settled" and not case.outcome
            )
        )

    def _is_held(self):
        """Tell whether this is a surplus that nobody has decided on."""
        return self.kind in SURPLUS and self.state != "settled" and not self.outcome

    def _is_up_to_head_office(self, user):
        """Tell whether some of this is disputed, and ``user`` can't decide it."""
        return any(self.mapped("is_disputed")) and not user.has_group(GROUP_HEAD_OFFICE)

    def _get_lots_by_line(self):
        """Return ``{line: {(lot, lot name): quantity}}`` of these cases."""
        by_line = defaultdict(lambda: defaultdict(float))
        for case in self:
            key = (case.lot_id, case.lot_name or False)
            by_line[case.line_id][key] += case.quantity
        return by_line

    def _get_goods(self):
        """Return what goes into stock, and what beside it, of these cases.

        :return: twice ``{(line, lot, lot name): quantity}``
        """
        good, damaged = defaultdict(float), defaultdict(float)
        for case in self:
            key = (case.line_id, case.lot_id, case.lot_name)
            good[key] += case.stock_uom_id.round(case.quantity - case.damaged_quantity)
            if case.damaged_quantity:
                damaged[key] += case.damaged_quantity
        return good, damaged

    def _prepare_damaged_surplus(self):
        """Return the values of the cases about what of a surplus is damaged."""
        return [
            {
                **case._prepare_values(
                    case.transfer_id,
                    case.product_id,
                    "damaged",
                    case.damaged_quantity,
                ),
                "line_id": case.line_id.id,
                "count_id": case.count_id.id,
                "lot_id": case.lot_id.id,
                "lot_name": case.lot_name,
                "remark": case.remark,
                **({"photo": case.photo} if case.photo else {}),
                "outcome": "damaged",
            }
            for case in self.filtered("damaged_quantity")
        ]

    def action_refuse(self):
        """Leave a surplus with who sent it: it never enters this store's stock."""
        cases = self._start_step("refuse")
        cases._settle_as_said("refused")
        cases._notify_source()
        return True

    def _settle_as_said(self, outcome):
        """Settle with the reason and the note that were written down before."""
        for (reason, note), cases in self.grouped(
            lambda case: (case.reason_id, case.note)
        ).items():
            if reason:
                reason._check_usable("surplus", cases.company_id)
            cases._settle(outcome, reason, note)

    def action_uphold(self):
        """Leave it at what was decided."""
        cases = self._start_step("uphold")
        decisions = cases.grouped(
            lambda case: (case.outcome, case.reason_id, case.note)
        )
        for decision, of_decision in decisions.items():
            of_decision._settle(*decision)
        return True

    def action_open_overrule(self):
        """Open the question what else became of the goods."""
        self.ensure_one()
        self._start_step("overrule")
        return self._get_wizard_action(
            "store.transfer.overrule", self.env._("Decide Otherwise")
        )

    def _do_overrule(self, outcome, reason=None, note=False):
        """Undo what was settled, and settle it as something else.

        :param outcome: what became of the goods instead; nothing, when they are
            expected again
        :raise UserError: when the goods are not there any more
        """
        goods = []
        for (transfer, former), cases in self.grouped(
            lambda case: (case.transfer_id, case.outcome)
        ).items():
            by_line = cases._get_lots_by_line()
            # Missing again before the goods are: what is short is no excess then.
            cases._expect_again()
            transfer._do_undo(former, by_line)
            goods.append((transfer, by_line))
        if outcome:
            self._settle(outcome, reason, note)
            for transfer, by_line in goods:
                transfer._do_settle(outcome, by_line)
        else:
            self.write({"state": "open", "is_disputed": False})
            self._sync_activities()
        self._explain_closed(outcome == "not_sent" and reason)
        self._notify_sides()

    def _expect_again(self):
        """Take back what was decided: nobody knows what became of the goods."""
        self.write(
            {
                "outcome": False,
                "reason_id": False,
                "note": False,
                "settle_user_id": False,
                "settle_date": False,
                "is_final": False,
            }
        )
        self.filtered(lambda case: not case.is_disputed).state = "open"
        for transfer, cases in self.grouped("transfer_id").items():
            cases.deadline = self._get_deadline(transfer)

    def _explain_closed(self, reason):
        """Keep on the lines why goods were not sent, as long as some were not."""
        lines = self.line_id
        closed = lines.filtered("closed_quantity")
        if reason:
            closed.close_reason_id = reason
        (lines - closed).close_reason_id = False

    def _settle(self, outcome, reason=None, note=False):
        """Write down what became of these; the goods were moved by the caller.

        To be called once for all that end in the same way: it tells everybody who
        waits for them, and writes one line on each of them.
        """
        disputed = self.filtered("is_disputed")
        disputed._untracked().is_final = True
        self._untracked().write(self._prepare_settled_values(outcome, reason, note))
        self._sync_activities()
        self._log_each(lambda case: case._describe_outcome())

    @api.model
    def _prepare_settled_values(self, outcome, reason=None, note=False):
        """Return the values of a case that is settled, by this user and now."""
        return {
            "state": "settled",
            "outcome": outcome,
            "reason_id": reason.id if reason else False,
            "note": note,
            "is_disputed": False,
            "settle_user_id": self.env.uid,
            "settle_date": fields.Datetime.now(),
        }

    def _describe_outcome(self):
        """Return what became of a case, and why, in one line."""
        outcomes = dict(self._fields["outcome"]._description_selection(self.env))
        parts = [outcomes[self.outcome], self.reason_id.name, self.note]
        return self.env._("Settled: %s", ", ".join(filter(None, parts)))

    @api.model
    def _split(self, quantities, damaged=None):
        """Divide cases, so that some of each can be settled.

        :param quantities: ``{case: quantity}``, above zero and not above its own
        :param damaged: ``{case: quantity}`` that is damaged of the part
        :return: ``{case: the case of so much}``, which is itself when all of it is
        """
        damaged = damaged or {}
        parts, divided, vals_list = {}, [], []
        for case, quantity in quantities.items():
            rest = case.stock_uom_id.round(case.quantity - quantity)
            if case.stock_uom_id.compare(rest, 0) <= 0:
                parts[case] = case
                continue
            of_part = case._get_damaged_of_part(quantity, rest, damaged.get(case))
            values = {"quantity": quantity, "damaged_quantity": of_part}
            divided.append(case)
            vals_list += case.copy_data(values)
            case.quantity = rest
            case.damaged_quantity -= of_part
        created = self._unlogged().create(vals_list).with_env(self.env)
        return parts | dict(zip(divided, created, strict=True))

    def _get_damaged_of_part(self, part, rest, wanted):
        """Return how much of a part is damaged: no more than there is, of the rest too.

        :param wanted: how much should be; None for as much as possible
        """
        least = max(0.0, self.damaged_quantity - rest)
        most = min(self.damaged_quantity, part)
        return min(max(most if wanted is None else wanted, least), most)

    # --- In step with the ledger ---

    @api.model
    def _prepare_values(self, transfer, product, kind, quantity):
        company = transfer.company_id
        return {
            "transfer_id": transfer.id,
            "product_id": product.id,
            "kind": kind,
            "quantity": quantity,
            "unit_cost": product.with_company(company).standard_price,
            "deadline": self._get_deadline(transfer),
        }

    @api.model
    def _get_deadline(self, transfer):
        days = timedelta(days=transfer.company_id.transfer_answer_days)
        return transfer._get_waiting_store()._get_today() + days

    @api.model
    def _prepare_short_values(self, line, quantity):
        """Return the values of a case about goods that will not be shipped."""
        return {
            **self._prepare_values(
                line.transfer_id, line.product_id, "short", quantity
            ),
            "line_id": line.id,
        }

    @api.model
    def _prepare_counted_values(self, count_line, kind, quantity):
        """Return the values of a case that a count found."""
        return {
            **self._prepare_values(
                count_line.transfer_id, count_line.product_id, kind, quantity
            ),
            "line_id": count_line.transfer_line_id.id,
            "count_id": count_line.count_id.id,
            "lot_id": count_line.lot_id.id,
            "lot_name": kind != "short" and count_line.lot_name,
            "remark": count_line.remark,
            **({"photo": count_line.photo} if count_line.photo else {}),
            "outcome": "damaged" if kind == "damaged" else False,
        }

    @api.model
    def _open(self, vals_list):
        """Create cases, and tell who has to act; no message for each of them.

        To be called once for all that a step opens. What is settled from the start
        has the values of ``_prepare_settled_values``, and nobody has to act.
        """
        cases = self._unlogged().create(vals_list).with_env(self.env)
        cases._sync_activities()
        return cases

    def _unlogged(self):
        """Create without a message for each: what opens a case is said elsewhere."""
        return self._untracked().with_context(
            mail_create_nolog=True, mail_create_nosubscribe=True
        )

    def _untracked(self):
        """Write without the message that Odoo makes, one by one, see ``_log_each``."""
        return self.with_context(tracking_disable=True)

    def _log_each(self, describe):
        """Write one line on each of these, all at once.

        :param describe: returns the line of a case
        """
        if self:
            self._message_log_batch({case.id: describe(case) for case in self})

    def _settle_what_is_not_missing(self, done):
        """Settle of the shorts what left transit in another way, e.g. has arrived.

        To be called on what is not settled.

        :param done: the moves that were done just now
        """
        shorts = self.filtered(lambda case: case.kind == "short" and case.line_id)
        moves = done.sudo().grouped("transfer_line_id")
        expected = shorts.line_id._get_expected_by_lot()
        quantities, outcomes = {}, {}
        for line, cases in shorts.grouped("line_id").items():
            excess = sum(cases.mapped("quantity")) - line._get_missing_quantity()
            if line.product_id.uom_id.compare(excess, 0) > 0:
                quantities |= cases._take_oldest(excess, expected[line])
                of_line = moves.get(line, done.browse())
                outcomes[line] = of_line._get_outcome_of_case()
        parts = self.browse().union(*self._split(quantities).values())
        for outcome, cases in parts.grouped(
            lambda case: outcomes[case.line_id]
        ).items():
            cases._settle(outcome)

    def _take_oldest(self, excess, expected):
        """Return how much of which of one line's cases, lots nobody expects first.

        :param expected: ``{lot: quantity}`` that is set aside for the destination
        :return: ``{case: quantity}``
        """
        beyond = defaultdict(float)
        for case in self:
            beyond[case.lot_id] += case.quantity
        for lot in beyond:
            beyond[lot] -= expected[lot]
        taken = defaultdict(float)
        cases = self.sorted(lambda case: (expected[case.lot_id], case.id))
        # Of each lot what nobody expects of it; only then whatever is left.
        for is_beyond in (True, False):
            for case in cases:
                quantity = min(excess, case.quantity - taken[case])
                if is_beyond:
                    quantity = max(0.0, min(quantity, beyond[case.lot_id]))
                    beyond[case.lot_id] -= quantity
                taken[case] += quantity
                excess -= quantity
        return {
            case: case.stock_uom_id.round(quantity)
            for case, quantity in taken.items()
            if case.stock_uom_id.compare(quantity, 0) > 0
        }

    @api.model
    def _reopen_what_is_missing_again(self, done):
        """Open the cases of goods that were settled, and are on their way again.

        :param done: the moves that were done or corrected just now; what is true is
            read off all the moves of their lines
        """
        booked = done.sudo()._get_booked_outcomes()
        if not booked:
            return
        lines = done.transfer_line_id
        by_line = self.search([("line_id", "in", lines.ids)]).grouped("line_id")
        parts = {}
        for (line, outcome), quantities in booked.items():
            of_line = by_line.get(line, self.browse())
            parts.update(of_line._choose_to_reopen(line, outcome, quantities))
        reopened = self.browse().union(*self._split(parts).values())
        reopened._untracked()._expect_again()
        text = self.env._(
            "What was settled was undone: the goods are on their way again."
        )
        reopened._log_each(lambda case: text)
        reopened._sync_activities()

    def _choose_to_reopen(self, line, outcome, booked):
        """Return how much of these cases of a line is on its way again.

        The newest first, lots that are booked too little before others.

        :param booked: ``{lot: quantity}`` that the moves say has that outcome
        :return: ``{case: quantity}``
        """
        shorts = self.filtered(lambda case: case.kind == "short")
        settled = shorts.filtered(lambda case: case.outcome == outcome)
        missing = shorts.filtered(
            lambda case: not case.outcome and case.state != "settled"
        )
        beside = self._get_damaged_booked_beside(line) if outcome == "damaged" else 0.0
        too_little = defaultdict(float)
        for case in settled:
            too_little[case.lot_id] += case.quantity
        for lot, quantity in booked.items():
            too_little[lot] -= quantity
        left = min(
            sum(too_little.values()) + beside,
            line._get_missing_quantity() - sum(missing.mapped("quantity")),
        )
        parts = {}
        for case in settled.sorted(
            lambda case: (too_little[case.lot_id] > 0, case.settle_date, case.id),
            reverse=True,
        ):
            quantity = case.stock_uom_id.round(min(left, case.quantity))
            if case.stock_uom_id.compare(quantity, 0) > 0:
                parts[case] = quantity
                left -= quantity
        return parts

    def _get_damaged_booked_beside(self, line):
        """Return how much that came damaged was scrapped as well as what was settled.

        Where the store has a place for it, that tells them apart.
        """
        damaged = self.filtered(lambda case: case.kind == "damaged")
        moves = line._get_moves_of_flows(("damaged",))
        if moves.filtered(lambda move: move.location_dest_usage != "inventory"):
            return 0.0
        return sum(damaged.mapped("quantity"))

    def _get_quantity_by_line(self, by_lot=False):
        """Return ``{line: quantity}``, or ``{(line, lot): quantity}``, of cases."""
        quantities = defaultdict(float)
        for case in self:
            key = (case.line_id, case.lot_id) if by_lot else case.line_id
            quantities[key] += case.quantity
        return quantities

    # --- Telling people ---

    def _get_turns(self):
        self.ensure_one()
        if self.state == "settled":
            return []
        if self.is_disputed:
            return [("mail_activity_type_decide", "head_office", GROUP_HEAD_OFFICE)]
        if self.kind in SURPLUS:
            return [("mail_activity_type_accept", "destination", GROUP_APPROVER)]
        turns = []
        if self.state == "open" and self.source_store_id:
            turns.append(("mail_activity_type_answer", "source", GROUP_STAFF))
        if self.kind == "short" or not turns:
            turns.append(("mail_activity_type_settle", "destination", GROUP_APPROVER))
        return turns

    @api.model
    def _get_domain_of_turns(self, stores, companies):
        of_head_office = Domain("is_disputed", "=", True) & Domain(
            "company_id", "in", [company.id for company in companies]
        )
        return Domain("state", "!=", "settled") & (
            Domain("source_store_id", "in", stores.ids)
            | Domain("destination_store_id", "in", stores.ids)
            | of_head_office
        )

    def _get_turn_users(self, side, group):
        if side == "head_office":
            return self.transfer_id._get_head_office_users()
        return self.transfer_id._get_side_users(side, group)

    def _get_turn_store(self, side):
        # Head office decides in the days of the store that waits.
        if side == "head_office":
            return self._get_waiting_store()
        return self.transfer_id._get_side_store(side)

    def _get_turn_deadline(self, turn, today):
        return self.deadline

    def _notify_sides(self):
        """Tell both sides what head office decided."""
        for case in self:
            staff = self.env["res.users"]
            for store in case.source_store_id | case.destination_store_id:
                staff |= store._get_transfer_staff(GROUP_STAFF)
            # Who counts blind does not see what is expected again.
            readers = staff.filtered(
                lambda user, case=case: case.with_user(user).has_access("read")
            )
            case._notify_users(
                readers, lambda case: (case.display_name, case._get_decision_text())
            )

    def _get_decision_text(self):
        """Say what head office decided otherwise."""
        if not self.outcome:
            return self.env._(
                "Head office decided otherwise: these goods are expected again."
            )
        outcomes = self._fields["outcome"]._description_selection(self.env)
        return self.env._(
            "Head office decided otherwise: %(outcome)s (%(reason)s). That is final.",
            outcome=dict(outcomes)[self.outcome],
            reason=", ".join(filter(None, [self.reason_id.name, self.note])),
        )

    def _notify_source(self):
        """Tell the source what was decided about what it sent too much.

        One message for all of a transfer; about a single case it is the case's own.
        """
        from_stores = self.filtered("source_store_id")
        for transfer, cases in from_stores.grouped("transfer_id").items():
            users = transfer.source_store_id._get_transfer_staff(GROUP_STAFF)
            about = cases if len(cases) == 1 else transfer
            about._notify_users(
                users,
                lambda about, cases=cases: (
                    about.display_name,
                    cases.with_env(about.env)._get_notice_of_decision(),
                ),
            )

    def _get_notice_of_decision(self):
        """Return what the source reads about these cases of one transfer."""
        store = self.destination_store_id.name
        outcomes = dict(self._fields["outcome"]._description_selection(self.env))
        if len(self) == 1:
            return self.env._(
                "%(store)s: %(outcome)s. If you disagree, write your answer and "
                "dispute it.",
                store=store,
                outcome=outcomes[self.outcome],
            )
        return self.env._(
            "%(store)s decided on what came too much: %(cases)s. Where you disagree, "
            "write your answer on the difference and dispute it.",
            store=store,
            cases=", ".join(
                f"{format_quantity(self.env, case.quantity, case.stock_uom_id)} × "
                f"{case.product_id.display_name} ({outcomes[case.outcome]})"
                for case in self
            ),
        )
