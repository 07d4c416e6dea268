"""A till of a shop, made inside Odoo: for demo data, tests and benchmarks."""

import base64
import io

from PIL import Image

from odoo.fields import Command

from .till_browser import CASHIER

CHART_OF_ACCOUNTS = "generic_coa"
PICTURE_SIZE = 256


def open_shop(env, number_of_products):
    """Return a new till of the first store, where a new cashier sells new products.

    Where the addon is installed, the cashier is of the store's staff.
    """
    store = env["stock.warehouse"].search([], limit=1)
    category = env["product.category"].create({"name": "Goods"})
    products = env["product.product"].create(
        [
            {
                "name": f"Product {number}",
                "default_code": f"P-{number:05}",
                "barcode": f"P-{number:05}",
                "categ_id": category.id,
                "is_storable": True,
                "list_price": number,
                # A browser keeps it; what a product has instead, it asks for each time.
                "image_1920": _draw(number),
            }
            for number in range(number_of_products)
        ]
    )
    return create_till(store, _create_cashier(env, store), products)


def _draw(number):
    """Return a picture of one colour, as a field takes it."""
    picture = io.BytesIO()
    colour = (number * 53 % 256, number * 97 % 256, number * 151 % 256)
    Image.new("RGB", (PICTURE_SIZE, PICTURE_SIZE), colour).save(picture, "PNG")
    return base64.b64encode(picture.getvalue())


def _create_cashier(env, store):
    groups = env.ref("base.group_user")
    staff = env.ref("store_transfer.group_staff", raise_if_not_found=False)
    if staff:
        groups += staff
    cashier = env["res.users"].create(
        {
            "name": CASHIER,
            "login": CASHIER,
            "password": CASHIER,
            "group_ids": [Command.set(groups.ids)],
        }
    )
    if staff:
        store.transfer_staff_ids += cashier
    return cashier


def create_till(store, users, products):
    """Return a till (``pos.config``) that is open and sells from a store's stock.

    :param store: a warehouse; its company gets a chart of accounts if it has none
    :param users: who work at the till; the first of them has opened it
    :param products: what it sells, by the names of their categories
    """
    company = store.company_id
    env = store.with_company(company).env
    if not company.chart_template:
        env["account.chart.template"].try_loading(CHART_OF_ACCOUNTS, company)
    group = env.ref("point_of_sale.group_pos_user")
    users.write({"group_ids": [Command.link(group.id)]})
    till = env["pos.config"].create(
        {
            "name": store.name,
            "company_id": company.id,
            "picking_type_id": store.pos_type_id.id,
            "warehouse_id": store.id,
            # Other products may be for sale at other tills.
            "limit_categories": True,
            "iface_available_categ_ids": _sell(products).ids,
        }
    )
    _open(till.with_user(users[:1]))
    return till


def _sell(products):
    """Offer products at tills; return the categories in which they are found there."""
    categories = products.env["pos.category"]
    for category, templates in products.product_tmpl_id.grouped("categ_id").items():
        found = categories.create({"name": category.name})
        templates.write({"available_in_pos": True, "pos_categ_ids": found.ids})
        categories += found
    return categories


def _open(till):
    till.open_ui()
    till.current_session_id.set_opening_control(0, "")
