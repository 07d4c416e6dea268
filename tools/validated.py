from .in_context import InContext


class Validated(InContext):
    """The pickings that a step has validated.

    What Odoo prints of them by itself, is printed when the step is over.
    """

    key = "store_transfer_validated"

    def __init__(self):
        self.picking_ids = []

    @classmethod
    def get(cls, env):
        """Return what was validated in ``env``; nothing, where no step goes on."""
        return super().get(env) or cls()
