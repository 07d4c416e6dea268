"""What other systems are told of a transfer: read by them, and a change to tell of."""

# Of a line; the field is "<name>_quantity".
QUANTITIES = (
    "asked",
    "approved",
    "not_approved",
    "to_ship",
    "shipped",
    "in_transit",
    "received",
    "returned",
    "lost",
    "damaged",
    "closed",
    "short",
    "surplus",
)
# When a transfer was what: the name, and its field.
MOMENTS = {
    "submitted": "submit_date",
    "approved": "approval_date",
    "shipped": "ship_date",
    "arrived": "arrival_date",
    "counted": "count_date",
    "done": "done_date",
}
