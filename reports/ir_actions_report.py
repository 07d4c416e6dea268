from odoo import models

OWN_REPORTS = "store_transfer.report_"


class IrActionsReport(models.Model):
    _inherit = "ir.actions.report"

    def _get_layout(self):
        """Print our papers with all they need in themselves.

        Odoo's layout loads its styles over the network while a paper is printed: that
        takes most of the time, and fails where the server can't reach itself.
        """
        if self and all(
            (report.report_name or "").startswith(OWN_REPORTS) for report in self
        ):
            return self.env.ref("store_transfer.paper_layout")
        return super()._get_layout()

    def get_valid_action_reports(self, model, record_ids):
        """Offer a paper of transfers where the user may print it of at least one."""
        valid_ids = super().get_valid_action_reports(model, record_ids)
        if model != "store.transfer":
            return valid_ids
        transfers = self.env[model].browse(record_ids)
        return [
            report.id
            for report in self.browse(valid_ids)
            if report._is_offered_for(transfers)
        ]

    def _is_offered_for(self, transfers):
        """Tell whether one of these transfers has this paper for the user."""
        # In sudo: store staff may not read reports.
        name = self.sudo().report_name
        if not name.startswith(OWN_REPORTS):
            return True
        paper = self.env[f"report.{name}"]._paper
        return any(not transfer._get_print_refusal(paper) for transfer in transfers)
