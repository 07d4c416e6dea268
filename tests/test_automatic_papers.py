from odoo.tests import tagged

from .common_cartons import CartonCase


@tagged("post_install", "-at_install")
class TestAutomaticPapers(CartonCase):
    """What a store wants printed, a step prints, for staff without Inventory, too."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.ec.transfer_print_on_shipping = True
        cls.shop.transfer_print_on_arrival = True

    def assertPrints(self, action, *papers):
        self.assertEqual(action["tag"], "do_multi_print")
        names = [report["report_name"] for report in action["params"]["reports"]]
        wanted = [f"store_transfer.report_{paper}" for paper in papers]
        self.assertEqual(names, wanted)
        self.assertFalse(
            {
                key
                for report in action["params"]["reports"]
                for key in report["context"]
                if key != "active_ids"
            }
        )

    def make_approved_transfer(self):
        transfer = self.make_transfer()
        self.submit(transfer)
        self.approve(transfer)
        return transfer

    def press_ship(self, transfer):
        return self.open_wizard(
            transfer, self.ec_staff, "action_open_ship"
        ).action_ship()

    def test_shipping_prints_the_slip(self):
        transfer = self.make_approved_transfer()
        action = self.press_ship(transfer)
        self.assertPrints(action, "transfer_slip")
        [report] = action["params"]["reports"]
        self.assertEqual(report["context"]["active_ids"], transfer.ids)

    def test_of_cartons_the_packing_list_as_well(self):
        transfer = self.make_approved_transfer()
        self.pack(transfer, {self.tea: 10})
        self.assertPrints(self.press_ship(transfer), "transfer_slip", "packing_list")

    def test_arrival_prints_the_count_sheet(self):
        transfer = self.make_shipped_transfer()
        transfer = transfer.with_user(self.shop_staff)
        self.assertPrints(transfer.action_confirm_arrival(), "count_sheet")

    def test_counting_prints_nothing(self):
        transfer = self.make_shipped_transfer()
        action = transfer.with_user(self.shop_staff).action_receive_all()
        self.assertNotEqual(action.get("tag"), "do_multi_print")

    def test_many_are_printed_at_once(self):
        transfers = self.make_approved_transfer() | self.make_approved_transfer()
        action = transfers.with_user(self.ec_staff).action_open_many_ship()
        question = self.env[action["res_model"]].with_user(self.ec_staff)
        action = question.browse(action["res_id"]).action_do()
        self.assertPrints(action, "transfer_slip")
        [report] = action["params"]["reports"]
        self.assertEqual(report["context"]["active_ids"], transfers.ids)

    def test_a_store_that_does_not_want_it_prints_nothing(self):
        self.ec.transfer_print_on_shipping = False
        self.shop.transfer_print_on_arrival = False
        transfer = self.make_approved_transfer()
        self.assertNotEqual(self.press_ship(transfer).get("tag"), "do_multi_print")
        transfer = transfer.with_user(self.shop_staff)
        self.assertIs(transfer.action_confirm_arrival(), True)
