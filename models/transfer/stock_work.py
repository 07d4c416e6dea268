from contextlib import contextmanager

from odoo import models
from odoo.tools import OrderedSet

from ...tools.stock_work import StockWork, TurnsInARow


class StoreTransfer(models.Model):
    """A step's work on moves: where it begins, and where it ends."""

    _inherit = "store.transfer"

    @contextmanager
    def _stock_work(self, step=None, origin=None):
        """Work on the moves of these transfers, and bring them in line at the end.

        A step is one piece of work: what is begun within it joins it, and its end is
        the end of all. Where an error leaves it, nothing is brought in line, because
        all of it is undone. To be called on what is locked, see ``_start_step``.

        :param step: as what the trail shows it, a key of ``TRAIL_STEPS``; what is begun
            within another step is a part of that
        :param origin: where it is done, if not where the request came from
        :return: a context manager; these transfers, in the context of the work, and of
            their own prefetch: a step reads all of them again after it has deleted
        """
        if work := StockWork.get(self.env):
            work.transfer_ids.update(self.ids)
            yield self.with_prefetch()
            return
        work = StockWork(step, origin)
        work.transfer_ids.update(self.ids)
        transfers = self.with_context(**work.context).with_prefetch()
        # Odoo empties this cache when it rolls back a savepoint, and then only.
        marks = self.env.cr.cache
        marks[work] = True
        try:
            yield transfers
            if work not in marks:
                transfers._forget_rolled_back(work)
            transfers._end_stock_work(work)
        finally:
            marks.pop(work, None)
            work.is_over = True

    @contextmanager
    def _steps_in_a_row(self):
        """Do steps that follow from each other; people get their activities at the end.

        Where an error leaves it, nobody gets any, because all of it is undone.

        :return: a context manager; these transfers, in the context of it
        """
        turns = TurnsInARow()
        try:
            yield self.with_context(**turns.context)
        finally:
            turns.is_over = True
        self._give_turns(turns.ids)

    def _forget_rolled_back(self, work):
        """Forget what was taken back: an addon has tried something, and gone on."""
        moves = self.env["stock.move"].browse(work.done_ids).exists()
        work.done_ids.clear()
        work.add_done(moves)
        transfers = self.browse(work.transfer_ids).exists()
        work.transfer_ids = OrderedSet(transfers.ids)
        for model, ids in work.turn_ids.items():
            records = self.env[model].browse(ids).exists()
            work.turn_ids[model] = OrderedSet(records.ids)

    def _end_stock_work(self, work):
        in_line = self.browse()
        # What brings these in line may touch the moves of others.
        while transfers := self.browse(work.transfer_ids) - in_line:
            transfers._sync_legs(self.env["stock.move"].browse(work.done_ids))
            in_line |= transfers
        self._add_work_to_trail(work)
        if turns := TurnsInARow.get(self.env):
            turns.add(work.turn_ids)
        else:
            self._give_turns(work.turn_ids)

    def _give_turns(self, turn_ids):
        """Give activities to everybody whose turn may have changed.

        :param turn_ids: ``{model name: ids}``
        """
        for model, ids in turn_ids.items():
            self.env[model].browse(ids)._give_activities()
