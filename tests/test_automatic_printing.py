from odoo.tests import tagged

from .common_transfers import StoreTransferCase


@tagged("post_install", "-at_install")
class TestAutomaticPrinting(StoreTransferCase):
    """What an operation type prints by itself, a step of a transfer prints, too."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        types = cls.ec._get_transfer_types() | cls.shop._get_transfer_types()
        types.auto_print_delivery_slip = True
        cls.env.ref("stock.group_stock_user").user_ids += cls.ec_staff | cls.shop_staff

    def assertPrints(self, action, picking, then):
        """``then`` is what the screen goes on with."""
        self.assertEqual(action["tag"], "do_multi_print")
        params = action["params"]
        self.assertEqual(
            params["anotherAction"].get("tag") or params["anotherAction"]["type"], then
        )
        [report] = params["reports"]
        self.assertEqual(report["report_name"], "stock.report_deliveryslip")
        self.assertEqual(report["context"]["active_ids"], picking.ids)
        self.assertFalse(
            {key for key in report["context"] if key.startswith("store_transfer")}
        )

    def make_approved_transfer(self):
        transfer = self.make_transfer()
        self.submit(transfer)
        self.approve(transfer)
        return transfer

    def test_shipping_and_receiving(self):
        transfer = self.make_approved_transfer()
        wizard = self.open_wizard(transfer, self.ec_staff, "action_open_ship")
        action = wizard.action_ship()
        outbound = self.get_pickings(transfer, "outgoing", "done")
        self.assertPrints(action, outbound, "ir.actions.act_window_close")
        action = transfer.with_user(self.shop_staff).action_receive_all()
        inbound = self.get_pickings(transfer, "incoming", "done")
        self.assertPrints(action, inbound, "soft_reload")
        self.assertLedger(transfer)

    def test_taking_back(self):
        transfer = self.make_shipped_transfer()
        self.receive_all(transfer)
        back = self.return_picking(self.get_pickings(transfer, "incoming", "done"), 3)
        self.validate_picking(back)
        action = transfer.with_user(self.ec_staff).action_take_back()
        taken = self.get_pickings(transfer, "incoming", "done").filtered(
            lambda picking: picking.location_dest_id == self.ec.lot_stock_id
        )
        self.assertPrints(action, taken, "soft_reload")

    def test_who_may_not_read_pickings_prints_nothing(self):
        self.env.ref("stock.group_stock_user").user_ids -= self.ec_staff
        transfer = self.make_approved_transfer()
        wizard = self.open_wizard(transfer, self.ec_staff, "action_open_ship")
        self.assertEqual(wizard.action_ship()["type"], "ir.actions.act_window_close")
