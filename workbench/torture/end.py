"""How the database stands when all is over, read by SQL."""

from dataclasses import dataclass

from ..postgres import query

QUANTITIES = (
    *("asked", "approved", "not_approved", "to_ship", "shipped", "in_transit"),
    *("received", "returned", "lost", "damaged", "closed", "short"),
)


@dataclass(frozen=True)
class End:
    """What is there."""

    # {id: {"number": …, "state": …, "lines": {sku: {name: quantity}}}}
    transfers: dict
    # list of {"user": login, "key": …, "method": …, "transfer": id}
    keys: list
    # {(store, sku): quantity} of what stands in stores
    stock: dict
    # {sku: quantity} of what stands in transit
    transit: dict
    # {sku: quantity} of all places together, also those where goods get lost
    total: dict


def read(database):
    def rows(statement):
        return query(statement, database=database)

    return End(
        _read_transfers(rows),
        [
            {"user": user, "key": key, "method": method, "transfer": transfer}
            for user, key, method, transfer in rows(
                "SELECT users.login, key.name, key.method, key.transfer_id"
                "  FROM store_transfer_api_key key"
                "  JOIN res_users users ON users.id = key.user_id"
            )
        ],
        {
            (store, sku): float(quantity)
            for store, sku, quantity in rows(
                f"SELECT store.code, product.default_code, {SUM} {QUANTS}"
                "  JOIN stock_warehouse store ON store.id = place.warehouse_id"
                " WHERE place.usage = 'internal' GROUP BY 1, 2"
            )
        },
        _read_by_sku(rows, "WHERE place.usage = 'transit'"),
        _read_by_sku(rows, ""),
    )


SUM = "SUM(quant.quantity)"
QUANTS = """
  FROM stock_quant quant
  JOIN product_product product ON product.id = quant.product_id
  JOIN stock_location place ON place.id = quant.location_id
"""


def _read_by_sku(rows, where):
    found = rows(f"SELECT product.default_code, {SUM} {QUANTS} {where} GROUP BY 1")
    return {sku: float(quantity) for sku, quantity in found}


def _read_transfers(rows):
    transfers = {
        transfer_id: {"number": number, "state": state, "lines": {}}
        for transfer_id, number, state in rows(
            "SELECT id, name, state FROM store_transfer"
        )
    }
    columns = ", ".join(f"COALESCE(line.{name}_quantity, 0)" for name in QUANTITIES)
    for transfer_id, sku, *quantities in rows(
        f"SELECT line.transfer_id, product.default_code, {columns}"
        "  FROM store_transfer_line line"
        "  JOIN product_product product ON product.id = line.product_id"
    ):
        # A second line of the same product is none that anybody has ordered.
        lines = transfers[transfer_id]["lines"]
        sku = f"{sku} twice" if sku in lines else sku
        lines[sku] = dict(zip(QUANTITIES, map(float, quantities), strict=True))
    return transfers
