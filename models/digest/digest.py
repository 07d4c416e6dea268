from odoo import api, fields, models

from ...tools.in_context import InContext
from ...tools.roles import GROUP_HEAD_OFFICE

# How many days a digest tells of, by how often it is sent.
DAYS = {"daily": 1, "weekly": 7, "monthly": 30, "quarterly": 90}


class FiguresOfDigests(InContext):
    """What was read while digests are sent: each day that begins elsewhere, once."""

    key = "store_transfer_digest_figures"

    def __init__(self):
        self._known = {}

    def read_once(self, key, read):
        """Return what ``read`` returns, which is called the first time only."""
        if key not in self._known:
            self._known[key] = read()
        return self._known[key]


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

    def _action_send(self, update_periodicity=True):
        """Read for all recipients together what any of them is told."""
        reading = FiguresOfDigests()
        digests = self.with_context(**reading.context)
        return super(DigestDigest, digests)._action_send(update_periodicity)

    def _get_transfer_figures(self, user):
        """Return the figures of each company that a recipient is of head office of.

        :return: a list of what ``store.transfer.overview._tell_digest`` gives;
            nothing for whoever is not of head office
        """
        self.ensure_one()
        if not self.has_transfer_figures or not self._is_for(user):
            return []
        reading = FiguresOfDigests.get(self.env) or FiguresOfDigests()
        companies = self._get_told_companies(user)
        cards = self._get_cards(reading, user)
        figures = self._read_transfer_figures(reading, cards)
        return [
            card._tell_digest(figures[card.id])
            for card in cards
            if card.company_id in companies
        ]

    @api.model
    def _is_for(self, user):
        """Tell whether a recipient may know the figures: of a company, all of them."""
        return user.has_group(GROUP_HEAD_OFFICE)

    def _get_told_companies(self, user):
        """Return the companies of which a recipient is told: of one digest, its own."""
        return user.company_ids.filtered(
            lambda company: self.company_id in (company, company.browse())
        )

    def _get_cards(self, reading, user):
        """Return the cards of all companies that are told, as a recipient reads them.

        In sudo: they are read once for all who may see them.
        """
        readers = (self.user_ids | user).filtered(self._is_for)
        companies = self.env["res.company"].union(
            *(self._get_told_companies(reader) for reader in readers)
        )
        timezone = user.tz or user.company_id._get_transfer_timezone()
        cards = self.env["store.transfer.overview"].sudo()
        cards = cards.with_context(
            allowed_company_ids=companies.ids, lang=user.lang, tz=timezone
        )
        domain = [("is_total", "=", True), ("company_id", "in", companies.ids)]
        ids = reading.read_once(("cards", companies), lambda: cards.search(domain).ids)
        return cards.browse(ids)

    def _read_transfer_figures(self, reading, cards):
        """Return ``{id of a card: its figures}``, read once where days are the same."""
        days = DAYS[self.periodicity]
        return reading.read_once(
            ("figures", days, cards.env.tz.zone, cards._ids),
            lambda: cards._read_digest(days),
        )

    def _is_of_transfers_alone(self):
        """Tell whether nothing is left of it for whoever may not see the figures."""
        return self.has_transfer_figures and not self._get_kpi_fields()
