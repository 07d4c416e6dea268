"""The states of a transfer that belong together."""

# Nothing is planned for it: nobody has said yes, or no, yet.
NOT_APPROVED = ("draft", "waiting")
# Approved, and not all of it is done.
STOCK_STATES = ("approved", "in_transit", "arrived", "partial")
OPEN_STATES = ("waiting", *STOCK_STATES)

# Their colours, as static/src/transfer_badge has them; a test compares both.
BADGES = {
    "draft": "text-bg-secondary",
    "waiting": "text-bg-warning",
    "approved": "text-bg-info",
    "in_transit": "text-bg-info",
    "arrived": "text-bg-info",
    "partial": "text-bg-warning",
    "done": "text-bg-success",
    "rejected": "text-bg-danger",
    "cancelled": "text-bg-secondary",
}
