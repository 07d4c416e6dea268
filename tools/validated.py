from .in_context import InContext


class Validated(InContext):
    """The pickings that a step has validated, and the transfers that have arrived.

    What is printed of them by itself, is printed when the step is over.
    """

    key = "store_transfer_validated"

    def __init__(self):
        self.picking_ids = []
        self.arrived_ids = []

    @classmethod
    def get(cls, env):
        """Return what was validated in ``env``; nothing, where no step goes on."""
        return super().get(env) or cls()
