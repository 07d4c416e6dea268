"""A step for many transfers at once, beside fewer of them, and each by itself.

The EC warehouse offers a shop many transfers of a few lines each, of goods that all
share. The shop approves them, the EC warehouse ships them, the shop confirms their
arrival; each as a button of the list does it, answered by one press. Then a few are
done one after the other. A transfer should cost the same among few and among many, and
less than by itself.
"""

import argparse

from cycle import Chain, Stopwatch, _ship

from odoo.fields import Command, Date

PRODUCTS = 20
QUANTITY = 2
STEPS = ("approve", "ship", "confirm arrival")


def _create_transfers(chain, products, transfers, lines):
    """Create and submit transfers of a few of the products in turn."""
    created = (
        chain.env["store.transfer"]
        .with_user(chain.ec_staff)
        .create(
            [
                {
                    "source_store_id": chain.ec.id,
                    "destination_store_id": chain.shop.id,
                    "expected_date": Date.today(),
                    "line_ids": [
                        Command.create(
                            {
                                "product_id": products[
                                    (number + line) % len(products)
                                ].id,
                                "quantity": QUANTITY,
                            }
                        )
                        for line in range(lines)
                    ],
                }
                for number in range(transfers)
            ]
        )
    )
    created.action_submit()
    return created


def _answer(transfers, step, user):
    """Press the button of the list, and say yes."""
    action = getattr(transfers.with_user(user), f"action_open_many_{step}")()
    question = transfers.env[action["res_model"]].with_user(user)
    question.browse(action["res_id"]).action_do()


def run_at_once(chain, transfers):
    watch = Stopwatch(chain.env)
    watch.measure("approve", _answer, transfers, "approve", chain.approver)
    watch.measure("ship", _answer, transfers, "ship", chain.ec_staff)
    watch.measure(
        "confirm arrival", _answer, transfers, "confirm_arrival", chain.shop_staff
    )
    assert set(transfers.mapped("state")) == {"arrived"}
    return watch.steps


def run_one_by_one(chain, transfers):
    """Do so with one after the other; return what all of them took."""
    totals = {}
    for transfer in transfers:
        watch = Stopwatch(chain.env)
        approving = transfer.with_user(chain.approver)
        at_shop = transfer.with_user(chain.shop_staff)
        watch.measure("approve", approving.action_approve)
        watch.measure("ship", _ship, transfer.with_user(chain.ec_staff))
        watch.measure("confirm arrival", at_shop.action_confirm_arrival)
        for step, taken in watch.steps.items():
            total = totals.setdefault(step, dict.fromkeys(taken, 0))
            for key in taken:
                total[key] += taken[key]
    assert set(transfers.mapped("state")) == {"arrived"}
    return totals


def main(env, arguments):
    parser = argparse.ArgumentParser(prog="many")
    parser.add_argument("--few", type=int, default=20)
    parser.add_argument("--many", type=int, default=200)
    parser.add_argument("--lines", type=int, default=3)
    options = parser.parse_args(arguments)
    chain = Chain(env(context={"lang": "en_US"}))
    products = chain.create_products("MANY", PRODUCTS)
    for product in products:
        env["stock.quant"]._update_available_quantity(
            product, chain.ec.lot_stock_id, 100_000
        )
    run_at_once(chain, _create_transfers(chain, products, 2, options.lines))
    result = {"bench": "many", "lines": options.lines}
    for name, transfers, run in (
        ("one by one", options.few, run_one_by_one),
        ("few at once", options.few, run_at_once),
        ("many at once", options.many, run_at_once),
    ):
        created = _create_transfers(chain, products, transfers, options.lines)
        result[name] = {"transfers": transfers, "steps": run(chain, created)}
        _print(name, result[name])
    return result


def _print(name, result):
    transfers = result["transfers"]
    print(f"{name}: {transfers} transfers")
    for step in STEPS:
        taken = result["steps"][step]
        print(
            f"  {step:15} {taken['seconds']:8.2f} s"
            f" {taken['cpu_seconds']:8.2f} s of processor time"
            f" {1000 * taken['cpu_seconds'] / transfers:7.1f} ms a transfer"
            f" {taken['queries'] / transfers:7.1f} queries a transfer"
        )
