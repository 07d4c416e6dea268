from odoo import models
from odoo.exceptions import UserError
from odoo.fields import Domain

from ...tools.states import STOCK_STATES
from ..mixins.tabs import MOST_COUNTED

# Rows of My Work that somebody does at the till, see models/work/work.py.
KINDS_AT_TILL = ("approve", "ship", "count", "take_back", "correct", "settle")


class StoreTransferTill(models.AbstractModel):
    """Which transfers each tab of the till shows."""

    _inherit = "store.transfer.till"

    def _get_tab_domains(self, store):
        """Return ``{tab: domain}`` of the transfers of a store.

        In the order of the tabs. To be extended by other addons.
        """
        comes = Domain("destination_store_id", "=", store.id)
        goes = Domain("source_store_id", "=", store.id)
        own = (Domain("initiator", "=", "source") & goes) | (
            Domain("initiator", "=", "destination") & comes
        )
        waiting = Domain("state", "=", "waiting")
        to_ship = Domain("state", "in", STOCK_STATES) & Domain("is_to_ship", "=", True)
        return {
            "to_confirm": waiting & (comes | goes) & ~own,
            "to_arrive": comes & Domain("state", "in", ("approved", "in_transit")),
            "processing": comes & Domain("state", "=", "arrived"),
            "partial": comes & Domain("state", "=", "partial"),
            "to_ship": goes & to_ship,
            "to_take_back": goes & Domain("is_to_take_back", "=", True),
            "asked": own & Domain("state", "in", ("draft", "waiting", "rejected")),
            "done": (comes | goes) & Domain("state", "in", ("done", "cancelled")),
        }

    def _get_tab_domain(self, store, tab):
        domains = self._get_tab_domains(store)
        if not isinstance(tab, str) or tab not in domains:
            raise UserError(
                self.env._("There is no tab %s. Reload the page and try again.", tab)
            )
        return domains[tab]

    def _count_tabs(self, store):
        """Return ``{tab: number}`` of all tabs but that of what is over."""
        transfers = self.env["store.transfer"]
        return {
            tab: transfers.search_count(domain, limit=MOST_COUNTED)
            for tab, domain in self._get_tab_domains(store).items()
            if tab != "done"
        }

    def _count_waiting(self, store):
        """Return how many transfers wait for somebody who works at this till."""
        work = self.env["store.transfer.work"]
        if self._uses_pin(store):
            # What an approver does by a PIN waits here as well.
            # They need not work in all the companies that are chosen here.
            work = work.with_user(store._get_approvers_with_pin()[:1] or self.env.user)
            work = work.with_context(allowed_company_ids=store.company_id.ids)
        [[number]] = work._read_group(
            [("store_id", "=", store.id), ("kind", "in", KINDS_AT_TILL)],
            [],
            ["transfer_id:count_distinct"],
        )
        return number
