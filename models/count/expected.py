from odoo import models
from odoo.exceptions import UserError


class StoreTransferCount(models.Model):
    """What a count expects, and the rows for what comes beside it."""

    _inherit = "store.transfer.count"

    def _sync_lines(self):
        """Make the lines match what is on its way now; what was counted stays."""
        for count in self:
            expected = count._get_expected()
            for line in count.line_ids:
                key = line._get_expected_key()
                line.expected_quantity = expected.take(key) if key else 0
            self.env["store.transfer.count.line"].create(
                [
                    {
                        "count_id": count.id,
                        "transfer_line_id": key.line.id,
                        "product_id": key.line.product_id.id,
                        "lot_id": key.lot.id,
                        "expected_quantity": quantity,
                    }
                    for key, quantity in expected.items()
                ]
            )

    def _get_expected(self):
        """Return the ``LotQuantities`` that can be received now."""
        self.ensure_one()
        moves = self.transfer_id._reserve_open_moves("receive")
        return moves.move_line_ids._get_goods()

    def _find_or_add_line(self, product, lot=None, lot_name=False):
        """Return the line that a piece of ``product`` is counted on.

        A lot or a product that nobody sent gets a line of its own, of which nothing is
        expected.

        :param lot: the lot or serial number, where it is known
        :param lot_name: the lot or serial number as it is written on the goods
        """
        self.ensure_one()
        self._check_allows("count")
        # Lots and the lines to add are out of reach of store staff.
        count = self.sudo()
        lot, lot_name = count._identify_lot(product, lot, lot_name)
        line = count._find_line(product, lot, lot_name)
        if not line:
            # Two devices that scan the same product share one line.
            self._check_step("count")
            count.invalidate_recordset(["line_ids"])
            line = count._find_line(product, lot, lot_name) or count._add_line(
                product, lot, lot_name
            )
        return line.with_env(self.env)

    def _identify_lot(self, product, lot, lot_name):
        """Return the lot and the name as they stand on a line: one of them, or none.

        Lots that a third party brings are kept by name, those of a store are known.
        """
        lots = self.env["stock.lot"]
        if product.tracking == "none":
            return lots, False
        if self.transfer_id.kind == "receipt":
            return lots, lot.name if lot else lot_name
        lot = lot or lots.search(
            [
                ("name", "=", lot_name),
                ("product_id", "=", product.id),
                ("company_id", "in", [False, self.company_id.id]),
            ],
            limit=1,
        )
        return lot, not lot and lot_name

    def _find_line(self, product, lot, lot_name):
        """Return the line of a product or lot, one that is still missing some first."""
        lines = self.line_ids.filtered(lambda line: line.product_id == product)
        if lot or lot_name:
            lines = lines.filtered(
                lambda line: line.lot_id == lot and (line.lot_name or False) == lot_name
            )
        missing = lines.filtered(lambda line: line._has_room())
        return missing[:1] or lines[:1]

    def _add_line(self, product, lot, lot_name):
        self._check_countable(product)
        nameless = self.line_ids.filtered(
            lambda line: (
                line.product_id == product
                and line.needs_lot_name
                and not line.lot_name
                and not line._get_done_quantity()
            )
        )[:1]
        if nameless:
            nameless.lot_name = lot_name
            return nameless
        transfer_line = self.transfer_id.line_ids.filtered(
            lambda line: line.product_id == product
        )[:1]
        return self.line_ids.create(
            {
                "count_id": self.id,
                "transfer_line_id": transfer_line.id,
                "product_id": product.id,
                "lot_id": lot.id,
                "lot_name": lot_name,
                # What is scanned before it is shipped is expected once it is.
                "is_extra_lot": bool(transfer_line & self.line_ids.transfer_line_id),
            }
        )

    def _check_countable(self, product):
        """Refuse what can't be in a store's stock at all."""
        other_company = product.company_id and product.company_id != self.company_id
        if not product.is_storable or other_company:
            raise UserError(
                self.env._(
                    "%s can't be counted here: its stock is not tracked, or it is a "
                    "product of another company.",
                    product.display_name,
                )
            )
