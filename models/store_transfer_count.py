from odoo import api, fields, models
from odoo.exceptions import UserError

from .quantities import format_quantities, sum_by_unit
from .shared_one2many import SharedOne2many


class StoreTransferCount(models.Model):
    """What really came, line by line: who counted it, and when.

    It is saved as it goes, can be left and taken up again, also by somebody else.
    Submitting it receives what was counted; what is missing stays expected.
    """

    _name = "store.transfer.count"
    _description = "Store Transfer Count"
    _inherit = [
        "store.transfer.guard",
        "store.transfer.count.screen",
        "store.transfer.count.recorder",
        "store.transfer.count.differences",
    ]
    _order = "id desc"
    _rec_name = "transfer_id"
    _step_fields = frozenset({"transfer_id", "state", "submit_date", "user_id"})

    transfer_id = fields.Many2one(
        "store.transfer", required=True, readonly=True, index=True, ondelete="cascade"
    )
    company_id = fields.Many2one(related="transfer_id.company_id", store=True)
    state = fields.Selection(
        [("open", "Counting"), ("done", "Submitted"), ("cancelled", "Cancelled")],
        required=True,
        readonly=True,
        default="open",
    )
    user_id = fields.Many2one(
        "res.users",
        string="Counted By",
        readonly=True,
        required=True,
        default=lambda self: self.env.user,
    )
    submit_date = fields.Datetime(string="Submitted On", readonly=True)
    line_ids = SharedOne2many("store.transfer.count.line", "count_id", string="Lines")
    difference_line_ids = fields.One2many(
        "store.transfer.count.line", compute="_compute_difference_line_ids"
    )
    expected_quantity = fields.Float(
        string="Expected (Sum)", digits="Product Unit", compute="_compute_quantities"
    )
    counted_quantity = fields.Float(
        string="Counted (Sum)", digits="Product Unit", compute="_compute_quantities"
    )
    damaged_quantity = fields.Float(
        string="Damaged (Sum)", digits="Product Unit", compute="_compute_quantities"
    )

    # Shown instead of the sums above, which add kilograms to pieces.
    expected_by_unit = fields.Char(string="Expected", compute="_compute_by_unit")
    counted_by_unit = fields.Char(string="Counted", compute="_compute_by_unit")
    damaged_by_unit = fields.Char(string="Damaged", compute="_compute_by_unit")

    summary = fields.Char(
        compute="_compute_summary", help="What submitting the count does, in words."
    )
    has_lots = fields.Boolean(compute="_compute_lots")
    needs_lot_names = fields.Boolean(compute="_compute_lots")

    _one_open_count = models.UniqueIndex(
        "(transfer_id) WHERE state = 'open'",
        "This transfer is being counted already: go on with that count.",
    )

    @api.depends(
        "line_ids.expected_quantity",
        "line_ids.counted_quantity",
        "line_ids.damaged_quantity",
    )
    @api.depends_context("uid")
    def _compute_quantities(self):
        for count in self:
            lines = count.sudo().line_ids
            for name in ("expected_quantity", "counted_quantity", "damaged_quantity"):
                count[name] = sum(lines.mapped(name))
            if count._is_blind():
                count.expected_quantity = 0

    @api.depends(
        "line_ids.expected_quantity",
        "line_ids.counted_quantity",
        "line_ids.damaged_quantity",
    )
    @api.depends_context("uid", "lang")
    def _compute_by_unit(self):
        for count in self:
            lines = count.sudo().line_ids
            for name in ("expected", "counted", "damaged"):
                quantities = sum_by_unit(lines, f"{name}_quantity")
                count[f"{name}_by_unit"] = format_quantities(self.env, quantities)
            if count._is_blind():
                count.expected_by_unit = False

    @api.depends("line_ids.lot_id", "line_ids.needs_lot_name")
    def _compute_lots(self):
        for count in self:
            count.has_lots = bool(count.line_ids.lot_id)
            count.needs_lot_names = any(count.line_ids.mapped("needs_lot_name"))

    @api.depends(
        "line_ids.difference_quantity",
        "line_ids.expected_quantity",
        "line_ids.counted_quantity",
        "line_ids.damaged_quantity",
    )
    @api.depends_context("uid")
    def _compute_difference_line_ids(self):
        for count in self:
            differing = count.sudo().line_ids.filtered(lambda line: line._differs())
            count.difference_line_ids = not count._is_blind() and differing

    @api.depends("difference_line_ids", "state")
    @api.depends_context("uid", "lang")
    def _compute_summary(self):
        for count in self:
            count.summary = count.state == "open" and count._get_summary()

    def write(self, vals):
        if not self.env.su:
            self._check_may_count()
        return super().write(vals)

    # --- Steps ---

    def action_everything_came(self):
        """Count what is missing as well; what was counted already stays."""
        self._lock_to_count()
        self._check_not_blind()
        count = self.sudo()
        differences = count._get_differences()
        for line in count.line_ids.filtered("expected_quantity"):
            more = max(0, -differences[line])
            good = line.stock_uom_id.round(line.counted_quantity + more)
            line.write({"counted_quantity": good, "is_counted": True})
        return self._get_form_action()

    def action_review(self):
        """Show the differences and ask whether to submit."""
        self.ensure_one()
        self._lock_to_count()
        count = self.sudo()
        count._sync_lines()
        count._check_every_line()
        self._check_nothing_refused()
        count._check_lot_names()
        return {
            **self._get_form_action(),
            "name": self.env._("Submit the Count"),
            "views": [
                [self.env.ref("store_transfer.view_store_transfer_count_review").id]
                + ["form"]
            ],
        }

    def action_continue(self):
        """Go back from the differences to the count."""
        self._check_may_count()
        return self._get_form_action()

    def action_submit(self):
        """Receive what was counted; what is missing stays expected.

        :raise UserError: naming the products, when more was counted than is on its way
            and the store refuses a surplus
        """
        self.ensure_one()
        self._lock_to_count()
        self._lock_against_scans()
        transfer = self.transfer_id._start_step("count")
        count = self.with_env(transfer.env)
        count._sync_lines()
        count._check_something_to_count()
        count._check_every_line()
        count._check_lot_names()
        # Asked as the user: an approver may accept more than other staff.
        decisions = self._decide_on_surplus()
        self._check_nothing_refused()
        accepted = count._accept_surplus(decisions)
        parts = count._get_parts_to_receive(decisions)
        good, damaged = count._get_goods_to_receive(parts)
        count.write(
            {
                "state": "done",
                "submit_date": fields.Datetime.now(),
                "user_id": self.env.uid,
            }
        )
        transfer._do_bring_surplus(accepted)
        transfer._do_receive(good, damaged)
        count._create_discrepancies(decisions, parts)
        transfer._sync_activities()
        transfer._log_count(count)
        done = {"type": "ir.actions.act_window_close"}
        return self.transfer_id._get_print_action(transfer) or done

    def _lock_to_count(self):
        """Keep two people from submitting at the same time, and check as below."""
        self.check_access("write")
        self.transfer_id._lock()
        self.invalidate_recordset(["state"])
        self._check_may_count()

    def _check_may_count(self):
        """Check role, side and state."""
        for count in self:
            if refusal := count.transfer_id._get_refusal("count"):
                raise refusal
            if count.state != "open":
                raise UserError(
                    self.env._(
                        "%s: this count was submitted already. Start a new one for "
                        "what comes later.",
                        count.transfer_id.name,
                    )
                )

    def _check_nobody_is_counting(self):
        """Refuse to sweep over what somebody has begun to count."""
        if any(line._get_quantity_that_came() for line in self.sudo().line_ids):
            raise UserError(
                self.env._(
                    "%(transfer)s is being counted, begun by %(user)s. Finish that "
                    "count instead.",
                    transfer=self.transfer_id.name,
                    user=self.user_id.name,
                )
            )

    def _check_something_to_count(self):
        if not self.line_ids:
            raise UserError(
                self.env._(
                    "%s: there is nothing to receive now. Ask an inventory "
                    "administrator what became of the goods.",
                    self.transfer_id.name,
                )
            )

    def _check_lot_names(self):
        """Refuse lots without a name, and serial numbers that stand for many pieces."""
        came = self.line_ids.filtered(lambda line: line._get_quantity_that_came())
        for line in came:
            if line._misses_lot_name():
                raise UserError(
                    self.env._(
                        "Write down the lot or serial number of %s.",
                        line.product_id.display_name,
                    )
                )
        serials = came.filtered(lambda line: line.product_id.tracking == "serial")
        for (product, name), lines in serials.grouped(
            lambda line: (line.product_id, line.lot_id.name or line.lot_name)
        ).items():
            if sum(line._get_quantity_that_came() for line in lines) != 1:
                raise UserError(
                    self.env._(
                        "%(product)s: serial number %(name)s stands for exactly one "
                        "piece.",
                        product=product.display_name,
                        name=name,
                    )
                )
        serials.filtered("needs_lot_name")._check_serials_are_new()

    # --- Lines ---

    def _sync_lines(self):
        """Make the lines match what is on its way now; what was counted stays."""
        for count in self:
            expected = count._get_expected()
            for line in count.line_ids:
                line.expected_quantity = expected.pop(line._get_expected_key(), 0)
            self.env["store.transfer.count.line"].create(
                [
                    {
                        "count_id": count.id,
                        "transfer_line_id": transfer_line.id,
                        "product_id": transfer_line.product_id.id,
                        "lot_id": lot.id,
                        "expected_quantity": quantity,
                    }
                    for (transfer_line, lot), quantity in expected.items()
                ]
            )

    def _get_expected(self):
        """Return ``{(transfer line, lot): quantity}`` that can be received now."""
        self.ensure_one()
        moves = self.transfer_id._reserve_open_moves("receive")
        expected = {}
        for move_line in moves.move_line_ids:
            key = (move_line.move_id.transfer_line_id, move_line.lot_id)
            expected[key] = expected.get(key, 0) + move_line.quantity_product_uom
        return expected

    def _find_or_add_line(self, product, lot=None, lot_name=False):
        """Return the line that a piece of ``product`` is counted on.

        A lot or a product that nobody sent gets a line of its own, of which nothing is
        expected.

        :param lot: the lot or serial number, where it is known
        :param lot_name: the lot or serial number as it is written on the goods
        """
        self.ensure_one()
        self._check_may_count()
        # Lots and the lines to add are out of reach of store staff.
        count = self.sudo()
        lot, lot_name = count._identify_lot(product, lot, lot_name)
        line = count._find_line(product, lot, lot_name)
        if not line:
            # Two devices that scan the same product share one line.
            self._lock_to_count()
            count.invalidate_recordset(["line_ids"])
            line = count._find_line(product, lot, lot_name) or count._add_line(
                product, lot, lot_name
            )
        return line.with_env(self.env)

    def _identify_lot(self, product, lot, lot_name):
        """Return the lot and the name as they stand on a line: one of them, or none.

        Lots that a third party brings are kept by name, those of a store are known.
        """
        lots = self.env["stock.lot"]
        if product.tracking == "none":
            return lots, False
        if self.transfer_id.kind == "receipt":
            return lots, lot.name if lot else lot_name
        lot = lot or lots.search(
            [
                ("name", "=", lot_name),
                ("product_id", "=", product.id),
                ("company_id", "in", [False, self.company_id.id]),
            ],
            limit=1,
        )
        return lot, not lot and lot_name

    def _find_line(self, product, lot, lot_name):
        """Return the line of a product or lot, one that is still missing some first."""
        lines = self.line_ids.filtered(lambda line: line.product_id == product)
        if lot or lot_name:
            lines = lines.filtered(
                lambda line: line.lot_id == lot and (line.lot_name or False) == lot_name
            )
        missing = lines.filtered(lambda line: line._has_room())
        return missing[:1] or lines[:1]

    def _add_line(self, product, lot, lot_name):
        self._check_countable(product)
        nameless = self.line_ids.filtered(
            lambda line: (
                line.product_id == product
                and line.needs_lot_name
                and not line.lot_name
                and not line._get_quantity_that_came()
            )
        )[:1]
        if nameless:
            nameless.lot_name = lot_name
            return nameless
        transfer_line = self.transfer_id.line_ids.filtered(
            lambda line: line.product_id == product
        )[:1]
        return self.line_ids.create(
            {
                "count_id": self.id,
                "transfer_line_id": transfer_line.id,
                "product_id": product.id,
                "lot_id": lot.id,
                "lot_name": lot_name,
                # What is scanned before it is shipped is expected once it is.
                "is_extra_lot": bool(transfer_line & self.line_ids.transfer_line_id),
            }
        )

    def _check_countable(self, product):
        """Refuse what can't be in a store's stock at all."""
        other_company = product.company_id and product.company_id != self.company_id
        if not product.is_storable or other_company:
            raise UserError(
                self.env._(
                    "%s can't be counted here: its stock is not tracked, or it is a "
                    "product of another company.",
                    product.display_name,
                )
            )

    def _get_form_action(self):
        self.ensure_one()
        return {
            "type": "ir.actions.act_window",
            "name": self.env._("Count %s", self.transfer_id.name),
            "res_model": self._name,
            "res_id": self.id,
            "views": [
                [self.env.ref("store_transfer.view_store_transfer_count_form").id]
                + ["form"]
            ],
            "target": "new",
        }
