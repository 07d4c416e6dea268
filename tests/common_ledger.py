"""The world of tests that do what people do in a random order."""

from collections import defaultdict

from odoo.exceptions import UserError
from odoo.tests.common import BaseCase

from .common_ledger_actions import StoreActions
from .common_ledger_audit import LedgerAudit
from .common_ledger_check import LedgerCheck
from .common_ledger_choice import NothingToDoError
from .common_ledger_inventory import InventoryActions
from .common_work import WorkRule

MOST_TRANSFERS = 3


class LedgerWorld(StoreActions, InventoryActions, LedgerCheck):
    """A chain, its transfers, and every action of every role.

    What the addon refuses with a sentence did not happen; any other exception is a
    fault of the addon.
    """

    def __init__(self, case):
        self.case = case
        self.env = case.env
        self.transfers = []
        # What can be done now, to which records: {action: ids}.
        self.possible = defaultdict(list)
        # What was done last.
        self.again = None
        # What was done, to be written down as a test of its own.
        self.log = []
        # Whether the check held after all that was done.
        self.is_right = False
        # What devices have sent: {count or pick list: events}.
        self.sent = defaultdict(list)
        self.scan_number = 0
        # What each store had, and what changed it beside transfers.
        self.sellable_before = self.get_sellable(self.get_quants())
        self.adjusted = defaultdict(float)
        # {discrepancy id: (outcome, whether it is disputed)}
        self.decided = {}
        # Who does not work for a store now: {user id: how they left}.
        self.away = {}

    def attempt(self, name, **arguments):
        """Do it; when it is refused, nothing of it was done."""
        self.is_right = False
        self.again = (name, arguments)
        values = "".join(f", {key}={value!r}" for key, value in arguments.items())
        self.log.append(f'world.attempt("{name}"{values})')
        savepoint = self.env.cr.savepoint()
        try:
            with savepoint:
                getattr(self, name)(**arguments)
                self.env.flush_all()
        except (UserError, NothingToDoError) as refusal:
            self.env.transaction.clear()
            self.log[-1] += f"  # {str(refusal).splitlines()[0]}"

    def repeat(self):
        """Do the same once more: a double click, a request sent twice."""
        name, arguments = self.again
        self.attempt(name, **arguments)

    def pause(self):
        """Nothing is done."""

    def get_transfers(self):
        transfers = self.env["store.transfer"].browse(self.transfers).exists()
        return transfers.with_user(self.case.head_office)

    def discrepancies(self, user):
        discrepancies = self.env["store.transfer.discrepancy"].with_user(user)
        return discrepancies.search([("transfer_id", "in", self.transfers)], order="id")

    def look(self):
        """See what can be done now."""
        self.possible.clear()
        self.possible["start"] = len(self.transfers) < MOST_TRANSFERS
        self.possible["always"] = True
        self.possible["repeat"] = bool(self.again)
        transfers = self.get_transfers()
        for transfer in transfers:
            for step in transfer._get_steps():
                if transfer[f"can_{step}"]:
                    self.possible[step].append(transfer.id)
        for count in transfers.count_ids.sorted("id"):
            if count.state == "open":
                self.possible["open_count"].append(count.id)
        for pick in transfers.pick_ids.sorted("id"):
            if pick.state == "open":
                self.possible["open_pick"].append(pick.id)
        for substitution in transfers.substitution_ids.sorted("id"):
            for step in substitution._get_steps():
                if substitution[f"can_{step}"]:
                    self.possible[f"substitution_{step}"].append(substitution.id)
        for discrepancy in self.discrepancies(self.case.head_office):
            for step in discrepancy._get_steps():
                if discrepancy[f"can_{step}"]:
                    self.possible[f"discrepancy_{step}"].append(discrepancy.id)
        for picking in transfers.sudo().picking_ids.sorted("id"):
            self.look_at_picking(picking)
        for user in self.case.store_people:
            self.possible["away" if user.id in self.away else "at_work"].append(user.id)

    def look_at_picking(self, picking):
        if picking.state == "done":
            is_outgoing = picking.picking_type_code == "outgoing"
            kind = "shipped" if is_outgoing else "received"
            self.possible["picking_done"].append(picking.id)
            self.possible[f"picking_{kind}"].append(picking.id)
        elif picking.state != "cancel":
            self.possible["picking_open"].append(picking.id)

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
        by_hand = self.get_returns_by_hand(transfer)
        by_hand.with_user(self.case.inventory_user).action_cancel()
        everything = {"share": 1, "damaged": 0, "surplus": None, "approver": True}
        steps = {
            "reset": ("reset_and_submit", {}),
            "approve": ("approve", {"share": 1}),
            "ship": ("ship", {"share": 1, "close": False}),
            "close": ("close", {}),
            "take_back": ("take_back", {}),
            "count": ("count", everything),
            "settle": ("settle_all", {"outcome": "lost"}),
        }
        for step, (name, arguments) in steps.items():
            self.look()
            if transfer.id not in self.possible[step]:
                continue
            number = self.possible[step].index(transfer.id)
            if step == "ship":
                # The source may have nothing to ship: then it is closed.
                self.attempt(name, number=number, **arguments)
            else:
                self.again = (name, arguments)
                getattr(self, name)(number=number, **arguments)
                self.env.flush_all()
            self.env.invalidate_all()


