from odoo import api, fields, models

from ...spreadsheets.layout.columns import OWN_KEYS, to_heading_key


class StoreTransferImport(models.Model):
    """What is asked once more before anything is imported."""

    _inherit = "store.transfer.import"

    third_party_heading = fields.Char(
        readonly=True,
        copy=False,
        help="The column that makes transfers from or to third parties, where it is "
        "not the template's own.",
    )
    question = fields.Text(
        compute="_compute_question",
        help="What is asked before the import. Empty: nothing.",
    )

    @api.depends(
        "after_import",
        "third_party_heading",
        "transfer_count",
        "receipt_count",
        "dispatch_count",
    )
    @api.depends_context("lang")
    def _compute_question(self):
        for transfer_import in self:
            parts = [
                transfer_import._get_question_on_third_parties(),
                transfer_import._get_question_on_submitting(),
            ]
            transfer_import.question = "\n\n".join(filter(None, parts))

    def _get_question_on_third_parties(self):
        """Ask whether transfers without an approver are meant, or return None.

        A file that calls the column as the template does leaves no doubt; what others
        call a vendor may be who made the product.
        """
        count = self.receipt_count + self.dispatch_count
        if not count or not self.third_party_heading:
            return None
        return self.env._(
            "Transfers that come from a third party, or go to one: %(count)s of "
            "%(all)s, because the file has the column “%(heading)s”. Nobody is asked "
            "to approve them. Is that meant?",
            count=count,
            all=self.transfer_count,
            heading=self.third_party_heading,
        )

    def _get_question_on_submitting(self):
        if self.after_import != "submit":
            return None
        return self.env._(
            "Make the transfers and submit them at once? The other stores are asked to "
            "approve them, and you can't change them any more then."
        )

    def _get_third_party_heading(self, reading):
        """Return what the file calls its third parties, unless as the template does."""
        heading = reading.headings.get("third_party")
        if not heading or to_heading_key(heading) in OWN_KEYS:
            return False
        return heading
