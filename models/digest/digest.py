from odoo import fields, models

from ...tools.roles import GROUP_HEAD_OFFICE

# How many days a digest tells of, by how often it is sent.
DAYS = {"daily": 1, "weekly": 7, "monthly": 30, "quarterly": 90}


class DigestDigest(models.Model):
    """Odoo's digest by e-mail, with the figures of transfers.

    Odoo sends it, and lets people unsubscribe; our template puts the figures into its
    mail.
    """

    _inherit = "digest.digest"

    has_transfer_figures = fields.Boolean(
        string="Figures of Transfers",
        help="What moved between the stores, what was lost, what is stuck, and whether "
        "the ledger explains it. Only recipients of head office are told, of their "
        "own companies.",
    )

    def _get_transfer_figures(self, user):
        """Return the figures of each company that a recipient is of head office of.

        :return: a list of what ``store.transfer.overview._tell_digest`` gives;
            nothing for whoever is not of head office
        """
        self.ensure_one()
        if not self.has_transfer_figures or not user.has_group(GROUP_HEAD_OFFICE):
            return []
        # A digest of one company tells of no other.
        companies = user.company_ids.filtered(
            lambda company: self.company_id in (company, company.browse())
        )
        # All of it is read as the recipient would read it.
        cards = self.env["store.transfer.overview"].with_user(user)
        cards = cards.with_context(
            allowed_company_ids=companies.ids, lang=user.lang, tz=user.tz
        )
        found = cards.search([("is_total", "=", True)]) if companies else ()
        return [card._tell_digest(DAYS[self.periodicity]) for card in found]

    def _is_of_transfers_alone(self):
        """Tell whether nothing is left of it for whoever may not see the figures."""
        return self.has_transfer_figures and not self._get_kpi_fields()