class LedgerProducts(LedgerAudit, WorkRule, BaseCase):
    """Products of every sort, with stock at both stores, beside a chain."""

    @classmethod
    def _create_ledger_products(cls):
        kilogram = cls.env.ref("uom.product_uom_kgm")
        cls.matcha = cls._create_product("Matcha", "MAT-001", tracking="lot")
        cls.kettle = cls._create_product("Kettle", "KET-001", tracking="serial")
        cls.nuts = cls._create_product("Peanuts", "NUT-001", uom_id=kilogram.id)
        cls.tin = cls._create_product("Tea Tin", "TIN-001")
        cls.products = [cls.tea, cls.matcha, cls.kettle, cls.nuts, cls.mug, cls.tin]
        cls.lot_number = 0
        cls.administrator = cls._create_plain_user(
            "administrator", "base.group_erp_manager"
        )
        cls._create_ledger_box()
        cls._create_ledger_stores()
        cls._create_ledger_stock()

    @classmethod
    def _create_ledger_box(cls):
        cls.box = cls.env["uom.uom"].create(
            {
                "name": "Box of 12",
                "relative_factor": 12,
                "relative_uom_id": cls.tea.uom_id.id,
            }
        )
        cls.tea.uom_ids += cls.box
        cls.env["product.uom"].create(
            {"product_id": cls.tea.id, "uom_id": cls.box.id, "barcode": "BOX-12"}
        )

    @classmethod
    def _create_ledger_stores(cls):
        cls.south_approver = cls._create_user(
            "south_approver", "group_approver", cls.shop_south
        )
        cls.stores = cls.ec | cls.shop | cls.shop_south
        cls.store_people = cls.stores.transfer_staff_ids.sorted("id")
        cls.approvers = cls.ec_approver | cls.shop_approver | cls.south_approver
        # From where to where goods are sent.
        cls.routes = [
            (cls.ec, cls.shop),
            (cls.ec, cls.shop_south),
            (cls.shop, cls.shop_south),
            (cls.shop, cls.ec),
        ]
        cls.shelves = {
            store: cls._create_location("Shelf", store.lot_stock_id)
            for store in cls.stores
        }
        cls.damage_place = cls._create_location("Damaged", cls.shop.view_location_id)

    @classmethod
    def _create_ledger_stock(cls):
        """At the first store some of it in packages, two products in one of them."""
        cls.lots = {
            cls.matcha: cls._make_lots(cls.matcha, {"M-1": 4, "M-2": 4, "M-3": 20}),
            cls.kettle: cls._make_lots(
                cls.kettle, {f"K-{number}": 1 for number in range(8)}
            ),
        }
        cls._add_stock(cls.ec, cls.nuts, 12)
        first, second = cls.env["stock.package"].create([{}, {}])
        for product, package, quantity in (
            (cls.tin, first, 6),
            (cls.mug, first, 3),
            (cls.tin, second, 6),
        ):
            cls._add_stock(cls.ec, product, quantity, package=package)
        cls._add_stock(cls.ec, cls.tin, 4)
        cls._add_stock(cls.shop, cls.tea | cls.tin, 20)
        for product, name, quantity in (
            (cls.matcha, "M-4", 6),
            (cls.kettle, "K-8", 1),
            (cls.kettle, "K-9", 1),
        ):
            cls.lots[product] |= cls._make_lots(product, {name: quantity}, cls.shop)

    @classmethod
    def _create_product_with_lots_of_another(cls):
        """Two products whose vendors number their lots alike."""
        cls.sencha = cls._create_product("Sencha", "SEN-001", tracking="lot")
        cls.products = [*cls.products, cls.sencha]
        cls.lots[cls.sencha] = cls._make_lots(cls.sencha, {"M-1": 6, "S-1": 3})

    @classmethod
    def _make_lots(cls, product, quantities, store=None):
        lots = cls.env["stock.lot"].create(
            [{"name": name, "product_id": product.id} for name in quantities]
        )
        for lot, quantity in zip(lots, quantities.values(), strict=True):
            cls._add_stock(store or cls.ec, product, quantity, lot=lot)
        return lots
