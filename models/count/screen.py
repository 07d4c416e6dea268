from odoo import api, models
from odoo.exceptions import UserError

from ...tools.photos import get_ids_with_image


class StoreTransferCount(models.Model):
    """What the scan screen asks: the rows to count, and what others have changed.

    All of it in a few queries, however many lines there are. Quantities that a blind
    count hides never leave the server.
    """

    _inherit = "store.transfer.count"

    @api.readonly
    def get_screen(self):
        """Return everything the scan screen needs to work on, also without a network.

        :return: dict with ``count`` (the header), ``policies``, ``user``, ``rows``,
            ``barcodes`` (list of ``[barcode, product id, quantity]``), ``undoable``
            (what this user may take back) and what :meth:`get_changes` says
        """
        self.ensure_one()
        self._check_may_scan()
        # The other store is out of reach of store staff.
        return {
            "count": self.sudo()._prepare_screen_header(),
            "policies": self._get_policies(),
            **self._prepare_screen(),
        }

    def _get_policies(self):
        store = self.sudo().transfer_id.destination_store_id
        return {
            "blind": self._is_blind(),
            "every_line": store.transfer_require_every_line,
        }

    def _is_blind(self):
        """Tell whether the user counts without seeing how much is expected."""
        self.ensure_one()
        return not self.env.su and self.transfer_id._hides_expected()

    def _check_not_blind(self):
        if self._is_blind():
            raise UserError(
                self.env._(
                    "%s: in a blind count all pieces are counted.",
                    self.transfer_id.name,
                )
            )

    @api.model
    def _get_view(self, view_id=None, view_type="form", **options):
        """Show a form without what a blind count hides to those who count."""
        if view_type == "form" and self.env.user._counts_blind():
            view_id = self.env.ref("store_transfer.view_store_transfer_count_blind").id
        return super()._get_view(view_id, view_type, **options)

    def _prepare_rows(self, lines):
        rows = super()._prepare_rows(lines)
        with_photo = get_ids_with_image(lines, "photo")
        blind = self._is_blind()
        for line, row in zip(lines, rows, strict=True):
            row["has_photo"] = line.id in with_photo
            if blind:
                del row["expected"]
        return rows
