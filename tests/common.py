from collections import defaultdict
from contextlib import contextmanager
from datetime import timedelta

from odoo import fields
from odoo.exceptions import UserError
from odoo.fields import Command
from odoo.tests import Form, new_test_user

from odoo.addons.base.tests.common import BaseCommon

LEDGER_FIELDS = (
    "to_ship_quantity",
    "in_transit_quantity",
    "received_quantity",
    "returned_quantity",
    "lost_quantity",
    "damaged_quantity",
    "not_approved_quantity",
    "closed_quantity",
)


class StoreTransferChain:
    """A chain with an EC warehouse and two shops, and a user for each role."""

    # Set where the data are committed and must not clash with those of another run.
    suffix = ""

    @classmethod
    def _create_chain(cls):
        company_name = f"Formosa Goods{cls.suffix}"
        cls.company = cls.env["res.company"].create({"name": company_name})
        cls.env.user.company_ids += cls.company
        cls.ec = cls._get_company_warehouse(cls.company, "EC Warehouse", "EC")
        cls.shop = cls._create_shop("Shop North", "SHN")
        cls.shop_south = cls._create_shop("Shop South", "SHS")
        cls.company.transfer_main_store_id = cls.ec
        cls.transit = cls.company.internal_transit_location_id
        cls._create_users()
        cls._create_products()

    @classmethod
    def _get_company_warehouse(cls, company, name, code):
        warehouse = cls.env["stock.warehouse"].search(
            [("company_id", "=", company.id)], limit=1
        )
        warehouse.write({"name": name, "code": code})
        return warehouse

    @classmethod
    def _create_shop(cls, name, code, company=None):
        return cls.env["stock.warehouse"].create(
            {"name": name, "code": code, "company_id": (company or cls.company).id}
        )

    @classmethod
    def _create_users(cls):
        cls.ec_staff = cls._create_user("ec_staff", "group_staff", cls.ec)
        cls.ec_approver = cls._create_user("ec_approver", "group_approver", cls.ec)
        cls.shop_staff = cls._create_user("shop_staff", "group_staff", cls.shop)
        cls.shop_approver = cls._create_user(
            "shop_approver", "group_approver", cls.shop
        )
        cls.south_staff = cls._create_user("south_staff", "group_staff", cls.shop_south)
        cls.head_office = cls._create_user("head_office", "group_head_office")
        cls.inventory_user = cls._create_plain_user(
            "inventory_user", "stock.group_stock_manager"
        )

    @classmethod
    def _create_plain_user(cls, login, group):
        """Create a user of the company who has no role in Store Transfer."""
        return new_test_user(
            cls.env,
            login=f"{login}{cls.suffix}",
            groups=group,
            company_id=cls.company.id,
            company_ids=[Command.set(cls.company.ids)],
        )

    @classmethod
    def _create_user(cls, login, group, stores=None, company=None):
        company = company or cls.company
        user = new_test_user(
            cls.env,
            login=f"{login}{cls.suffix}",
            groups=f"store_transfer.{group}",
            company_id=company.id,
            company_ids=[Command.set(company.ids)],
        )
        if stores:
            stores.transfer_staff_ids += user
        return user

    @classmethod
    def _create_products(cls):
        cls.tea = cls._create_product("Oolong Tea", "TEA-001")
        cls.mug = cls._create_product("Clay Mug", "MUG-001")
        cls.lamp = cls._create_product("Paper Lamp", "LMP-001")
        cls._add_stock(cls.ec, cls.tea | cls.mug | cls.lamp, 100)

    @classmethod
    def _create_product(cls, name, sku, **values):
        return cls.env["product.product"].create(
            {
                "name": name,
                "default_code": sku,
                "is_storable": True,
                "company_id": cls.company.id,
                **values,
            }
        )

    @classmethod
    def _create_many_products(cls, prefix, number_of_products):
        return cls.env["product.product"].create(
            [
                {
                    "name": f"Product {number}",
                    "default_code": f"{prefix}-{number}",
                    "is_storable": True,
                    "company_id": cls.company.id,
                }
                for number in range(number_of_products)
            ]
        )

    @classmethod
    def _create_location(cls, name, parent):
        return cls.env["stock.location"].create(
            {
                "name": name,
                "location_id": parent.id,
                "usage": "internal",
                "company_id": cls.company.id,
            }
        )

    @classmethod
    def _add_stock(cls, store, products, quantity, lot=None, package=None):
        for product in products:
            cls.env["stock.quant"]._update_available_quantity(
                product, store.lot_stock_id, quantity, lot_id=lot, package_id=package
            )


