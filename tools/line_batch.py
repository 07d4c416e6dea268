from collections import defaultdict

from .in_context import InContext


class LineBatch(InContext):
    """Move lines for what several moves reserve, to be created at once.

    Odoo creates them move by move.
    """

    key = "store_transfer_line_batch"

    def __init__(self):
        self.values = []
        # In the product's unit: {move id: quantity}.
        self.taken = defaultdict(float)

    def add(self, move, values, quantity):
        """Add the values of the lines by which ``move`` reserves a quantity."""
        self.values += values
        self.taken[move.id] += quantity
