from odoo import models
from odoo.fields import Domain
from odoo.tools.safe_eval import safe_eval

from .figures import FIGURES


class StoreTransferOverview(models.Model):
    """What the numbers on a card open: the lists of what they count."""

    _inherit = "store.transfer.overview"

    def action_open_to_approve(self):
        return self._open_list("to_approve")

    def action_open_to_ship(self):
        return self._open_list("to_ship")

    def action_open_on_the_way(self):
        return self._open_list("on_the_way")

    def action_open_to_count(self):
        return self._open_list("to_count")

    def action_open_partial(self):
        return self._open_list("partial")

    def action_open_late(self):
        return self._open_list("late")

    def action_open_differences(self):
        """Open the list of the differences of a store that are not settled."""
        action = "action_store_transfer_discrepancy"
        return self._open_filtered(action, "either", "unsettled")

    def _open_list(self, name):
        """Return the action that lists what a number counts."""
        figure = FIGURES[name]
        action = f"action_store_transfer_{figure.action}"
        return self._open_filtered(action, figure.side, name)

    def _open_filtered(self, action_name, side, filter_name):
        """Return an action for what concerns this card's store on a side.

        :param filter_name: the filter that is set; it can be taken away in the list
        """
        self.ensure_one().check_access("read")
        action = self.env["ir.actions.act_window"]._for_xml_id(
            f"store_transfer.{action_name}"
        )
        context = {
            name: value
            for name, value in safe_eval(action["context"]).items()
            if not name.startswith("search_default_")
        }
        domain = Domain(safe_eval(action["domain"] or "[]"))
        return {
            **action,
            "display_name": f"{action['name']}: {self.display_name}",
            "domain": list(domain & self._get_domain_of_side(side)),
            "context": {**context, f"search_default_{filter_name}": 1},
        }

    def _get_domain_of_side(self, side):
        """Return the domain of what has this card's store on a side."""
        if self.is_total:
            return Domain("company_id", "=", self.company_id.id)
        is_source = Domain("source_store_id", "=", self.store_id.id)
        is_destination = Domain("destination_store_id", "=", self.store_id.id)
        if side == "approving":
            return (is_destination & Domain("initiator", "=", "source")) | (
                is_source & Domain("initiator", "=", "destination")
            )
        sides = {
            "source": is_source,
            "destination": is_destination,
            "either": is_source | is_destination,
        }
        return sides[side]
