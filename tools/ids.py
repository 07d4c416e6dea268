"""Ids of records, as they come in by RPC."""

# Of an integer in the database.
LARGEST_ID = 2**31 - 1


def is_id(value):
    """Tell whether a value can be the id of a record: true is no 1."""
    return type(value) is int and 0 < value <= LARGEST_ID
