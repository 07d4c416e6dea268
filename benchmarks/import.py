"""An import of one file for twenty shops, beside Odoo's own import of as many lines.

Ours: head office uploads the file, has it checked, and imports it. Plain Odoo: the
same lines as the import screen hands them to `load()`, in twenty pickings, products by
their SKU. The same products and quantities, in the same run.
"""

import argparse
import base64
import io
import resource
import threading

import psutil
import xlsxwriter
from _meter import Meter

from odoo.fields import Command, Date

SHOPS = 20
HEADINGS = (
    "預計到倉日期",
    "出倉店",
    "第三方",
    "進倉店",
    "品名",
    "品號(SKU碼)",
    "數量",
    "備註",
)
PICKING_FIELDS = [
    "picking_type_id",
    "location_id",
    "location_dest_id",
    "origin",
    "move_ids/product_id",
    "move_ids/product_uom_qty",
    "move_ids/location_id",
    "move_ids/location_dest_id",
]


class Watch:
    """What a piece of work takes, memory too."""

    def __init__(self, env):
        self.meter = Meter(env)
        self.process = psutil.Process()

    def measure(self, work, *arguments):
        """Do a request's work.

        :return: what it returned, and what the meter says of it with ``"peak_mb"``, the
            most megabytes above idle
        """
        self.meter.start()
        idle, done = self._get_memory(), threading.Event()
        peak = [idle]
        sampler = threading.Thread(target=self._sample, args=(peak, done))
        sampler.start()
        try:
            result = work(*arguments)
            took = self.meter.stop()
        finally:
            done.set()
            sampler.join()
        return result, {**took, "peak_mb": round(peak[0] - idle, 1)}

    def _sample(self, peak, done):
        while not done.wait(0.01):
            peak[0] = max(peak[0], self._get_memory())

    def _get_memory(self):
        return self.process.memory_info().rss / 1024**2


class Chain:
    """An EC warehouse, twenty shops, and somebody of head office."""

    def __init__(self, env):
        self.env = env
        self.ec = env["stock.warehouse"].search([], limit=1)
        self.company = self.ec.company_id
        self.company.transfer_main_store_id = self.ec
        self.shops = env["stock.warehouse"].create(
            [
                {"name": f"Shop {number}", "code": f"S{number:02}"}
                for number in range(SHOPS)
            ]
        )
        self.head_office = env["res.users"].create(
            {
                "name": "Head Office",
                "login": "head_office",
                "notification_type": "inbox",
                "group_ids": [
                    Command.set(env.ref("store_transfer.group_head_office").ids)
                ],
            }
        )

    def create_products(self, count):
        return self.env["product.product"].create(
            [
                {
                    "name": f"Product {number}",
                    "default_code": f"SKU-{number:05}",
                    "is_storable": True,
                }
                for number in range(count)
            ]
        )


def make_file(chain, products, rows):
    output = io.BytesIO()
    with xlsxwriter.Workbook(output, {"default_date_format": "yyyy-mm-dd"}) as book:
        sheet = book.add_worksheet()
        sheet.write_row(0, 0, HEADINGS)
        for number, (shop, product, quantity) in enumerate(
            get_lines(chain, products, rows), start=1
        ):
            sheet.write_datetime(number, 0, Date.today())
            sheet.write_row(
                number, 3, [shop.name, product.name, product.default_code, quantity]
            )
    return output.getvalue()


