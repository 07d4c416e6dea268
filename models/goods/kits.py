from odoo import api, models
from odoo.exceptions import UserError

from ...tools.quant_snapshot import QuantSnapshot
from ...tools.stock_work import StockWork


class ProductProduct(models.Model):
    _inherit = "product.product"

    def _is_kit(self):
        """Tell whether this is sold as a kit by the company of the environment."""
        self.ensure_one()
        return "is_kits" in self._fields and self.is_kits

    def _get_transfer_errors(self):
        errors = super()._get_transfer_errors()
        if self._is_kit():
            errors.append(self._get_kit_sentence())
        return errors

    def _get_kit_sentence(self):
        return self.env._(
            "%s is a kit, and no kit is in stock: add its components instead.",
            self.display_name,
        )


class StockMove(models.Model):
    _inherit = "stock.move"

    def action_explode(self):
        """Replace kits by their components, but leave a transfer's goods as they are.

        Odoo's app for kits calls it on whatever is confirmed or done.
        """
        of_transfers = self.filtered("transfer_line_id")
        others = super(StockMove, self - of_transfers)
        if not hasattr(others, "action_explode"):
            return self
        return of_transfers | others.action_explode()

    def _should_bypass_reservation(self, forced_location=False):
        bypasses = super()._should_bypass_reservation(forced_location)
        if bypasses and self.transfer_line_id and self._moves_kit():
            # Reserved like anything else: it stands there as what it was.
            return (forced_location or self.location_id).should_bypass_reservation()
        return bypasses

    def _moves_kit(self):
        return self.product_id.with_company(self.company_id)._is_kit()


class StockQuant(models.Model):
    _inherit = "stock.quant"

    @api.constrains("product_id")
    def _check_kits(self):
        """Let goods of a transfer stand where they arrive, though they became a kit."""
        check = getattr(super(), "_check_kits", None)
        if not check or StockWork.get(self.env) or QuantSnapshot.get(self.env):
            return None
        return check()


class StoreTransfer(models.Model):
    _inherit = "store.transfer"

    def _do_approve(self, quantities=None):
        for line in self.line_ids:
            approved = (quantities or {}).get(line, line.asked_quantity)
            product = line.product_id.with_company(line.company_id)
            if approved and product._is_kit():
                line._refuse_kit()
        return super()._do_approve(quantities)


class StoreTransferLine(models.Model):
    _inherit = "store.transfer.line"

    def _refuse_kit(self):
        """Refuse to approve what became a kit after it was submitted."""
        raise UserError(
            self.env._(
                "%(transfer)s: %(product)s is a kit now, and no kit is in stock. "
                "Approve none of it by Approve Less, and ask for its components.",
                transfer=self.transfer_id.name,
                product=self.product_id.display_name,
            )
        )


class StoreTransferCount(models.Model):
    _inherit = "store.transfer.count"

    def _check_countable(self, product):
        is_sent = product in self.transfer_id.line_ids.product_id
        if not is_sent and product.with_company(self.company_id)._is_kit():
            raise UserError(
                self.env._(
                    "%s is a kit, and no kit is in stock: count its components "
                    "instead.",
                    product.display_name,
                )
            )
        return super()._check_countable(product)
