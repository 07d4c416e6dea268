"""What else is so while a method of Odoo's own works on the moves of transfers."""

from .in_context import Mark

# Moves are split or merged: in all they ask for as much as before. Nothing is told, and
# no state reckoned up, move by move.
REARRANGES = Mark("store_transfer_rearranges")
# What is cancelled is asked for by another move, or accounted for by who cancels it.
CLOSES_NOTHING = Mark("store_transfer_closes_nothing")
# Odoo takes reserved goods away from other moves.
FREES_RESERVATION = Mark("store_transfer_frees_reservation")
# What is reserved is done in the same step: nobody goes to pick it.
DONE_AT_ONCE = Mark("store_transfer_done_at_once")
