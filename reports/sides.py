"""How reports name the two sides of a transfer, in SQL.

A third party is no store: grouped by its store, it would be called "None".
"""

from odoo.tools import SQL


def _name_lane(source, destination):
    return SQL("%s || ' → ' || %s", source, destination)


SOURCE = SQL("COALESCE(source.name, third.name)")
DESTINATION = SQL("COALESCE(destination.name, third.name)")
LANE = _name_lane(SOURCE, DESTINATION)
# Of reports that are about stores alone: without the joins of a third party.
LANE_OF_STORES = _name_lane(SQL("source.name"), SQL("destination.name"))


def join_sides(env):
    """Return the joins that these names need, after one of ``transfer``."""
    return SQL(
        """
         LEFT JOIN stock_warehouse source ON source.id = transfer.source_store_id
         LEFT JOIN stock_warehouse destination
                ON destination.id = transfer.destination_store_id
         LEFT JOIN res_partner partner ON partner.id = transfer.partner_id
        CROSS JOIN LATERAL (%s) third
        """,
        # As _compute_third_party_name does.
        SQL(
            "SELECT COALESCE(partner.name, NULLIF(BTRIM(SPLIT_PART("
            "BTRIM(transfer.remark, E' \\t\\r\\n'), E'\\n', 1)), ''), %s) AS name",
            env._("Third party"),
        ),
    )
