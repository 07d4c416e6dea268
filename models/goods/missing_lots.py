from odoo import models

from ...tools.quantities import format_quantity


class StockQuant(models.Model):
    _inherit = "stock.quant"

    def _get_without_lot(self, products, location):
        """Return ``{product: quantity}`` of what stands there without a lot."""
        tracked = products.filtered(lambda product: product.tracking != "none")
        if not tracked or not location:
            return {}
        return dict(
            self._read_group(
                [
                    ("product_id", "in", tracked.ids),
                    ("location_id", "child_of", location.ids),
                    ("lot_id", "=", False),
                ],
                ["product_id"],
                ["quantity:sum"],
                having=[("quantity:sum", ">", 0)],
            )
        )


class StockPickingType(models.Model):
    _inherit = "stock.picking.type"

    def _needs_lots(self):
        """Tell whether tracked goods need a lot or serial number to be moved."""
        return self.use_create_lots or self.use_existing_lots


class StockMoveLine(models.Model):
    _inherit = "stock.move.line"

    def _misses_lot(self):
        """Tell whether these goods can't go before somebody says which lot they are."""
        kind = self.picking_type_id
        has_lot = self.lot_id or (self.lot_name and kind.use_create_lots)
        return self.product_id.tracking != "none" and not has_lot and kind._needs_lots()


class StoreTransfer(models.Model):
    _inherit = "store.transfer"

    def _get_source_stock_sentences(self):
        sentences = super()._get_source_stock_sentences()
        for transfer, missing in self._get_missing_lots_sentences().items():
            sentences[transfer] += missing
        return sentences

    def _get_missing_lots_sentences(self):
        """Say of which goods somebody has to write down the lot before they can go.

        :return: ``{transfer: [sentence]}``
        """
        sentences = {}
        for store, transfers in self.grouped("source_store_id").items():
            without_lot = {}
            if store.transfer_out_type_id._needs_lots():
                without_lot = self.env["stock.quant"]._get_without_lot(
                    transfers.line_ids.product_id, store.lot_stock_id
                )
            for transfer in transfers:
                sentences[transfer] = transfer._tell_missing_lots(without_lot)
        return sentences

    def _tell_missing_lots(self, without_lot):
        """Say it of what this asks for.

        :param without_lot: ``{product: quantity}``
        """
        products = self.line_ids.product_id
        return [
            self.env._(
                "%(product)s: %(quantity)s stand at %(store)s without a lot or serial "
                "number, and can't be shipped like that. Ask somebody who works with "
                "the Inventory app to write it down there (Inventory > Operations > "
                "Physical Inventory).",
                product=product.display_name,
                quantity=format_quantity(self.env, quantity, product.uom_id),
                store=self.source_store_id.name,
            )
            for product, quantity in without_lot.items()
            if product in products
        ]
