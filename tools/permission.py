"""The permission to change the moves of transfers."""

from .in_context import Mark

# Whoever works with the Inventory app may validate, cancel, correct, split and return
# the moves of a transfer, but not make another move of one: not its line, its demand,
# its state, nor what it is chained to. Our own overrides, and those methods of Odoo's
# own that write such things, work with this permission. It is given where they call
# super(), and asked for by ``StockMove._may_change_transfer``. A step needs none: it is
# in sudo.
PERMISSION = Mark("store_transfer_permission")
