"""A till of a shop, made inside Odoo: for the demo database and for benchmarks."""

CHART_OF_ACCOUNTS = "generic_coa"


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
    users.write({"group_ids": [(4, env.ref("point_of_sale.group_pos_user").id)]})
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
