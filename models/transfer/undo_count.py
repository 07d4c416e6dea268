from odoo import models

from ...tools.moments import format_moment
from ...tools.roles import GROUP_STAFF


class StoreTransfer(models.Model):
    """The destination takes its last count back, to correct it."""

    _inherit = "store.transfer"

    def action_undo_count(self):
        """Take the last count back: what it received is on its way, to count again."""
        self.ensure_one()
        transfer = self._start_step("undo_count")
        count = transfer._get_last_count()
        # Those of a later count as well, which is over then.
        (count | transfer._get_open_counts())._wait_for_scans()
        with transfer._stock_work("undo_count") as working:
            # Counted by whom, and when, is not known of it any more afterwards.
            working._log_undone_count(count)
            count.with_env(working.env)._do_undo(working)
        return self._get_print_action(transfer) or True

    def _get_last_count(self):
        """Return the count that was submitted last."""
        submitted = self.count_ids.filtered(lambda count: count.state == "done")
        return submitted.sorted(lambda count: (count.submit_date, count.id))[-1:]

    def _get_open_counts(self):
        return self.count_ids.filtered("is_open")

    def _get_settled_discrepancies(self):
        return self.discrepancy_ids.filtered(
            lambda discrepancy: discrepancy.state == "settled"
        )

    def _get_reason_not_to_undo_count(self):
        transfer = self.sudo()
        count = transfer._get_last_count()
        if not count:
            return self.env._(
                "%s: no count was submitted that could be undone.", self.name
            )
        later = transfer._get_open_counts()
        if any(line._get_done_quantity() for line in later.line_ids):
            return self.env._(
                "%(transfer)s: %(user)s has begun a later count. Finish it, then undo "
                "that one first.",
                transfer=self.name,
                user=later.user_id.name,
            )
        return count._get_reason_not_to_undo()

    def _take_count_back(self, received):
        """Put on its way again what these moves of a count have received.

        :return: ``{line: quantity in the product's unit}``
        :raise UserError: when some of it is not free in the store any more
        """
        taken = {}
        for flow, undoing in (
            ("receive", "uncount"),
            ("damaged", "uncount_damaged"),
        ):
            moves = received.filtered(
                lambda move, flow=flow: move.transfer_flow == flow
            )
            rows = moves._prepare_ways_back()
            if rows:
                for line, quantity in self._undo_moves(undoing, moves, rows).items():
                    taken[line] = taken.get(line, 0.0) + quantity
        return taken

    def _log_undone_count(self, count):
        """Write down that a count was undone, and tell who relied on it."""
        self.message_post(body=self._tell_undone_count(count)[1])
        users = count.user_id
        if self.kind == "between":
            users |= self.source_store_id._get_transfer_staff(GROUP_STAFF)
        self._notify_users(users, lambda transfer: transfer._tell_undone_count(count))

    def _tell_undone_count(self, count):
        return (
            self.env._("%s: a count was undone", self.name),
            self.env._(
                "The count that %(user)s submitted on %(date)s was undone: its goods "
                "are to be counted again, and its differences are gone.",
                user=count.user_id.name,
                date=format_moment(self.env, count.submit_date),
            ),
        )
