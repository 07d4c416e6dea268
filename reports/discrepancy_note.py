from odoo import models
from odoo.tools import format_date

from ..tools.quantities import format_quantity


class DiscrepancyNote(models.AbstractModel):
    """What did not simply arrive, for both sides and the driver to sign."""

    _name = "report.store_transfer.report_discrepancy_note"
    _description = "Store Transfer Discrepancy Note"
    _inherit = ["store.transfer.paper"]
    _paper = "discrepancy_note"
    _paper_columns = {"kind": 14, "quantity": 14, "outcome": 17, "said": 21}
    _taken = 6

    def _prepare_rows(self, transfer):
        return [
            self._prepare_row(discrepancy)
            for discrepancy in transfer.discrepancy_ids.sorted("id")
        ]

    def _prepare_row(self, discrepancy):
        lot = discrepancy.lot_id.name or discrepancy.lot_name
        return {
            **self._prepare_product(discrepancy.product_id),
            "remark": lot or "",
            "kind": self._get_label(discrepancy, "kind"),
            "quantity": format_quantity(
                discrepancy.env, discrepancy.quantity, discrepancy.stock_uom_id
            ),
            "outcome": self._describe_outcome(discrepancy),
            "said": "\n".join(self._get_sentences(discrepancy)),
        }

    def _describe_outcome(self, discrepancy):
        """Return what was decided, when and by whom; else that it is open."""
        if not discrepancy.outcome:
            return self._get_label(discrepancy, "state")
        parts = [
            self._get_label(discrepancy, "outcome"),
            discrepancy.reason_id.name,
            discrepancy.settle_user_id.name,
            discrepancy.is_by_rule
            and discrepancy._fields["is_by_rule"]._description_string(discrepancy.env),
            discrepancy.settle_date
            and format_date(discrepancy.env, discrepancy.settle_date),
        ]
        return "\n".join(filter(None, parts))

    def _get_sentences(self, discrepancy):
        """Return what either side has said of it."""
        return filter(None, (discrepancy.remark, discrepancy.answer, discrepancy.note))

    def _get_label(self, record, name):
        selection = record._fields[name]._description_selection(record.env)
        return dict(selection).get(record[name], "")
