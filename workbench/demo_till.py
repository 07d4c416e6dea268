"""Makes the till of the demo database, see demo.py; run in Odoo's shell."""

from workbench.demo import TILL, TILL_STORE, TILL_USERS
from workbench.shop_till import create_till

env = env(context={"lang": "en_US"})  # noqa: F821  (the shell's)
store = env.ref(TILL_STORE)
users = env["res.users"].search([("login", "in", TILL_USERS)], order="id")
products = env["product.product"].search([("company_id", "=", store.company_id.id)])
till = create_till(store, users, products)
module, name = TILL.split(".")
env["ir.model.data"].create(
    {"module": module, "name": name, "model": till._name, "res_id": till.id}
)
env.cr.commit()
