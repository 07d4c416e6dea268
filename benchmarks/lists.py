"""How fast lists and My Work open, among few transfers and among many.

Each screen is opened as the browser does it: its first page is read with all that the
list shows, then the numbers on its tabs. The transfers are written by SQL, between an
EC warehouse and twenty shops; one of fifty is open: to approve, to ship or on its way.
"""

import argparse
import statistics

from _meter import Meter
from cycle import Chain
from lxml import etree

from odoo.tools import SQL
from odoo.tools.safe_eval import safe_eval

SHOPS = 20
PAGE = 80
# Beyond that, the browser does not ask how many there are.
COUNTED = 10_001
TIMES = 5
SCREENS = {
    "My Work": ("store_transfer.action_store_transfer_work", ["mine"]),
    "Outbound": ("store_transfer.action_store_transfer_outbound", ["from_my_stores"]),
    "Inbound": ("store_transfer.action_store_transfer_inbound", ["to_my_stores"]),
}
DAYS = "(CURRENT_DATE - DATE '0001-01-01' + 1)"


class Shops(Chain):
    """A chain with many shops, and an administrator who writes by SQL."""

    def __init__(self, env):
        super().__init__(env)
        self.shops = self.shop | env["stock.warehouse"].create(
            [
                {"name": f"Shop {number}", "code": f"S{number:03}"}
                for number in range(2, SHOPS + 1)
            ]
        )
        self.head_office = self._create_user(
            "head_office", "group_head_office", env["stock.warehouse"]
        )
        self.product = self.create_products("LIST", 1)

    def write_transfers(self, first, last):
        """Write the transfers of these numbers, each with a line."""
        values = {
            "first": first,
            "last": last,
            "company": self.company.id,
            "ec": self.ec.id,
            "shops": self.shops.ids,
            "number_of_shops": SHOPS,
            "product": self.product.id,
            "unit": self.product.uom_id.id,
            "user": self.ec_staff.id,
            "days": SQL(DAYS),
        }
        self.env.execute_query(SQL(TRANSFERS, **values))
        self.env.execute_query(SQL(LINES, **values))
        self.env.cr.commit()
        self.env.cr.execute("ANALYZE store_transfer")
        self.env.cr.execute("ANALYZE store_transfer_line")
        self.env.cr.commit()
        self.env.invalidate_all()


TRANSFERS = """
INSERT INTO store_transfer (
    name, kind, initiator, company_id, source_store_id, destination_store_id, user_id,
    expected_date, submit_day, priority, approval_state, state, urgency, line_count,
    asked_quantity, is_to_ship, to_ship_quantity, is_to_count, in_transit_quantity,
    shipped_quantity, is_to_take_back
)
SELECT 'ST/' || number, 'between', 'source', %(company)s, %(ec)s,
       (%(shops)s)[1 + number %% %(number_of_shops)s], %(user)s,
       CURRENT_DATE + day, CURRENT_DATE + day - 2, '0',
       CASE state WHEN 'waiting' THEN 'waiting' ELSE 'approved' END, state,
       CASE state WHEN 'done' THEN 20000000 - %(days)s - day ELSE %(days)s + day END,
       1, 5, state = 'approved', 5 * (state = 'approved')::int,
       state = 'in_transit', 5 * (state = 'in_transit')::int,
       5 * (state IN ('in_transit', 'done'))::int, FALSE
  FROM (
       SELECT number,
              CASE number %% 150 WHEN 0 THEN 'waiting' WHEN 50 THEN 'approved'
                                 WHEN 100 THEN 'in_transit' ELSE 'done' END AS state,
              CASE number %% 50 WHEN 0 THEN number %% 9 - 2
                                ELSE - number %% 700 END AS day
         FROM generate_series(%(first)s, %(last)s) number
       ) planned
"""
LINES = """
INSERT INTO store_transfer_line (
    transfer_id, company_id, source_store_id, destination_store_id, expected_date,
    state, product_id, product_uom_id, stock_uom_id, quantity, asked_quantity,
    to_ship_quantity, in_transit_quantity, shipped_quantity
)
SELECT id, company_id, source_store_id, destination_store_id, expected_date, state,
       %(product)s, %(unit)s, %(unit)s, 5, 5, to_ship_quantity, in_transit_quantity,
       shipped_quantity
  FROM store_transfer
 WHERE NOT EXISTS (SELECT FROM store_transfer_line
                    WHERE transfer_id = store_transfer.id)
"""


class Screen:
    """One screen, opened by one user."""

    def __init__(self, env, name, user):
        self.env = env
        action_id, filters = SCREENS[name]
        action = env.ref(action_id)
        self.rows = env[action.res_model].with_user(user)
        view_id = action.view_ids.filtered(lambda one: one.view_mode == "list").view_id
        self.specification = self._get_specification(view_id)
        search = etree.fromstring(self.rows.get_view(view_type="search")["arch"])
        self.filters = {
            one.get("name"): safe_eval(one.get("domain") or "[]", {"uid": user.id})
            for one in search.iter("filter")
        }
        self.domain = safe_eval(action.domain or "[]")
        for one in filters:
            self.domain = self.domain + self.filters[one]
        self.tabs = safe_eval(action.context, {"uid": user.id})["store_transfer_tabs"]

    def _get_specification(self, view):
        arch = etree.fromstring(self.rows.get_view(view.id, "list")["arch"])
        named = {"fields": {"display_name": {}}}
        return {
            node.get("name"): named
            if self.rows._fields[node.get("name")].type == "many2one"
            else {}
            for node in arch.iter("field")
        }

    def open(self):
        self.show(self.domain)

    def show(self, domain):
        """Show the first page of these rows, and the numbers of all tabs."""
        self.rows.web_search_read(
            domain, self.specification, limit=PAGE, count_limit=COUNTED
        )
        self.rows.count_tabs(self.domain, [self.filters[tab] for tab in self.tabs])

    def measure(self):
        """Return what it takes; in the middle of several times."""
        self.open()  # what Odoo keeps between requests is there in life
        meter, took = Meter(self.env), []
        for _time in range(TIMES):
            meter.start()
            self.open()
            took.append(meter.stop())
        return {key: statistics.median(one[key] for one in took) for key in took[0]}


def main(env, arguments):
    parser = argparse.ArgumentParser(prog="lists")
    parser.add_argument("--few", type=int, default=100)
    parser.add_argument("--many", type=int, default=100_000)
    options = parser.parse_args(arguments)
    chain = Shops(env(context={"lang": "en_US"}))
    users = {
        "staff of EC": chain.ec_staff,
        "approver of a shop": chain.approver,
        "head office": chain.head_office,
    }
    result = {"bench": "lists", "screens": {}}
    first = 1
    for last in (options.few, options.many):
        chain.write_transfers(first, last)
        first = last + 1
        for name in SCREENS:
            for who, user in users.items():
                took = Screen(chain.env, name, user).measure()
                result["screens"].setdefault(f"{name}, {who}", {})[last] = took
    _print(result, options)
    return result


def _print(result, options):
    few, many = options.few, options.many
    print(f"{'':32}{few:>20,} transfers {many:>20,} transfers")
    for name, took in result["screens"].items():
        columns = [
            f"{1000 * took[number]['cpu_seconds']:9.0f} ms {took[number]['queries']:3}"
            " queries"
            for number in (few, many)
        ]
        print(f"{name:32}{columns[0]:>30} {columns[1]:>30}")
