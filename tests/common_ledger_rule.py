"""The ledger rule: what must hold for a transfer after every step."""

from collections import defaultdict

from odoo.tests.common import BaseCase

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
# What moves do to goods that do not simply arrive.
GONE_FLOWS = ("damaged", "scrapped", "lost", "not_sent")


class LedgerRule(BaseCase):
    """Compares the lines of transfers with the moves and the goods in transit."""

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
        self._assert_reported_ways(transfers.sudo())

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

    def get_gone(self, transfer):
        """Return the moves of what did not simply arrive."""
        return transfer.sudo().line_ids.move_ids.filtered(
            lambda move: move.transfer_flow in GONE_FLOWS
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
            is_uncounted = move.transfer_flow == "uncount"
            if is_uncounted or (root or move).transfer_flow in GONE_FLOWS:
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
            self._assert_reported(transit)
            self._assert_nothing_stranded(transit, in_transit)

    def _assert_reported(self, transit):
        """The report of what is in transit says so of each lot and owner as well."""
        standing, reported = defaultdict(float), defaultdict(float)
        quants = self.env["stock.quant"].sudo()
        for quant in quants.search([("location_id", "child_of", transit.id)]):
            key = quant.product_id, quant.lot_id.name or "", quant.owner_id
            standing[key] += quant.quantity
        rows = self.env["store.transfer.in.transit"].sudo()
        rows.invalidate_model()
        for row in rows.search([("company_id", "=", transit.company_id.id)]):
            self.assertTrue(row.transfer_id, "Goods in transit of no transfer")
            self.assertGreater(row.quantity, 0)
            key = row.product_id, row.lot_name or "", row.owner_id
            reported[key] += row.quantity
        for key in standing | reported:
            self.assertAlmostEqual(reported[key], standing[key], msg=str(key))

    def _assert_reported_ways(self, transfers):
        """The report says of each product as well how much of it is going back."""
        expected = defaultdict(float)
        for line in transfers.line_ids:
            if line.transfer_id.kind == "between":
                key = line.transfer_id, line.product_id
                expected[key] += self._get_coming_back(line)
        rows = self.env["store.transfer.in.transit"].sudo()
        reported = {
            (transfer, product): quantity
            for transfer, product, quantity in rows._read_group(
                [
                    ("transfer_id", "in", transfers.ids),
                    ("direction", "=", "to_source"),
                ],
                ["transfer_id", "product_id"],
                ["quantity:sum"],
            )
        }
        for key in expected | reported:
            self.assertAlmostEqual(
                reported.get(key, 0), expected[key], msg=f"Going back: {key}"
            )

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
