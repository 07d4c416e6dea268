from odoo import models


class StockLocation(models.Model):
    _inherit = "stock.location"

    def _has_push_rules(self):
        """Tell whether any rule may push goods on from here."""
        path_ids = [
            int(location_id) for location_id in self.parent_path.split("/")[:-1]
        ]
        rules = self.env["stock.rule"].sudo()
        return bool(
            rules.search_count(
                [
                    ("action", "in", ("push", "pull_push")),
                    ("location_src_id", "in", path_ids),
                ],
                limit=1,
            )
        )

    def _may_be_instead(self, place):
        """Tell whether a transfer's goods may be at ``place`` instead of here.

        That is another shelf of the same store; but what was put beside the stock, as
        damaged, is never put to where goods are sold from.
        """
        self.ensure_one()
        store = self.warehouse_id
        if not store:
            return place._child_of(self)
        stock = store.lot_stock_id
        was_beside = not self._child_of(stock)
        return place._child_of(store.view_location_id) and not (
            was_beside and place._child_of(stock)
        )
