from copy import copy

from odoo import api, fields, models
from odoo.exceptions import UserError

from ...tools.flows import FIRST_FLOWS
from ...tools.marks import DONE_AT_ONCE
from ...tools.person import get_person
from ...tools.quantities import format_quantity
from ...tools.stock_work import StockWork
from ...tools.validated import Validated


class StoreTransfer(models.Model):
    """What arrives: confirmed, counted, received; also what comes back."""

    _inherit = "store.transfer"

    arrival_date = fields.Datetime(readonly=True, copy=False)
    arrival_user_id = fields.Many2one("res.users", readonly=True, copy=False)
    number_of_counts = fields.Integer(compute="_compute_number_of_counts")

    def _do_receive(self, goods, damaged=None, cartons=()):
        """Receive what was counted, and leave the rest expected.

        :param goods: ``LotQuantities``; a lot's name stands for a lot that a third
            party's receipt creates
        :param damaged: what came damaged, in the same way
        :param cartons: those that are here: goods are taken out of them first
        :raise UserError: when more was counted than is expected
        """
        self.ensure_one()
        opened = self.env["stock.package"]
        if damaged:
            opened = self._do_receive_damaged(damaged, cartons)
        moves = self._reserve_open_moves("receive")
        left = copy(goods)
        brought = moves._set_new_lots(left)
        shipped = moves - brought
        done = shipped.move_line_ids._sort_by_carton(cartons)._take_from(left)
        self._check_all_was_expected(left)
        shipped._set_transfer_quantities(done)
        shipped.filtered("picked").move_line_ids._keep_whole_packages(opened)
        self._validate_moves(moves)

    def _do_receive_damaged(self, goods, cartons):
        """Receive what came damaged, in a picking of its own, beside sellable stock.

        :return: the packages that it was taken out of
        """
        if self.kind == "between":
            moves = self._take_out_of_transit("damaged", goods, cartons)
        else:
            moves = self._bring_damaged(goods)
        moves.picked = True
        opened = moves.move_line_ids.package_id
        self._validate_moves(moves)
        return opened

    def _bring_damaged(self, goods):
        """Create the moves of what a third party brought damaged."""
        work = self.with_context(**DONE_AT_ONCE.context)
        by_line = goods.by_line()
        work._get_open_moves("receive")._reduce_transfer_demand(by_line)
        moves = work._create_moves("damaged", by_line)
        work._confirm_moves(moves)
        brought = moves._set_new_lots(copy(goods))
        (moves - brought).move_line_ids._apply_putaway_strategy()
        return moves.with_env(self.env)

    def _do_bring_surplus(self, goods):
        """Bring a surplus on its way, so that it can be received.

        It comes out of the source through transit, never from nothing; a third party
        simply has brought more.

        :param goods: ``LotQuantities``
        :return: ``{id of a line: what its ``_raise_by_surplus`` has returned}``
        :raise UserError: when the source does not have it on record
        """
        self.ensure_one()
        if not goods:
            return {}
        work = self.with_context(**DONE_AT_ONCE.context)
        by_line = goods.by_line()
        first = FIRST_FLOWS[self.kind][0]
        to_ship = work._get_open_moves("ship")
        parts = {
            line.id: line._raise_by_surplus(quantity)
            for line, quantity in by_line.items()
        }
        to_ship._reduce_demand_by_surplus(goods)
        expected = work._get_open_moves("receive")
        moves = work._create_moves(
            first, by_line, next_moves=expected if first == "ship" else None
        )
        work._confirm_moves(moves)
        if first == "ship":
            moves._reserve_exactly(goods)
            moves.picked = True
            self._validate_moves(moves.with_env(self.env))
            self._expect_goods()
        return parts

    def _do_take_back(self):
        """Receive all that is on its way back, at the source."""
        self.ensure_one()
        moves = self._reserve_open_moves("take_back")
        moves.picked = True
        self._validate_moves(moves)

    def _check_all_was_expected(self, left):
        surplus = [
            self.env._(
                "%(product)s: %(quantity)s more than expected",
                product=key.display_name,
                quantity=format_quantity(self.env, quantity, key.unit),
            )
            for key, quantity in left.items()
        ]
        if surplus:
            raise UserError(
                self.env._(
                    "%(transfer)s: more was counted than is on its way. Put the "
                    "surplus aside, correct the count and tell the sender.\n%(lines)s",
                    transfer=self.name,
                    lines="\n".join(surplus),
                )
            )

    @api.depends("count_ids")
    def _compute_number_of_counts(self):
        for transfer in self:
            transfer.number_of_counts = len(transfer.count_ids)

    def action_confirm_arrival(self):
        """Say that the goods stand here; they are not counted yet."""
        transfers = self._start_step("confirm_arrival")
        transfers._do_confirm_arrival()
        return self._get_print_action(transfers) or True

    def _do_confirm_arrival(self):
        arrived = self.filtered(lambda transfer: not transfer.arrival_date)
        arrived._write_arrival()
        Validated.get(self.env).arrived_ids.extend(arrived.ids)

    def _write_arrival(self):
        self.write(
            {
                "arrival_date": fields.Datetime.now(),
                "arrival_user_id": get_person(self.env).id,
            }
        )
        self._sync_activities()
        # What is received has arrived: that is one step.
        if not StockWork.get(self.env):
            self._add_to_trail("confirm_arrival")

    def action_start_count(self):
        """Open the count; goods that are still on the way have then arrived."""
        self.ensure_one()
        count = self._start_step("count")._get_open_count()
        return count.with_env(self.env)._get_form_action()

    def action_scan(self):
        """Open the scan screen of the count, which is started where there is none."""
        self.ensure_one()
        count = self._start_step("count")._get_open_count()
        action = self.env["ir.actions.client"]._for_xml_id(
            "store_transfer.action_store_transfer_scan"
        )
        return {**action, "params": {"count_id": count.id}}

    def action_receive_all(self):
        """Everything came: count all that is expected, and submit."""
        self.ensure_one()
        count = self._start_step("count")._find_or_start_count()
        # Before anything is reserved for it: see LOCK_ORDER.
        count._wait_for_scans()
        count._sync_lines()
        count = count.with_env(self.env)
        count._check_nobody_is_counting()
        count._count_everything()
        if count.needs_lot_names:
            # New lots and serial numbers have to be written down first.
            return count._get_form_action()
        # What is past its date is asked about.
        return count.action_review() if count.expired_message else count.action_submit()

    def action_take_back(self):
        """Receive at the source what the destination sent back."""
        self.ensure_one()
        transfer = self._start_step("take_back")
        with transfer._stock_work("take_back") as working:
            working._do_take_back()
        return self._get_print_action(transfer) or True

    def _get_open_count(self):
        """Return the count that is going on, or start one, with its lines."""
        count = self._find_or_start_count()
        count._sync_lines()
        return count

    def _find_or_start_count(self):
        self.ensure_one()
        if not self.arrival_date:
            self._write_arrival()
        counts = self.env["store.transfer.count"]
        return counts.search(
            [("transfer_id", "=", self.id), ("state", "=", "open")], limit=1
        ) or counts.create({"transfer_id": self.id})

    def _log_count(self, count, missing_cartons):
        """Write down who counted, what is short and what is damaged.

        :param missing_cartons: those that were not scanned, as a text
        """
        self.ensure_one()
        values = {
            "user": count.user_id.name,
            "counted": count.counted_by_unit,
            "damaged": count.damaged_by_unit,
            "expected": count.expected_by_unit,
        }
        if self.destination_store_id.transfer_blind_count:
            # Who counts what comes next reads this as well.
            body = self.env._(
                "%(user)s counted: %(counted)s in good state, %(damaged)s damaged.",
                **values,
            )
        elif count.damaged_quantity:
            body = self.env._(
                "%(user)s counted: %(counted)s in good state, %(damaged)s damaged. "
                "Expected: %(expected)s.",
                **values,
            )
        else:
            body = self.env._(
                "%(user)s counted: %(counted)s. Expected: %(expected)s.", **values
            )
        if missing_cartons:
            missing = self.env._(
                "Cartons that were not scanned: %s.",
                missing_cartons,
            )
            body = f"{body} {missing}"
        self.message_post(body=body)