def get_lines(chain, products, rows):
    """Return ``(shop, product, quantity)`` of each row, shop after shop."""
    per_shop = -(-rows // SHOPS)
    return [
        (
            chain.shops[number // per_shop],
            products[number % per_shop],
            number % 7 + 1,
        )
        for number in range(rows)
    ]


def run_ours(chain, products, rows):
    content = make_file(chain, products, rows)
    imports = chain.env["store.transfer.import"].with_user(chain.head_office)
    # In one go, so that it is measured like Odoo's own import, which knows no parts.
    chain.company.transfer_import_background_rows = rows
    chain.company.transfer_import_rows = max(rows, 20_000)
    upload = imports.create(
        {"file": base64.b64encode(content), "file_name": "season.xlsx"}
    )
    watch = Watch(chain.env)
    _result, check = watch.measure(upload.action_check)
    assert not upload.problem and not upload.error_count, upload.problem
    _result, imported = watch.measure(upload.action_import)
    assert upload.state == "done", upload.state
    assert sum(upload.order_ids.transfer_id.mapped("line_count")) == rows
    return {
        "dry_run_seconds": check["seconds"],
        "dry_run_cpu_seconds": check["cpu_seconds"],
        "dry_run_queries": check["queries"],
        **imported,
        "peak_mb": max(check["peak_mb"], imported["peak_mb"]),
    }


def run_odoo(chain, products, rows):
    table = make_table(chain, products, rows)
    pickings = chain.env["stock.picking"].with_context(tracking_disable=False)
    result, took = Watch(chain.env).measure(pickings.load, PICKING_FIELDS, table)
    assert not result["messages"], result["messages"][:3]
    made = pickings.browse(result["ids"])
    assert len(made.move_ids) == rows, len(made.move_ids)
    return took


def make_table(chain, products, rows):
    transit = chain.company.internal_transit_location_id.complete_name
    source = chain.ec.lot_stock_id.complete_name
    picking_type = chain.ec.out_type_id.display_name
    table, before = [], None
    for shop, product, quantity in get_lines(chain, products, rows):
        header = [picking_type, source, transit, shop.name]
        line = [product.display_name, str(quantity), source, transit]
        table.append((header if shop != before else [""] * len(header)) + line)
        before = shop
    return table


def main(env, arguments):
    parser = argparse.ArgumentParser(prog="import")
    parser.add_argument("--rows", type=int, default=5000)
    rows = parser.parse_args(arguments).rows
    env = env(context={"lang": "en_US"})
    chain = Chain(env)
    products = chain.create_products(-(-rows // SHOPS))
    # Both once with little, so that neither pays for what is loaded only once.
    run_odoo(chain, products, SHOPS)
    warm = chain.create_products(1)
    warm.default_code = "WARM"
    run_ours(chain, warm, SHOPS)
    # Ours first: memory that Odoo has left free would hide what we take.
    ours = run_ours(chain, products, rows)
    odoo = run_odoo(chain, products, rows)
    all_seconds = ours["dry_run_seconds"] + ours["seconds"]
    all_cpu_seconds = ours["dry_run_cpu_seconds"] + ours["cpu_seconds"]
    result = {
        "bench": "import",
        "rows": rows,
        "ours": ours,
        "odoo": odoo,
        "ratio_seconds": round(all_seconds / odoo["seconds"], 3),
        "ratio_cpu": round(all_cpu_seconds / odoo["cpu_seconds"], 3),
        "queries_per_row": round((ours["dry_run_queries"] + ours["queries"]) / rows, 3),
        "process_peak_mb": round(
            resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024, 1
        ),
    }
    _print(result)
    return result


def _print(result):
    ours, odoo = result["ours"], result["odoo"]
    print(f"{result['rows']} rows for {SHOPS} shops")
    check = {
        key: ours[f"dry_run_{key}"] for key in ("seconds", "cpu_seconds", "queries")
    }
    rows = {"Odoo's load()": odoo, "ours: check": check, "ours: import": ours}
    for name, row in rows.items():
        memory = "{peak_mb:8.0f} MB more than idle" if "peak_mb" in row else ""
        print(
            (
                "  {name:15} {seconds:8.2f} s {cpu_seconds:8.2f} s of processor time "
                "{queries:7} queries" + memory
            ).format(name=name, **row)
        )
    print(
        f"ours to Odoo: {result['ratio_seconds']:.2f} in seconds, "
        f"{result['ratio_cpu']:.2f} in processor time, check and import together; "
        f"{result['queries_per_row']:.2f} queries per row"
    )
