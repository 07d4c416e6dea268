"""What people can do to transfers, for tests that do it in a random order."""

from collections import defaultdict

from odoo.exceptions import UserError
from odoo.fields import Command
from odoo.tests.common import BaseCase

from ..models.store_transfer_access import STEPS
from ..models.store_transfer_discrepancy import CASE_STEPS


class NothingToDoError(Exception):
    """A step was repeated, and there is no record left to do it to."""


class LedgerWorld:
    """A chain, its transfers, and every action of every role.

    Actions choose what they act on by numbers, so that a random run can be written
    down and repeated. What the addon refuses with a sentence did not happen; any other
    exception is a fault of the addon.
    """

    def __init__(self, case):
        self.case = case
        self.env = case.env
        self.transfers = []
        # What can be done now, to which records: {action: ids}.
        self.possible = defaultdict(list)
        self.again = None
        # What was done, to be written down as a test of its own.
        self.log = []

    # --- Doing something ---

    def attempt(self, name, *arguments):
        """Do it; when it is refused, nothing of it was done."""
        self.again = (name, arguments)
        self.log.append(f'world.attempt("{name}", {", ".join(map(repr, arguments))})')
        savepoint = self.env.cr.savepoint()
        try:
            with savepoint:
                getattr(self, name)(*arguments)
                self.env.flush_all()
        except (UserError, NothingToDoError) as refusal:
            self.env.transaction.clear()
            self.log[-1] += f"  # {str(refusal).splitlines()[0]}"

    def repeat(self):
        """Do the same once more: a double click, a request sent twice."""
        name, arguments = self.again
        self.attempt(name, *arguments)

    def check(self):
        """The ledger rule holds, and nothing is below zero."""
        self.env.invalidate_all()
        transfers = self.env["store.transfer"].browse(self.transfers)
        self.case.assertLedger(transfers.exists())
        negative = (
            self.env["stock.quant"]
            .sudo()
            .search(
                [
                    ("company_id", "=", self.case.company.id),
                    ("location_id.usage", "in", ("internal", "transit")),
                    ("quantity", "<", 0),
                ]
            )
        )
        self.case.assertFalse(
            negative,
            [
                (quant.product_id.name, quant.location_id.complete_name, quant.quantity)
                for quant in negative
            ],
        )
        self.look()

    def look(self):
        """See what can be done now."""
        self.possible.clear()
        self.possible["start"] = len(self.transfers) < 3
        self.possible["adjust"] = True
        self.possible["repeat"] = bool(self.again)
        transfers = self.env["store.transfer"].browse(self.transfers)
        for transfer in transfers.with_user(self.case.head_office):
            for step in STEPS:
                if transfer[f"can_{step}"]:
                    self.possible[step].append(transfer.id)
        for case in self.cases(self.case.head_office):
            for step in CASE_STEPS:
                if case[f"can_{step}"]:
                    self.possible[f"case_{step}"].append(case.id)
        for picking in transfers.sudo().picking_ids.sorted("id"):
            if picking.state != "cancel":
                state = "done" if picking.state == "done" else "open"
                self.possible[f"picking_{state}"].append(picking.id)
                if state == "done" and picking.picking_type_code == "outgoing":
                    self.possible["picking_shipped"].append(picking.id)

    # --- Choosing ---

    def choose(self, model, step, number, user):
        """Return one of the records to which a step can be done."""
        ids = self.possible[step]
        if not ids:
            raise NothingToDoError(step)
        return self.env[model].with_user(user).browse(ids[number % len(ids)])

    def transfer(self, step, number, user=None):
        user = user or self.case.head_office
        return self.choose("store.transfer", step, number, user)

    def picking(self, state, number):
        user = self.case.inventory_user
        return self.choose("stock.picking", f"picking_{state}", number, user)

    def discrepancy(self, step, number):
        model, user = "store.transfer.discrepancy", self.case.head_office
        return self.choose(model, f"case_{step}", number, user)

    def staff(self, store, approver=False):
        case = self.case
        return {
            case.ec: case.ec_approver if approver else case.ec_staff,
            case.shop: case.shop_approver if approver else case.shop_staff,
        }.get(store, case.head_office)

    def acting(self, step, number, side, approver=False):
        """Return a transfer for a step, as who takes it in life."""
        transfer = self.transfer(step, number)
        store = transfer._get_side_store(side)
        return transfer.with_user(self.staff(store, approver))

    def portion(self, product, quantity, share):
        """A share of a quantity that is possible for the product."""
        if product.uom_id == self.env.ref("uom.product_uom_unit"):
            return float(round(quantity * share))
        return product.uom_id.round(quantity * share)

    # --- Both sides ---

    def start(self, kind, pull, first, second, quantity, box):
        case = self.case
        stores = {"source_store_id": case.ec.id, "destination_store_id": case.shop.id}
        starter = case.shop if pull else case.ec
        if kind == "receipt":
            stores.pop("source_store_id")
            starter = case.shop
        if kind == "dispatch":
            stores.pop("destination_store_id")
            starter = case.ec
        products = dict.fromkeys([case.products[first], case.products[second]])
        lines = [
            Command.create({"product_id": product.id, "quantity": quantity + index})
            for index, product in enumerate(products)
        ]
        if box:
            lines.append(
                Command.create(
                    {
                        "product_id": case.tea.id,
                        "product_uom_id": case.box.id,
                        "quantity": 1,
                    }
                )
            )
        transfer = (
            self.env["store.transfer"]
            .with_user(self.staff(starter))
            .create(
                {
                    "company_id": case.company.id,
                    "kind": kind,
                    "initiator": "destination" if starter == case.shop else "source",
                    **stores,
                    "line_ids": lines,
                }
            )
        )
        transfer.action_submit()
        self.transfers.append(transfer.id)

    def approve(self, number, share):
        transfer = self.acting("approve", number, "other", approver=True)
        if share == 1:
            transfer.action_approve()
            return
        wizard = self.wizard(transfer.action_open_approve(), transfer.env.user)
        for line in wizard.line_ids:
            line.quantity = self.portion(line.product_id, line.quantity, share)
        wizard.action_approve()

    def reject(self, number):
        transfer = self.acting("reject", number, "other", approver=True)
        reason = self.env.ref("store_transfer.reason_no_space")
        self.wizard(
            transfer.action_open_reject(), transfer.env.user, reason_id=reason.id
        ).action_reject()

    def cancel(self, number):
        self.acting("cancel", number, "initiator").action_cancel()

    def reset_and_submit(self, number):
        transfer = self.acting("reset", number, "initiator")
        transfer.action_reset()
        transfer.action_submit()

    def wizard(self, action, user, **values):
        wizards = self.env[action["res_model"]].with_user(user)
        return wizards.with_context(**action["context"]).create(values)

    # --- The source ---

    def ship(self, number, share, close):
        transfer = self.acting("ship", number, "source", approver=close)
        values = {}
        if close:
            reason = self.env.ref("store_transfer.reason_out_of_stock")
            values = {"rest": "close", "reason_id": reason.id}
        wizard = self.wizard(transfer.action_open_ship(), transfer.env.user, **values)
        for line in wizard.line_ids:
            line.quantity = self.portion(line.product_id, line.quantity, share)
        wizard.action_ship()

    def close(self, number):
        transfer = self.acting("close", number, "sender", approver=True)
        reason = self.env.ref("store_transfer.reason_out_of_stock")
        self.wizard(
            transfer.action_open_close(), transfer.env.user, reason_id=reason.id
        ).action_close()

    def take_back(self, number):
        self.acting("take_back", number, "source").action_take_back()

    def answer(self, number, dispute):
        step = "dispute" if dispute else "answer"
        case = self.discrepancy(step, number)
        case.answer = "We looked again."
        if dispute:
            case.action_dispute()
        else:
            case.action_answer()

    # --- The destination ---

    def confirm_arrival(self, number):
        transfer = self.acting("confirm_arrival", number, "destination")
        transfer.action_confirm_arrival()

    def receive_all(self, number):
        self.acting("count", number, "destination").action_receive_all()

    def count(self, number, share, damaged, surplus, approver):
        transfer = self.acting("count", number, "destination", approver)
        action = transfer.action_start_count()
        count = transfer.env[action["res_model"]].browse(action["res_id"])
        for line in count.line_ids:
            good = self.portion(line.product_id, line.expected_quantity, share)
            broken = self.portion(
                line.product_id, line.expected_quantity - good, damaged
            )
            self.write_count(line, good, broken)
        if surplus is not None:
            self.count_surplus(count, surplus)
        count.action_review()
        count.action_submit()

    def write_count(self, line, good, broken):
        """Of a third party's lots and serial numbers each gets a name of its own."""
        if not line.needs_lot_name:
            line.write({"counted_quantity": good, "damaged_quantity": broken})
            return
        count, product = line.count_id, line.product_id
        pieces = [("counted_quantity", 1)] * int(good)
        pieces += [("damaged_quantity", 1)] * int(broken)
        if product.tracking == "lot":
            pieces = [("counted_quantity", good), ("damaged_quantity", broken)]
        line.write({"counted_quantity": 0, "damaged_quantity": 0, "lot_name": False})
        for field, quantity in pieces:
            if quantity:
                self.case.lot_number += 1
                name = f"NEW-{self.case.lot_number}"
                count._find_or_add_line(product, lot_name=name)[field] = quantity

    def count_surplus(self, count, surplus):
        product = self.case.products[surplus % len(self.case.products)]
        lot_name = False
        if product.tracking != "none":
            lots = self.case.lots[product]
            lot_name = lots[surplus % len(lots)].name
            if count.transfer_id.kind == "receipt":
                self.case.lot_number += 1
                lot_name = f"NEW-{self.case.lot_number}"
        line = count._find_or_add_line(product, lot_name=lot_name)
        line.counted_quantity += 1

    def cases(self, user):
        cases = self.env["store.transfer.discrepancy"].with_user(user)
        return cases.search([("transfer_id", "in", self.transfers)], order="id")

    def settle(self, number, outcome, share):
        case = self.discrepancy("settle", number)
        reason = self.env.ref("store_transfer.reason_lost_on_the_way")
        values = {"outcome": outcome, "reason_id": reason.id}
        if case.transfer_id.kind == "receipt":
            del values["outcome"]
        wizard = self.wizard(case.action_open_settle(), case.env.user, **values)
        for line in wizard.line_ids:
            line.quantity = self.portion(line.product_id, line.quantity, share)
        wizard.action_settle()

    def settle_all(self, number, outcome):
        transfer = self.acting("settle", number, "destination", approver=True)
        reason = self.env.ref("store_transfer.reason_stolen")
        self.wizard(
            transfer.action_open_settle(),
            transfer.env.user,
            outcome=outcome,
            reason_id=reason.id,
        ).action_settle()

    def decide(self, number, accept):
        step = "accept" if accept else "refuse"
        getattr(self.discrepancy(step, number), f"action_{step}")()

    def uphold(self, number):
        self.discrepancy("uphold", number).action_uphold()

    # --- The Inventory app ---

    def validate(self, number, share, backorder):
        picking = self.picking("open", number)
        if share != 1:
            for move in picking.move_ids:
                if move.state not in ("done", "cancel"):
                    move.quantity = self.portion(
                        move.product_id, move.product_uom_qty, share
                    )
        self._name_lots(picking)
        action = picking.button_validate()
        if isinstance(action, dict) and "context" in action:
            wizard = (
                self.env[action["res_model"]]
                .with_user(self.case.inventory_user)
                .with_context(**action["context"])
                .create({})
            )
            if backorder:
                wizard.process()
            else:
                wizard.process_cancel_backorder()

    def _name_lots(self, picking):
        for line in picking.move_line_ids:
            tracked = line.product_id.tracking != "none"
            if tracked and not line.lot_id and not line.lot_name:
                self.case.lot_number += 1
                line.lot_name = f"NEW-{self.case.lot_number}"

    def return_done(self, number, share, validate):
        picking = self.picking("done", number)
        returns = self.env["stock.return.picking"].with_user(self.case.inventory_user)
        wizard = returns.with_context(
            active_id=picking.id, active_ids=picking.ids, active_model=picking._name
        ).create({"picking_id": picking.id})
        for line in wizard.product_return_moves:
            line.quantity = self.portion(line.product_id, line.move_id.quantity, share)
        action = wizard.action_create_returns()
        if validate:
            back = picking.browse(action["res_id"])
            back.move_ids.picked = True
            back.button_validate()

    def scrap(self, number, product, quantity):
        picking = self.picking("shipped", number)
        move = picking.move_ids[product % len(picking.move_ids)]
        scraps = self.env["stock.scrap"].with_user(self.case.inventory_user)
        scrap = scraps.create(
            {
                "product_id": move.product_id.id,
                "scrap_qty": quantity,
                "lot_id": move.lot_ids[:1].id,
                "picking_id": picking.id,
                "location_id": self.case.transit.id,
                "company_id": self.case.company.id,
            }
        )
        scrap.action_validate()

    def cancel_picking(self, number):
        self.picking("open", number).action_cancel()

    def unreserve(self, number):
        self.picking("open", number).do_unreserve()

    def reserve(self, number):
        self.picking("open", number).action_assign()

    def edit_done(self, number, line, share):
        """Unlock a done picking, and correct what was done."""
        picking = self.picking("done", number)
        if picking.is_locked:
            picking.action_toggle_is_locked()
        move_line = picking.move_line_ids[line % len(picking.move_line_ids)]
        move_line.quantity = self.portion(
            move_line.product_id, move_line.quantity, share
        )

    def adjust_stock(self, product, quantity):
        """Somebody counts the source's stock of a plain product anew."""
        quants = self.env["stock.quant"].with_user(self.case.inventory_user)
        quant = quants.with_context(inventory_mode=True).create(
            {
                "product_id": self.case.products[product].id,
                "location_id": self.case.ec.lot_stock_id.id,
                "inventory_quantity": quantity,
            }
        )
        quant.action_apply_inventory()

    # --- Finishing ---

    def finish(self):
        """Every transfer can be brought to its end, whatever was done before."""
        for transfer_id in self.transfers:
            transfer = self.env["store.transfer"].browse(transfer_id)
            for _round in range(6):
                self.env.invalidate_all()
                if transfer.state in ("done", "cancelled"):
                    break
                self.finish_step(transfer.with_user(self.case.head_office))
                self.check()
            self.case.assertIn(
                transfer.state, ("done", "cancelled"), "A transfer can't be finished"
            )

    def finish_step(self, transfer):
        """Do what is next, as head office and in the Inventory app would."""
        by_hand = transfer.sudo().picking_ids.filtered(
            lambda picking: (
                picking.state not in ("done", "cancel")
                and picking.move_ids.origin_returned_move_id
            )
        )
        by_hand.with_user(self.case.inventory_user).action_cancel()
        steps = {
            "reset": ("reset_and_submit",),
            "approve": ("approve", 1),
            "ship": ("ship", 1, False),
            "close": ("close",),
            "take_back": ("take_back",),
            "count": ("count", 1, 0, None, True),
            "settle": ("settle_all", "lost"),
        }
        for step, (name, *arguments) in steps.items():
            self.look()
            if transfer.id not in self.possible[step]:
                continue
            number = self.possible[step].index(transfer.id)
            if step == "ship":
                # The source may have nothing to ship: then it is closed.
                self.attempt(name, number, *arguments)
            else:
                getattr(self, name)(number, *arguments)
                self.env.flush_all()
            self.env.invalidate_all()


