"""Papers as they come out of the printer."""

import io
from functools import cached_property
from unicodedata import normalize

import pypdfium2
import zxingcpp
from pypdf import PdfReader

# So many points of a picture for one on paper: as a scanner sees it at 200 dpi.
SCALE = 200 / 72


class Paper:
    """A PDF, read as people and scanners read it."""

    def __init__(self, content):
        self.content = content

    @cached_property
    def pages(self):
        """Return the text of each page, in one line.

        A font may draw two letters that look the same only once, as a radical.
        """
        reader = PdfReader(io.BytesIO(self.content))
        texts = [normalize("NFKC", page.extract_text()) for page in reader.pages]
        return [" ".join(text.split()) for text in texts]

    @property
    def text(self):
        return " ".join(self.pages)

    @cached_property
    def codes(self):
        """Return ``{text: symbology}`` of all barcodes and QR codes on its pages."""
        document = pypdfium2.PdfDocument(self.content)
        pictures = [page.render(scale=SCALE).to_pil() for page in document]
        found = [code for each in pictures for code in zxingcpp.read_barcodes(each)]
        return {code.text: code.format.name for code in found}

    def get_size(self):
        """Return the width and height of the first page in whole millimetres."""
        page = PdfReader(io.BytesIO(self.content)).pages[0]
        points = (page.mediabox.width, page.mediabox.height)
        return tuple(round(float(length) / 72 * 25.4) for length in points)


class PaperCase:
    """People who print; to be mixed into a test case with transfers."""

    def print_paper(self, paper, transfers, user, lang="en_US"):
        """Print ``paper`` of these transfers as ``user``, as the PDF it really is."""
        reports = self.env["ir.actions.report"].with_user(user)
        content, kind = reports.with_context(
            force_report_rendering=True, lang=lang
        )._render_qweb_pdf(f"store_transfer.report_{paper}", transfers.ids)
        self.assertEqual(kind, "pdf")
        return Paper(content)

    def get_papers(self, paper, transfers, user, lang="en_US"):
        """Return what is on the papers, before it is drawn."""
        report = self.env[f"report.store_transfer.report_{paper}"].with_user(user)
        return report.with_context(lang=lang)._get_report_values(transfers.ids)[
            "papers"
        ]
