from odoo import api, models
from odoo.exceptions import UserError

COUNTED = ("sku", "lot", "good", "damaged", "remark")


class StoreTransferApi(models.AbstractModel):
    """What another system has counted."""

    _inherit = "store.transfer.api"

    @api.model
    def receive(self, transfer, key, lines=None):
        """Submit a whole count; it confirms the arrival, too.

        :param lines: list of ``{"sku", "good"}`` and, where there are any, ``damaged``,
            ``lot`` (lot or serial number), ``remark``; quantities in the product's
            unit. What is not named did not come, and stays expected. Without any list
            all that is expected came, in good state
        """
        self = self._begin()
        with self._once("receive", transfer, key, lines=lines) as found:
            if found and lines is None:
                self._receive_all(found)
            elif found:
                self._receive(found, lines)
        return self._show(transfer)

    def _receive_all(self, transfer):
        transfer.action_receive_all()
        counts = self.env["store.transfer.count"]
        if counts.search([("transfer_id", "=", transfer.id), ("state", "=", "open")]):
            raise UserError(
                self.env._(
                    "%s: some of it has new lots, or is past its date. Send what was "
                    "counted line by line.",
                    transfer.name,
                )
            )

    def _receive(self, transfer, lines):
        count = transfer._start_step("count")._find_or_start_count()
        # Before anything is reserved for it: see LOCK_ORDER.
        count._wait_for_scans()
        count._sync_lines()
        as_user = count.with_env(transfer.env)
        as_user._check_nobody_is_counting()
        self._count(count, lines)
        count._count_the_rest_as_missing()
        as_user.action_submit()

    def _count(self, count, lines):
        given = self._read_lines(lines, COUNTED)
        products = self._find_goods(given, count.transfer_id)
        self._read_each_line(
            given, lambda line: self._count_line(count, line, products)
        )

    def _count_line(self, count, line, products):
        good = line.quantity("good", 0.0)
        damaged = line.quantity("damaged", 0.0)
        product = self._get_product(products, line.code("sku")).with_env(count.env)
        # Too little to be counted is nothing, too.
        if product.uom_id.is_zero(good + damaged):
            raise UserError(
                self.env._("Say how many came, good or damaged; else leave it out.")
            )
        count._count_named(
            product,
            self._read_lot(line, product),
            good,
            damaged,
            line.text("remark"),
        )
