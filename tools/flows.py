"""What moves do for a transfer."""

# What takes goods out of transit that did not simply arrive, and what undoes it.
OUTCOME_FLOWS = ("damaged", "lost", "not_sent")
UNDO_FLOWS = tuple(f"undo_{flow}" for flow in OUTCOME_FLOWS)
# What brings goods back, and what undoes it: a return, and a return of that return.
RETURN_FLOWS = ("take_back", "send_back")
INTO_TRANSIT_TO_DESTINATION = ("ship", "undo_take_back", *UNDO_FLOWS)

# What brings goods into transit; all else takes them out.
INTO_TRANSIT = ("ship", "send_back", "undo_take_back", *UNDO_FLOWS)
