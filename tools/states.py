"""The states of a transfer that belong together."""

# Approved, and not all of it is done.
STOCK_STATES = ("approved", "in_transit", "arrived", "partial")
OPEN_STATES = ("waiting", *STOCK_STATES)
