from collections import defaultdict

from odoo.tools import OrderedSet

from .in_context import Lasting


class StockWork(Lasting):
    """What one step does to the moves of transfers, until its end.

    Begun by ``StoreTransfer._stock_work``. Whatever is done within it joins it; at its
    end, and only there, the transfers are brought in line, and people get their
    activities.
    """

    key = "store_transfer_work"

    def __init__(self, step=None, origin=None):
        # What the trail calls it, and where it is done if not where it was called from.
        self.step = step
        self.origin = origin
        self.transfer_ids = OrderedSet()
        # The moves that were done or corrected, in that order.
        self.done_ids = OrderedSet()
        # Whose turn may have changed: {model name: ids}.
        self.turn_ids = defaultdict(OrderedSet)
        # What was looked up, once for the whole step: whether reordering rules are
        # about a product, whether rules push goods on from a location.
        self.is_reordered = {}
        self.is_pushed = {}

    def is_about(self, transfers):
        """Tell whether all of these have joined it already."""
        return all(transfer_id in self.transfer_ids for transfer_id in transfers.ids)

    def add_done(self, moves):
        """Remember which of these moves are done."""
        self.done_ids.update(move.id for move in moves if move.state == "done")


class TurnsInARow(Lasting):
    """Whose turn may have changed in several steps in a row.

    They are told once all are over: what the first makes somebody's turn, the next may
    do already.
    """

    key = "store_transfer_turns_in_a_row"

    def __init__(self):
        # {model name: ids}
        self.ids = defaultdict(OrderedSet)

    def add(self, turn_ids):
        for model, ids in turn_ids.items():
            self.ids[model].update(ids)
