"""The whole life of one transfer, beside the same job done in plain Odoo.

Ours: create, submit, approve, ship, confirm the arrival, count with half of the lines
short, count the rest; each step by the user who does it in life. Plain Odoo: two
pickings chained through the transit location, made by hand, confirmed, validated, the
second one with half of the lines short, then its backorder. The same quantities, in the
same run, on products of their own; committed and analyzed between the steps.
"""

import argparse

from _meter import Meter

from odoo.fields import Command, Date

QUANTITY = 10
COUNTED_SHORT = 6
# What of ours is divided by the same of plain Odoo.
RATIOS = {"seconds": "seconds", "cpu": "cpu_seconds", "queries": "queries"}


class Stopwatch:
    """What each step takes."""

    def __init__(self, env):
        self.meter = Meter(env)
        self.steps = {}

    def measure(self, name, step, *arguments):
        """Run one step as a request of its own would: cold cache, commit at the end."""
        self.meter.start()
        result = step(*arguments)
        self.steps[name] = self.meter.stop()
        return result

    def get_totals(self):
        totals = {
            key: round(sum(step[key] for step in self.steps.values()), 3)
            for key in ("seconds", "cpu_seconds", "queries")
        }
        return {**totals, "steps": self.steps}


class Chain:
    """An EC warehouse and a shop with one user for each role."""

    def __init__(self, env):
        self.env = env
        self.ec = env["stock.warehouse"].search([], limit=1)
        self.company = self.ec.company_id
        self.shop = env["stock.warehouse"].create({"name": "Shop", "code": "SHOP"})
        self.transit = self.company.internal_transit_location_id
        self.ec_staff = self._create_user("ec_staff", "group_staff", self.ec)
        self.shop_staff = self._create_user("shop_staff", "group_staff", self.shop)
        self.approver = self._create_user("approver", "group_approver", self.shop)

    def _create_user(self, login, group, store):
        user = self.env["res.users"].create(
            {
                "name": login,
                "login": login,
                "notification_type": "inbox",
                "group_ids": [Command.set(self.env.ref(f"store_transfer.{group}").ids)],
            }
        )
        store.transfer_staff_ids += user
        return user

    def create_products(self, prefix, count, lots=False):
        """Create products of which there is enough, on demand each in one lot."""
        products = self.env["product.product"].create(
            [
                {
                    "name": f"{prefix} {number}",
                    "default_code": f"{prefix}-{number:05}",
                    "is_storable": True,
                    "tracking": "lot" if lots else "none",
                }
                for number in range(count)
            ]
        )
        lot_by_product = {}
        if lots:
            values = [
                {"name": f"LOT-{product.id}", "product_id": product.id}
                for product in products
            ]
            made = self.env["stock.lot"].create(values)
            lot_by_product = {lot.product_id: lot.id for lot in made}
        quants = self.env["stock.quant"].with_context(inventory_mode=True)
        quants.create(
            [
                {
                    "product_id": product.id,
                    "lot_id": lot_by_product.get(product),
                    "location_id": self.ec.lot_stock_id.id,
                    "inventory_quantity": 10 * QUANTITY,
                }
                for product in products
            ]
        ).action_apply_inventory()
        return products


def run_ours(chain, products):
    """Do the job with a store transfer."""
    watch = Stopwatch(chain.env)
    transfers = chain.env["store.transfer"]
    transfer = watch.measure("create", _create_transfer, chain, products)
    watch.measure("submit", transfer.action_submit)
    transfer = transfers.browse(transfer.id)
    watch.measure("approve", transfer.with_user(chain.approver).action_approve)
    watch.measure("ship", _ship, transfer.with_user(chain.ec_staff))
    at_shop = transfer.with_user(chain.shop_staff)
    watch.measure("arrive", at_shop.action_confirm_arrival)
    watch.measure("count", _count_half_short, at_shop)
    watch.measure("count the rest", at_shop.action_receive_all)
    assert transfer.state == "done", transfer.state
    return watch.get_totals()


def _create_transfer(chain, products):
    return (
        chain.env["store.transfer"]
        .with_user(chain.ec_staff)
        .create(
            {
                "source_store_id": chain.ec.id,
                "destination_store_id": chain.shop.id,
                "expected_date": Date.today(),
                "line_ids": [
                    Command.create({"product_id": product.id, "quantity": QUANTITY})
                    for product in products
                ],
            }
        )
    )


