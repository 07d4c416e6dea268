from datetime import timedelta

from odoo import api, fields, models

# A change is told again for this long: what was written by a transaction that took a
# while shows its start, and must not be missed.
OVERLAP = timedelta(seconds=30)
PRESENCE = timedelta(minutes=2)
UNDOABLE = 50


class StoreTransferScanned(models.AbstractModel):
    """What a scan screen asks: the rows, and what others have changed.

    All of it in a few queries, however many rows there are.
    """

    _inherit = "store.transfer.scanned"

    @api.readonly
    def get_changes(self, since):
        """Return the rows that anybody changed since the answer that said ``since``."""
        self.ensure_one()
        self._check_may_scan()
        return self._prepare_changes(since)

    def _prepare_screen(self):
        """Return what every scan screen needs, see :meth:`get_screen` of each."""
        # Lots, transit and the other store are out of reach of store staff.
        document = self.sudo()
        return {
            "user": {"id": self.env.user.id, "name": self.env.user.name},
            "rows": self._prepare_rows(self.line_ids),
            "barcodes": document._get_barcodes(),
            "undoable": document._get_undoable(self.env.user),
            "people": document._get_people(),
            "now": self._get_now(),
            "state": document.state,
        }

    def _prepare_changes(self, since):
        document = self.sudo()
        begin = self._read_begin(since)
        lines = self.line_ids.browse()
        if begin:
            lines = self._find_lines([("write_date", ">=", begin)])
        return {
            "rows": self._prepare_rows(lines),
            "people": document._get_people(),
            "now": self._get_now(),
            "state": document.state,
        }

    def _read_begin(self, text):
        """Return from when on changes are told, or None: no scan fails over it."""
        try:
            moment = fields.Datetime.to_datetime(text)
            return moment and moment - OVERLAP
        except (OverflowError, TypeError, ValueError):
            return None

    def _get_now(self):
        return fields.Datetime.to_string(self.env.cr.now())

    def _prepare_screen_header(self):
        transfer = self.transfer_id
        return {
            "id": self.id,
            "transfer_id": transfer.id,
            "name": transfer.name,
            "from": transfer.source_store_id.name or transfer.partner_id.name or "",
            "to": transfer.destination_store_id.name or transfer.partner_id.name or "",
            "remark": transfer.remark or "",
            "counter": self.user_id.name,
        }

    def _prepare_rows(self, lines):
        """Return the rows of ``lines`` as this user may see them."""
        # Lots are out of reach of store staff; the names are without the SKU, which
        # has a place of its own.
        lines = lines.sudo().with_context(display_default_code=False)
        with_image = lines.product_id._filter_with_image()
        return [
            {**line._prepare_row(), "has_image": line.product_id in with_image}
            for line in lines
        ]

    def _get_barcodes(self):
        """Return ``[code, product id, quantity in its unit]`` of what is on the rows.

        Where several products share a code there is one for each, and the screen asks.
        """
        meant = {}
        for rank, code, product, quantity in self._get_codes_by_rank():
            best, quantities = meant.setdefault(code, (rank, {}))
            if rank == best:
                quantities[product.id] = quantity
        return [
            [code, product_id, quantity]
            for code, (_rank, quantities) in meant.items()
            for product_id, quantity in quantities.items()
        ]

    def _get_codes_by_rank(self):
        """Yield ``(rank, code, product, quantity)`` as the recorder ranks them."""
        products = self.line_ids.product_id
        for rank, name in enumerate(("barcode", "default_code")):
            for product in products.filtered(name):
                yield rank, product[name], product, 1
        packagings = self.env["product.uom"].search(
            [("product_id", "in", products.ids)]
        )
        for packaging in packagings:
            product = packaging.product_id
            quantity = packaging.uom_id._compute_quantity(
                1, product.uom_id, round=False
            )
            yield 2, packaging.barcode, product, quantity

    def _get_undoable(self, user):
        """Return the last things that ``user`` did here, the oldest first."""
        scans = self._find_scans(
            [
                ("user_id", "=", user.id),
                ("status", "=", "counted"),
                ("kind", "in", self._undoable_kinds),
            ],
            limit=UNDOABLE,
        )
        return [
            {
                "uuid": scan.uuid,
                "kind": scan.kind,
                "line_id": scan.line_id.id,
                "quantity": change["quantity"],
                "damaged": change.get("damaged_quantity", 0),
            }
            for scan in reversed(scans)
            for change in [scan._get_change()]
        ]

    def _get_people(self):
        """Return who has scanned here in the last minutes, by device."""
        scans = self.scan_ids._read_group(
            [
                (self._link, "=", self.id),
                ("create_date", ">=", self.env.cr.now() - PRESENCE),
            ],
            ["user_id", "device"],
            ["__count"],
        )
        return [
            {"user_id": user.id, "name": user.name, "device": device, "scans": scans}
            for user, device, scans in scans
        ]
