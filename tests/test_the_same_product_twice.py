from itertools import permutations

from odoo.fields import Command
from odoo.tests import Form, tagged

from .common_scan import ScanCase


@tagged("post_install", "-at_install")
class TestTheSameProductTwice(ScanCase):
    """A product on several lines of a transfer is compared as a whole."""

    @classmethod
    def _create_products(cls):
        products = super()._create_products()
        cls.matcha = cls._create_product("Matcha", "MAT-001", tracking="lot")
        cls.lot = cls.env["stock.lot"].create(
            {"name": "M-1", "product_id": cls.matcha.id}
        )
        cls._add_stock(cls.ec, cls.matcha, 50, lot=cls.lot)
        return products

    def make_with_lines(self, quantities, product=None, **values):
        """Return a transfer with a line for each quantity of one product."""
        product = product or self.tea
        values["line_ids"] = [
            Command.create({"product_id": product.id, "quantity": quantity})
            for quantity in quantities
        ]
        if values.get("kind") == "receipt":
            transfer = self.make_transfer(user=self.shop_staff, **values)
            self.submit(transfer, self.shop_staff)
            return transfer
        return self.make_shipped_transfer(**values)

    def get_discrepancies(self, transfer):
        discrepancies = transfer.sudo().discrepancy_ids
        return sorted(
            (discrepancy.kind, discrepancy.quantity, discrepancy.outcome or "")
            for discrepancy in discrepancies
        )

    def submit_count(self, count):
        """Submit; return what became of it, and what of each line was received."""
        outcomes = sorted(
            outcome["sentence"] for outcome in count.get_review()["outcomes"]
        )
        summary = count.get_review()["summary"]
        count.action_submit()
        transfer = count.transfer_id
        self.assertLedger(transfer)
        return (summary, outcomes, self.get_discrepancies(transfer), transfer.state)

    def assertSameInAnyOrder(self, quantities, play):
        """Have ``play(transfer)`` come out alike, in whichever order the lines are."""
        results = []
        for order in set(permutations(quantities)):
            with self.cr.savepoint() as savepoint:
                results.append(play(self.make_with_lines(order)))
                savepoint.rollback()
                self.env.invalidate_all()
        for result in results[1:]:
            self.assertEqual(result, results[0])
        return results[0]

    def test_scans_fill_the_lines_in_order(self):
        for first, second in ((2, 3), (3, 2)):
            count = self.start(self.make_with_lines((first, second)))
            lines = self.get_line(count, self.tea)
            for scanned in range(1, 6):
                self.scan(count, "TEA-001")
                self.assertEqual(
                    lines.mapped("counted_quantity"),
                    [min(scanned, first), max(0, scanned - first)],
                )
            count.action_submit()
            self.assertEqual(count.transfer_id.state, "done")

    def test_what_is_said_and_booked_is_the_same_in_any_order(self):
        for scanned in (0, 1, 4, 5, 6, 9):

            def play(transfer, scanned=scanned):
                count = self.start(transfer)
                self.scan(count, *["TEA-001"] * scanned)
                summary, _outcomes, discrepancies, state = self.submit_count(count)
                by_kind = {}
                for kind, quantity, outcome in discrepancies:
                    by_kind[kind, outcome] = by_kind.get((kind, outcome), 0) + quantity
                return summary, by_kind, state

            with self.subTest(scanned):
                summary, by_kind, _state = self.assertSameInAnyOrder((1, 2, 2), play)
                self.assertEqual(sum(by_kind.values()), abs(5 - scanned), summary)

    def test_all_that_came_on_one_row(self):
        """Typed as one number, it is enough for both lines."""
        for order in ((2, 3), (3, 2)):
            for index in (0, 1):
                transfer = self.make_with_lines(order)
                count = self.start(transfer)
                line = self.get_line(count, self.tea)[index]
                self.send(count, {"kind": "set", "line_id": line.id, "quantity": 5})
                review = count.get_review()
                self.assertFalse(review["rows"] or review["outcomes"])
                self.assertEqual(review["summary"], "Into stock: 5 Units.")
                count.action_submit()
                self.assertLedger(transfer)
                self.assertEqual(transfer.state, "done")
                self.assertFalse(self.get_discrepancies(transfer))
                self.assertEqual(
                    transfer.line_ids.mapped("received_quantity"), list(order)
                )

    def test_too_much_on_one_row_and_too_little_on_the_other(self):
        for quantity, expected in (
            (4, ("Into stock: 4 Units. Still expected: 1 Unit.", ["stays expected"])),
            (
                6,
                (
                    "Into stock: 5 Units. Put aside: 1 Unit.",
                    ["put it aside: an approver decides on it"],
                ),
            ),
        ):
            transfer = self.make_with_lines((2, 3))
            count = self.start(transfer)
            line = self.get_line(count, self.tea)[0]
            self.send(count, {"kind": "set", "line_id": line.id, "quantity": quantity})
            [row] = count.get_review()["rows"]
            self.assertEqual(row["difference"], quantity - 5)
            self.assertEqual(self.submit_count(count)[:2], expected)
            self.assertEqual(self.get_discrepancies(transfer)[0][1], 1)

    def test_a_row_that_was_counted_as_nothing_is_the_one_that_is_short(self):
        transfer = self.make_with_lines((2, 3))
        count = self.start(transfer)
        first, second = self.get_line(count, self.tea)
        self.send(
            count,
            {"kind": "set", "line_id": first.id, "quantity": 0},
            {"kind": "set", "line_id": second.id, "quantity": 3},
        )
        count.action_submit()
        self.assertLedger(transfer)
        self.assertEqual(transfer.line_ids.mapped("received_quantity"), [0, 3])

    def test_damaged_pieces_on_one_row(self):
        transfer = self.make_with_lines((2, 3))
        count = self.start(transfer)
        line = self.get_line(count, self.tea)[0]
        self.send(
            count,
            {"kind": "set", "line_id": line.id, "quantity": 5},
            {"kind": "damaged", "line_id": line.id, "quantity": 4},
        )
        self.assertEqual(
            count.get_review()["summary"],
            "Into stock: 1 Unit. Damaged and kept apart: 4 Units.",
        )
        count.action_submit()
        self.assertLedger(transfer)
        self.assertEqual(transfer.state, "done")
        self.assertEqual(
            transfer.line_ids.mapped("damaged_quantity"),
            [
                sum(
                    discrepancy.quantity
                    for discrepancy in transfer.sudo().discrepancy_ids
                    if discrepancy.line_id == line
                )
                for line in transfer.sudo().line_ids
            ],
        )

    def test_the_tolerance_is_of_the_product(self):
        """One of five is a fifth, on whichever line it is too many."""
        self.company.write(
            {"transfer_surplus_policy": "tolerance", "transfer_surplus_percent": 20}
        )

        def play(transfer):
            count = self.start(transfer)
            self.scan(count, *["TEA-001"] * 6)
            return self.submit_count(count)

        summary, *_rest = self.assertSameInAnyOrder((1, 4), play)
        self.assertEqual(summary, "Into stock: 6 Units.")

    def test_one_lot_on_two_lines(self):
        transfer = self.make_with_lines((2, 3), product=self.matcha)
        count = self.start(transfer)
        line = self.get_line(count, self.matcha)[0]
        self.send(count, {"kind": "set", "line_id": line.id, "quantity": 4})
        summary, outcomes, discrepancies, _state = self.submit_count(count)
        self.assertEqual(summary, "Into stock: 4 Units. Still expected: 1 Unit.")
        self.assertEqual(
            (outcomes, discrepancies), (["stays expected"], [("short", 1, "")])
        )

    def test_lots_that_a_third_party_brings(self):
        transfer = self.make_with_lines((2, 3), product=self.matcha, kind="receipt")
        count = self.start(transfer)
        scan = {"kind": "scan", "barcode": "MAT-001", "lot_name": "N-1"}
        self.send(count, *[scan] * 4, {**scan, "lot_name": "N-2"})
        self.assertEqual(count.get_review()["summary"], "Into stock: 5 Units.")
        count.action_submit()
        self.assertLedger(transfer)
        self.assertEqual(transfer.state, "done")
        self.assertEqual(transfer.line_ids.mapped("received_quantity"), [2, 3])
        lots = self.env["stock.lot"].search([("name", "in", ("N-1", "N-2"))])
        self.assertEqual(sorted(lots.mapped("product_qty")), [1, 4])

    def test_each_line_has_to_be_counted(self):
        """What was scanned on one row was looked at for both."""
        self.shop.transfer_require_every_line = True
        self.shop.transfer_blind_count = True
        count = self.start(self.make_with_lines((2, 3)))
        with self.assertRefused(r"not counted yet \(2\)"):
            count.action_submit()
        self.scan(count, "TEA-001")
        count.action_submit()
        self.assertLedger(count.transfer_id)
        self.assertEqual(count.transfer_id.sudo().received_quantity, 1)

    def test_a_blind_count_tells_nothing(self):
        """Neither by the row a scan falls on, nor by an answer, in any order."""
        self.shop.transfer_blind_count = True

        def play(transfer):
            count = self.start(transfer)
            first = count.line_ids[0]
            told = []
            for _piece in range(7):
                [result] = self.scan(count, "TEA-001")
                told.append((result["line_id"] == first.id, result["message"]))
            rows = [row["came"] for row in count.get_screen()["rows"]]
            told.append((rows, count.get_review()))
            count.action_submit()
            self.assertLedger(transfer)
            return (
                told,
                transfer.received_quantity,
                len(self.get_discrepancies(transfer)),
            )

        told, received, number_of_discrepancies = self.assertSameInAnyOrder(
            (2, 3), play
        )
        self.assertEqual(told[:7], [(True, "")] * 7)
        self.assertEqual(told[7][0], [7, 0])
        self.assertEqual((received, number_of_discrepancies), (5, 1))

    def test_the_list_compares_them_as_it_is_filled_in(self):
        transfer = self.make_with_lines((2, 3))
        count = self.start(transfer)
        form = Form(count, view="store_transfer.view_store_transfer_count_form")
        with form.line_ids.edit(0) as line:
            line.counted_quantity = 5
            self.assertEqual(line.difference_quantity, 0)
        form.save()
        lines = count.line_ids
        self.assertEqual(lines.mapped("difference_quantity"), [0, 0])
        lines[1].counted_quantity = 1
        self.assertEqual(lines.mapped("difference_quantity"), [1, 0])
