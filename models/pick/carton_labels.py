from odoo import api, models
from odoo.exceptions import UserError

from ...tools.papers import ONE_CARTON

DEFAULT_LABEL = "carton_labels"


class StoreTransferPick(models.Model):
    """The label of a carton, for whoever packs it."""

    _inherit = "store.transfer.pick"

    @api.readonly
    def action_print_carton(self, name):
        """Print the label of a carton that is being packed, as the store prints them.

        :param name: the carton's number
        :return: the action that prints it
        :raise AccessError: when the user's role or side does not allow to pick
        :raise UserError: when the list is over, or has no such carton
        """
        self = self._in_own_context()
        self.ensure_one()
        self._check_may_scan()
        self._check_allows("pick")
        # In sudo: who picks need not see packages.
        carton = self.sudo()._find_carton_to_label(name)
        label = self._get_label_of_new_carton() or DEFAULT_LABEL
        return self.transfer_id._get_paper_action(label, **{ONE_CARTON: carton.id})

    def _find_carton_to_label(self, name):
        carton = self.transfer_id._get_open_cartons().filtered(
            lambda carton: carton.name == name
        )
        if not carton:
            raise UserError(
                self.env._(
                    "%(transfer)s: no carton %(carton)s is being packed. Choose one of "
                    "those that are, or begin a new one.",
                    transfer=self.transfer_id.name,
                    carton=name,
                )
            )
        return carton

    def _get_label_of_new_carton(self):
        """Return which label the store prints of a new carton, or False."""
        return self.sudo().transfer_id.source_store_id.transfer_new_carton_label
