from odoo import models

from ..mixins.scanned_codes import Found
from ..mixins.scanned_events import ScanEvent


class StoreTransferCount(models.Model):
    """What is counted by product and lot, all of it at once: another system says it."""

    _inherit = "store.transfer.count"

    def _count_named(self, product, lot_name, good, damaged, remark):
        """Count so much of a product, or of one of its lots, as a scan would.

        :param lot_name: empty where it has none
        :raise UserError: when that can't have come
        """
        event = ScanEvent(uuid="", kind="scan", lot_name=lot_name or None)
        found = Found(product, good + damaged, lot_name or None)
        line = self._choose_line(found, event)
        if not line:
            self._check_can_have_come(
                product, lot_name, good + damaged, damaged, before=0.0
            )
            line = self._find_or_add_line(product, lot_name=lot_name or False)
        came = line._get_done_quantity() + found.quantity
        self._change(line, came, event, damaged=line.damaged_quantity + damaged)
        if remark:
            line.remark = remark

    def _count_the_rest_as_missing(self):
        """Say of a whole count that somebody has looked at every row."""
        self.line_ids.is_counted = True
