"""The chain that is tortured: its stores, goods and people."""

from . import chain
from .goods import join_goods

PLENTY, SCARCE = 100_000, 25
STORES = {"EC": "EC Warehouse", "SHN": "North", "SHS": "South", "SHW": "West"}
# What a store does when more comes than was shipped: policy, percent, pieces.
SURPLUS_RULES = {
    "EC": ("approver", 0, 0),
    "SHN": ("tolerance", 20, 2),
    "SHS": ("approver", 0, 0),
    "SHW": ("tolerance", 0, 1),
}


def make_world(env):
    """Return what the clients have to know of the chain, which is made by this."""
    stores = make_stores(env)
    stock = make_goods(env, stores)
    people = make_people(env, stores)
    return {
        "keys": {user.login: make_key(env, user) for user in people},
        "stores": {code: store.id for code, store in stores.items()},
        "stock": stock,
        "products": {
            product.default_code: product.id
            for product in env["product.product"].search([])
            if product.default_code
        },
        "reasons": {
            name: env.ref(f"store_transfer.reason_{name}").id
            for name in ("lost_on_the_way", "out_of_stock", "no_space")
        },
        "surplus_rules": SURPLUS_RULES,
    }


def make_stores(env):
    first = env["stock.warehouse"].search([("company_id", "=", env.company.id)])[:1]
    first.write({"name": STORES["EC"], "code": "EC"})
    others = env["stock.warehouse"].create(
        [{"name": name, "code": code} for code, name in STORES.items() if code != "EC"]
    )
    for store in first | others:
        policy, percent, pieces = SURPLUS_RULES[store.code]
        store.write(
            {
                "transfer_surplus_policy": policy,
                "transfer_surplus_percent": percent,
                "transfer_surplus_pieces": pieces,
            }
        )
    return {store.code: store for store in first | others}


def make_goods(env, stores):
    """Return ``{store: {goods: quantity}}``."""
    products = env["product.product"].create(
        [
            {
                "name": sku,
                "default_code": sku,
                "barcode": sku,
                "is_storable": True,
                "tracking": "lot" if chain.has_lots(sku) else "none",
            }
            for sku in [*chain.PLENTIFUL, *chain.SCARCE, *chain.LOTTED]
        ]
    )
    for product in products[: len(chain.PLENTIFUL) // 2]:
        make_shelves(env, stores, product)
    stock = {code: {} for code in stores}
    for product in products:
        sku = product.default_code
        quantity = SCARCE if chain.is_scarce(sku) else PLENTY
        for lot in make_lots(env, product):
            for code, store in stores.items():
                stock[code][join_goods(sku, lot.name)] = quantity
                env["stock.quant"]._update_available_quantity(
                    product, store.lot_stock_id, quantity, lot_id=lot
                )
    return stock


def make_shelves(env, stores, product):
    """Give a product a shelf of its own in each store, to which all of it goes."""
    for store in stores.values():
        stock = store.lot_stock_id
        shelf = env["stock.location"].create(
            {"name": f"Shelf of {product.name}", "location_id": stock.id}
        )
        env["stock.putaway.rule"].create(
            {
                "product_id": product.id,
                "location_in_id": stock.id,
                "location_out_id": shelf.id,
            }
        )


def make_lots(env, product):
    """Return the lots of a product; of one that has none, the empty record, once."""
    if product.tracking == "none":
        return [env["stock.lot"]]
    return env["stock.lot"].create(
        [{"name": name, "product_id": product.id} for name in chain.LOTS]
    )


def make_people(env, stores):
    people = env["res.users"]
    for code, store in stores.items():
        for role in ("staff", "approver"):
            user = make_user(env, f"{code}_{role}", f"store_transfer.group_{role}")
            store.transfer_staff_ids += user
            people += user
    people += make_user(env, "head_office", "store_transfer.group_head_office")
    people += make_user(env, "inventory", "stock.group_stock_manager")
    # Somebody of the company who has nothing to do with any of it.
    people += make_user(env, "stranger", "base.group_user")
    return people


def make_user(env, login, group):
    groups = env.ref(group) | env.ref("base.group_user")
    values = {"name": login, "login": login, "password": login}
    return env["res.users"].create({**values, "group_ids": groups.ids})


def make_key(env, user):
    keys = env["res.users.apikeys"].with_user(user).sudo()
    return keys._generate(None, "Torture", None)
