from datetime import timedelta

from odoo import api, models


class StoreTransferDiscrepancy(models.Model):
    """How discrepancies are opened, and split."""

    _inherit = "store.transfer.discrepancy"

    @api.model
    def _split(self, quantities, damaged=None):
        """Divide discrepancies, so that some of each can be settled.

        :param quantities: ``{discrepancy: quantity}``, above zero and not above its own
        :param damaged: ``{discrepancy: quantity}`` that is damaged of the part
        :return: ``{discrepancy: the part of it}``, which is itself when all of it is
        """
        damaged = damaged or {}
        parts, divided, vals_list = {}, [], []
        for discrepancy, quantity in quantities.items():
            rest = discrepancy.stock_uom_id.round(discrepancy.quantity - quantity)
            if discrepancy.stock_uom_id.compare(rest, 0) <= 0:
                parts[discrepancy] = discrepancy
                continue
            of_part = discrepancy._get_damaged_of_part(
                quantity, rest, damaged.get(discrepancy)
            )
            values = {"quantity": quantity, "damaged_quantity": of_part}
            divided.append(discrepancy)
            vals_list += discrepancy.copy_data(values)
            discrepancy.quantity = rest
            discrepancy.damaged_quantity -= of_part
        created = self._unlogged().create(vals_list).with_env(self.env)
        return parts | dict(zip(divided, created, strict=True))

    def _get_damaged_of_part(self, part, rest, wanted):
        """Return how much of a part is damaged: no more than there is, of the rest too.

        :param wanted: how much should be; None for as much as possible
        """
        least = max(0.0, self.damaged_quantity - rest)
        most = min(self.damaged_quantity, part)
        return min(max(most if wanted is None else wanted, least), most)

    @api.model
    def _prepare_values(self, transfer, product, kind, quantity):
        company = transfer.company_id
        return {
            "transfer_id": transfer.id,
            "product_id": product.id,
            "kind": kind,
            "quantity": quantity,
            "unit_cost": product.with_company(company).standard_price,
            "deadline": self._get_deadline(transfer),
        }

    @api.model
    def _get_deadline(self, transfer):
        days = timedelta(days=transfer.company_id.transfer_answer_days)
        return transfer._get_waiting_store()._get_today() + days

    @api.model
    def _prepare_short_values(self, line, quantity):
        """Return the values of a discrepancy about goods that will not be shipped."""
        return {
            **self._prepare_values(
                line.transfer_id, line.product_id, "short", quantity
            ),
            "line_id": line.id,
        }

    @api.model
    def _prepare_counted_values(self, count_line, kind, quantity):
        """Return the values of a discrepancy that a count found."""
        return {
            **self._prepare_values(
                count_line.transfer_id, count_line.product_id, kind, quantity
            ),
            "line_id": count_line.transfer_line_id.id,
            "count_id": count_line.count_id.id,
            "lot_id": count_line.lot_id.id,
            "lot_name": kind != "short" and count_line.lot_name,
            "remark": count_line.remark,
            **({"photo": count_line.photo} if count_line.photo else {}),
            "outcome": "damaged" if kind == "damaged" else False,
        }

    @api.model
    def _open(self, vals_list):
        """Create discrepancies, and tell who has to act; no message for each of them.

        To be called once for all that a step opens. What is settled from the start
        has the values of ``_prepare_settled_values``, and nobody has to act.
        """
        discrepancies = self._unlogged().create(vals_list).with_env(self.env)
        discrepancies._sync_activities()
        return discrepancies

    def _unlogged(self):
        """Create without a message for each: what opens them is said elsewhere."""
        return self._untracked().with_context(
            mail_create_nolog=True, mail_create_nosubscribe=True
        )

    def _untracked(self):
        """Write without the message that Odoo makes, one by one, see ``_log_each``."""
        return self.with_context(tracking_disable=True)

    def _log_each(self, describe):
        """Write one line on each of these, all at once.

        :param describe: returns the line of a discrepancy
        """
        if self:
            self._message_log_batch(
                {discrepancy.id: describe(discrepancy) for discrepancy in self}
            )