def _ship(transfer):
    action = transfer.action_open_ship()
    wizards = transfer.env[action["res_model"]].with_context(**action["context"])
    wizards.create({}).action_ship()


def _count_half_short(transfer):
    action = transfer.action_start_count()
    count = transfer.env["store.transfer.count"].browse(action["res_id"])
    count.action_everything_came()
    short = count.line_ids[::2]
    count.write(
        {
            "line_ids": [
                Command.update(line.id, {"counted_quantity": COUNTED_SHORT})
                for line in short
            ]
        }
    )
    count.action_submit()


def run_odoo(chain, products):
    """Do the job with two chained pickings and nothing of ours."""
    watch = Stopwatch(chain.env)
    outbound, inbound = watch.measure("create", _create_pickings, chain, products)
    pickings = outbound | inbound
    watch.measure("confirm", _confirm, pickings, outbound)
    watch.measure("ship", outbound.button_validate)
    watch.measure("count", _validate_half_short, inbound)
    watch.measure("count the rest", inbound.backorder_ids.button_validate)
    states = set((pickings | inbound.backorder_ids).mapped("state"))
    assert states == {"done"}, states
    return watch.get_totals()


def _create_pickings(chain, products):
    source, transit = chain.ec.lot_stock_id, chain.transit
    destination = chain.shop.lot_stock_id
    inbound = _create_picking(
        chain, chain.shop.in_type_id, transit, destination, products
    )
    next_moves = {move.product_id: move for move in inbound.move_ids}
    outbound = _create_picking(
        chain, chain.ec.out_type_id, source, transit, products, next_moves
    )
    return outbound, inbound


def _create_picking(
    chain, picking_type, source, destination, products, next_moves=None
):
    return chain.env["stock.picking"].create(
        {
            "picking_type_id": picking_type.id,
            "location_id": source.id,
            "location_dest_id": destination.id,
            "move_ids": [
                Command.create(
                    {
                        "product_id": product.id,
                        "product_uom_qty": QUANTITY,
                        "location_id": source.id,
                        "location_dest_id": destination.id,
                        "move_dest_ids": [Command.link(next_moves[product].id)]
                        if next_moves
                        else [],
                    }
                )
                for product in products
            ],
        }
    )


def _confirm(pickings, outbound):
    pickings.action_confirm()
    outbound.action_assign()


def _validate_half_short(inbound):
    for move in inbound.move_ids[::2]:
        move.quantity = COUNTED_SHORT
    action = inbound.button_validate()
    wizard = inbound.env[action["res_model"]].with_context(**action["context"])
    wizard.create({}).process()


def main(env, arguments):
    parser = argparse.ArgumentParser(prog="cycle")
    parser.add_argument("--lines", type=int, default=1000)
    lines = parser.parse_args(arguments).lines
    chain = Chain(env(context={"lang": "en_US"}))
    for run, prefix in ((run_odoo, "WARM-A"), (run_ours, "WARM-B")):
        run(chain, chain.create_products(prefix, 5))
    odoo = run_odoo(chain, chain.create_products("ODOO", lines))
    ours = run_ours(chain, chain.create_products("OURS", lines))
    result = {
        "bench": "cycle",
        "lines": lines,
        "ours": ours,
        "odoo": odoo,
        **{
            f"ratio_{name}": round(ours[key] / odoo[key], 3)
            for name, key in RATIOS.items()
        },
    }
    _print(result)
    return result


def _print(result):
    lines = result["lines"]
    for name in ("odoo", "ours"):
        print(f"{name}: {lines} lines")
        rows = {**result[name]["steps"], "in all": result[name]}
        for step, row in rows.items():
            print(
                f"  {step:15} {row['seconds']:8.2f} s"
                f" {row['cpu_seconds']:8.2f} s of processor time"
                f" {1000 * row['cpu_seconds'] / lines:7.1f} ms a line"
                f" {row['queries']:7} queries"
            )
    print(
        f"ours to plain Odoo: {result['ratio_seconds']:.2f} in seconds, "
        f"{result['ratio_cpu']:.2f} in processor time, "
        f"{result['ratio_queries']:.2f} in queries"
    )
