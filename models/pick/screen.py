from odoo import api, models


class StoreTransferPick(models.Model):
    """What the scan screen of a pick list asks."""

    _inherit = "store.transfer.pick"

    @api.readonly
    def get_screen(self):
        """Return everything the scan screen needs to work on, also without a network.

        :return: dict with ``pick`` (the header), ``policies``, ``reasons`` (to close
            the rest with), ``user``, ``rows`` in the order of the shelves, ``barcodes``
            (list of ``[barcode, product id, quantity]``), ``undoable`` (what this user
            may take back) and what :meth:`get_changes` says
        """
        self.ensure_one()
        self._check_may_scan()
        # The other store is out of reach of store staff.
        return {
            "pick": self.sudo()._prepare_screen_header(),
            "policies": {
                "can_close": self._may_close(),
                "prints_labels": bool(self._get_label_of_new_carton()),
            },
            "reasons": self._get_reasons(),
            **self._prepare_screen(),
        }

    def _may_close(self):
        """Tell whether the user may decide that the rest will not be shipped."""
        return not self.transfer_id._get_role_refusal("close")

    def _get_reasons(self):
        """Return the reasons to close the rest with, of those who may."""
        if not self._may_close():
            return []
        reasons = self.env["store.transfer.reason"]._find_for(self.transfer_id, "close")
        return [{"id": reason.id, "name": reason.name} for reason in reasons]

    def _prepare_rows(self, lines):
        rows = super()._prepare_rows(lines)
        free = self.sudo()._get_free_by_product(lines.sudo().product_id)
        for row in rows:
            row["free"] = free.get(row["product_id"], 0.0)
        return rows

    def _get_free_by_product(self, products):
        """Return ``{product id: how much more of it is free at the source}``.

        What is past its date does not count: it goes only if somebody wants it to.
        """
        past_date = self._get_lots_past_date()
        by_product = {}
        for key, quantity in self._get_free_in_stock(products).items():
            if key.lot not in past_date:
                free = by_product.get(key.product.id, 0.0) + quantity
                by_product[key.product.id] = key.unit.round(free)
        return by_product
