from odoo import fields, models
from odoo.exceptions import UserError

from ...tools.lot_quantities import LotQuantities
from ...tools.person import get_cashier, get_person


class StoreTransferCount(models.Model):
    """Counting, and what submitting a count does."""

    _inherit = "store.transfer.count"

    def action_everything_came(self):
        """Count what is missing as well; what was counted already stays."""
        self._check_step("count")
        self._count_everything()
        return self._get_form_action()

    def _count_everything(self):
        self._check_not_blind()
        count = self.sudo()
        differences = count._get_differences()
        for line in count.line_ids.filtered("expected_quantity"):
            more = max(0, -differences[line])
            good = line.stock_uom_id.round(line.counted_quantity + more)
            line.write({"counted_quantity": good, "is_counted": True})

    def action_review(self):
        """Show the differences and ask whether to submit."""
        self.ensure_one()
        self._check_step("count")
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
        self._check_allows("count")
        return self._get_form_action()

    def action_submit(self):
        """Receive what was counted; what is missing stays expected.

        Unless a rule settles it, since it is little.

        :raise UserError: naming the products, when more was counted than is on its way
            and the store refuses a surplus
        """
        self.ensure_one()
        count = self._start_step("submit")
        transfer = count.transfer_id
        count._sync_lines()
        count._check_something_to_count()
        count._check_every_line()
        count._check_lot_names()
        # Asked as the user: an approver may accept more than other staff.
        decisions = self._decide_on_surplus()
        self._check_nothing_refused()
        missing_cartons = count.missing_cartons
        settled = transfer._get_settled_discrepancies()
        with transfer._steps_in_a_row() as in_a_row:
            with in_a_row._stock_work("count") as working:
                count.with_env(working.env)._do_submit(working, decisions)
            in_a_row._settle_by_rule(missing_cartons)
        count._keep_what_it_settled(transfer._get_settled_discrepancies() - settled)
        transfer._log_count(count, missing_cartons)
        done = {"type": "ir.actions.act_window_close"}
        return self.transfer_id._get_print_action(transfer) or done

    def _do_submit(self, transfer, decisions):
        """Receive what was counted, and write down what did not simply arrive.

        :param transfer: what was counted, as the step works on it
        :param decisions: what happens to a surplus, see ``_decide_on_surplus``
        """
        accepted = self._accept_surplus(decisions)
        parts = self._get_parts_to_receive(decisions)
        good, damaged = self._get_goods_to_receive(parts)
        self.write(
            {
                "state": "done",
                "submit_date": fields.Datetime.now(),
                "user_id": get_person(self.env).id,
                "cashier": get_cashier(self.env),
            }
        )
        self.surplus_parts = transfer._do_bring_surplus(accepted)
        transfer._do_receive(good, damaged, self._get_cartons_here())
        self._create_discrepancies(decisions, parts)
        self._keep_its_pickings()

    def _check_nobody_is_counting(self):
        """Refuse to sweep over what somebody has begun to count."""
        if any(line._get_done_quantity() for line in self.sudo().line_ids):
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
        came = self.line_ids.filtered(lambda line: line._get_done_quantity())
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
            if sum(line._get_done_quantity() for line in lines) != 1:
                raise UserError(
                    self.env._(
                        "%(product)s: serial number %(name)s stands for exactly one "
                        "piece.",
                        product=product.display_name,
                        name=name,
                    )
                )
        serials.filtered("needs_lot_name")._check_serials_are_new()

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

    def _get_parts_to_receive(self, decisions):
        """Return what of each row is received on which line of the transfer.

        :return: list of ``(row, row whose line it is, good, damaged)``
        """
        parts = []
        for lines in self.line_ids.filtered("transfer_line_id")._group_by_goods():
            room, received = {}, {}
            for line in lines:
                decision = decisions.get(line)
                is_brought = decision and decision.verdict == "accept"
                brought = decision.quantity if is_brought else 0
                room[line] = line.expected_quantity + brought
                received[line] = line._get_quantities_to_receive(decision)
            parts += lines._allot(received, room)
        return parts

    def _get_goods_to_receive(self, parts):
        """Return what goes into stock, and what beside it.

        :return: twice ``LotQuantities``
        """
        good, damaged = LotQuantities(), LotQuantities()
        for row, home, good_part, damaged_part in parts:
            key = row._get_lot_key(home.transfer_line_id)
            good.add(key, good_part)
            damaged.add(key, damaged_part)
        return good, damaged
