from unittest.mock import patch

from odoo.fields import Domain
from odoo.tests import tagged

from .common_owners import OwnersCase


@tagged("post_install", "-at_install")
class TestOwners(OwnersCase):
    """Whatever happens to consigned goods, they stay their owner's."""

    def test_ship_and_receive(self):
        transfer, _discrepancy = self.make_owned_discrepancy()
        self.assertEqual(self.get_owned(self.transit), {self.potter: 3})
        self.receive_all(transfer)
        self.assertEqual(self.get_owned(self.shop.lot_stock_id), {self.potter: 10})

    def test_two_owners_and_own_goods(self):
        self._consign(self.ec, self.bowl, 5, self.weaver)
        self._add_stock(self.ec, self.bowl, 5)
        transfer, _discrepancy = self.make_owned_discrepancy(
            {self.bowl: 20}, counted=18
        )
        self.receive_all(transfer)
        self.assertEqual(
            self.get_owned(self.shop.lot_stock_id),
            {self.potter: 10, self.weaver: 5, self.nobody: 5},
        )

    def test_came_damaged(self):
        damaged = self._create_location("Damaged", self.shop.view_location_id)
        self.shop.transfer_damage_location_id = damaged
        transfer = self.make_shipped_transfer({self.bowl: 10})
        count = self.start_count(transfer)
        count.line_ids.write({"counted_quantity": 8, "damaged_quantity": 2})
        count.action_submit()
        self.assertLedger(transfer)
        self.assertEqual(self.get_owned(damaged), {self.potter: 2})

    def test_lost(self):
        transfer, _discrepancy = self.make_owned_discrepancy()
        self.settle(transfer, "lost")
        loss = self.company._get_transfer_loss_location()
        self.assertEqual(self.get_owned(loss), {self.potter: 3})

    def test_damaged(self):
        transfer, _discrepancy = self.make_owned_discrepancy()
        self.settle(transfer, "damaged")
        scrap = self.company._get_transfer_scrap_location()
        self.assertEqual(self.get_owned(scrap), {self.potter: 3})

    def test_not_sent(self):
        transfer, _discrepancy = self.make_owned_discrepancy()
        self.settle(transfer, "not_sent")
        self.assertEqual(self.get_owned(self.ec.lot_stock_id), {self.potter: 3})

    def test_returned_and_taken_back(self):
        transfer, _discrepancy = self.make_owned_discrepancy()
        self.settle(transfer, "returned")
        transfer.with_user(self.ec_staff).action_take_back()
        self.assertLedger(transfer)
        self.assertEqual(self.get_owned(self.ec.lot_stock_id), {self.potter: 3})

    def test_sent_back_in_the_inventory_app(self):
        transfer = self.make_shipped_transfer({self.bowl: 10})
        self.receive_all(transfer)
        inbound = self.get_pickings(transfer, "incoming", "done")
        self.validate_picking(self.return_picking(inbound, 4))
        transfer.with_user(self.ec_staff).action_take_back()
        self.assertLedger(transfer)
        self.assertEqual(self.get_owned(self.ec.lot_stock_id), {self.potter: 4})

    def test_surplus(self):
        transfer = self.make_shipped_transfer({self.bowl: 6})
        self.count(transfer, {self.bowl: 8}, self.shop_approver)
        self.assertEqual(self.get_owned(self.shop.lot_stock_id), {self.potter: 8})
        self.assertEqual(self.get_owned(self.ec.lot_stock_id), {self.potter: 2})

    def assertExpectedAgain(self, outcome):
        transfer = self.expect_again(outcome)
        self.assertEqual(self.get_owned(self.transit), {self.potter: 3})
        self.receive_all(transfer)
        self.assertEqual(self.get_owned(self.shop.lot_stock_id), {self.potter: 10})

    def test_lost_and_expected_again(self):
        self.assertExpectedAgain("lost")

    def test_damaged_and_expected_again(self):
        self.assertExpectedAgain("damaged")

    def test_returned_and_expected_again(self):
        self.assertExpectedAgain("returned")

    def test_not_sent_and_expected_again(self):
        self.assertExpectedAgain("not_sent")

    def test_not_sent_and_expected_again_beside_others(self):
        """Of all the bowls at the source, those go that came back."""
        transfer, discrepancy = self.make_owned_discrepancy()
        self.settle(transfer, "not_sent")
        self._consign(self.ec, self.bowl, 50, self.weaver)
        self._add_stock(self.ec, self.bowl, 50)
        self.answer(discrepancy, "That can't be.", step="action_dispute")
        self.decide_otherwise(discrepancy, "expected")
        self.assertEqual(self.get_owned(self.transit), {self.potter: 3})

    def test_own_goods_are_expected_again_beside_those_of_others(self):
        self._consign(self.ec, self.tea, 50, self.weaver)
        own = self.env["stock.quant"].search(
            [("product_id", "=", self.tea.id), ("owner_id", "=", False)]
        )
        consigned = self.env["stock.quant"].search(
            [("product_id", "=", self.tea.id), ("owner_id", "=", self.weaver.id)]
        )
        own.in_date, consigned.in_date = "2020-01-01", "2021-01-01"
        transfer, discrepancy = self.make_owned_discrepancy({self.tea: 10})
        self.assertEqual(self.get_owned(self.transit, self.tea), {self.nobody: 3})
        self.settle(transfer, "not_sent")
        consigned.in_date = "2019-01-01"
        self.answer(discrepancy, "That can't be.", step="action_dispute")
        self.decide_otherwise(discrepancy, "expected")
        self.assertEqual(self.get_owned(self.transit, self.tea), {self.nobody: 3})

    def test_not_sent_and_sold_since(self):
        """What the source has of somebody else's does not stand in for it."""
        transfer, discrepancy = self.make_owned_discrepancy()
        self.settle(transfer, "not_sent")
        self._consign(self.ec, self.bowl, -3, self.potter)
        self._consign(self.ec, self.bowl, 50, self.weaver)
        self.answer(discrepancy, "That can't be.", step="action_dispute")
        with self.assertRefused("EC Warehouse has only 0 Units of it left"):
            self.decide_otherwise(discrepancy, "expected")

    def test_two_owners_are_expected_again(self):
        self._consign(self.ec, self.bowl, 5, self.weaver)
        self._add_stock(self.ec, self.bowl, 5)
        transfer = self.expect_again("lost", lines={self.bowl: 20}, counted=2)
        self.receive_all(transfer)
        self.assertEqual(
            self.get_owned(self.shop.lot_stock_id),
            {self.potter: 10, self.weaver: 5, self.nobody: 5},
        )

    def test_lots_of_two_owners_are_expected_again(self):
        scroll = self._create_product("Scroll", "SCR-001", tracking="lot")
        lots = self.make_lots(scroll, "S-1", "S-2")
        self._consign(self.ec, scroll, 5, self.potter, lots[0])
        self._consign(self.ec, scroll, 5, self.weaver, lots[1])
        owned = {self.nobody: 10, self.potter: 5, self.weaver: 5}
        transfer = self.expect_again("lost", lines={scroll: 20}, counted=0)
        self.assertEqual(self.get_owned(self.transit, scroll), owned)
        self.receive_all(transfer)
        self.assertEqual(self.get_owned(self.shop.lot_stock_id, scroll), owned)

    def test_lost_then_damaged(self):
        transfer, discrepancy = self.make_owned_discrepancy()
        self.settle(transfer, "lost")
        self.answer(discrepancy, "That can't be.", step="action_dispute")
        self.decide_otherwise(discrepancy, "damaged")
        scrap = self.company._get_transfer_scrap_location()
        self.assertEqual(self.get_owned(scrap), {self.potter: 3})

    def test_a_third_party_brings_what_stays_its_own(self):
        """Who owns it, an Inventory user says on the picking."""
        transfer = self.make_transfer(
            lines={self.bowl: 10},
            kind="receipt",
            destination_store_id=self.shop.id,
            user=self.shop_staff,
        )
        self.submit(transfer, self.shop_staff)
        self.get_pickings(transfer, "incoming").owner_id = self.weaver
        damaged = self._create_location("Damaged", self.shop.view_location_id)
        self.shop.transfer_damage_location_id = damaged
        count = self.start_count(transfer)
        count.line_ids.write({"counted_quantity": 9, "damaged_quantity": 3})
        count.action_submit()
        self.assertLedger(transfer)
        self.assertEqual(self.get_owned(self.shop.lot_stock_id), {self.weaver: 9})
        self.assertEqual(self.get_owned(damaged), {self.weaver: 3})


