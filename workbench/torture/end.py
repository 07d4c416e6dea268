"""How the database stands when all is over, read by SQL."""

from dataclasses import dataclass

from .differences import name_difference
from .goods import join_goods
from .substituting import name_proposal

QUANTITIES = (
    *("asked", "approved", "not_approved", "to_ship", "shipped", "in_transit"),
    *("received", "returned", "lost", "damaged", "closed", "short", "surplus"),
)


@dataclass(frozen=True)
class End:
    """What is there."""

    # {id: {"number": …, "remark": …, "state": …, "lines": {sku: {name: quantity}},
    #       "differences": {what is said: quantity}, "proposals": the same}}
    transfers: dict
    # list of {"user": login, "key": …, "method": …, "transfer": id}
    keys: list
    # {(store, goods): quantity} of what stands in stores
    stock: dict
    # {goods: quantity} of what stands in transit
    transit: dict
    # {goods: quantity} of all places together, also those where goods get lost
    total: dict
    # What is packed: list of (store or "transit", {goods: quantity})
    cartons: list


def read(rows):
    """Read it all.

    :param rows: returns the rows of an SQL statement
    """
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
            (store, join_goods(sku, lot)): float(quantity)
            for store, sku, lot, quantity in rows(
                f"SELECT store.code, {GOODS}, {SUM} {QUANTS}"
                "  JOIN stock_warehouse store ON store.id = place.warehouse_id"
                " WHERE place.usage = 'internal' GROUP BY 1, 2, 3"
            )
        },
        _read_by_goods(rows, "WHERE place.usage = 'transit'"),
        _read_by_goods(rows, ""),
        _read_cartons(rows),
    )


SUM = "SUM(quant.quantity)"
GOODS = "product.default_code, lot.name"
QUANTS = """
  FROM stock_quant quant
  JOIN product_product product ON product.id = quant.product_id
  JOIN stock_location place ON place.id = quant.location_id
  LEFT JOIN stock_lot lot ON lot.id = quant.lot_id
"""


def _read_by_goods(rows, where):
    found = rows(f"SELECT {GOODS}, {SUM} {QUANTS} {where} GROUP BY 1, 2")
    return {join_goods(sku, lot): float(quantity) for sku, lot, quantity in found}


def _read_cartons(rows):
    cartons = {}
    for package, place, sku, lot, quantity in rows(
        "SELECT quant.package_id,"
        "       CASE place.usage WHEN 'internal' THEN store.code ELSE place.usage END,"
        f"      {GOODS}, {SUM} {QUANTS}"
        "  LEFT JOIN stock_warehouse store ON store.id = place.warehouse_id"
        " WHERE quant.package_id IS NOT NULL"
        " GROUP BY 1, 2, 3, 4 HAVING SUM(quant.quantity) <> 0"
    ):
        _place, content = cartons.setdefault((package, place), (place, {}))
        content[join_goods(sku, lot)] = float(quantity)
    return list(cartons.values())


def _read_transfers(rows):
    transfers = {
        transfer_id: {
            **{"number": number, "remark": remark, "state": state},
            **{"lines": {}, "differences": {}, "proposals": {}},
        }
        for transfer_id, number, remark, state in rows(
            "SELECT id, name, remark, state FROM store_transfer"
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
    for transfer_id, sku, lot, *facts, quantity in rows(
        "SELECT difference.transfer_id, product.default_code, lot.name,"
        "       difference.kind, difference.state, difference.outcome,"
        "       COALESCE(difference.is_disputed, FALSE),"
        "       COALESCE(difference.is_final, FALSE), SUM(difference.quantity)"
        "  FROM store_transfer_discrepancy difference"
        "  JOIN product_product product ON product.id = difference.product_id"
        "  LEFT JOIN stock_lot lot ON lot.id = difference.lot_id"
        " GROUP BY 1, 2, 3, 4, 5, 6, 7, 8"
    ):
        name = name_difference(join_goods(sku, lot), *facts)
        transfers[transfer_id]["differences"][name] = float(quantity)
    for transfer_id, *facts, quantity in rows(
        "SELECT proposal.transfer_id, product.default_code, replaced.default_code,"
        "       proposal.state, SUM(proposal.quantity)"
        "  FROM store_transfer_substitution proposal"
        "  JOIN product_product product ON product.id = proposal.product_id"
        "  JOIN store_transfer_line line ON line.id = proposal.line_id"
        "  JOIN product_product replaced ON replaced.id = line.product_id"
        " GROUP BY 1, 2, 3, 4"
    ):
        transfers[transfer_id]["proposals"][name_proposal(*facts)] = float(quantity)
    return transfers