class LedgerProducts(BaseCase):
    """Products of every sort, with stock at both stores, beside a chain."""

    @classmethod
    def _create_ledger_products(cls):
        kilogram = cls.env.ref("uom.product_uom_kgm")
        cls.matcha = cls._create_product("Matcha", "MAT-001", tracking="lot")
        cls.kettle = cls._create_product("Kettle", "KET-001", tracking="serial")
        cls.nuts = cls._create_product("Peanuts", "NUT-001", uom_id=kilogram.id)
        cls.box = cls.env["uom.uom"].create(
            {
                "name": "Box of 12",
                "relative_factor": 12,
                "relative_uom_id": cls.tea.uom_id.id,
            }
        )
        cls.tea.uom_ids += cls.box
        cls.products = [cls.tea, cls.matcha, cls.kettle, cls.nuts, cls.mug]
        cls.lot_number = 0
        cls.lots = {
            cls.matcha: cls._make_lots(cls.matcha, {"M-1": 4, "M-2": 4, "M-3": 20}),
            cls.kettle: cls._make_lots(
                cls.kettle, {f"K-{number}": 1 for number in range(8)}
            ),
        }
        cls._add_stock(cls.ec, cls.nuts, 12)

    @classmethod
    def _make_lots(cls, product, quantities):
        lots = cls.env["stock.lot"].create(
            [{"name": name, "product_id": product.id} for name in quantities]
        )
        for lot, quantity in zip(lots, quantities.values(), strict=True):
            cls._add_stock(cls.ec, product, quantity, lot=lot)
        return lots
