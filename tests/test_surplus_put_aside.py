from odoo.tests import tagged

from .common_discrepancies import SurplusCase


@tagged("post_install", "-at_install")
class TestSurplusPutAside(SurplusCase):
    """What was put aside is known already: it is no discrepancy for a second time."""

    def test_what_was_put_aside_is_counted_again(self):
        """It is known already: no discrepancy for it a second time."""
        transfer = self.make_shipped_transfer({self.tea: 10, self.lamp: 5})
        quantities = {self.tea: 12, self.mug: 1}
        self.count_lines(transfer, quantities)
        discrepancies = self.get_discrepancies(transfer)
        consequences = self.count_lines(transfer, {self.tea: 2, self.mug: 1})
        self.assertEqual(self.get_discrepancies(transfer), discrepancies)
        self.assertIn(
            "put it aside: an approver decides on it (known already, from an earlier "
            "count)",
            consequences,
        )

    def test_more_than_was_put_aside_is_counted(self):
        transfer = self.make_shipped_transfer({self.tea: 10, self.lamp: 5})
        self.count_lines(transfer, {self.tea: 12})
        consequences = self.count_lines(transfer, {self.tea: 3})
        self.assertIn(
            "put it aside: an approver decides on it (2 Units of it are known already, "
            "from an earlier count)",
            consequences,
        )
        surplus = [
            row for row in self.get_product_summary(transfer) if row[0] == "TEA-001"
        ]
        self.assertEqual(
            surplus, [("TEA-001", "", 1, "open"), ("TEA-001", "", 2, "open")]
        )
        self.count_lines(transfer, {self.tea: 3, self.lamp: 5})
        self.assertEqual(len(self.get_discrepancies(transfer)), 3)

    def test_an_approver_counts_what_was_put_aside(self):
        """What is known is accepted; what goes beyond is a discrepancy of its own."""
        transfer = self.make_shipped_transfer({self.tea: 10, self.lamp: 5})
        self.count_lines(transfer, {self.tea: 12, self.mug: 3})
        known = self.get_discrepancies(transfer).filtered(
            lambda discrepancy: discrepancy.kind != "short"
        )
        self.count_lines(transfer, {self.tea: 3, self.mug: 2}, user=self.shop_approver)
        surplus = [
            row for row in self.get_product_summary(transfer) if row[0] != "LMP-001"
        ]
        self.assertEqual(
            surplus,
            [
                ("MUG-001", "", 1, "open"),
                ("MUG-001", "", 2, "settled"),
                ("TEA-001", "", 1, "settled"),
                ("TEA-001", "", 2, "settled"),
            ],
        )
        of_tea, of_mug = transfer.line_ids.filtered(
            lambda line: line.product_id in self.tea | self.mug
        )
        self.assertEqual((of_tea.received_quantity, of_mug.received_quantity), (13, 2))
        self.assertEqual(known.line_id, of_tea | of_mug)
        rest = known.filtered(lambda surplus: surplus.state == "open")
        rest.with_user(self.shop_approver).action_accept()
        self.assertLedger(transfer)
        self.assertEqual(of_mug.received_quantity, 3)
        self.assertEqual(self.get_stock(self.ec, self.mug), 97)

    def test_head_office_decides_what_was_put_aside_and_is_disputed(self):
        transfer = self.make_shipped_transfer({self.tea: 10, self.lamp: 5})
        self.count_lines(transfer, {self.tea: 12})
        surplus = self.get_discrepancies(transfer).filtered(
            lambda surplus: surplus.kind == "surplus"
        )
        self.answer(surplus, "We packed ten.", step="action_dispute")
        consequences = self.count_lines(
            transfer, {self.tea: 2}, user=self.shop_approver
        )
        self.assertIn(
            "put it aside: head office decides on it (known already, from an earlier "
            "count)",
            consequences,
        )
        self.assertTrue(surplus.is_disputed)
        self.assertEqual(transfer.line_ids[0].received_quantity, 10)
        self.count_lines(transfer, {self.tea: 2}, user=self.head_office)
        self.assertEqual((surplus.outcome, surplus.is_final), ("accepted", True))

    def test_what_was_too_much_for_the_tolerance_stays_so(self):
        self.company.write(
            {"transfer_surplus_policy": "tolerance", "transfer_surplus_percent": 10}
        )
        transfer = self.make_shipped_transfer({self.tea: 10, self.lamp: 5})
        self.count_lines(transfer, {self.tea: 12})
        self.count_lines(transfer, {self.tea: 1})
        surplus = self.get_discrepancies(transfer).filtered(
            lambda surplus: surplus.kind == "surplus"
        )
        self.assertEqual((surplus.quantity, surplus.state), (2, "open"))

    def test_lots_put_aside_are_told_apart(self):
        matcha = self._create_product("Matcha", "MAT-001", tracking="lot")
        lots = self.env["stock.lot"].create(
            [{"name": name, "product_id": matcha.id} for name in ("M-1", "M-2")]
        )
        for lot in lots:
            self._add_stock(self.ec, matcha, 5, lot=lot)
        transfer = self.make_shipped_transfer({matcha: 5, self.lamp: 5})
        self._add_stock(self.ec, matcha, 5, lot=lots[0])
        for lot, quantity in ((lots[0], 7), (lots[1], 2), (lots[0], 2), (lots[1], 3)):
            count = self.start_count(transfer)
            count._find_or_add_line(matcha, lot=lot).counted_quantity = quantity
            count.action_submit()
            self.assertLedger(transfer)
        surplus = [
            row for row in self.get_product_summary(transfer) if row[0] == "MAT-001"
        ]
        self.assertEqual(
            surplus,
            [
                ("MAT-001", "M-1", 2, "open"),
                ("MAT-001", "M-2", 1, "open"),
                ("MAT-001", "M-2", 2, "open"),
            ],
        )

    def test_what_was_put_aside_turns_out_to_be_damaged(self):
        transfer = self.make_shipped_transfer({self.tea: 10, self.lamp: 5})
        self.count_lines(transfer, {self.tea: 12})
        count = self.start_count(transfer)
        count._find_or_add_line(self.tea).damaged_quantity = 2
        count.action_submit()
        surplus = self.get_discrepancies(transfer).filtered(
            lambda surplus: surplus.kind == "surplus"
        )
        self.assertEqual((surplus.quantity, surplus.damaged_quantity), (2, 2))
        surplus.with_user(self.shop_approver).action_accept()
        self.assertLedger(transfer)
        self.assertEqual(self.get_stock(self.shop, self.tea), 10)

    def test_some_of_what_was_put_aside_is_damaged_and_the_rest_accepted(self):
        transfer = self.make_shipped_transfer({self.tea: 10, self.lamp: 5})
        count = self.start_count(transfer)
        line = count._find_or_add_line(self.tea)
        line.write({"counted_quantity": 11, "damaged_quantity": 1})
        count.action_submit()
        self.count_lines(transfer, {self.tea: 1}, user=self.shop_approver)
        left_open = self.get_discrepancies(transfer).filtered(
            lambda surplus: surplus.kind == "surplus" and surplus.state == "open"
        )
        self.assertEqual((left_open.quantity, left_open.damaged_quantity), (1, 1))
        left_open.with_user(self.shop_approver).action_accept()
        self.assertLedger(transfer)
        self.assertEqual(self.get_stock(self.shop, self.tea), 11)
