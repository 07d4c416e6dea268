from odoo import models

from ...tools.transfer_work import CONTEXT_KEY, TransferWork


class StockMove(models.Model):
    """What a step of a transfer does once for all its moves."""

    _inherit = "stock.move"

    def _create_analytic_move(self):
        """Book analytic lines, where Odoo has costs (``stock_account``).

        After move lines are deleted, it would read their moves one by one.
        """
        return super(StockMove, self.with_prefetch())._create_analytic_move()

    def _prepare_transfer_work(self):
        """Return what a step of a transfer needs to know before it works on moves."""
        return self.product_id._prepare_transfer_work()

    def _with_transfer_work(self, work):
        context = {CONTEXT_KEY: work}
        if work.quants_cache is not None:
            context["quants_cache"] = work.quants_cache
        return self.with_context(**context)

    def _has_push_rules(self):
        """Tell whether any rule may push goods on from where these moves bring them."""
        path_ids = {
            int(location_id)
            for location in self.location_dest_id
            for location_id in location.parent_path.split("/")[:-1]
        }
        return bool(
            self.env["stock.rule"]
            .sudo()
            .search_count(
                [
                    ("action", "in", ("push", "pull_push")),
                    ("location_src_id", "in", list(path_ids)),
                ],
                limit=1,
            )
        )

    def _skip_push(self):
        work = TransferWork.get(self.env)
        if work and work.skips_push and self.transfer_line_id:
            return True
        return super()._skip_push()

    def _update_orderpoints(self):
        work = TransferWork.get(self.env)
        if work and work.skips_orderpoints:
            return None
        return super()._update_orderpoints()
