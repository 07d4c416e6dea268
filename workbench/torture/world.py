"""Makes the chain that is tortured; run in Odoo's shell, see chain.py.

What the clients have to know of it is left in a file: who there is, with which key, and
what stood where when it began.
"""

import json

from workbench.torture import chain

PLENTY, SCARCE = 100_000, 25
PLENTIFUL_SKUS = [f"TEA-{number}" for number in range(6)]
SCARCE_SKUS = [f"RARE-{number}" for number in range(2)]
STORES = {"EC": "EC Warehouse", "SHN": "North", "SHS": "South", "SHW": "West"}


def make_world(env):
    """Return what the clients have to know of the chain, which is made by this."""
    stores = make_stores(env)
    stock = make_goods(env, stores)
    people = make_people(env, stores)
    return {
        "keys": {user.login: make_key(env, user) for user in people},
        "stores": {code: store.id for code, store in stores.items()},
        "stock": stock,
        "scarce": SCARCE_SKUS,
        "reasons": {
            name: env.ref(f"store_transfer.reason_{name}").id
            for name in ("lost_on_the_way", "out_of_stock")
        },
    }


def make_stores(env):
    first = env["stock.warehouse"].search([("company_id", "=", env.company.id)])[:1]
    first.write({"name": STORES["EC"], "code": "EC"})
    others = env["stock.warehouse"].create(
        [{"name": name, "code": code} for code, name in STORES.items() if code != "EC"]
    )
    return {store.code: store for store in first | others}


def make_goods(env, stores):
    """Return ``{store: {sku: quantity}}``."""
    products = env["product.product"].create(
        [
            {"name": sku, "default_code": sku, "barcode": sku, "is_storable": True}
            for sku in [*PLENTIFUL_SKUS, *SCARCE_SKUS]
        ]
    )
    stock = {code: {} for code in stores}
    for code, store in stores.items():
        for product in products:
            sku = product.default_code
            stock[code][sku] = SCARCE if sku in SCARCE_SKUS else PLENTY
            env["stock.quant"]._update_available_quantity(
                product, store.lot_stock_id, stock[code][sku]
            )
    return stock


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


if __name__ == "__main__":
    world = make_world(env)  # noqa: F821  (the shell's)
    env.cr.commit()  # noqa: F821
    chain.get_file(env.cr.dbname).write_text(json.dumps(world, indent=2))  # noqa: F821
