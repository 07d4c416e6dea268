from odoo import api, models

from ..tools.moments import format_moment
from ..tools.paper_pages import count_lines, divide
from .paper import LETTERS, LINES_OF_NEXT_HEAD, LINES_ON_PAGE

# How wide its columns are, in percent.
COLUMNS = {"rule": 29, "about": 33, "what": 14, "expected": 12, "found": 12}
LINES_OF_CHECK = 15
# Nobody reads more of them on paper.
MOST_ROWS = 500


class LedgerCheckPaper(models.AbstractModel):
    """What a check of the ledger has found, for whoever audits the company."""

    _name = "report.store_transfer.report_ledger_check"
    _description = "Store Transfer Check of the Ledger"
    _inherit = ["store.transfer.paper"]

    @api.model
    def _get_report_values(self, docids, data=None):
        checks = self.env["store.transfer.ledger.check"].browse(docids)
        checks._check_can_be_printed()
        # In sudo: the name of a lot, or of who is in another company.
        checks = checks.sudo().with_context(lang=self.env.lang or "en_US")
        return {"papers": [self._prepare_check(check) for check in checks]}

    def _prepare_check(self, check):
        findings = check.finding_ids[:MOST_ROWS]
        rows = [self._prepare_finding(finding) for finding in findings]
        return {
            **self._prepare_sender(check),
            "result": check.result,
            "moment": format_moment(check.env, check.start_date),
            "seconds": f"{check.seconds:.1f}",
            "person": check.user_id.name or "",
            "notice": self._get_notice_of_rest(check, len(rows)),
            "is_fine": not check.finding_count,
            **self._number_pages(check.env, self._divide_findings(rows)),
        }

    def _get_notice_of_rest(self, check, shown):
        if check.finding_count <= shown:
            return ""
        return check.env._("Shown are the first %s of them.", f"{shown:,}")

    def _prepare_finding(self, finding):
        """Return the texts of a finding, each for a column."""
        rules = dict(finding._fields["rule"]._description_selection(finding.env))
        about = (
            finding.transfer_id.name,
            finding.product_id.display_name,
            finding.lot_id.name,
            finding.detail,
        )
        return {
            "rule": rules[finding.rule],
            "about": "\n".join(filter(None, about)),
            "what": finding.what_text,
            "expected": finding.expected_text or "",
            "found": finding.found_text or "",
        }

    def _divide_findings(self, rows):
        return divide(
            rows,
            self._count_lines_of_finding,
            first=LINES_ON_PAGE - LINES_OF_CHECK,
            others=LINES_ON_PAGE - LINES_OF_NEXT_HEAD,
        )

    def _count_lines_of_finding(self, row):
        return max(
            count_lines(row[name], width * LETTERS) for name, width in COLUMNS.items()
        )
