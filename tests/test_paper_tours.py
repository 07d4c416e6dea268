from unittest.mock import patch

from odoo.tests import tagged

from .common_papers import Paper, PaperCase
from .common_tours import TourCase


@tagged("post_install", "-at_install")
class TestPaperTours(PaperCase, TourCase):
    """Staff without rights in the Inventory app press Print, and hold the paper.

    On the desktop, where the printer is.
    """

    def play_printing(self, tour, user):
        """Let ``user`` do their part; return the papers that came out."""
        papers = []
        reports = type(self.env["ir.actions.report"])
        render = reports._render_qweb_pdf

        def _render_qweb_pdf(report, *arguments, **options):
            # Odoo prints nothing while it is tested, unless it is told to.
            report = report.with_context(force_report_rendering=True)
            content, kind = render(report, *arguments, **options)
            papers.append(Paper(content))
            return content, kind

        with patch.object(reports, "_render_qweb_pdf", _render_qweb_pdf):
            self.play(tour, user)
        return papers

    def test_print_from_the_form(self):
        self.assertFalse(self.ec_staff.has_group("stock.group_stock_user"))
        transfer = self.make_transfer(lines={self.tea: 10})
        self.submit(transfer)
        self.approve(transfer)
        [paper] = self.play_printing("print_slip", self.ec_staff)
        self.assertIn("Transfer Slip", paper.text)
        self.assertIn(transfer.name, paper.text)
        self.assertIn("10 Units", paper.text)
        self.assertIn(transfer.name, paper.codes)