@tagged("post_install", "-at_install")
class TestRestrictedOwners(OwnersCase):
    """Another addon says whose goods may be reserved, and that holds for us, too."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls._add_stock(cls.ec, cls.bowl, 4)

    def restrict_domain(self):
        """Let nobody reserve what is not the company's, by the domain of goods."""
        quants = self.env.registry["stock.quant"]
        get_gather_domain = quants._get_gather_domain

        def _get_gather_domain(self, *args, **kwargs):
            domain = get_gather_domain(self, *args, **kwargs)
            return domain & Domain("owner_id", "=", False)

        return patch.object(quants, "_get_gather_domain", _get_gather_domain)

    def restrict_result(self):
        """The same, by what is found; of an addon that was there before ours."""
        below = self.get_class_below_ours()
        gather = below._gather

        def _gather(self, *args, **kwargs):
            quants = gather(self, *args, **kwargs)
            return quants.filtered(lambda quant: not quant.owner_id)

        return patch.object(below, "_gather", _gather)

    def get_class_below_ours(self):
        classes = self.env.registry["stock.quant"].__mro__
        ours = next(
            index
            for index, cls in enumerate(classes)
            if cls.__module__.startswith("odoo.addons.store_transfer.")
        )
        return next(cls for cls in classes[ours + 1 :] if "_gather" in vars(cls))

    def assertReservesOwnGoodsOnly(self):
        transfer = self.make_transfer(lines={self.bowl: 10})
        self.submit(transfer)
        self.approve(transfer)
        reserved = self.get_pickings(transfer, "outgoing").move_line_ids
        self.assertEqual(reserved.owner_id, self.nobody)
        self.assertEqual(sum(reserved.mapped("quantity")), 4)
        self.ship(transfer)
        self.assertEqual(self.get_owned(self.transit), {self.nobody: 4})

    def test_restricted_by_the_domain(self):
        with self.restrict_domain():
            self.assertReservesOwnGoodsOnly()

    def test_restricted_by_what_is_found(self):
        with self.restrict_result():
            self.assertReservesOwnGoodsOnly()

    def test_a_surplus_is_no_way_around_it(self):
        transfer = self.make_shipped_transfer({self.tea: 2, self.bowl: 1})
        self.count(transfer, {self.tea: 2, self.bowl: 9})
        discrepancies = self.get_discrepancies(transfer, self.shop_approver)
        with self.restrict_domain(), self.assertRefused("has only [0-4] Units"):
            discrepancies.action_accept()
