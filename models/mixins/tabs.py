from odoo import api, models
from odoo.exceptions import UserError
from odoo.fields import Domain

# Of more than that, nobody wants to know how many they are; counting them takes time.
MOST_COUNTED = 1000


class StoreTransferTabs(models.AbstractModel):
    """Counts what the tabs above a list would show."""

    _name = "store.transfer.tabs"
    _description = "Numbers on the tabs of a list"

    @api.model
    @api.readonly
    def count_tabs(self, domain, tab_domains):
        """Return how many records of ``domain`` each of the tabs shows.

        :return: numbers of at most :data:`MOST_COUNTED`, which stands for that and more
        :raise UserError: when a domain is none
        """
        if not isinstance(tab_domains, (list, tuple)):
            self._refuse_domain(tab_domains)
        shown = self._read_domain(domain)
        return [
            self.search_count(shown & self._read_domain(tab_domain), limit=MOST_COUNTED)
            for tab_domain in tab_domains
        ]

    @api.model
    def _read_domain(self, domain):
        """Return a domain that came from outside, ready to be searched for.

        :raise UserError: when it is none, or asks for fields that there aren't
        """
        try:
            return Domain(domain).optimize_full(self)
        except (TypeError, ValueError):
            return self._refuse_domain(domain)

    def _refuse_domain(self, domain):
        raise UserError(
            self.env._("%s is not a search. Reload the page and try again.", domain)
        )
