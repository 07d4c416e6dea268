"""How far a step goes through the addon: what ./dev house --steps shows.

Each step runs as whoever does it in life, after the same was done once before: a count
of two lines is submitted, the second of them short; a device sends one scan; what is
short is settled; a file of one row is imported. While a step runs, each call of a
function of ours is written down (tests left out; nested ones without a name belong to
what they stand in). Of that are told:

methods   how many functions were called, each counted once
files     in how many files these are
returns   how often a reader comes back to a file that was left. They read each function
          when it is called for the first time, and follow the calls in this order; each
          time the file changes to one that was read in and left before counts one
changes   the same for all calls, not only the first of each function
calls     how often the functions were called that were called most
queries   how many SQL queries it took
"""

import argparse
import base64
import inspect
import sys
from collections import Counter
from pathlib import Path

from _meter import Meter
from cycle import Chain, _create_transfer, _ship

from odoo.fields import Command, Date
from odoo.modules import get_module_path

MOST_CALLED = 5
OUTSIDE = ("tests", "benchmarks", "workbench")


class Trace:
    """The calls of functions of the addon, while it is switched on."""

    def __init__(self, env):
        self.meter = Meter(env)
        self.folder = get_module_path("store_transfer")
        self.calls = []
        self.generators = set()

    def measure(self, step, *arguments):
        """Run a step as a request of its own would; return its figures."""
        self.calls, self.generators = [], set()
        self.meter.start()
        sys.setprofile(self._note)
        try:
            step(*arguments)
            took = self.meter.stop()
        finally:
            sys.setprofile(None)
        return self._tell(took["queries"])

    def _note(self, frame, event, argument):
        code = frame.f_code
        if event != "call" or not self._is_ours(code):
            return
        if code.co_flags & inspect.CO_GENERATOR:
            # It goes on, it is not called.
            if frame in self.generators:
                return
            self.generators.add(frame)
        self.calls.append(code)

    def _is_ours(self, code):
        if not code.co_filename.startswith(self.folder) or code.co_name[0] == "<":
            return False
        return self._get_path(code).parts[0] not in OUTSIDE

    def _get_path(self, code):
        return Path(code.co_filename).relative_to(self.folder)

    def _tell(self, queries):
        called = Counter(self.calls)
        return {
            "methods": len(called),
            "files": len({code.co_filename for code in called}),
            "returns": count_returns(code.co_filename for code in called),
            "changes": count_returns(code.co_filename for code in self.calls),
            "calls": {
                f"{self._get_path(code)} {code.co_name}": times
                for code, times in called.most_common(MOST_CALLED)
            },
            "queries": queries,
        }


def count_returns(files):
    """Count how often files come again after another one."""
    left, current, returns = set(), None, 0
    for file in files:
        if file != current:
            left.add(current)
            returns += file in left
            current = file
    return returns


class Scenes:
    """What is there before each step, and the step."""

    def __init__(self, chain, trace):
        self.chain = chain
        self.trace = trace
        chain.company.transfer_main_store_id = chain.ec
        self.head_office = chain.env["res.users"].create(
            {
                "name": "Head Office",
                "login": "head_office",
                "group_ids": [
                    Command.set(chain.env.ref("store_transfer.group_head_office").ids)
                ],
            }
        )

    def play(self, products):
        """Return ``{step: figures}``."""
        count = self._start_count(products)
        first, second = count.line_ids
        first.counted_quantity = first.expected_quantity
        second.counted_quantity = second.expected_quantity - 3
        scanned = self._start_count(products)
        scan = {"uuid": f"scan-{scanned.id:08}", "kind": "scan"}
        scan["barcode"] = products[0].default_code
        file = self._upload(products[0])
        return {
            "count: action_submit": self.trace.measure(count.action_submit),
            "record_scans": self.trace.measure(scanned.record_scans, [scan]),
            "settle": self.trace.measure(
                self._open_settle(count.transfer_id).action_settle
            ),
            "import of one row": self.trace.measure(self._import, file),
        }

    def _start_count(self, products):
        transfer = _create_transfer(self.chain, products)
        transfer.action_submit()
        transfer.with_user(self.chain.approver).action_approve()
        _ship(transfer.with_user(self.chain.ec_staff))
        action = transfer.with_user(self.chain.shop_staff).action_scan()
        counts = self.chain.env["store.transfer.count"]
        return counts.with_user(self.chain.shop_staff).browse(
            action["params"]["count_id"]
        )

    def _open_settle(self, transfer):
        transfer = transfer.with_user(self.chain.approver)
        action = transfer.action_open_settle()
        wizard = transfer.env[action["res_model"]].browse(action["res_id"])
        reason = transfer.env.ref("store_transfer.reason_stolen")
        wizard.write({"outcome": "lost", "reason_id": reason.id})
        return wizard

    def _upload(self, product):
        heading = "預計到倉日期,進倉店,品號(SKU碼),數量"
        row = f"{Date.today()},{self.chain.shop.name},{product.default_code},3"
        imports = self.chain.env["store.transfer.import"].with_user(self.head_office)
        content = f"{heading}\n{row}\n".encode()
        return imports.create(
            {"file": base64.b64encode(content), "file_name": "row.csv"}
        )

    def _import(self, file):
        file.action_check()
        file.action_import()
        assert file.state == "done", file.problem


def main(env, arguments):
    argparse.ArgumentParser(prog="steps").parse_args(arguments)
    chain = Chain(env(context={"lang": "en_US"}))
    scenes = Scenes(chain, Trace(chain.env))
    scenes.play(chain.create_products("WARM", 2))
    steps = scenes.play(chain.create_products("STEP", 2))
    _print(steps)
    return steps


def _print(steps):
    for name, figures in steps.items():
        print(
            "{name}: {methods} methods in {files} files, {returns} returns to a file "
            "({changes} by all calls), {queries} queries".format(name=name, **figures)
        )
        for method, times in figures["calls"].items():
            print(f"  {times:6} {method}")
