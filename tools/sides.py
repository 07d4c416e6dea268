"""The stores at the two sides of a transfer, in SQL, as ``_get_side_store`` gives them.

Indexes of ``store.transfer`` are on the very same expressions.
"""

OTHER_SIDE = (
    "CASE WHEN initiator = 'source' THEN destination_store_id ELSE source_store_id END"
)
INITIATOR = (
    "CASE WHEN initiator = 'source' THEN source_store_id ELSE destination_store_id END"
)
