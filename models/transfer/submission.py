from odoo import api, fields, models
from odoo.exceptions import UserError
from odoo.fields import Domain

from ...tools.quantities import format_quantity


class StoreTransfer(models.Model):
    """From a draft to a transfer that waits for its approval, and back."""

    _inherit = "store.transfer"

    submit_date = fields.Datetime(string="Submitted On", readonly=True, copy=False)
    submit_day = fields.Date(
        compute="_compute_submit_day",
        store=True,
        # What the analysis opens with is of the last months, of many years.
        index=True,
        help="The day it was then where it is approved, else where it was submitted.",
    )
    shortage_message = fields.Char(compute="_compute_shortage_message")

    @api.depends("submit_date")
    def _compute_submit_day(self):
        for transfer in self:
            moment = transfer.submit_date
            # A third party has no day of its own.
            other = transfer._get_side_store("other")
            store = other or transfer._get_side_store("initiator")
            transfer.submit_day = moment and store._get_today(moment)

    @api.depends(
        "state",
        "line_ids.product_id",
        "line_ids.asked_quantity",
        "source_store_id",
    )
    def _compute_shortage_message(self):
        for transfer in self:
            lines = transfer.line_ids.filtered("product_id")
            needs_check = transfer.state in ("draft", "waiting")
            shortages = (
                lines._get_shortages()
                if needs_check and transfer.source_store_id
                else []
            )
            transfer.shortage_message = transfer._format_shortages(shortages)

    def _format_shortages(self, shortages):
        return ", ".join(
            self.env._(
                "%(product)s (asked %(asked)s, free %(free)s)",
                product=product.display_name,
                asked=format_quantity(self.env, asked, product.uom_id),
                free=format_quantity(self.env, free, product.uom_id),
            )
            for product, asked, free in shortages
        )

    @api.model
    def get_import_templates(self):
        """Offer, where Odoo itself imports, the way that is made for transfers."""
        return [
            {
                "label": self.env._(
                    "Template for Store Transfer > Import (upload it there, not here)"
                ),
                "template": "/store_transfer/import_template",
            }
        ]

    def on_barcode_scanned(self, barcode):
        """Add one piece (or one packaging) of what was scanned to the draft."""
        if self.state != "draft":
            return None
        product, unit = self._find_scanned_product(barcode)
        if not product:
            return {
                # Beside the form: in front of it, it would swallow the next scan.
                "warning": {
                    "type": "notification",
                    "title": self.env._("Unknown barcode"),
                    "message": self.env._(
                        "No product with the barcode or SKU %s was found.", barcode
                    ),
                }
            }
        line = self.line_ids.filtered(
            lambda line: line.product_id == product and line.product_uom_id == unit
        )[:1]
        if line:
            line.quantity += 1
        else:
            self.line_ids += self.env["store.transfer.line"].new(
                {"product_id": product.id, "product_uom_id": unit.id, "quantity": 1}
            )
        return None

    def _find_scanned_product(self, barcode):
        """Return the product and unit of a barcode: a product's, a packaging's, a SKU.

        :return: ``(product.product, uom.uom)``, both empty when nothing matches
        """
        products = self.env["product.product"]
        in_company = Domain("company_id", "in", [False, self.company_id.id])
        for field in ("barcode", "default_code"):
            product = products.search(Domain(field, "=", barcode) & in_company, limit=2)
            if len(product) == 1:
                return product, product.uom_id
        packaging = self.env["product.uom"].search([("barcode", "=", barcode)], limit=1)
        return packaging.product_id, packaging.uom_id

    def action_submit(self):
        """Ask the other side; a third-party transfer needs nobody and goes ahead."""
        transfers = self._start_step("submit")
        for transfer in transfers:
            transfer._check_can_submit()
            transfer.promised_date = transfer.expected_date
        with_approval = transfers.filtered(lambda transfer: transfer.kind == "between")
        transfers.submit_date = fields.Datetime.now()
        transfers.line_ids._keep_unit_cost()
        with_approval.approval_state = "waiting"
        with_approval._sync_activities()
        for transfer in with_approval:
            transfer._notify_other_side()
        with_approval._add_quantities_to_trail("submit")
        with (transfers - with_approval)._stock_work("submit") as working:
            working._do_approve()
        return True

    def _check_can_submit(self):
        """Check everything at once and name what has to be mended.

        :raise UserError: one sentence per fault
        """
        self.ensure_one()
        self._check_company()
        errors = self._get_store_errors() + self.line_ids._get_submit_errors()
        if not self.line_ids:
            errors.append(self.env._("Add at least one product."))
        if self.company_id.transfer_block_shortage and self.source_store_id:
            shortages = self._get_blocking_shortages()
            if shortages:
                errors.append(
                    self.env._(
                        "%(store)s does not have enough of: %(products)s.",
                        store=self.source_store_id.name,
                        products=self._format_shortages(shortages),
                    )
                )
        if errors:
            raise UserError(
                self.env._(
                    "%(transfer)s can't be submitted yet:\n%(errors)s",
                    transfer=self.name,
                    errors="\n".join(f"- {error}" for error in errors),
                )
            )

    def _get_store_errors(self):
        """Return one sentence for each store that takes no part (any more)."""
        return [
            self.env._("%s is not a store any more.", store.name)
            for store in self.source_store_id | self.destination_store_id
            if not store.is_store or not store.active
        ]

    def action_withdraw(self):
        """Take back what waits for its approval; it is a draft again."""
        transfers = self._start_step("withdraw")
        for transfer in transfers:
            # Nobody but its own side sees a draft.
            transfer._notify_withdrawn()
        transfers._make_draft("withdraw")
        return True

    def action_reset(self):
        """Make a rejected transfer a draft again."""
        self._start_step("reset")._make_draft("reset")
        return True

    def _make_draft(self, step):
        self.write(
            {
                "approval_state": "draft",
                "submit_date": False,
                "promised_date": False,
                "expected_changes": 0,
                "reason_id": False,
                "reason_note": False,
            }
        )
        self._sync_activities()
        self._add_quantities_to_trail(step)

    def action_cancel(self):
        """Cancel what has not left yet, and free what was reserved for it."""
        with self._start_step("cancel")._stock_work("cancel") as transfers:
            for line in transfers.line_ids:
                # What was approved is closed by cancelling its moves.
                if line.transfer_id.approval_state != "approved":
                    line._close_unshipped(line.asked_quantity)
            transfers.approval_state = "cancelled"
            # What was cancelled may be imported anew.
            transfers.import_order_ids._forget_fingerprints()
            transfers.line_ids.move_ids.filtered(
                lambda move: move.state not in ("done", "cancel")
            )._action_cancel()
        return True
