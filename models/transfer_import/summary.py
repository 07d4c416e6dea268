from collections import defaultdict

from odoo import api, fields, models
from odoo.fields import Domain

SUMMARY = (
    "transfer_count",
    "between_count",
    "receipt_count",
    "dispatch_count",
    "line_count",
    "quantity",
    "stock_uom_id",
    "store_names",
    "left_out_count",
    "earlier_count",
    "done_count",
    "submitted_count",
    "not_submitted_count",
)


class StoreTransferImport(models.Model):
    """What an import would make, or has made."""

    _inherit = "store.transfer.import"

    transfer_count = fields.Integer(string="Transfers", compute="_compute_summary")
    between_count = fields.Integer(string="Between Stores", compute="_compute_summary")
    receipt_count = fields.Integer(
        string="From a Third Party", compute="_compute_summary"
    )
    dispatch_count = fields.Integer(
        string="To a Third Party", compute="_compute_summary"
    )
    line_count = fields.Integer(string="Lines", compute="_compute_summary")
    quantity = fields.Float(digits="Product Unit", compute="_compute_summary")
    stock_uom_id = fields.Many2one(
        "uom.uom",
        string="Unit",
        compute="_compute_summary",
        help="The unit of all lines. Empty: they have different ones.",
    )
    store_names = fields.Char(string="Stores", compute="_compute_summary")
    left_out_count = fields.Integer(compute="_compute_summary")
    earlier_count = fields.Integer(compute="_compute_summary")
    done_count = fields.Integer(compute="_compute_summary")
    submitted_count = fields.Integer(compute="_compute_summary")
    not_submitted_count = fields.Integer(compute="_compute_summary")
    progress = fields.Float(
        compute="_compute_progress", help="How much is done, in percent."
    )

    @api.depends(
        "order_ids.has_errors",
        "order_ids.earlier_transfer_id",
        "order_ids.transfer_id",
        "order_ids.is_submitted",
        "order_ids.submit_problem",
        "import_again",
    )
    def _compute_summary(self):
        summaries = self._get_summaries()
        for transfer_import in self:
            transfer_import.update(summaries[transfer_import._origin])

    def _get_summaries(self):
        """Count what the orders ask for, without reading them one by one.

        :return: ``{import: values of the fields of the summary}``
        """
        orders = self.env["store.transfer.import.order"]
        of_these = Domain("import_id", "in", self._origin.ids)
        summaries = {
            transfer_import._origin: defaultdict(
                int, store_names="", stock_uom_id=False
            )
            for transfer_import in self
        }
        names, units = defaultdict(dict), defaultdict(set)
        for (
            transfer_import,
            kind,
            source,
            destination,
            unit,
            count,
            lines,
            quantity,
            done,
        ) in orders._read_group(
            of_these & orders._get_chosen_domain(),
            [
                "import_id",
                "kind",
                "source_store_id",
                "destination_store_id",
                "stock_uom_id",
            ],
            ["__count", "line_count:sum", "quantity:sum", "transfer_id:count"],
        ):
            summary = summaries[transfer_import]
            summary["transfer_count"] += count
            summary[f"{kind}_count"] += count
            summary["line_count"] += lines
            summary["quantity"] += quantity
            summary["done_count"] += done
            units[transfer_import].add(unit)
            summary["stock_uom_id"] = (
                unit if len(units[transfer_import]) == 1 else False
            )
            names[transfer_import][(destination or source).name] = True
            summary["store_names"] = ", ".join(names[transfer_import])
        for transfer_import, count, earlier in orders._read_group(
            of_these, ["import_id"], ["__count", "earlier_transfer_id:count"]
        ):
            summary = summaries[transfer_import]
            summary["left_out_count"] = count - summary["transfer_count"]
            summary["earlier_count"] = earlier
        for transfer_import, is_submitted, count in orders._read_group(
            of_these & orders._get_tried_domain(),
            ["import_id", "is_submitted"],
            ["__count"],
        ):
            name = "submitted_count" if is_submitted else "not_submitted_count"
            summaries[transfer_import][name] = count
        return {
            transfer_import: {name: summary[name] for name in SUMMARY}
            for transfer_import, summary in summaries.items()
        }

    @api.depends("transfer_count", "done_count", "submitted_count", "after_import")
    def _compute_progress(self):
        for transfer_import in self:
            done, work = transfer_import.done_count, transfer_import.transfer_count
            if transfer_import.after_import == "submit":
                done += (
                    transfer_import.submitted_count
                    + transfer_import.not_submitted_count
                )
                work *= 2
            transfer_import.progress = 100.0 * done / work if work else 0.0
