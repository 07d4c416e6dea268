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