class StoreTransferCase(StoreTransferChain, BaseCommon):
    """Every test acts as the user who does it in life.

    After each step of a flow the ledger rule is checked (:meth:`assertLedger`).
    """

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls._create_chain()

    # --- What people do ---

    def make_transfer(self, user=None, lines=None, **values):
        """Make a draft as ``user``; by default 10 tea from EC to the shop."""
        user = user or self.ec_staff
        lines = {self.tea: 10} if lines is None else lines
        if values.get("kind", "between") != "receipt":
            values.setdefault("source_store_id", self.ec.id)
        if values.get("kind", "between") != "dispatch":
            values.setdefault("destination_store_id", self.shop.id)
        transfer = (
            self.env["store.transfer"]
            .with_user(user)
            .create(
                {
                    "company_id": self.company.id,
                    "expected_date": fields.Date.today() + timedelta(days=2),
                    "line_ids": [
                        Command.create({"product_id": product.id, "quantity": quantity})
                        for product, quantity in lines.items()
                    ],
                    **values,
                }
            )
        )
        self.assertLedger(transfer)
        return transfer

    def submit(self, transfer, user=None):
        transfer.with_user(user or self.ec_staff).action_submit()
        self.assertLedger(transfer)

    def approve(self, transfer, user=None):
        transfer.with_user(user or self.shop_approver).action_approve()
        self.assertLedger(transfer)

    def approve_less(self, transfer, quantities, user=None):
        """Approve ``{product: quantity}``; the other lines as asked."""
        wizard = self.open_wizard(
            transfer, user or self.shop_approver, "action_open_approve"
        )
        with Form(wizard) as form:
            self._fill_lines(form, quantities)
            if form.is_less:
                form.reason_id = self.env.ref("store_transfer.reason_enough_stock")
        wizard.action_approve()
        self.assertLedger(transfer)

    def reject(self, transfer, user=None, note="No room until Monday"):
        wizard = self.open_wizard(
            transfer,
            user or self.shop_approver,
            "action_open_reject",
            reason_id=self.env.ref("store_transfer.reason_no_space").id,
            note=note,
        )
        wizard.action_reject()
        self.assertLedger(transfer)

    def ship(self, transfer, quantities=None, user=None, **values):
        """Ship ``{product: quantity}``, by default all that is reserved."""
        wizard = self.open_wizard(
            transfer, user or self.ec_staff, "action_open_ship", **values
        )
        if quantities is not None:
            with Form(wizard) as form:
                self._fill_lines(form, quantities)
        wizard.action_ship()
        self.assertLedger(transfer)

    def confirm_arrival(self, transfer, user=None):
        transfer.with_user(user or self.shop_staff).action_confirm_arrival()
        self.assertLedger(transfer)

    def count(self, transfer, quantities, user=None):
        """Count ``{product: quantity}`` and submit; what is not named did not come."""
        user = user or self.shop_staff
        transfer = transfer.with_user(user)
        action = transfer.action_start_count()
        count = (
            self.env["store.transfer.count"].with_user(user).browse(action["res_id"])
        )
        for line in count.line_ids:
            line.counted_quantity = quantities.get(line.product_id, 0)
        count.action_submit()
        self.assertLedger(transfer)
        return count

    def receive_all(self, transfer, user=None):
        transfer.with_user(user or self.shop_staff).action_receive_all()
        self.assertLedger(transfer)

    def close_rest(self, transfer, user=None):
        wizard = self.open_wizard(
            transfer,
            user or self.ec_approver,
            "action_open_close",
            reason_id=self.env.ref("store_transfer.reason_out_of_stock").id,
        )
        wizard.action_close()
        self.assertLedger(transfer)

    def settle_all(self, transfer, outcome):
        """Settle all that is short as the approver of the shop."""
        reason = self.env["store.transfer.reason"].search(
            [("usage", "=", "short")], limit=1
        )
        wizard = self.open_wizard(
            transfer,
            self.shop_approver,
            "action_open_settle",
            outcome=outcome,
            reason_id=reason.id,
        )
        wizard.action_settle()
        self.assertLedger(transfer)

    def make_shipped_transfer(self, lines=None, **values):
        transfer = self.make_transfer(lines=lines, **values)
        self.submit(transfer)
        self.approve(transfer)
        self.ship(transfer)
        return transfer

    def open_wizard(self, transfer, user, step, **values):
        """Press a button that opens a question, as ``user``, and fill in ``values``."""
        action = getattr(transfer.with_user(user), step)()
        wizards = self.env[action["res_model"]].with_user(user)
        wizards = wizards.with_context(**action["context"])
        if "res_id" not in action:
            return wizards.create(values)
        wizard = wizards.browse(action["res_id"])
        wizard.write(values)
        return wizard

    def _fill_lines(self, form, quantities):
        for index in range(len(form.line_ids)):
            with form.line_ids.edit(index) as line:
                if line.product_id in quantities:
                    line.quantity = quantities[line.product_id]

    # --- What people do in the Inventory app ---

    def get_pickings(self, transfer, code, *states):
        states = states or ("confirmed", "waiting", "assigned", "partially_available")
        return (
            self.env["stock.picking"]
            .with_user(self.inventory_user)
            .search(
                [
                    ("transfer_id", "=", transfer.id),
                    ("picking_type_code", "=", code),
                    ("state", "in", states),
                ]
            )
        )

    def validate_picking(self, picking, quantities=None, backorder=True):
        """Validate as an inventory user, answering the backorder question."""
        picking = picking.with_user(self.inventory_user)
        for move in picking.move_ids:
            if quantities is not None:
                move.quantity = quantities.get(move.product_id, 0)
        action = picking.button_validate()
        if isinstance(action, dict) and "res_model" in action:
            wizard = Form(
                self.env[action["res_model"]]
                .with_user(self.inventory_user)
                .with_context(**action["context"])
            ).save()
            if backorder:
                wizard.process()
            else:
                wizard.process_cancel_backorder()

    def return_picking(self, picking, quantity):
        """Make a return of ``quantity`` of every product, as an inventory user."""
        wizard = Form(
            self.env["stock.return.picking"]
            .with_user(self.inventory_user)
            .with_context(
                active_id=picking.id,
                active_ids=picking.ids,
                active_model="stock.picking",
            )
        ).save()
        wizard.product_return_moves.quantity = quantity
        action = wizard.action_create_returns()
        return self.env["stock.picking"].browse(action["res_id"])

    @contextmanager
    def assertRefused(self, message, exception=UserError):
        """Expect one clear sentence that matches ``message``; nothing is changed."""
        with self.assertRaises(exception) as caught:
            yield
        self.assertRegex(str(caught.exception), message)

    # --- The ledger rule ---

    def assertLedger(self, transfers):
        """No unit is lost, none is invented, none is without a document.

        And who waits for it is who gets it.
        """
        for line in transfers.sudo().line_ids:
            quantities = {name: line[name] for name in LEDGER_FIELDS}
            self.assertAlmostEqual(
                sum(quantities.values()), line.asked_quantity, msg=quantities
            )
            for name, quantity in quantities.items():
                self.assertGreaterEqual(quantity, 0, name)
            if line.transfer_id.kind == "between":
                self._assert_who_waits(line)
                self._assert_reserves_own_goods(line)
        self._assert_transit(transfers.sudo().company_id)

    def _assert_who_waits(self, line):
        """Each side waits for exactly what it will get, and the source ships the rest.

        Read off the moves' locations; returns that somebody made by hand wait for what
        they were made for.
        """
        waiting = defaultdict(float)
        for move in line.move_ids:
            if move.state not in ("draft", "done", "cancel"):
                if not move.origin_returned_move_id:
                    place = move.location_id.warehouse_id, move.location_dest_id
                    waiting[place[0], place[1].warehouse_id] += move.product_qty
        is_open = line.transfer_id.approval_state == "approved"
        to_ship = line.to_ship_quantity if is_open else 0
        coming_back = self._get_coming_back(line)
        nowhere = self.env["stock.warehouse"]
        source, destination = line.source_store_id, line.destination_store_id
        expected = {
            (source, nowhere): to_ship,
            (nowhere, destination): to_ship + line.in_transit_quantity - coming_back,
            (nowhere, source): coming_back,
        }
        for key in expected | waiting:
            self.assertAlmostEqual(
                waiting[key],
                expected.get(key, 0),
                msg=f"{line.product_id.name}: {key[0].name} → {key[1].name}",
            )

    def _get_coming_back(self, line):
        """Return what is in transit on its way back to the source."""
        coming_back = line.to_return_quantity
        source, destination = line.source_store_id, line.destination_store_id
        for move in line.move_ids.filtered(lambda move: move.state == "done"):
            origin = root = move.origin_returned_move_id
            while root.origin_returned_move_id:
                root = root.origin_returned_move_id
            left, entered = (
                move.location_id.warehouse_id,
                move.location_dest_id.warehouse_id,
            )
            if (root or move).transfer_outcome:
                continue
            if left == destination:
                coming_back += self._get_done(move)
            elif entered == destination and origin.location_id == move.location_dest_id:
                coming_back -= self._get_done(move)
            elif entered == source and not origin:
                coming_back -= self._get_done(move)
        return min(coming_back, line.in_transit_quantity)

    def _get_done(self, move):
        return sum(move.move_line_ids.mapped("quantity_product_uom"))

    def _assert_reserves_own_goods(self, line):
        """What is set aside in transit for a line is what this line has there."""
        here, reserved = defaultdict(float), defaultdict(float)
        for move_line in line.move_ids.move_line_ids:
            quantity = move_line.quantity_product_uom
            if move_line.state == "done":
                if move_line.move_id.location_dest_usage == "transit":
                    here[move_line.lot_id] += quantity
                if move_line.move_id.location_usage == "transit":
                    here[move_line.lot_id] -= quantity
            elif move_line.state != "cancel":
                if move_line.location_id.usage == "transit":
                    reserved[move_line.lot_id] += quantity
        for lot, quantity in reserved.items():
            self.assertLessEqual(
                line.product_id.uom_id.compare(quantity, here[lot]),
                0,
                f"{line.product_id.name} {lot.name}: {quantity} of {here[lot]}",
            )

    def _assert_transit(self, companies):
        for company in companies:
            transit = company.internal_transit_location_id
            quants = self.env["stock.quant"].sudo()
            in_transit = dict(
                quants._read_group(
                    [("location_id", "child_of", transit.id)],
                    ["product_id"],
                    ["quantity:sum"],
                )
            )
            on_lines = dict(
                self.env["store.transfer.line"]
                .sudo()
                ._read_group(
                    [("company_id", "=", company.id), ("in_transit_quantity", "!=", 0)],
                    ["product_id"],
                    ["in_transit_quantity:sum"],
                )
            )
            in_transit = {key: value for key, value in in_transit.items() if value}
            self.assertEqual(in_transit, on_lines, "Transit differs from the ledger")
            self._assert_nothing_stranded(transit, in_transit)

    def _assert_nothing_stranded(self, transit, in_transit):
        expected = dict(
            self.env["stock.move"]
            .sudo()
            ._read_group(
                [
                    ("location_id", "child_of", transit.id),
                    ("state", "not in", ("draft", "done", "cancel")),
                ],
                ["product_id"],
                ["product_qty:sum"],
            )
        )
        for product, quantity in in_transit.items():
            self.assertGreaterEqual(
                expected.get(product, 0),
                quantity,
                f"{product.display_name} stands in transit without a document",
            )

    def get_open_quantities(self, transfer, code):
        """Return what the open moves of the pickings of one leg still ask for."""
        moves = self.get_pickings(transfer, code).move_ids
        return moves.filtered(lambda move: move.state != "cancel").mapped("product_qty")

    def get_stock(self, store, product):
        return product.with_context(location=store.lot_stock_id.id).sudo().qty_available

    def get_free(self, store, product):
        return product.with_context(location=store.lot_stock_id.id).sudo().free_qty

    def flush_tracking(self):
        self.env.flush_all()
        self.cr.precommit.run()
