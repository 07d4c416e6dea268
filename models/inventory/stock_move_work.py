from contextlib import contextmanager

from odoo import models

from ...tools.permission import PERMISSION
from ...tools.stock_work import StockWork


class StockMove(models.Model):
    """Work on a transfer's moves, and what is looked up once for all of it."""

    _inherit = "stock.move"

    @contextmanager
    def _stock_work(self, step=None):
        """Join the step of a transfer that goes on, or make this one of its own.

        Then the transfers are locked before, and brought in line afterwards.

        :param step: as what the trail shows it, if not as what the moves have done
        :return: a context manager; these moves, as Odoo may work on them
        """
        transfers = self._get_transfers()
        work = StockWork.get(self.env)
        if not work or not work.is_about(transfers):
            transfers._lock()
        with transfers._stock_work(step, origin="inventory") as working:
            work = StockWork.get(working.env)
            yield self.with_context(**work.context, **PERMISSION.context)

    def _create_analytic_move(self):
        """Book analytic lines, where Odoo has costs (``stock_account``).

        After move lines are deleted, it would read their moves one by one.
        """
        return super(StockMove, self.with_prefetch())._create_analytic_move()

    def _update_orderpoints(self):
        return super(StockMove, self._filter_reordered())._update_orderpoints()

    def _filter_reordered(self):
        """Return the moves of products that reordering rules may be about."""
        work = StockWork.get(self.env)
        if not work:
            return self
        products = self.product_id
        if any(product.id not in work.is_reordered for product in products):
            transfers = self.env["store.transfer"].sudo().browse(work.transfer_ids)
            products |= transfers.line_ids.product_id
            reordered = products._filter_reordered()
            work.is_reordered.update(
                (product.id, product in reordered) for product in products
            )
        return self.filtered(lambda move: work.is_reordered[move.product_id.id])

    def _skip_push(self):
        if self.transfer_line_id and not self._may_be_pushed():
            return True
        return super()._skip_push()

    def _may_be_pushed(self):
        """Tell whether any rule may push goods on from where this brings them."""
        work = StockWork.get(self.env)
        if not work:
            return True
        location = self.location_dest_id
        if location.id not in work.is_pushed:
            work.is_pushed[location.id] = location._has_push_rules()
        return work.is_pushed[location.id]
