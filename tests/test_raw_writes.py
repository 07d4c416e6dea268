from odoo.exceptions import AccessError
from odoo.fields import Command
from odoo.tests import tagged

from .common_transfers import StoreTransferCase


@tagged("post_install", "-at_install")
class TestRawWrites(StoreTransferCase):
    """Nobody writes over RPC what a transfer's moves stand for; Odoo's buttons do."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.stock_user = cls._create_plain_user("stock_user", "stock.group_stock_user")
        cls.plain_user = cls._create_plain_user("plain_user", "base.group_user")

    def make_approved_transfer(self, **values):
        transfer = self.make_transfer(**values)
        self.submit(transfer)
        self.approve(transfer)
        return transfer

    def make_other_move(self, **values):
        """Return a move of this user's own, of no transfer."""
        return (
            self.env["stock.move"]
            .with_user(self.stock_user)
            .create(
                {
                    "product_id": self.tea.id,
                    "product_uom_qty": 1,
                    "location_id": self.transit.id,
                    "location_dest_id": self.shop.lot_stock_id.id,
                    "picking_type_id": self.shop.in_type_id.id,
                    **values,
                }
            )
        )

    def test_what_a_move_stands_for_is_not_written(self):
        transfer = self.make_shipped_transfer()
        shipped = transfer.sudo().line_ids.move_ids.filtered(
            lambda move: move.state == "done"
        )
        expected = transfer.sudo().line_ids.move_ids - shipped
        other = self.make_other_move()
        scrap = self.env["stock.scrap"].create(
            {"product_id": self.tea.id, "scrap_qty": 1, "company_id": self.company.id}
        )
        values = {
            "state": "draft",
            "company_id": self.env.ref("base.main_company").id,
            "move_orig_ids": [Command.link(other.id)],
            "move_dest_ids": [Command.clear()],
            "origin_returned_move_id": other.id,
            "returned_move_ids": [Command.link(other.id)],
            "procure_method": "make_to_order",
            "picking_type_id": self.ec.int_type_id.id,
            "location_id": self.shop_south.lot_stock_id.id,
            "location_dest_id": self.shop_south.lot_stock_id.id,
            "location_final_id": self.shop_south.lot_stock_id.id,
            "scrap_id": scrap.id,
        }
        for moves in (shipped, expected):
            for name, value in values.items():
                picking = moves.picking_id.with_user(self.stock_user)
                command = Command.update(moves.id, {name: value})
                with self.subTest(name, state=moves.state):
                    with self.assertRefused("belongs to store transfer"):
                        moves.with_user(self.stock_user).write({name: value})
                    with self.assertRefused("belongs to store transfer"):
                        picking.write({"move_ids": [command]})
        self.assertLedger(transfer)

    def test_writing_through_a_chain_is_refused(self):
        """A command of a move that is written to is no work of Odoo's own."""
        transfer = self.make_shipped_transfer()
        shipped = transfer.sudo().line_ids.move_ids.filtered(
            lambda move: move.state == "done"
        )
        command = Command.update(shipped.id, {"state": "draft"})
        expected = shipped.move_dest_ids.with_user(self.stock_user)
        with self.assertRefused("belongs to store transfer"):
            expected.write({"move_orig_ids": [command]})
        with self.assertRefused("belongs to store transfer"):
            expected.write(
                {
                    "move_line_ids": [
                        Command.update(expected.move_line_ids.id, {"state": "draft"})
                    ]
                }
            )

    def test_a_forged_context_opens_nothing(self):
        transfer = self.make_shipped_transfer()
        move = transfer.sudo().line_ids.move_ids[:1].with_user(self.stock_user)
        for key in ("store_transfer_permission", "store_transfer_work"):
            for value in (True, {}, "Mark", [1]):
                with self.subTest(key), self.assertRefused("belongs to store transfer"):
                    move.with_context(**{key: value}).state = "draft"

    def test_no_other_move_is_chained_to_a_transfer(self):
        transfer = self.make_shipped_transfer()
        shipped = transfer.sudo().line_ids.move_ids.filtered(
            lambda move: move.state == "done"
        )
        links = {
            "move_orig_ids": [Command.link(shipped.id)],
            "move_dest_ids": [Command.link(shipped.id)],
            "returned_move_ids": [Command.link(shipped.id)],
            "origin_returned_move_id": shipped.id,
        }
        other = self.make_other_move()
        for name, value in links.items():
            with self.subTest(name):
                with self.assertRefused("can be chained to it|belongs to store"):
                    other.write({name: value})
                with self.assertRefused("can be chained to it|belongs to store"):
                    self.make_other_move(**{name: value})

    def test_moves_that_are_not_done_are_not_deleted(self):
        """Not even where no other move is chained to them."""
        for kind in ("dispatch", "between"):
            transfer = self.make_transfer(kind=kind)
            self.submit(transfer)
            if kind == "between":
                self.approve(transfer)
            moves = transfer.sudo().line_ids.move_ids.with_user(self.inventory_user)
            with self.subTest(kind), self.assertRefused("instead of deleting|delete"):
                moves.unlink()
            with self.subTest(kind), self.assertRefused("instead of deleting|delete"):
                moves.picking_id[:1].write(
                    {"move_ids": [Command.delete(moves.picking_id[:1].move_ids.id)]}
                )
            self.assertLedger(transfer)

    def test_what_a_picking_stands_for_is_not_written(self):
        transfer = self.make_approved_transfer()
        picking = self.get_pickings(transfer, "outgoing").with_user(self.stock_user)
        other = self.get_pickings(transfer, "incoming")
        values = {
            "state": "done",
            "company_id": self.env.ref("base.main_company").id,
            "backorder_id": other.id,
            "return_id": other.id,
            "picking_type_id": self.ec.int_type_id.id,
            "location_id": self.shop_south.lot_stock_id.id,
            "location_dest_id": self.shop_south.lot_stock_id.id,
            "transfer_id": False,
        }
        for name, value in values.items():
            with self.subTest(name), self.assertRefused("belongs to store transfer"):
                picking.write({name: value})

    def test_lines_stay_with_their_move(self):
        transfer = self.make_shipped_transfer()
        done = self.get_pickings(transfer, "outgoing", "done").move_line_ids
        expected = self.get_pickings(transfer, "incoming").move_ids
        lines = done.with_user(self.stock_user)
        for vals in (
            {"state": "draft"},
            {"move_id": expected.id},
            {"company_id": self.env.ref("base.main_company").id},
        ):
            with self.subTest(vals), self.assertRefused("belongs to store transfer"):
                lines.write(vals)
        own = self.env["stock.move.line"].with_user(self.stock_user)
        with self.assertRefused("belongs to store transfer"):
            own.create({"move_id": expected.id, "quantity": 1, "state": "done"})
        own = own.create(
            {
                "product_id": self.tea.id,
                "location_id": self.ec.lot_stock_id.id,
                "location_dest_id": self.transit.id,
                "company_id": self.company.id,
            }
        )
        with self.assertRefused("belongs to store transfer"):
            own.move_id = expected

    def test_nothing_is_added_to_what_is_done(self):
        """Such goods would stand in transit, and no document would expect them."""
        transfer = self.make_shipped_transfer()
        picking = self.get_pickings(transfer, "outgoing", "done")
        values = {
            "picking_id": picking.id,
            "location_id": self.ec.lot_stock_id.id,
            "location_dest_id": self.transit.id,
        }
        for product in (self.tea, self.mug):
            with self.subTest(product.name), self.assertRefused("is done, and belongs"):
                self.env["stock.move.line"].with_user(self.stock_user).create(
                    {**values, "product_id": product.id, "quantity": 1}
                )
        self.assertLedger(transfer)

    def test_the_buttons_of_the_inventory_app_work(self):
        """As an Inventory user, from reserving to the return of what was received."""
        transfer = self.make_approved_transfer(lines={self.tea: 10, self.mug: 6})
        self.inventory_user = self.stock_user
        outbound = self.get_pickings(transfer, "outgoing")
        outbound.do_unreserve()
        self.assertEqual(set(outbound.move_ids.mapped("state")), {"confirmed"})
        outbound.action_assign()
        outbound.move_ids.filtered(
            lambda move: move.product_id == self.mug
        ).quantity = 2
        self.validate_picking(outbound)
        self.assertLedger(transfer)
        self.get_pickings(transfer, "outgoing").action_cancel()
        self.assertLedger(transfer)
        inbound = self.get_pickings(transfer, "incoming")
        inbound.do_unreserve()
        inbound.action_assign()
        inbound.action_put_in_pack()
        self.validate_picking(inbound, {self.tea: 4, self.mug: 2}, backorder=False)
        self.assertLedger(transfer)
        back = self.return_picking(inbound, 1)
        back.with_user(self.stock_user).action_cancel()
        self.assertLedger(transfer)
        self.receive_all(transfer)
        self.assertEqual(transfer.state, "done")

    def test_an_exchange_keeps_to_its_transfer(self):
        transfer = self.make_shipped_transfer()
        self.receive_all(transfer)
        inbound = self.get_pickings(transfer, "incoming", "done")
        wizard = (
            self.env["stock.return.picking"]
            .with_user(self.stock_user)
            .with_context(active_id=inbound.id, active_model="stock.picking")
            .create({"picking_id": inbound.id})
        )
        wizard.product_return_moves.quantity = 2
        action = wizard.action_create_exchanges()
        self.assertNotIn("store_transfer_permission", action["context"])
        self.inventory_user = self.stock_user
        self.validate_picking(self.env["stock.picking"].browse(action["res_id"]))
        self.assertLedger(transfer)

    def test_a_return_is_of_what_was_moved(self):
        """No other product, and none of another picking, passes for what came back."""
        transfer = self.make_shipped_transfer()
        other = self.make_shipped_transfer(lines={self.mug: 10})
        shipped = self.get_pickings(transfer, "outgoing", "done")
        move = shipped.move_ids
        foreign = self.get_pickings(other, "outgoing", "done").move_ids
        self.inventory_user = self.stock_user
        for returned, product in ((move, self.mug), (foreign, self.mug)):
            wizard = (
                self.env["stock.return.picking"]
                .with_user(self.stock_user)
                .create({"picking_id": shipped.id})
            )
            wizard.product_return_moves = [
                Command.clear(),
                Command.create(
                    {
                        "product_id": product.id,
                        "quantity": 2,
                        "move_id": returned.id,
                    }
                ),
            ]
            action = wizard.action_create_returns()
            picking = self.env["stock.picking"].browse(action["res_id"])
            with self.assertRefused("is not on store transfer"):
                self.validate_picking(picking, {product: 2})
        self.assertLedger(transfer | other)

    def test_who_works_on_no_picking_writes_no_line_of_a_transfer(self):
        transfer = self.make_shipped_transfer()
        done = self.get_pickings(transfer, "outgoing", "done").move_line_ids
        expected = self.get_pickings(transfer, "incoming").move_ids
        # Store staff do not even see what is on its way.
        for user, message in (
            (self.plain_user, "buttons of the transfer"),
            (self.shop_staff, "buttons of the transfer|access"),
        ):
            lines = self.env["stock.move.line"].with_user(user)
            with self.subTest(user.login):
                for vals in ({"state": "draft"}, {"quantity": 1}, {"picked": False}):
                    with self.assertRefused(message, AccessError):
                        lines.browse(done.id).write(vals)
                with self.assertRefused(message, AccessError):
                    lines.browse(expected.move_line_ids.id).unlink()
                for values in (
                    {"move_id": expected.id},
                    {"picking_id": expected.picking_id.id},
                ):
                    with self.assertRefused(message, AccessError):
                        lines.create(
                            {**values, "product_id": self.tea.id, "quantity": 1}
                        )
        self.assertLedger(transfer)

    def test_who_works_on_no_picking_writes_no_reference_of_a_transfer(self):
        transfer = self.make_approved_transfer().sudo()
        references = self.env["stock.reference"].with_user(self.plain_user)
        reference = references.browse(transfer.stock_reference_id.id)
        move = transfer.line_ids.move_ids[:1]
        with self.assertRefused("buttons of the transfer", AccessError):
            reference.name = "Another"
        for command in (Command.clear(), Command.unlink(move.id)):
            with self.assertRefused("buttons of the transfer", AccessError):
                reference.move_ids = [command]
        with self.assertRaises(AccessError):
            references.create({"name": "X", "move_ids": [Command.link(move.id)]})
        own = references.create({"name": "An order"})
        own.name = "An order of mine"

    def test_lines_of_no_transfer_are_left_alone(self):
        line = (
            self.env["stock.move.line"]
            .with_user(self.plain_user)
            .create(
                {
                    "product_id": self.tea.id,
                    "quantity": 1,
                    "company_id": self.company.id,
                    "location_id": self.ec.lot_stock_id.id,
                    "location_dest_id": self.shop.lot_stock_id.id,
                }
            )
        )
        line.picked = True
        line.unlink()

    def test_who_works_on_no_picking_moves_none_of_a_transfer(self):
        transfer = self.make_approved_transfer()
        moves = transfer.sudo()._get_open_moves("ship").with_user(self.plain_user)
        for name in ("_action_done", "_action_cancel", "unlink"):
            with self.subTest(name), self.assertRaises(AccessError):
                getattr(moves, name)()
        with self.assertRefused("buttons of the transfer", AccessError):
            moves.write({"quantity": 0})
