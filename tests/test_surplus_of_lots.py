from odoo.tests import tagged

from .common_discrepancies import SurplusCase


@tagged("post_install", "-at_install")
class TestSurplusOfLots(SurplusCase):
    """A surplus is of certain lots, whoever knows them."""

    def test_a_lot_nobody_sent(self):
        """One lot is short, another came instead."""
        matcha = self._create_product("Matcha", "MAT-001", tracking="lot")
        lots = self.env["stock.lot"].create(
            [{"name": name, "product_id": matcha.id} for name in ("M-1", "M-2")]
        )
        self._add_stock(self.ec, matcha, 5, lot=lots[0])
        transfer = self.make_shipped_transfer({matcha: 5})
        self._add_stock(self.ec, matcha, 5, lot=lots[1])
        action = transfer.with_user(self.shop_approver).action_start_count()
        count = (
            self.env["store.transfer.count"]
            .with_user(self.shop_approver)
            .browse(action["res_id"])
        )
        count._find_or_add_line(matcha, lot=lots[0]).counted_quantity = 2
        count._find_or_add_line(matcha, lot=lots[1]).counted_quantity = 3
        count.action_submit()
        self.assertLedger(transfer)
        self.assertEqual(
            sorted(
                self.get_discrepancies(transfer).mapped(
                    lambda surplus: (
                        surplus.kind,
                        surplus.lot_id.name,
                        surplus.quantity,
                    )
                )
            ),
            [("short", "M-1", 3), ("surplus", "M-2", 3)],
        )
        self.settle(transfer, "not_sent", reason="left_behind")
        self.assertEqual(transfer.state, "done")
        quants = self.env["stock.quant"].search(
            [
                ("product_id", "=", matcha.id),
                ("location_id", "=", self.ec.lot_stock_id.id),
                ("quantity", "!=", 0),
            ]
        )
        self.assertEqual(
            {quant.lot_id.name: quant.quantity for quant in quants},
            {"M-1": 3, "M-2": 2},
        )

    def test_a_lot_that_nobody_knows(self):
        matcha = self._create_product("Matcha", "MAT-001", tracking="lot")
        lot = self.env["stock.lot"].create({"name": "M-1", "product_id": matcha.id})
        self._add_stock(self.ec, matcha, 5, lot=lot)
        transfer = self.make_shipped_transfer({matcha: 5})
        action = transfer.with_user(self.shop_approver).action_start_count()
        count = self.env["store.transfer.count"].browse(action["res_id"])
        count = count.with_user(self.shop_approver)
        line = count._find_or_add_line(matcha, lot_name="M-9")
        line.counted_quantity = 1
        count.action_submit()
        self.assertLedger(transfer)
        surplus = self.get_discrepancies(transfer).filtered(
            lambda surplus: surplus.kind == "surplus"
        )
        self.assertEqual((surplus.lot_name, surplus.state), ("M-9", "open"))
        with self.assertRefused("M-9: EC Warehouse has only 0 Units"):
            surplus.with_user(self.shop_approver).action_accept()
        lot = self.env["stock.lot"].create({"name": "M-9", "product_id": matcha.id})
        self._add_stock(self.ec, matcha, 1, lot=lot)
        surplus.with_user(self.shop_approver).action_accept()
        self.assertLedger(transfer)
        self.assertEqual((surplus.outcome, surplus.lot_id), ("accepted", lot))
        self.assertEqual(self.get_stock(self.shop, matcha), 1)

    def test_a_third_party_brings_lots_of_a_product_nobody_ordered(self):
        kettle = self._create_product("Kettle", "KET-001", tracking="serial")
        matcha = self._create_product("Matcha", "MAT-001", tracking="lot")
        transfer = self.make_transfer(user=self.shop_staff, kind="receipt")
        self.submit(transfer, self.shop_staff)
        count = self.start_count(transfer)
        count._find_or_add_line(self.tea).counted_quantity = 10
        for name in ("K-1", "K-2"):
            count._find_or_add_line(kettle, lot_name=name).counted_quantity = 1
        count._find_or_add_line(matcha, lot_name="M-1").counted_quantity = 3
        count._find_or_add_line(matcha, lot_name="M-2").write(
            {"counted_quantity": 2, "damaged_quantity": 1}
        )
        count.action_submit()
        self.assertLedger(transfer)
        self.assertEqual(self.get_stock(self.shop, kettle), 2)
        self.assertEqual(self.get_stock(self.shop, matcha), 5)
        self.assertEqual(transfer.line_ids.mapped("damaged_quantity"), [0, 0, 1])

    def test_the_tolerance_is_about_all_lots_together(self):
        self.company.write(
            {"transfer_surplus_policy": "tolerance", "transfer_surplus_percent": 10}
        )
        matcha = self._create_product("Matcha", "MAT-001", tracking="lot")
        lots = self.env["stock.lot"].create(
            [{"name": f"M-{n}", "product_id": matcha.id} for n in range(4)]
        )
        for lot in lots:
            self._add_stock(self.ec, matcha, 5, lot=lot)
        transfer = self.make_shipped_transfer({matcha: 20})
        for lot in lots:
            self._add_stock(self.ec, matcha, 5, lot=lot)
        count = self.start_count(transfer)
        count.line_ids.write({"counted_quantity": 7})
        count.action_submit()
        self.assertLedger(transfer)
        self.assertEqual(transfer.line_ids.received_quantity, 22)
        self.assertEqual(
            sorted(self.get_discrepancies(transfer).mapped("state")),
            ["open", "open", "open", "settled"],
        )

    def test_lots_still_to_ship_came_already(self):
        matcha = self._create_product("Matcha", "MAT-001", tracking="lot")
        lots = self.env["stock.lot"].create(
            [{"name": name, "product_id": matcha.id} for name in ("M-1", "M-2")]
        )
        for lot in lots:
            self._add_stock(self.ec, matcha, 10, lot=lot)
        transfer = self.make_transfer(lines={matcha: 20})
        self.submit(transfer)
        self.approve(transfer)
        self.ship(transfer, {matcha: 5})
        count = self.start_count(transfer, self.shop_approver)
        count._find_or_add_line(matcha, lot=lots[0]).counted_quantity = 7
        count._find_or_add_line(matcha, lot=lots[1]).counted_quantity = 4
        count.action_submit()
        self.assertLedger(transfer)
        self.assertEqual(
            set(self.get_discrepancies(transfer).mapped("outcome")), {"accepted"}
        )
        line = transfer.line_ids
        self.assertEqual((line.received_quantity, line.to_ship_quantity), (11, 9))
        reserved = self.get_pickings(transfer, "outgoing").move_line_ids
        self.assertEqual(
            {line.lot_id.name: line.quantity for line in reserved}, {"M-1": 3, "M-2": 6}
        )

    def test_a_lot_of_a_product_nobody_sent_is_named(self):
        matcha = self._create_product("Matcha", "MAT-001", tracking="lot")
        count = self.start_count(self.make_shipped_transfer())
        count.line_ids.counted_quantity = 10
        count._find_or_add_line(matcha).counted_quantity = 1
        with self.assertRefused("Write down the lot or serial number of .*Matcha"):
            count.action_submit()

    def test_a_third_party_brings_more_of_several_lots(self):
        """A discrepancy for each lot that is beyond what was ordered."""
        matcha = self._create_product("Matcha", "MAT-001", tracking="lot")
        transfer = self.make_transfer(
            user=self.shop_staff, kind="receipt", lines={matcha: 4}
        )
        self.submit(transfer, self.shop_staff)
        count = self.start_count(transfer)
        for name, quantity in (("M-1", 3), ("M-2", 2), ("M-3", 5)):
            line = count._find_or_add_line(matcha, lot_name=name)
            line.counted_quantity = quantity
        count.action_submit()
        self.assertLedger(transfer)
        self.assertEqual(
            self.get_product_summary(transfer),
            [("MAT-001", "M-2", 1, "settled"), ("MAT-001", "M-3", 5, "settled")],
        )
        self.assertEqual(transfer.line_ids.received_quantity, 10)
        self.assertEqual(self.get_stock(self.shop, matcha), 10)
